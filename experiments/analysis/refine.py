"""Set the limits of a box to their best places, one lever after the other.

Peeling and splitting are greedy: what they cut off early by chance they hardly get back. Given all other
limits, the best interval of a lever can be found exactly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.boxes import Box, Flags, Limit, Side

if TYPE_CHECKING:
    import pandas as pd

SWEEPS = 10
"""Rounds over all levers at most; two or three are usual."""

GAIN = 1e-9
"""Gain below which the limits of a lever stay as they are."""


def gain_of(box: Box, settings: pd.DataFrame, cases: Flags) -> float:
    """Return the share of cases inside less the share of the other rows inside, -1 to 1.

    This is weighted relative accuracy up to a factor (Lavrač, Flach and Zupan 1999).
    """
    inside = box.holds(settings)
    return float(inside[cases].mean() - inside[~cases].mean())


def refined(box: Box, settings: pd.DataFrame, cases: Flags) -> Box:
    """Move the limits of one lever after the other to where they gain most (Mampaey et al. 2012).

    Args:
        box: Where to start.
        settings: One row a point, one column a lever: numbers, or words for a choice.
        cases: Whether the row is a case of interest, shape (rows,); some are, some are not.

    Returns:
        A box that gains at least as much.
    """
    weights = np.where(cases, 1 / cases.sum(), -1 / (~cases).sum())
    best = gain_of(box, settings, cases)
    for _ in range(SWEEPS):
        before = best
        for lever in map(str, settings):
            others = Box(tuple(limit for limit in box.limits if limit.lever != lever), box.whole)
            inside = others.holds(settings)
            limits = _best_limits(settings[lever][inside], weights[inside])
            moved = Box((*others.limits, *limits), box.whole)
            gain = gain_of(moved, settings, cases)
            if gain > best + GAIN:
                box, best = moved, gain
        if best == before:
            break
    return box


def _best_limits(column: pd.Series, weights: NDArray[np.float64]) -> tuple[Limit, ...]:
    """Return the limits of one lever inside which the sum of weights is largest."""
    from pandas.api.types import is_numeric_dtype  # noqa: PLC0415 - heavy

    lever = str(column.name)
    values, places = np.unique(column.to_numpy(), return_inverse=True)
    sums = np.bincount(places, weights, minlength=len(values))
    if not is_numeric_dtype(column):
        words = tuple(sorted(map(str, values[sums > 0])))
        return (Limit(lever, Side.AMONG, words=words),) if 0 < len(words) < len(values) else ()
    first, last = _best_run(sums)
    found = []
    if first > 0:
        found.append(Limit(lever, Side.ABOVE, float(values[first - 1] + values[first]) / 2))
    if last < len(values) - 1:
        found.append(Limit(lever, Side.BELOW, float(values[last] + values[last + 1]) / 2))
    return tuple(found)


def _best_run(sums: NDArray[np.float64]) -> tuple[int, int]:
    """Return first and last place of the run with the largest sum (Kadane's method).

    >>> _best_run(np.array([-1.0, 2.0, -0.5, 2.0, -3.0]))
    (1, 3)
    """
    reached = np.concatenate([[0.0], np.cumsum(sums)])
    lowest = np.minimum.accumulate(reached[:-1])
    last = int(np.argmax(reached[1:] - lowest))
    return int(np.argmin(reached[: last + 1])), last
