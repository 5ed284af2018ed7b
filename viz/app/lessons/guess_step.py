"""The first step: what is changed, and what the visitor thinks will come of it."""

from __future__ import annotations

import numpy as np
import solara

from cocreate.viz.app.charts import Side, lines_of
from cocreate.viz.app.controls.drawing import Drawing, Paper
from cocreate.viz.app.controls.radios import Radios
from cocreate.viz.app.ensembles import Ensembles, use_ensembles
from cocreate.viz.app.lessons.lesson import Kind, Lesson, Step
from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.lessons.reveal import LINE_DIGITS, WAYS, line_from_text, way_text
from cocreate.viz.app.parts import tag
from cocreate.viz.app.played import EVERY
from cocreate.viz.app.words import Words

MONTHS_A_YEAR = 12
DRAWN_YEARS = (3, 6, 9, 12, 15)
"""Years at which a drawn line can be moved."""

ROOM = 4
"""A drawing reaches this many times as high as the middle of the worlds before."""

CALLS = ("calls_3", "calls_4", "calls_6")
"""What can be guessed of the number of calls."""


@solara.component
def GuessStep(play: Play) -> None:
    """Ask for a guess."""
    words, lesson = play.visit.words, play.lesson
    tag("p", words(f"lessons.{lesson.id}.story"), css="cc-lead")
    if len(lesson.choices) > 1:
        Radios(
            name="choice",
            legend=words("lessons.control"),
            choices={one.name: words(f"lessons.{lesson.id}.choices.{one.name}") for one in lesson.choices},
            value=(play.choice.name,),
            on_choose=lambda found: play.visit.go(play.at(Step.GUESS, choice="".join(found))),
        )
    if lesson.kind is Kind.LINE:
        _Line(play)
    else:
        Radios(
            name="guess",
            legend=words(f"lessons.{lesson.id}.question"),
            choices=guesses(words, lesson),
            value=tuple(play.guess.split(",")),
            on_choose=lambda found: play.visit.go(play.at(Step.GUESS, guess=",".join(found))),
            most=max(1, lesson.tokens),
        )
        if lesson.tokens:
            left = lesson.tokens - len(play.bought)
            tag("p", words("lessons.together.left", count=left), css="cc-soft", role="status")


def guesses(words: Words, lesson: Lesson) -> dict[str, str]:
    """Return what can be guessed, and how it is called."""
    if lesson.kind is Kind.TOKENS:
        return {one.name: words(f"lessons.{lesson.id}.choices.{one.name}") for one in lesson.reforms}
    if lesson.kind is Kind.PHONE:
        return {one: words(f"lessons.{lesson.id}.choices.{one}") for one in CALLS}
    return {one: way_text(words, one, lesson.counted) for one in WAYS}


@solara.component
def _Line(play: Play) -> None:
    """Let the visitor draw the years to come, over the middle of the worlds before."""
    words, outcome = play.visit.words, play.lesson.outcome
    found = use_ensembles([play.before])
    ensembles = found.value
    tag("p", words(f"lessons.{play.lesson.id}.question"), css="cc-question")
    if found.failed:
        tag("p", words("lessons.failed"), css="cc-notice", role="alert")
        return
    if ensembles is None or not found.done:
        tag("p", words("lessons.preparing"), css="cc-busy", role="status")
        return
    known = known_line(ensembles, outcome)
    highest = height_of(known)
    paper = Paper(
        times=[year * MONTHS_A_YEAR for year in DRAWN_YEARS],
        highest=highest,
        digits=LINE_DIGITS,
        known=[0.0, *known],
        known_times=[EVERY * place for place in range(len(known) + 1)],
        years=[words("lessons.draw.year", year=year) for year in DRAWN_YEARS],
        ticks=[words.number(year) for year in (0, *DRAWN_YEARS)],
        labels={
            **{name: words(f"lessons.draw.{name}") for name in ("label", "how", "known", "yours")},
            "axes": words("lessons.draw.axes", outcome=words(f"outcome.{outcome}.label")),
            "locale": words.locale,
        },
    )
    drawn = line_from_text(play.guess, len(DRAWN_YEARS), highest)
    Drawing(
        paper,
        drawn or [0.0] * len(DRAWN_YEARS),
        lambda line: play.visit.go(play.at(Step.GUESS, guess=",".join(f"{one:g}" for one in line))),
    )


def known_line(ensembles: Ensembles, outcome: str) -> list[float]:
    """Return the middle of the worlds before, every :data:`EVERY` months."""
    before = Side("", ensembles.played[0], ensembles.settings[0].parameters.regions, "before")
    return [float(one) for one in np.median(lines_of(before, outcome), axis=0)]


def height_of(known: list[float]) -> float:
    """Return the upper edge of the drawing: a round number with room above what is known.

    >>> height_of([0.0, 0.5, 0.9])
    4.0
    """
    return float(np.ceil(ROOM * max(*known, 0.2)))
