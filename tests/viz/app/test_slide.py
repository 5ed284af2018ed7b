"""Slides: nothing is written over anything else, and values of the axis stand where they belong."""

import math
from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure

from cocreate.experiments.study.tasks import KEPT_OUTCOMES
from cocreate.viz.app.changes import changed
from cocreate.viz.app.ensembles import Ensembles
from cocreate.viz.app.headlines import END, HEADLINES
from cocreate.viz.app.played import DRAWN, EVERY, Played
from cocreate.viz.app.slide import drawn
from cocreate.viz.app.state import Setting
from cocreate.viz.app.verdicts import OFFERED
from cocreate.viz.app.words import LANGUAGES, Words
from cocreate.viz.saving import rendered
from cocreate.viz.theme import styled
from tests.viz.pictures import off_the_sheet, texts_of

USUAL = Setting()
ALL_CLOSED, ALL_OPEN = (
    USUAL.with_levers({name: value for one in HEADLINES for name, value in one.levers(USUAL, end).items()})
    for end in (-END, END)
)
"""Worlds that differ in as many levers as the four sliders move, so that the caption is long."""


def slide_of(language: str, outcome: str, months: int = 60, missing: int = 0) -> Figure:
    """Return a slide of 20 worlds, in some of which nothing could be measured."""

    def played(value: float) -> tuple[Played, ...]:
        return tuple(
            Played(
                seed,
                dict.fromkeys(KEPT_OUTCOMES, math.nan if seed <= missing else value + seed / 1000),
                np.full((months // EVERY, len(DRAWN)), value + seed / 1000, np.float32),
            )
            for seed in range(1, 21)
        )

    words = Words(language, strict=True)
    found = Ensembles((ALL_CLOSED, ALL_OPEN), (played(0.46), played(0.46)))
    with styled():
        return drawn(words, found, outcome, changed(words, "", ALL_CLOSED, ALL_OPEN))


def covered(figure: Figure) -> list[tuple[str, str]]:
    """Return pairs of texts that cover each other."""
    boxes = [(one.get_text(), one.get_window_extent()) for one in texts_of(figure)]
    return [
        (one, other)
        for (one, box), (other, next_box) in combinations(boxes, 2)
        if box.padded(-1).overlaps(next_box.padded(-1))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", ["trust", "effectiveness_gap", "share_lasting"])
def test_texts_of_a_slide_stand_clear_of_each_other(language: str, outcome: str) -> None:
    with styled():
        figure = slide_of(language, outcome, missing=8)
        assert covered(figure) == []
        assert off_the_sheet(figure) == []
        assert figure.axes[0].get_window_extent().height > 0.5 * figure.bbox.height


@pytest.mark.parametrize("outcome", OFFERED)
def test_values_of_a_slide_are_written_as_finely_as_they_differ(outcome: str) -> None:
    axes = slide_of("en", outcome).axes[0]
    texts = [label.get_text() for label in axes.get_yticklabels()]
    assert len(set(texts)) == len(texts) == len(axes.get_yticks()) > 2
    shown = np.array([float(text.strip("%")) for text in texts])
    steps = np.diff(shown)
    assert steps == pytest.approx(steps[0])
    scale = (shown[1] - shown[0]) / (axes.get_yticks()[1] - axes.get_yticks()[0])
    assert axes.get_yticks() * scale == pytest.approx(shown)


@pytest.mark.parametrize("months", [1, 2, 3, 11, 12])
def test_a_short_run_has_a_slide(months: int) -> None:
    with styled():
        figure = slide_of("en", "trust", months)
        assert rendered(figure, "png", 20).startswith(b"\x89PNG")
        assert "Trust: the same in all 20 worlds." in [one.get_text() for one in texts_of(figure)]
        assert covered(figure) == []
    assert bool(figure.axes[0].lines) is (months >= EVERY)


def test_a_slide_names_the_seeds_of_its_worlds() -> None:
    foot = " ".join(slide_of("en", "trust").texts[-1].get_text().split())
    assert "1–20" in foot  # noqa: RUF001 - a range


def test_worlds_with_nothing_to_measure_are_counted_on_a_slide() -> None:
    texts = "\n".join(one.get_text() for one in texts_of(slide_of("en", "share_lasting", missing=8)))
    assert "In 8 other worlds there was nothing to measure. Middle of the worlds measured" in texts
    assert texts.count("In 8 other worlds") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slide_calls_its_lines_what_its_sentence_calls_them_and_says_what_was_changed(
    language: str,
) -> None:
    words = Words(language, strict=True)
    for outcome in ("trust", "share_lasting"):
        figure = slide_of(language, outcome)
        *above, foot = [one.get_text() for one in figure.texts]
        axes = figure.axes[0]
        drawn_names = [one.get_text() for one in axes.texts] or [
            one.get_text() for one in axes.get_xticklabels()
        ]
        assert sorted(drawn_names) == sorted([words("slide.before"), words("slide.now")])
        typical = words("verdict.typical", before="", now="")
        assert all(name in typical for name in drawn_names)
        shown = " ".join(" ".join(above).split())
        for headline in HEADLINES:
            for part in ("label", "left", "right"):
                assert " ".join(words(f"headline.{headline.name}.{part}").split()) in shown
        assert "sector_silo" not in shown
        assert "sector_silo" in foot
