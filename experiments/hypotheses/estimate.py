"""Estimates: an effect over paired worlds from runs, with an interval that allows for several tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import (
    CONFIDENCE,
    by_draw,
    fewest_equal,
    mean_interval,
    repeats,
    variance,
    weighted_sums,
    within_draws,
)
from cocreate.experiments.analysis.power import pairs_for_interval, pairs_over_draws
from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.verdict import (
    FEWEST,
    Effect,
    JudgedClaim,
    JudgedEffect,
    Standing,
    decisive,
    standing,
    standing_together,
)

LEVEL = 1 - CONFIDENCE
"""Chance that one or more of a hypothesis' intervals miss, shared out over its tests."""


def estimate(
    weights: Mapping[str, float],
    values: Mapping[str, NDArray[np.float64]],
    tests: int = 1,
    draws: int = 0,
) -> Effect:
    """Return a weighted sum over worlds, replicate by replicate, with its interval.

    The interval is Student's for the mean of the replicates' sums, at a level of 5 % shared out over the
    tests (Bonferroni), so that all intervals of a hypothesis hold together with a confidence of 95 %. Where
    replicates repeat draws of uncertain levers, the sums are averaged over the replicates of each draw first:
    only draws are independent of each other.

    Args:
        weights: Weights of worlds by name.
        values: The outcome in every replicate by world, each of shape (replicates,); NaN where there is none.
        tests: Tests to correct for, at least 1.
        draws: Draws of uncertain levers that replicates take in turn; 0 for none.
    """
    found = np.array([values[name] for name in weights])
    sums = weighted_sums(list(weights.values()), found)
    known = ~np.isnan(sums)
    pairs, dropped = int(known.sum()), int((~known).sum())
    units = by_draw(sums, draws)
    mean = float(units.mean()) if pairs else np.nan
    if len(units) < FEWEST:
        return Effect(pairs, dropped, mean, np.nan, np.nan, np.nan, np.nan, np.nan, tests)
    low, high, p = mean_interval(units, confidence=1 - LEVEL / tests)
    spread = float(np.sqrt(np.mean([variance(one[known]) for one in found])))
    deviation = float(np.sqrt(variance(units)))
    repeated, within = len(units) if repeats(sums, draws) else 0, within_draws(sums, draws)
    fair = min(1.0, tests * p)
    return Effect(pairs, dropped, mean, low, high, spread, deviation, fair, tests, repeated, within)


def judged_claim(
    claim: Claim, values: Callable[[str], NDArray[np.float64]], tests: int, draws: int = 0
) -> JudgedClaim:
    """Return a claim with its numbers.

    Args:
        claim: The claim.
        values: Gives its outcome in every replicate of a world, NaN where there is none.
        tests: Tests to correct for, at least 1.
        draws: Draws of uncertain levers that replicates take in turn; 0 for none.
    """

    def seen(weights: Mapping[str, float]) -> JudgedEffect:
        effect = estimate(weights, {name: values(name) for name in weights}, tests, draws)
        return JudgedEffect(weights, effect, standing(effect, claim.expected, claim.smallest))

    ways = tuple(tuple(map(seen, way)) for way in claim.effects)
    shown = decisive(ways, claim.expected) if claim.ways else ways[0][0]
    together = standing_together([[one.standing for one in way] for way in ways])
    more = more_pairs(shown.effect, claim)
    if claim.ways:
        more = 0 if together is not Standing.UNSETTLED else _more_for_ways(ways, claim)
    return JudgedClaim(claim, shown.effect, together, more, ways if claim.ways else ())


def _more_for_ways(ways: Sequence[Sequence[JudgedEffect]], claim: Claim) -> int | None:
    """Return how many more replicates would settle a claim with several effects, or None.

    If means stay as they are, either one way comes to hold, or each way comes to have an effect that fails.
    """
    limit = float("inf")

    def needed(one: JudgedEffect) -> float:
        more = more_pairs(one.effect, claim)
        return limit if more is None else more

    def on_its_side(one: JudgedEffect) -> bool:
        margin = claim.smallest * one.effect.spread
        return one.effect.mean < -margin if claim.expected is Expected.LESS else one.effect.mean > margin

    holding = [way for way in ways if all(map(on_its_side, way))]
    if holding:
        most = min(max(map(needed, way)) for way in holding)
    else:
        most = max(min(needed(one) for one in way if not on_its_side(one)) for way in ways)
    return None if most == limit else int(most)


def more_pairs(effect: Effect, claim: Claim) -> int | None:
    """Return how many more replicates would settle a claim if mean and spread stay as they are.

    Args:
        effect: What was found so far.
        claim: The claim.

    Returns:
        0 for a settled claim; None where the mean lies so near the smallest effect that counts, or
        where so little could be measured, that none can be named. Where replicates had to be left out, as
        many are expected to be left out again.
    """
    if standing(effect, claim.expected, claim.smallest) is not Standing.UNSETTLED:
        return 0
    if not effect.measured:
        return None
    level = LEVEL / effect.tests
    pairs: int | None = fewest_equal(effect.tests)
    if effect.draws:
        distance = _distance(effect, claim)
        pairs = pairs_over_draws(
            distance, effect.deviation, effect.within, (effect.draws, effect.pairs), level
        )
    elif effect.deviation > 0:
        pairs = pairs_for_interval(_distance(effect, claim), effect.deviation, level)
    if pairs is None:
        return None
    return max(1, int(np.ceil(pairs * effect.replicates / effect.pairs)) - effect.replicates)


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
