"""Intervals of a mean over replicates, with the p-value that belongs to each."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
"""Confidence level of all intervals."""

FEWEST = 2
"""Replicates below which there is no interval."""

RESAMPLES = 9_999
"""Resamples of a bootstrap interval."""


EQUAL = 1e-12
"""Range of numbers, as a share of the largest, up to which they are equal but for rounding."""


class Interval(StrEnum):
    """How the interval of a mean is found."""

    T = "t"
    """Student's, for means of numbers that are not very skewed."""

    BOOTSTRAP = "bootstrap"
    """Percentiles of means of resampled replicates (Efron 1979), for skewed outcomes. Somewhat too narrow
    with few replicates: 20 normal ones are covered about 93 times in 100."""


class MeanInterval(NamedTuple):
    """A mean's interval, and its p against zero.

    Attributes:
        low: Lower end; NaN where there are too few numbers.
        high: Upper end.
        p: Two-sided p of a mean of zero, made the same way as the interval.
    """

    low: float
    high: float
    p: float


def mean_interval(
    values: NDArray[np.float64],
    interval: Interval = Interval.T,
    seed: int = 0,
    confidence: float = CONFIDENCE,
) -> MeanInterval:
    """Return the interval of a mean.

    Where all numbers are equal it has no width, and p is that of the sign test.

    Args:
        values: Numbers without NaN, shape (replicates,).
        interval: How to find it.
        seed: Seed of the bootstrap.
        confidence: Confidence level, between 0 and 1.
    """
    if len(values) < FEWEST:
        return MeanInterval(np.nan, np.nan, np.nan)
    if all_equal(values):
        mean = float(values[0])
        return MeanInterval(mean, mean, 1.0 if mean == 0 else min(1.0, 2 * 0.5 ** len(values)))
    if interval is Interval.BOOTSTRAP:
        return _bootstrap(values, seed, confidence)
    return _student(values, confidence)


def all_equal(values: NDArray[np.float64], size: float | None = None) -> bool:
    """Return whether numbers are equal but for rounding.

    Args:
        values: Numbers without NaN, one or more.
        size: Size of the numbers that they were worked out from; None for their own.

    >>> all_equal(np.array([0.3 - 0.1, 0.2])), all_equal(np.array([0.2, 0.2001]))
    (True, False)
    """
    return bool(np.ptp(values) <= EQUAL * (np.abs(values).max() if size is None else size))


def variance(values: NDArray[np.float64]) -> float:
    """Return the variance of two or more numbers, 0 where they are equal but for rounding."""
    return 0.0 if all_equal(values) else float(values.var(ddof=1))


