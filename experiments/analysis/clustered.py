"""Intervals of a mean over numbers that come in clusters, such as the runs of a replicate at many points."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import CONFIDENCE, FEWEST


class _Error(NamedTuple):
    """The squared standard error of a mean, and its degrees of freedom; NaN where they cannot be told."""

    squared: float
    freedom: float


def clustered_interval(
    values: NDArray[np.float64], clusters: NDArray[np.int64], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Return the interval of a mean whose error comes from leaving out one cluster at a time (jackknife).

    Numbers of a cluster resemble each other, so that many of them say little more than one. Student's t has
    the degrees of freedom of as many clusters of equal size as would weigh the same (Kish 1965). With equally
    many numbers in each it is Student's usual interval of the means of clusters.

    Args:
        values: Numbers without NaN, shape (numbers,).
        clusters: Which cluster each belongs to, from 0 on, shape (numbers,).
        weights: What each counts for in the mean, above 0; the same for None.

    Returns:
        Both ends; NaN where fewer than two clusters have a number.
    """
    shares = _shares(values, weights)
    mean = float(shares @ values)
    return _student(mean, _error(values - mean, clusters, shares))


def crossed_interval(
    values: NDArray[np.float64],
    clusters: NDArray[np.int64],
    others: NDArray[np.int64],
    weights: NDArray[np.float64] | None = None,
    confidence: float = CONFIDENCE,
) -> tuple[float, float]:
    """Return the interval of a mean over numbers that come in clusters of two kinds at once.

    A run at a drawn point resembles others at this point, and those of its replicate at other points. The
    squared errors of both kinds are added, and that of single numbers, which is in both, is taken off once
    (Cameron, Gelbach and Miller 2011); the result is no smaller than either. The degrees of freedom are
    Satterthwaite's (1946).

    Args:
        values: Numbers without NaN, shape (numbers,).
        clusters: Which cluster of the first kind each belongs to, from 0 on, shape (numbers,).
        others: Which cluster of the second kind, in the same way. Where there is only one of them, nothing
            tells how they differ, and the interval is that of :func:`clustered_interval` over the first kind.
        weights: What each counts for in the mean, above 0; the same for None.
        confidence: Confidence level, between 0 and 1.

    Returns:
        Both ends; NaN where fewer than two clusters of the first kind have a number.
    """
    shares = _shares(values, weights)
    mean = float(shares @ values)
    beyond = values - mean
    one, other = _error(beyond, clusters, shares), _error(beyond, others, shares)
    if np.isnan(one.squared) or np.isnan(other.squared):
        return _student(mean, one, confidence)
    both = _error(beyond, clusters * (others.max() + 1) + others, shares)
    squared = max(one.squared, other.squared, one.squared + other.squared - both.squared)
    parts = sum(part.squared**2 / part.freedom for part in (one, other, both))
    freedom = squared**2 / parts if parts > 0 else one.freedom
    return _student(mean, _Error(squared, freedom), confidence)


def _shares(values: NDArray[np.float64], weights: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return weights that sum to one."""
    weights = np.ones(len(values)) if weights is None else weights
    return np.asarray(weights / weights.sum())


def _error(beyond: NDArray[np.float64], clusters: NDArray[np.int64], shares: NDArray[np.float64]) -> _Error:
    """Return the error of a mean by leaving out one cluster at a time.

    Args:
        beyond: Numbers less their mean.
        clusters: Which cluster each belongs to.
        shares: What each counts for; they sum to one.
    """
    known = np.bincount(clusters) > 0
    number = int(known.sum())
    if number < FEWEST:
        return _Error(np.nan, np.nan)
    sizes = np.bincount(clusters, shares)[known]
    moved = np.bincount(clusters, shares * beyond)[known] / (1 - sizes)  # by how much, if one is left out
    squared = (1 - 1 / number) * float(np.square(moved).sum())
    return _Error(squared, 1 / float(np.square(sizes).sum()) - 1)


def _student(mean: float, error: _Error, confidence: float = CONFIDENCE) -> tuple[float, float]:
    from scipy import stats  # noqa: PLC0415 - heavy

    reach = float(stats.t.ppf((1 + confidence) / 2, error.freedom)) * float(np.sqrt(error.squared))
    return mean - reach, mean + reach
