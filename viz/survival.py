"""Marks that several figures share: lines of services still going, bars of what became of pilots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate.experiments.analysis.lifelines import FATES, Fates, Lifeline
from cocreate.viz.theme import BLUE, GREY, ORANGE, PALE, SKY_BLUE

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

FEWEST_AT_RISK = 20
"""Services under observation below which a line is not drawn on."""

YEAR = 12

BAR = 0.62
"""Height of a bar, in rows."""

ROOM = 4.0
"""Percent of all pilots below which a part of a bar has no number."""

FATE_STYLES = {
    "structural": (BLUE, "", "white"),
    "structural_ended": (SKY_BLUE, "///", "black"),
    "partly": (ORANGE, "...", "black"),
    "ended": (PALE, "", "black"),
    "piloting": ("#FFFFFF", "xxx", "black"),
}
"""Colour, hatch and colour of the number of each fate."""


@dataclass(frozen=True)
class LineStyle:
    """How a line is told from others without its colour, too.

    Attributes:
        colour: Its colour.
        dash: Its dashes, as matplotlib takes them.
        marker: Its marks.
        first_mark: Months after which the first mark stands.
    """

    colour: str
    dash: Any
    marker: str
    first_mark: int = YEAR


def survival_line(axes: Axes, found: Lifeline, label: str, style: LineStyle) -> None:
    """Draw the share of services still going by years, with the band of its interval.

    The line stops where fewer than :data:`FEWEST_AT_RISK` services are observed.

    Args:
        axes: Where: years to the right, percent upwards.
        found: The estimate.
        label: What it is called in the key.
        style: How it looks.
    """
    shown = found.at_risk >= FEWEST_AT_RISK
    # alive[m] holds at the end of month m, so the line starts at 100 % and steps down after each month
    years = np.concatenate([[0.0], (found.months[shown] + 1) / YEAR])
    alive, low, high = (
        np.concatenate([[1.0], values[shown]]) * 100 for values in (found.alive, found.low, found.high)
    )
    axes.fill_between(years, low, high, step="post", color=style.colour, alpha=0.14, linewidth=0)
    axes.step(
        years,
        alive,
        where="post",
        color=style.colour,
        linestyle=style.dash,
        linewidth=2,
        marker=style.marker,
        markersize=5.5,
        markevery=(style.first_mark, 2 * YEAR),
        label=label,
    )


def fate_bar(axes: Axes, row: float, found: Fates, size: float = 9.5) -> None:
    """Draw what became of pilots as a bar in parts, with the interval of the share ever structural.

    Args:
        axes: Where: percent to the right.
        row: Height of the middle of the bar.
        found: Shares of the fates.
        size: Size of the numbers in points.
    """
    start = 0.0
    for name, share in found.shares.items():
        colour, hatch, ink = FATE_STYLES[name]
        width = 100 * share
        axes.barh(
            row, width, BAR, start, color=colour, hatch=hatch, edgecolor="black", linewidth=0.8,
            label=FATES[name],
        )  # fmt: skip
        if width >= ROOM:
            axes.text(
                start + width / 2, row, f"{width:.0f}", ha="center", va="center", fontsize=size, color=ink,
                bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.2},
            )  # fmt: skip
        start += width
    if not np.isnan(found.low):
        ends = [100 * found.low, 100 * found.high]
        axes.plot(ends, [row - BAR / 2 - 0.09] * 2, color=GREY, linewidth=2, marker="|", markersize=6)


def fate_key(axes: Axes) -> tuple[list[Artist], list[str]]:
    """Return a mark and a name for each fate that has a bar, in the order of the fates."""
    handles, labels = axes.get_legend_handles_labels()
    first = dict(zip(reversed(labels), reversed(handles), strict=True))
    names = [label for label in FATES.values() if label in first]
    return [first[name] for name in names], names
