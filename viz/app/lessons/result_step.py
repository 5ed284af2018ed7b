"""The second step: what twenty pairs of worlds say to a guess."""

from __future__ import annotations

import numpy as np
import solara

from cocreate.viz.app.background import Progress
from cocreate.viz.app.charts import Side, chart
from cocreate.viz.app.ensembles import Ensembles, use_ensembles
from cocreate.viz.app.lessons.guess_step import DRAWN_YEARS, MONTHS_A_YEAR, height_of, known_line
from cocreate.viz.app.lessons.lesson import Kind
from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.lessons.reveal import (
    compare_line,
    is_small,
    line_from_text,
    on_expectation,
    on_guess,
    on_line,
    way_of,
)
from cocreate.viz.app.lessons.tokens import Apart
from cocreate.viz.app.parts import folded, link, markup, table, tag
from cocreate.viz.app.played import DRAWN, EVERY, Played
from cocreate.viz.app.result import sides_of, words_of_progress
from cocreate.viz.app.verdicts import compared, on_chance, sentence, typical, values_of, values_table
from cocreate.viz.app.words import Words
from cocreate.viz.app.worlds import WORLDS


@solara.component
def ResultStep(play: Play) -> None:
    """Show the answer."""
    words, lesson = play.visit.words, play.lesson
    nothing = lesson.kind is Kind.TOKENS and not play.bought
    found = use_ensembles([] if nothing else [play.before, play.now])
    if nothing:
        tag("p", words("lessons.together.nothing"), role="status")
        return
    tag("p", words("lessons.pairs"), css="cc-soft")
    if found.failed:
        tag("p", words("lessons.failed"), css="cc-notice", role="alert")
    if found.value is None or found.stale:
        if not found.failed:
            tag("p", words("lessons.wait", done=0, worlds=WORLDS), css="cc-busy", role="status")
        return
    _Found(play, found)
    if lesson.kind is Kind.TOKENS and found.done:
        Apart(play)
    if found.done and not found.failed:
        _Onward(play)


@solara.component
def _Found(play: Play, progress: Progress[Ensembles]) -> None:
    words, lesson, found = play.visit.words, play.lesson, progress.value
    assert found is not None
    result = compared(found.played[0], found.played[1], lesson.outcome)
    said = sentence(words, result)
    whole = found.worlds == WORLDS
    with tag("section", css="cc-card cc-result"):
        with tag("div", role="status"):
            tag("p", said, css="cc-sentence")
            chance = on_chance(words, result) if whole else words_of_progress(words, progress)
            tag("p", typical(words, result), " ", tag("strong", chance))
        if whole and lesson.kind is not Kind.TOKENS:
            tag("p", answer(play, found), css="cc-answer")
        names = [words("lessons.before"), words("lessons.after")]
        sides = [*sides_of(found, names), *guessed(play, found)]
        markup(chart(words, sides, lesson.outcome, said))
        heads, rows = values_table(words, dict(zip(names, found.played, strict=True)), lesson.outcome)
        folded(words("lessons.table_of_worlds"), table(heads, rows, words(f"outcome.{lesson.outcome}.label")))
    with tag("section", css="cc-card"):
        tag("h2", words("lessons.also"))
        tag("ul", *[tag("li", _line_of(words, found, name)) for name in lesson.also])


def answer(play: Play, found: Ensembles) -> str:
    """Return what the worlds say to the guess and to what the brief leads one to expect."""
    words, lesson = play.visit.words, play.lesson
    result = compared(found.played[0], found.played[1], lesson.outcome)
    way = way_of(result.verdict)
    if lesson.kind is Kind.LINE:
        line = _line(play, found)
        ends = values_of(found.played[1], lesson.outcome).tolist()
        first = (
            on_line(words, lesson.outcome, compare_line(line, ends))
            if line
            else words("lessons.reveal.no_guess")
        )
    else:
        first = on_guess(words, play.guess, way, small=is_small(result), counted=lesson.counted)
    return f"{first} {on_expectation(words, play.choice.expected, way, lesson.counted)}"


def _line_of(words: Words, found: Ensembles, outcome: str) -> str:
    result = compared(found.played[0], found.played[1], outcome)
    return f"{sentence(words, result)} {on_chance(words, result) if found.worlds == WORLDS else ''}"


def _line(play: Play, found: Ensembles) -> tuple[float, ...]:
    highest = height_of(known_line(found, play.lesson.outcome))
    return line_from_text(play.guess, len(DRAWN_YEARS), highest)


def guessed(play: Play, found: Ensembles) -> list[Side]:
    """Return the drawn line as a chart shows it; nothing where none was drawn.

    Args:
        play: Where the visitor stands.
        found: Worlds of both settings, which say how far the line reaches.
    """
    line = _line(play, found) if play.lesson.kind is Kind.LINE else ()
    if not line:
        return []
    regions = found.settings[0].parameters.regions
    times = EVERY * (1 + np.arange(len(found.played[0][0].lines)))
    corners = [0, *(year * MONTHS_A_YEAR for year in DRAWN_YEARS)]
    values = np.interp(times, corners, [0.0, *line]) * regions
    lines = np.full((len(times), len(DRAWN)), np.nan, np.float32)
    lines[:, DRAWN.index("structural")] = values
    return [Side(play.visit.words("lessons.draw.yours"), [Played(0, {}, lines)], regions, "guess")]


@solara.component
def _Onward(play: Play) -> None:
    """Lead to the same two worlds on other pages."""
    words, visit, outcome = play.visit.words, play.visit, play.lesson.outcome
    tag("p", words("lessons.on_model"), css="cc-soft")
    with tag("div", css="cc-row cc-onward"):
        link(words("lessons.open_explore"), visit.address("/explore", play.now, outcome=outcome))
        link(
            words("lessons.open_compare"),
            visit.address("/compare", play.before, play.now, outcome=outcome),
        )
        for kind in ("pdf", "png"):
            address = visit.address(
                f"/files/slide.{kind}", play.before, play.now, outcome=outcome, **play.named
            )
            tag("a", words("lessons.slide", kind=kind.upper()), href=address, download="")
