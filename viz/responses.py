"""Figures of responses: the mean of an outcome at the levels of each factor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named, unit_of_level
from cocreate.experiments.conclusions.responses import Response
from cocreate.viz.grid import WIDTH
from cocreate.viz.theme import BLUE, new_figure, place, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 3
HEIGHT, BETWEEN = 1.7, 1.0
"""Height of a panel and between two, in inches."""


def responses(found: Sequence[Response]) -> Figure:
    """Return a panel for each factor: the mean of the outcome at its levels, with intervals.

    Args:
        found: Responses of one outcome around one world, one for each factor.
    """
    columns = min(COLUMNS, len(found))
    rows = -(-len(found) // columns)
    unit = outcome_named(found[0].outcome).unit
    with styled():
        figure = new_figure(WIDTH, rows * HEIGHT + (rows - 1) * BETWEEN + 1.2)
        panels = figure.subplots(rows, columns, squeeze=False, sharey=True)
        place(figure, left=0.75, right=0.2, top=0.4, bottom=0.8)
        figure.subplots_adjust(hspace=BETWEEN / HEIGHT, wspace=0.12)
        for axes in list(panels.flat)[len(found) :]:
            axes.set_visible(False)
        for one, axes in zip(found, panels.flat, strict=False):
            _panel(axes, one, factor_of(unit))
        for row in panels:
            row[0].set_ylabel(f"Mean, {unit_of_level(unit)}" if unit else "Mean")
    return figure


def _panel(axes: Axes, one: Response, scale: float) -> None:
    plain_axis(axes, grid="y")
    for place_, level in enumerate(one.means):
        if level.narrows:
            axes.plot([place_, place_], [level.low * scale, level.high * scale], color=BLUE, linewidth=2)
    means = [level.mean * scale for level in one.means]
    axes.plot(
        range(len(means)),
        means,
        "-o",
        color=BLUE,
        markersize=5.5,
        linewidth=1,
        gid=f"{one.factor}:{one.outcome}",
    )
    axes.set_xticks(range(len(one.labels)), one.labels, fontsize=8, rotation=30, ha="right")
    axes.set_xlim(-0.4, len(one.labels) - 0.6)
    axes.set_title(one.factor, fontsize=9.5)
