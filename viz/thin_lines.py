"""Marks of pairs of worlds: a thin line for each world, a thick one for their middle.

Lay readers misread bands of uncertainty; single worlds they understand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cocreate.viz.theme import BLUE, GREY

if TYPE_CHECKING:
    from matplotlib.axes import Axes

THIN, THICK = 0.8, 3.6
"""Widths of lines in points."""

SEEN_THROUGH = 0.4
"""How strong a thin line is."""


@dataclass(frozen=True)
class Look:
    """How the worlds of one setting are told from those of another.

    Attributes:
        colour: Colour of the lines.
        dash: Dashes of the thick line, as matplotlib takes them.
        marker: Mark on the thick line.
    """

    colour: str
    dash: Any
    marker: str


FIRST, SECOND = Look(GREY, "--", "s"), Look(BLUE, "-", "o")
"""The setting that is compared with, and the other one."""


def draw_worlds(
    axes: Axes, years: NDArray[np.float64], lines: NDArray[np.float64], look: Look, gid: str
) -> float:
    """Draw a thin line for each world over the years, and their median.

    Args:
        axes: Where.
        years: Shape (times,).
        lines: Shape (worlds, times); NaN where there is nothing.
        look: How they look.
        gid: Name of the thick line.

    Returns:
        The median at the end, where a label can stand.
    """
    axes.plot(years, lines.T, color=look.colour, linewidth=THIN, alpha=SEEN_THROUGH)
    middle = _median(lines, 0)
    axes.plot(
        years, middle, color=look.colour, linestyle=look.dash, linewidth=THICK, marker=look.marker,
        markersize=7,        markevery=(max(0, len(years) // 8 - 1), max(1, len(years) // 4)), gid=gid,
    )  # fmt: skip
    return float(middle[-1])


def draw_pairs(axes: Axes, ends: NDArray[np.float64]) -> None:
    """Draw a thin line from the first to the second setting for each pair of worlds, and their medians.

    Args:
        axes: Where; the settings stand at 0 and 1.
        ends: Shape (2, pairs); a pair with NaN has no line, and does not count.
    """
    known = ends[:, ~np.isnan(ends).any(axis=0)]
    if not known.size:
        return
    axes.plot(
        [0, 1], known, color=SECOND.colour, linewidth=THIN, alpha=SEEN_THROUGH, marker="o", markersize=3.5
    )
    axes.plot(
        [0, 1],
        np.median(known, axis=1),
        color=SECOND.colour,
        linewidth=THICK,
        marker="D",
        markersize=8,
        gid="medians",
    )


def _median(lines: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Return the median over known values, NaN where there is none."""
    known = ~np.isnan(lines)
    some = known.any(axis=axis)
    filled = np.where(some, lines, 0.0)
    return np.asarray(np.where(some, np.nanmedian(filled, axis=axis), np.nan))
