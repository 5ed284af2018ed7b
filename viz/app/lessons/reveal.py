"""Reveals: what a guess and what the brief expects have to do with what the worlds show.

All sentences follow from numbers. Where the worlds settle nothing, or say the opposite of what one would
expect, they say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.conclusions.outcome_words import IN_HUNDREDTHS, outcome_named
from cocreate.viz.app.chance import ROUNDING
from cocreate.viz.app.verdicts import Compared, number_text
from cocreate.viz.app.words import Words

MORE, SAME, LESS = "more", "same", "less"
WAYS = (MORE, SAME, LESS)
"""What can be guessed of an outcome."""

UNCLEAR = "unclear"

LINE_DIGITS = 1
"""Decimals of a drawn value: what is drawn, shown, kept in a link and compared with worlds is one number.
With ten regions, the worlds themselves end at so many decimals."""

FOUND = {Verdict.MORE: MORE, Verdict.LESS: LESS, Verdict.SAME: SAME}
"""What worlds say; every other verdict is unclear."""


SMALL = 0.5
"""Part of the usual spread between worlds below which a gap is small (Norman, Sloan and Wyrwich 2003: people
begin to notice a difference at about half a standard deviation)."""

FIFTH = 0.2
"""Part of the larger middle below which a gap between numbers other than shares is small."""

ONE_POINT = 0.015
"""Gap between shares below which whole percentages show a difference of one at most."""


def way_of(verdict: Verdict) -> str:
    """Return which way an outcome went: ``more``, ``less``, ``same`` or ``unclear``."""
    return FOUND.get(verdict, UNCLEAR)


def is_small(found: Compared) -> bool:
    """Return whether the two middles are about the same, however sure it is which way the worlds went.

    Of shares, they are less than :data:`ONE_POINT` apart. Of other numbers, they are less apart than both
    :data:`SMALL` of the standard deviation between worlds without the change and :data:`FIFTH` of the
    larger one; or they are equal.
    """
    gap = abs(found.gap)
    if outcome_named(found.outcome).unit in IN_HUNDREDTHS:
        return gap < ONE_POINT
    larger = max(abs(found.before), abs(found.now))
    return gap < ROUNDING or (gap < SMALL * found.spread and gap < FIFTH * larger - ROUNDING)


def way_text(words: Words, way: str, counted: str = "") -> str:
    """Return what a way is called.

    Args:
        words: Words of the visitor's language.
        way: One of :data:`WAYS`.
        counted: What it is said of, as in the keys of texts, where the language may have words of its own for
            things that are counted, such as "fewer"; empty for all else.
    """
    own = f"lessons.way_of.{counted}.{way}"
    return words(own if own in words else f"lessons.way.{way}")


def on_guess(words: Words, guess: str, found: str, *, small: bool = False, counted: str = "") -> str:
    """Return what the worlds say to a guess.

    Args:
        words: Words of the visitor's language.
        guess: One of :data:`WAYS`, or empty for none.
        found: What :func:`way_of` returned.
        small: Whether the gap is small, so that a guess of "about the same" is not far off.
        counted: As for :func:`way_text`.
    """
    if guess not in WAYS:
        return words("lessons.reveal.no_guess")
    guessed = way_text(words, guess, counted)
    if found == UNCLEAR:
        key = "unclear_same" if guess == SAME else "unclear"
        return words(f"lessons.reveal.{key}", guess=guessed)
    if guess == found:
        return words("lessons.reveal.right", guess=guessed)
    key = "small" if guess == SAME and small else "wrong"
    return words(f"lessons.reveal.{key}", guess=guessed, found=way_text(words, found, counted))


def on_expectation(words: Words, expected: str, found: str, counted: str = "") -> str:
    """Return whether the worlds show what the policy brief leads one to expect; empty where it says nothing.

    Args:
        words: Words of the visitor's language.
        expected: ``more``, ``less`` or empty.
        found: What :func:`way_of` returned.
        counted: As for :func:`way_text`.
    """
    if not expected:
        return words("lessons.reveal.brief_silent")
    key = "brief_open" if found in (UNCLEAR, SAME) else "brief_met" if found == expected else "brief_against"
    return words(f"lessons.reveal.{key}", expected=way_text(words, expected, counted))


@dataclass(frozen=True)
class Drawn:
    """How a drawn line ended, compared with the worlds.

    Attributes:
        guess: Its last value.
        middle: Median of the worlds at the end.
        below: Worlds that ended below it.
        above: Worlds that ended above it.
        worlds: Worlds in all.
    """

    guess: float
    middle: float
    below: int
    above: int
    worlds: int


def compare_line(line: Sequence[float], ends: Sequence[float]) -> Drawn:
    """Compare the end of a drawn line with the ends of worlds.

    Args:
        line: The drawn values in order of time, one or more.
        ends: The outcome at the end of each world, one or more.

    >>> compare_line([0.5, 2.0], [1.0, 1.5, 3.0])
    Drawn(guess=2.0, middle=1.5, below=2, above=1, worlds=3)
    """
    values = np.asarray(ends, float)
    last = float(line[-1])
    below, above = (int((away > ROUNDING).sum()) for away in (last - values, values - last))
    return Drawn(last, float(np.median(values)), below, above, len(values))


def on_line(words: Words, outcome: str, drawn: Drawn) -> str:
    """Return in a sentence how a drawn line ended."""
    return words(
        "lessons.reveal.line",
        guess=number_text(words, outcome, drawn.guess),
        middle=number_text(words, outcome, round(drawn.middle, 2)),
        below=drawn.below,
        above=drawn.above,
        count=drawn.worlds,
    )


def line_from_text(text: str, points: int, highest: float) -> tuple[float, ...]:
    """Return a drawn line as a link holds it, to :data:`LINE_DIGITS`; nothing where the text is no such line.

    Args:
        text: Values with commas between them.
        points: How many there have to be.
        highest: Largest value that can be drawn.

    >>> line_from_text("0.16,1,3", 3, 5.0), line_from_text("1,nan,9", 3, 5.0)
    ((0.2, 1.0, 3.0), ())
    """
    try:
        values = tuple(float(one) for one in text.split(","))
    except ValueError:
        return ()
    if len(values) != points or not all(0 <= one <= highest for one in values):
        return ()
    return tuple(round(one, LINE_DIGITS) for one in values)
