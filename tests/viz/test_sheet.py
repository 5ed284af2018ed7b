"""Sheets: texts fit, panels keep their room, and a slide keeps its size."""

import numpy as np
import pytest

from cocreate.viz.sheet import MOST_FOOT_LINES, SLIDE_HEIGHT, SLIDE_WIDTH, framed, sheet
from cocreate.viz.theme import INCH, PROJECTOR, new_figure, styled
from tests.viz.pictures import off_the_sheet

LONG = "Wide words make wonderfully wide lines, however often WWW and MMM come along. " * 4


@pytest.mark.parametrize("width", [5.0, 8.6, 13.0])
@pytest.mark.parametrize("projector", [False, True])
def test_long_texts_are_broken_into_lines_that_fit(width: float, projector: bool) -> None:
    with styled(PROJECTOR if projector else 1):
        page = sheet((LONG, LONG, LONG), width, 3, projector=projector)
        assert not off_the_sheet(page.figure)


def test_a_print_grows_with_its_texts_and_a_slide_does_not() -> None:
    short, long = (sheet((text, text, text), 8, 3) for text in ("short", LONG))
    assert long.figure.get_figheight() > short.figure.get_figheight() + 1
    assert short.figure.get_figheight() == pytest.approx(3 + short.top + short.bottom)
    slide = sheet((LONG, LONG, LONG), 8, 3, projector=True)
    assert tuple(slide.figure.get_size_inches()) == (SLIDE_WIDTH, SLIDE_HEIGHT)


def test_panels_stand_between_the_texts() -> None:
    page = sheet((LONG, LONG, LONG), 8, 3)
    axes = page.figure.subplots()
    page.place(left=0.5, right=0.5, top=0.2, bottom=0.4)
    box, tall = axes.get_position(), page.figure.get_figheight()
    assert box.y1 * tall == pytest.approx(tall - page.top - 0.2)
    assert box.y0 * tall == pytest.approx(page.bottom + 0.4)
    assert box.height * tall == pytest.approx(3 - 0.6)


def test_no_word_of_a_title_stands_alone() -> None:
    title = "A title that is just a little longer than the line into which it would have had to fit, alas no"
    lines = sheet((title, "", ""), 8, 3).figure.get_suptitle().split("\n")
    assert len(lines) == 2
    assert min(map(len, lines)) > 0.7 * max(map(len, lines))
    assert " ".join(lines) == title


def test_the_long_footer_of_a_slide_loses_settings_but_never_seed_and_caution() -> None:
    note = "\n".join([*(f"world {n}: turnover 0.{n}" for n in range(9)), "seed 3", "predicts no place"])
    foot = sheet(("", "", note), 8, 3, projector=True).figure.texts[-1].get_text().split("\n")
    assert len(foot) == MOST_FOOT_LINES
    assert foot[-3:] == ["…", "seed 3", "predicts no place"]


def test_a_figure_without_texts_gets_them_around_it_and_keeps_the_size_of_its_panels() -> None:
    figure = new_figure(6, 3)
    axes = figure.subplots()
    figure.legend(handles=axes.plot([0, 1], [0, 1], label="a line"), loc="upper left")
    before = np.array(axes.get_window_extent().size)
    framed(figure, LONG, "How to read it", "seed 3")
    after = np.array(axes.get_window_extent().size)
    assert after == pytest.approx(before)
    assert figure.get_suptitle().split()[:3] == LONG.split()[:3]
    assert not off_the_sheet(figure)
    title = figure.texts[0].get_window_extent()
    assert figure.legends[0].get_window_extent().y1 < title.y0 + 2 * INCH
    assert axes.get_window_extent().y1 < figure.legends[0].get_window_extent().y1 <= title.y0 + INCH