def weighted_sums(weights: Sequence[float], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return weighted sums over worlds, replicate by replicate.

    Sums that are all equal, or all zero, but for rounding are given as what they are.

    Args:
        weights: The weight of each world.
        values: Numbers by world and replicate, shape (worlds, replicates); NaN where there is none.

    Returns:
        The sum of each replicate; NaN where a world has no number.

    >>> weighted_sums([-1.0, 1.0], np.array([[0.1, 0.2, np.nan], [0.3, 0.4, 1.0]])).tolist()
    [0.2, 0.2, nan]
    """
    known = ~np.isnan(values).any(axis=0)
    sums = np.full(len(known), np.nan)
    if known.any():
        found = values[:, known]
        size = float(np.abs(found).max())
        sums[known] = _without_rounding(np.asarray(weights, float) @ found, size)
    return sums


def _without_rounding(values: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Return numbers that are all equal, or all zero, but for rounding as what they are; others as given."""
    if not all_equal(values, size):
        return values
    mean = float(values.mean())
    return np.full_like(values, mean if abs(mean) > EQUAL * size else 0.0)


def repeats(values: NDArray[np.float64], draws: int) -> bool:
    """Return whether numbers by replicate come from more replicates than there are draws to start from."""
    return 0 < draws < int(values.shape[-1])


def draw_means(values: NDArray[np.float64], draws: int) -> NDArray[np.float64]:
    """Return means over the replicates that start from the same draw of uncertain levers.

    Replicates of one draw are alike in it, so that an interval that takes them for independent is too narrow.
    Their means are independent. Where each draw is used once, they are the replicates themselves.

    Args:
        values: Numbers by replicate, shape (..., replicates); NaN where there is none, which is left out.
        draws: Draws of the study, which replicates take in turn; 0 for none.

    Returns:
        Shape (..., draws), or that of the values where no draw is repeated; NaN where there is none.

    >>> draw_means(np.array([[1.0, 5.0, 3.0], [np.nan, np.nan, 2.0]]), 2).tolist()
    [[2.0, 5.0], [2.0, nan]]
    """
    if not repeats(values, draws):
        return values
    missing = -values.shape[-1] % draws
    turns = np.concatenate([values, np.full((*values.shape[:-1], missing), np.nan)], axis=-1)
    turns = turns.reshape(*values.shape[:-1], -1, draws)
    counts = (~np.isnan(turns)).sum(axis=-2)
    sums = np.nansum(turns, axis=-2)
    return np.asarray(np.divide(sums, counts, out=np.full(counts.shape, np.nan), where=counts > 0))


def by_draw(values: NDArray[np.float64], draws: int) -> NDArray[np.float64]:
    """Return the means of :func:`draw_means` that there are.

    Args:
        values: Numbers by replicate, shape (replicates,); NaN where there is none, which is left out.
        draws: Draws of the study, which replicates take in turn; 0 for none.

    >>> by_draw(np.array([1.0, 5.0, 3.0, np.nan]), 2), by_draw(np.array([1.0, np.nan]), 0)
    (array([2., 5.]), array([1.]))
    """
    means = draw_means(values, draws)
    return means[~np.isnan(means)]


def whole_draws(values: NDArray[np.float64], draws: int) -> NDArray[np.float64]:
    """Return the replicates in which no number is missing, those of the same draw averaged.

    Args:
        values: Several numbers by replicate, shape (numbers, replicates); NaN where there is none.
        draws: Draws of the study, which replicates take in turn; 0 for none.

    Returns:
        Shape (numbers, independent replicates), without NaN.

    >>> whole_draws(np.array([[1.0, 5.0, 3.0], [0.0, np.nan, 4.0]]), 2).tolist()
    [[2.0], [2.0]]
    """
    means = draw_means(np.where(np.isnan(values).any(axis=0), np.nan, values), draws)
    return means[:, ~np.isnan(means).any(axis=0)]


def within_draws(values: NDArray[np.float64], draws: int) -> float:
    """Return the standard deviation between replicates of the same draw; NaN where no draw is repeated.

    Args:
        values: Numbers by replicate; NaN where there is none.
        draws: Draws of the study, which replicates take in turn; 0 for none.
    """
    if not repeats(values, draws):
        return np.nan
    known = np.flatnonzero(~np.isnan(values))
    drawn = [values[known[known % draws == draw]] for draw in np.unique(known % draws)]
    freedom = len(known) - len(drawn)
    squares = sum(float(((one - one.mean()) ** 2).sum()) for one in drawn)
    return float(np.sqrt(squares / freedom)) if freedom else np.nan


def fewest_equal(tests: int = 1) -> int:
    """Return how many equal numbers it takes until they can hardly all be equal by chance.

    Student's interval of equal numbers has no width, however few they are. The sign test still counts them:
    ``n`` numbers on one side of zero have a p of ``2 * 0.5**n``.

    Args:
        tests: Tests that share the error level, at least 1.

    >>> fewest_equal(), fewest_equal(4)
    (6, 8)
    """
    return next(n for n in count(1) if 2 * 0.5**n * tests < 1 - CONFIDENCE)


def _student(values: NDArray[np.float64], confidence: float) -> MeanInterval:
    from scipy import stats  # noqa: PLC0415 - heavy

    mean, freedom = float(values.mean()), len(values) - 1
    error = float(values.std(ddof=1)) / float(np.sqrt(len(values)))
    reach = float(stats.t.ppf((1 + confidence) / 2, freedom)) * error
    return MeanInterval(mean - reach, mean + reach, float(2 * stats.t.sf(abs(mean) / error, freedom)))


def _bootstrap(values: NDArray[np.float64], seed: int, confidence: float) -> MeanInterval:
    """Return the percentile interval, and the level at which it would just touch zero as p."""
    from scipy import stats  # noqa: PLC0415 - heavy

    found = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        confidence_level=confidence,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    drawn = found.bootstrap_distribution
    beyond = min((drawn <= 0).sum(), (drawn >= 0).sum())
    p = min(1.0, 2 * float(beyond + 1) / (RESAMPLES + 1))
    return MeanInterval(float(found.confidence_interval.low), float(found.confidence_interval.high), p)
