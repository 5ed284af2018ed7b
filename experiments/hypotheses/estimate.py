"""Estimates: an effect over paired worlds from runs, with an interval that allows for several tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.verdict import Effect, Standing, standing

FEWEST = 3
"""Replicates below which there is no interval."""

MOST = 1_000_000
"""Replicates above which none are named: nobody would simulate them."""


def estimate(
    weights: Mapping[str, float], values: Mapping[str, NDArray[np.float64]], tests: int = 1
) -> Effect:
    """Return a weighted sum over worlds, replicate by replicate, with its interval.

    The interval is Student's for the mean of the replicates' sums, at a level of 5 % shared out over the
    tests (Bonferroni), so that all intervals of a hypothesis hold together with a confidence of 95 %.

    Args:
        weights: Weights of worlds by name.
        values: The outcome in every replicate by world, each of shape (replicates,); NaN where there is none.
        tests: Tests to correct for, at least 1.
    """
    from scipy import stats  # noqa: PLC0415 - heavy

    found = np.array([values[name] for name in weights])
    known = ~np.isnan(found).any(axis=0)
    found = found[:, known]
    sums = np.array(list(weights.values())) @ found
    pairs, dropped = len(sums), int((~known).sum())
    if pairs < FEWEST:
        mean = float(sums.mean()) if pairs else np.nan
        return Effect(pairs, dropped, mean, np.nan, np.nan, np.nan, np.nan, np.nan, tests)
    mean, deviation = float(sums.mean()), float(sums.std(ddof=1))
    spread = float(np.sqrt(found.var(axis=1, ddof=1).mean()))
    reach = reach_of(deviation, pairs, tests)
    if deviation == 0:
        p = 1.0 if mean == 0 else min(1.0, 2 * 0.5**pairs)  # the sign test's
    else:
        p = float(2 * stats.t.sf(abs(mean) / deviation * np.sqrt(pairs), pairs - 1))
    return Effect(
        pairs, dropped, mean, mean - reach, mean + reach, spread, deviation, min(1.0, tests * p), tests
    )


def reach_of(deviation: float, pairs: int, tests: int) -> float:
    """Return half the width of an interval.

    Args:
        deviation: Standard deviation between replicates.
        pairs: Replicates, at least 2.
        tests: Tests to correct for.
    """
    from scipy import stats  # noqa: PLC0415 - heavy

    quantile = float(stats.t.ppf(1 - (1 - CONFIDENCE) / (2 * tests), pairs - 1))
    return quantile * deviation / float(np.sqrt(pairs))


def more_pairs(effect: Effect, claim: Claim) -> int | None:
    """Return how many more replicates would settle a claim if mean and spread stay as they are.

    Args:
        effect: What was found so far.
        claim: The claim.

    Returns:
        0 for a settled claim; None where the mean lies so near the smallest effect that counts, or
        where so little could be measured, that none can be named.
    """
    if standing(effect, claim.expected, claim.smallest) is not Standing.OPEN:
        return 0
    if np.isnan(effect.low):
        return None
    distance = _distance(effect, claim)
    low, high = effect.pairs, MOST
    if distance <= 0 or reach_of(effect.deviation, high, effect.tests) > distance:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if reach_of(effect.deviation, middle, effect.tests) < distance:
            high = middle
        else:
            low = middle
    return high - effect.pairs


def _distance(effect: Effect, claim: Claim) -> float:
    """Return how far the mean lies from the nearest value at which the claim would be settled otherwise."""
    margin = claim.smallest * effect.spread
    ends = {
        Expected.MORE: (margin,),
        Expected.NOT_MORE: (margin,),
        Expected.LESS: (-margin,),
        Expected.NOT_LESS: (-margin,),
        Expected.SAME: (margin, -margin),
    }
    return min(abs(effect.mean - end) for end in ends[claim.expected])
