"""Figures of levels: where the runs of each world end, run by run, with mean and interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.conclusions.levels import Level
from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named, unit_of_level
from cocreate.viz.grid import panel_grid
from cocreate.viz.theme import BLACK, SKY_BLUE, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.42
"""Height of a row, in inches."""

MOST_DOTS = 120
"""Runs of a world that are drawn one by one; of more, evenly spaced ones in order of size."""

GOLDEN = (5**0.5 - 1) / 2


def levels(found: Sequence[Level], titles: Mapping[str, str]) -> Figure:
    """Return a panel for each outcome with a row for each world: its runs, their mean, its interval.

    Args:
        found: Outcomes of worlds, one or more.
        titles: Names of worlds in text by their name.
    """
    outcomes = list(dict.fromkeys(one.outcome for one in found))
    worlds = list(dict.fromkeys(one.world for one in found))
    with styled():
        figure, panels = panel_grid(outcomes, worlds, titles, ROW)
        for outcome, axes in panels.items():
            unit = unit_of_level(outcome_named(outcome).unit)
            axes.set_xlabel(unit[:1].upper() + unit[1:], fontsize=9)
        for one in found:
            if one.runs:
                _mark(panels[one.outcome], worlds.index(one.world), one)
    return figure


def _mark(axes: Axes, row: int, one: Level) -> None:
    factor = factor_of(outcome_named(one.outcome).unit)
    dots = _thinned(one.values) * factor
    axes.plot(dots, row + _heights(len(dots)), ".", color=SKY_BLUE, markersize=3.5, linestyle="none")
    if one.narrows:
        axes.plot([one.low * factor, one.high * factor], [row, row], color=BLACK, linewidth=2)
    mean = one.mean * factor
    axes.plot([mean], [row], "D", color=BLACK, markersize=6, gid=f"{one.world}:{one.outcome}")


def _thinned(values: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.sort(values[~np.isnan(values)])
    if len(known) <= MOST_DOTS:
        return known
    return np.asarray(known[np.linspace(0, len(known) - 1, MOST_DOTS).astype(int)])


def _heights(count: int) -> NDArray[np.float64]:
    """Return small heights that keep dots apart, the same each time."""
    return np.asarray((np.arange(count) * GOLDEN % 1 - 0.5) * 0.5, np.float64)
