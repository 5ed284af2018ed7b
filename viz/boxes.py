"""Figures of boxes: limits of levers inside which something happens."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from cocreate.experiments.analysis.boxes import Side
from cocreate.experiments.analysis.discovery import LimitFound
from cocreate.experiments.conclusions.discoveries import Discovered
from cocreate.viz.grid import LABEL, WIDTH
from cocreate.viz.theme import BLACK, BLUE, PALE, new_figure, place, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.62
"""Height of a row, in inches."""

THICK = 0.34
"""Height of a bar, in rows."""


def box_figure(found: Discovered) -> Figure:
    """Return a row for each lever of a box: its sampled range, and the part of it that is inside.

    Whiskers show where a limit lies when the points are drawn again.

    Args:
        found: A discovery with a box.

    Raises:
        ValueError: There is no box.
    """
    if found.found is None or found.found.box is None:
        raise ValueError("There is no box to draw.")
    levers = found.found.box.levers
    with styled():
        figure = new_figure(WIDTH, ROW * len(levers) + 0.9)
        axes = figure.subplots()
        place(figure, left=LABEL, right=0.3, top=0.2, bottom=0.6)
        plain_axis(axes)
        for row, lever in enumerate(levers):
            _row(axes, row, found, [one for one in found.found.limits if one.limit.lever == lever])
        axes.set_yticks(range(len(levers)), levers)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(levers) - 0.4, -0.6)
        axes.set_xlim(-0.06, 1.06)
        axes.set_xticks([0, 0.5, 1], ["lowest", "middle", "highest"])
        axes.set_xlabel("Range of the lever in this study")
    return figure


def _row(axes: Axes, row: int, found: Discovered, limits: list[LimitFound]) -> None:
    lever = limits[0].limit.lever
    column = found.settings[lever]
    axes.barh(row, 1, THICK, 0, color=PALE, linewidth=0)
    if limits[0].limit.side is Side.AMONG:
        words = " or ".join(limits[0].limit.words)
        axes.text(0.5, row, words, ha="center", va="center", weight="bold", fontsize=9.5)
        return
    low, high = float(column.min()), float(column.max())

    def share(value: float) -> float:
        return float(np.clip((value - low) / (high - low), 0, 1))

    ends = {one.limit.side: one for one in limits}
    start = share(ends[Side.ABOVE].limit.value) if Side.ABOVE in ends else 0.0
    stop = share(ends[Side.BELOW].limit.value) if Side.BELOW in ends else 1.0
    axes.barh(row, stop - start, THICK, start, color=BLUE, linewidth=0, gid=f"inside:{lever}")
    for one in limits:
        at = share(one.limit.value)
        axes.text(at, row - THICK / 2 - 0.06, f"{one.limit.value:.3g}", ha="center", va="bottom", fontsize=9)
        if not isnan(one.low):
            reach = [share(one.low), share(one.high)]
            axes.plot(
                reach, [row + THICK / 2 + 0.1] * 2, color=BLACK, linewidth=1.6, marker="|", markersize=7
            )
