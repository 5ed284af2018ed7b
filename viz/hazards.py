"""Figures of hazards: how likely services are to end in the months around an election."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.hazard import ElectionHazard
from cocreate.viz.grid import WIDTH, two_lines
from cocreate.viz.theme import BLUE, GREY, VERMILION, new_figure, place, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT, BETWEEN = 1.7, 0.55
"""Height of a panel and between two, in inches."""

SIDE_BY_SIDE = 2
"""Panels in a row."""


def hazards(found: Mapping[str, ElectionHazard], titles: Mapping[str, str]) -> Figure:
    """Return a panel for each world: the share of services that end, by months from an election.

    Marks without a known interval are hollow.

    Args:
        found: Hazards by name of the world, one or more.
        titles: Names of worlds in text by their name.
    """
    columns = min(SIDE_BY_SIDE, len(found))
    rows = -(-len(found) // columns)
    with styled():
        figure = new_figure(WIDTH, rows * HEIGHT + (rows - 1) * BETWEEN + 1.05)
        panels = figure.subplots(rows, columns, squeeze=False, sharey=True, sharex=True)
        place(figure, left=0.75, right=0.2, top=0.35, bottom=0.6)
        figure.subplots_adjust(hspace=BETWEEN / HEIGHT, wspace=0.1)
        for axes in list(panels.flat)[len(found) :]:
            axes.set_visible(False)
        for (name, one), axes in zip(found.items(), panels.flat, strict=False):
            _panel(axes, one)
            axes.set_title(two_lines(titles.get(name, name), 48), fontsize=9.5)
        for row in panels:
            row[0].set_ylabel("Services ending, %")
            row[0].set_ylim(0, None)
        for axes in list(panels.flat)[max(len(found) - columns, 0) : len(found)]:  # the lowest of each column
            axes.set_xlabel("Months from an election")
            axes.tick_params(axis="x", labelbottom=True)
    return figure


def _panel(axes: Axes, one: ElectionHazard) -> None:
    plain_axis(axes, grid="y")
    axes.axvline(0, color=GREY, linestyle=":", linewidth=1.2)
    for offset, value, low, high in zip(one.offsets, one.hazard, one.low, one.high, strict=True):
        colour, marker = (VERMILION, "s") if offset == 0 else (BLUE, "o")
        axes.plot([offset, offset], [100 * low, 100 * high], color=colour, linewidth=1.5)
        filled = "white" if isnan(low) else colour
        axes.plot(
            [offset], [100 * value], marker, color=colour, markersize=4.5, markerfacecolor=filled,
            gid=f"month:{offset}", clip_on=value > 0,
        )  # fmt: skip
