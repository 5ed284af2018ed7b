"""Charts for pages: a thin line a world and their middle, as SVG that follows theme and width."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.conclusions.outcome_words import IN_HUNDREDTHS, outcome_named
from cocreate.viz.app.played import DRAWN, EVERY, Played
from cocreate.viz.app.verdicts import axis_name, number_text, values_of
from cocreate.viz.app.words import Words

MONTHS_A_YEAR = 12

DRAWN_AS = {
    "structural_per_region": "structural",
    "backlashes_per_region": "backlashes",
    "regions_reached": "regions_reached",
    "councils": "councils",
    "effectiveness": "effectiveness",
    "effectiveness_gap": "effectiveness_gap",
    "trust": "trust",
    "trust_hard_to_reach": "trust_hard_to_reach",
}
"""Outcomes that have a monthly line, and its name. The others are drawn from one setting to the other."""

MOST_LABELS = 6

FINEST = 10
"""Decimals that values along an edge are rounded to, against what adding up leaves behind."""

NEAR = 1e-6
"""Values closer than this part of them are drawn as one: the lines are kept in single precision."""

SEEN = 5
"""Digits of a step that a value counts with, for the same reason."""

DASH = EVERY / 20
"""Months that a line of a single value is drawn over, so that it can be seen."""


@dataclass(frozen=True)
class Side:
    """The worlds of one setting in a chart.

    Attributes:
        name: What the setting is called.
        played: Its worlds.
        regions: Regions of each, for outcomes per region.
        css: Class of its lines: ``before`` or ``now``.
    """

    name: str
    played: Sequence[Played]
    regions: int
    css: str


def lines_of(side: Side, outcome: str) -> NDArray[np.float64]:
    """Return the line of each world, shape (worlds, times), starting at month :data:`EVERY`."""
    name = DRAWN_AS[outcome]
    lines = np.array([one.lines[:, DRAWN.index(name)] for one in side.played], float)
    return lines / side.regions if outcome.endswith("_per_region") else lines


def over_months(drawn: Sequence[NDArray[np.float64]]) -> tuple[list[float], list[NDArray[np.float64]]]:
    """Return the month of each value and the lines, of which those of a single value become a dash.

    Args:
        drawn: Lines of each setting, shape (worlds, times). A run of less than :data:`EVERY` months has no
            values to draw.
    """
    months = [float(EVERY * (place + 1)) for place in range(drawn[0].shape[1])]
    if len(months) == 1:
        return [months[0], months[0] + DASH], [np.repeat(lines, 2, axis=1) for lines in drawn]
    return months, list(drawn)


def chart(words: Words, sides: Sequence[Side], outcome: str, sentence: str, alone: Side | None = None) -> str:
    """Return a chart of one outcome as HTML.

    Args:
        words: Words of the visitor's language.
        sides: The first and the second setting.
        outcome: Name of the outcome.
        sentence: What the chart shows, for those who cannot see it.
        alone: The one of them that is drawn in full, where each has a chart of its own on the same scale;
            of the other one only the middle is drawn. None draws both in full.
    """
    monthly = outcome in DRAWN_AS
    if monthly:
        drawn = [lines_of(side, outcome) for side in sides]
        months = drawn[0].shape[1] * EVERY
        across, drawn = over_months(drawn)
        last = max([2 * EVERY, *across])
        marks = _years(words, months, last)
    else:
        ends = [values_of(side.played, outcome) for side in sides]
        worlds = min(len(one) for one in ends)
        drawn = [np.stack([one[:worlds] for one in ends], axis=1)]
        across, last = [float(place) for place in range(len(sides))], max(len(sides) - 1, 1)
        marks = [(place / max(len(sides) - 1, 1), side.name) for place, side in enumerate(sides)]
    scale = scale_of(drawn, outcome)
    frame = _Frame(last, scale)
    groups = "".join(
        _group(frame, across, lines, side.css if monthly else "now", thin=alone in (None, side))
        for lines, side in zip(drawn, sides if monthly else sides[:1], strict=True)
    )
    return (
        f'<figure class="cc-chart" role="img" aria-label="{escape(sentence)}">'
        '<div class="cc-plot"><svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">'
        f"{groups}</svg>{_values(words, outcome, scale)}{_across(marks, ends=monthly)}</div>"
        f"<figcaption>{_legend(words, sides, outcome) if monthly else ''}</figcaption></figure>"
    )


@dataclass(frozen=True)
class Scale:
    """What the values of a chart are read from.

    Attributes:
        low: Value of the lower edge, a multiple of the step.
        step: From one written value to the next.
        count: Steps from the lower to the upper edge.
    """

    low: float
    step: float
    count: int

    @property
    def high(self) -> float:
        """Value of the upper edge."""
        return self.low + self.count * self.step

    def values(self) -> list[float]:
        """Return the values that are written, from the lower to the upper edge."""
        return [round(self.low + place * self.step, FINEST) + 0.0 for place in range(self.count + 1)]

    def texts(self, words: Words, outcome: str) -> list[str]:
        """Return the same as text, as finely as the step needs."""
        return [number_text(words, outcome, value, step=self.step) for value in self.values()]


@dataclass(frozen=True)
class _Frame:
    """What the corners of a drawing stand for.

    Attributes:
        last: What its right edge stands for; the left one is the start of the run, or the first setting.
        scale: What its values are read from.
    """

    last: float
    scale: Scale

    def point(self, across: float, value: float) -> str:
        x = 1000 * across / self.last
        y = 1000 * (1 - (value - self.scale.low) / (self.scale.high - self.scale.low))
        return f"{x:.0f},{y:.0f}"


def _group(
    frame: _Frame, across: Sequence[float], lines: NDArray[np.float64], css: str, *, thin: bool
) -> str:
    each = "".join(_line(frame, across, line, "thin") for line in lines) if thin else ""
    known = lines[~np.isnan(lines).any(axis=1)]
    middle = _line(frame, across, np.median(known, axis=0), "middle") if len(known) else ""
    return f'<g class="{css}">{each}{middle}</g>'


def _line(frame: _Frame, across: Sequence[float], values: NDArray[np.float64], css: str) -> str:
    points = [frame.point(x, y) for x, y in zip(across, values, strict=True) if not math.isnan(y)]
    return f'<polyline class="{css}" points="{" ".join(points)}"/>' if len(points) > 1 else ""


def scale_of(drawn: Sequence[NDArray[np.float64]], outcome: str) -> Scale:
    """Return what lines are drawn against: zero is in sight unless that would hide everything.

    Args:
        drawn: Values of each line.
        outcome: What they are values of. Where they are all the same, the edges are as far away as makes
            sense for it, but never where it cannot be.
    """
    known = np.concatenate([lines[~np.isnan(lines)].ravel() for lines in drawn])
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    if low > 0 and low < high / 2:
        low = 0.0
    if math.isclose(low, high, rel_tol=NEAR):
        low, high = _around(low, outcome_named(outcome).unit)
    step = _round_step((high - low) / 4)
    first, last = math.floor(round(low / step, SEEN)), math.ceil(round(high / step, SEEN))
    return Scale(first * step, step, last - first)


def _around(value: float, unit: str) -> tuple[float, float]:
    """Return edges on both sides of a value in a unit, within what is possible."""
    least = {"difference": -1.0}.get(unit, 0.0)
    most = 1.0 if unit in IN_HUNDREDTHS else math.inf
    wide = max(abs(value) / 10, 0.1 if most == 1 else 1.0)
    return max(least, value - wide), min(most, value + wide)


def _round_step(least: float) -> float:
    size = 10.0 ** math.floor(math.log10(least))
    return next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= least * (1 - 1e-9))


def _values(words: Words, outcome: str, scale: Scale) -> str:
    """Return the values along the left edge, with a line each."""
    tops = [100 * (1 - place / scale.count) for place in range(scale.count + 1)]
    return "".join(
        f'<span class="cc-value" style="top:{top:.1f}%"><b>{escape(text)}</b></span>'
        for top, text in zip(tops, scale.texts(words, outcome), strict=True)
    )


def _years(words: Words, months: int, last: float) -> list[tuple[float, str]]:
    """Return where the years stand between the start of the run and the last month that is drawn."""
    if not months:
        return []
    years = months // MONTHS_A_YEAR
    step = max(1, math.ceil(years / MOST_LABELS / 5) * 5) if years > MOST_LABELS else 1
    return [(year * MONTHS_A_YEAR / last, words.number(year)) for year in range(0, years + 1, step)]


def _across(marks: Sequence[tuple[float, str]], *, ends: bool) -> str:
    css = "cc-time" if ends else "cc-time cc-side"
    return "".join(
        f'<span class="{css}" style="left:{100 * share:.1f}%">{escape(text)}</span>' for share, text in marks
    )


def _legend(words: Words, sides: Sequence[Side], outcome: str) -> str:
    parts = [
        f'<span class="cc-legend {side.css}"><i></i>{escape(_name(words, side))}</span>' for side in sides
    ]
    unit = escape(words("chart.axes", outcome=axis_name(words, outcome)))
    return f"{''.join(parts)}<span>{escape(words('chart.thin'))}</span><span>{unit}</span>"


def _name(words: Words, side: Side) -> str:
    """Return what the thick line of a setting stands for: the middle of its worlds, or its only line."""
    return words("chart.middle", name=side.name) if len(side.played) > 1 else side.name
