"""Estimates over worlds, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import CONFIDENCE, mean_interval
from cocreate.experiments.patterns.pattern import Reading, Target

type Statistic = Callable[[NDArray[np.float64]], float]
"""A number from the sums over worlds, shape (parts,)."""


def mean_of(name: str, target: Target, values: NDArray[np.float64]) -> Reading:
    """Return the mean over worlds with Student's interval; worlds with NaN are left out.

    Args:
        name: What it is.
        target: Values that agree with the pattern.
        values: One value a world, shape (worlds,).
    """
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return Reading(name, target, np.nan, np.nan, np.nan)
    low, high, _ = mean_interval(known)
    return Reading(name, target, float(known.mean()), low, high)


def resampled(
    name: str, target: Target, parts: NDArray[np.float64], statistic: Statistic, resamples: int
) -> Reading:
    """Return a statistic of sums over worlds with the interval of a bootstrap over worlds (Efron 1979).

    Worlds are drawn, not pilots: pilots of a world share its fate.

    Args:
        name: What it is.
        target: Values that agree with the pattern.
        parts: What each world adds, shape (worlds, parts).
        statistic: The number, from sums over worlds.
        resamples: Draws; 0 for no interval.
    """
    worlds = len(parts)
    value = statistic(parts.sum(axis=0)) if worlds else np.nan
    rng = np.random.default_rng(1)
    weights = rng.multinomial(worlds, np.full(worlds, 1 / max(1, worlds)), size=resamples)
    found = np.array([statistic(total) for total in weights @ parts])
    known = found[~np.isnan(found)]
    if worlds < 2 or len(known) <= CONFIDENCE * resamples:  # noqa: PLR2004 - one world has no spread
        return Reading(name, target, value, np.nan, np.nan)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(known, [tail, 1 - tail], method="nearest")
    return Reading(name, target, value, float(low), float(high))


def ratio(sums: NDArray[np.float64]) -> float:
    """Return the first sum over the second; infinite over zero, NaN where both are zero.

    >>> ratio(np.array([3.0, 2.0])), ratio(np.array([3.0, 0.0]))
    (1.5, inf)
    """
    above, below = float(sums[0]), float(sums[1])
    if below == 0.0:
        return np.inf if above > 0.0 else np.nan
    return above / below
