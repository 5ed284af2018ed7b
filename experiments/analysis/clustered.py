"""Intervals of a mean over numbers that come in clusters, such as the points of a trajectory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import CONFIDENCE, FEWEST


def clustered_interval(values: NDArray[np.float64], clusters: NDArray[np.int64]) -> tuple[float, float]:
    """Return the interval of a mean whose error comes from leaving out one cluster at a time (jackknife).

    Numbers of a cluster resemble each other, so that many of them say little more than one. Student's t has
    the degrees of freedom of as many clusters of equal size as would weigh the same (Kish 1965).

    Args:
        values: Numbers without NaN, shape (numbers,).
        clusters: Which cluster each belongs to, from 0 on, shape (numbers,).

    Returns:
        Both ends; NaN where fewer than two clusters have a number.
    """
    from scipy import stats  # noqa: PLC0415 - heavy

    sizes = np.bincount(clusters)
    known = sizes > 0
    if known.sum() < FEWEST:
        return np.nan, np.nan
    mean = float(values.mean())
    beyond = np.bincount(clusters, values - mean)[known]
    sizes = sizes[known]
    moved = beyond / (len(values) - sizes)  # how far the mean goes when a cluster is left out
    error = float(np.sqrt((1 - 1 / len(sizes)) * np.square(moved).sum()))
    freedom = 1 / float(np.square(sizes / len(values)).sum()) - 1
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    return mean - reach, mean + reach
