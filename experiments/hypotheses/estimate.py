"""Estimates: an effect over paired worlds from runs, with an interval that allows for several tests."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import CONFIDENCE, mean_interval
from cocreate.experiments.analysis.power import pairs_for_interval
from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.verdict import Effect, Standing, standing

LEVEL = 1 - CONFIDENCE
"""Chance that one or more of a hypothesis' intervals miss, shared out over its tests."""

FEWEST = 3
"""Replicates below which there is no interval."""


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
    found = np.array([values[name] for name in weights])
    known = ~np.isnan(found).any(axis=0)
    found = found[:, known]
    sums = np.array(list(weights.values())) @ found
    pairs, dropped = len(sums), int((~known).sum())
    mean = float(sums.mean()) if pairs else np.nan
    if pairs < FEWEST:
        return Effect(pairs, dropped, mean, np.nan, np.nan, np.nan, np.nan, np.nan, tests)
    low, high, p = mean_interval(sums, confidence=1 - LEVEL / tests)
    spread = float(np.sqrt(found.var(axis=1, ddof=1).mean()))
    deviation = float(sums.std(ddof=1))
    return Effect(pairs, dropped, mean, low, high, spread, deviation, min(1.0, tests * p), tests)


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
    pairs = pairs_for_interval(_distance(effect, claim), effect.deviation, LEVEL / effect.tests)
    return None if pairs is None else max(1, pairs - effect.pairs)


def _distance(effect: Effect, claim: Claim) -> float:
    """Return how far the interval may reach around the mean if it is to settle the claim."""
    margin = claim.smallest * effect.spread
    ends = {
        Expected.MORE: (margin,),
        Expected.NOT_MORE: (margin,),
        Expected.LESS: (-margin,),
        Expected.NOT_LESS: (-margin,),
        Expected.SAME: (margin, -margin),
    }
    return min(abs(effect.mean - end) for end in ends[claim.expected])
