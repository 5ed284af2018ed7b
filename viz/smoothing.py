"""Means over the last months, for what is measured in sessions that may not be held every month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

SMOOTHED = 12
"""Months over which a measure of sessions is averaged, weighted by sessions held."""


def smoothed(series: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """Return a measure of sessions over the last months, weighted by sessions.

    Args:
        series: Monthly outcomes of a run.
        column: A measure of the month's sessions, such as ``users_voice``.

    Returns:
        Shape (months,); NaN where no session was held in those months.
    """
    held = series["sessions"].to_numpy(dtype=float)
    summed = np.concatenate([[0.0], np.cumsum(np.nan_to_num(series[column].to_numpy(dtype=float)) * held)])
    sessions = np.concatenate([[0.0], np.cumsum(held)])
    end = np.arange(1, len(held) + 1)
    start = np.maximum(0, end - SMOOTHED)
    total = sessions[end] - sessions[start]
    mean = np.full(len(held), np.nan)
    np.divide(summed[end] - summed[start], total, out=mean, where=total > 0)
    return mean
