"""Log-rank tests: whether services go on longer in one world than in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.analysis.lifelines import by_unit, deaths_and_risk
from cocreate.experiments.study.results import WorldRun

SWAPS = 9_999
"""Random ways to swap the worlds of pairs; where there are fewer in all, each is taken once."""

ROUNDING = 1e-9
"""How far numbers of ends can be apart and still be equal but for rounding."""

type Pair = tuple[WorldRun, WorldRun]
"""Runs of the two worlds at the same point and in the same replicate."""


@dataclass(frozen=True)
class LogRank:
    """How far the ends of services in a world exceed what an equal hazard would give.

    Attributes:
        statistic: Ends beyond the expected ones in standard errors, as if services ended independently
            (Mantel 1966); above 0 where services of the first world end sooner. Where a design has several
            points, services are compared with those of their point only (stratified).
        p: Two-sided p when whole worlds are swapped within pairs: services of a world share its fate, and
            the two worlds of a pair share their random numbers. Pairs of a unit are swapped together. It
            cannot go below 2^(1 - units), so that with five units or fewer it tells nothing (see
            :attr:`too_few`).
        p_if_independent: The p of the usual test, for comparison. It takes each service for a case of its
            own, and so errs on either side.
        ended: Services that ended in the first and in the second world.
        expected: How many would have with equal hazards at each point of the design.
        pairs: Pairs of runs at the same point of the design and in the same replicate.
        units: Pairs that are independent of each other: replicates, whose seed is the same at all points of a
            design, or draws of uncertain levers where replicates repeat them.
        dropped: Pairs left out because a run failed or is missing.
    """

    statistic: float
    p: float
    p_if_independent: float
    ended: tuple[int, int]
    expected: tuple[float, float]
    pairs: int
    units: int
    dropped: int

    @property
    def too_few(self) -> bool:
        """Whether no ends of services, however far apart, could give so few units a p below 0.05."""
        return 2.0 ** (1 - self.units) >= 1 - CONFIDENCE

    @property
    def hazard_ratio(self) -> float:
        """Hazard in the first world over that in the second, from ended over expected; NaN without ends."""
        if 0 in self.ended:
            return np.nan if self.ended[0] == 0 == self.ended[1] else (np.inf if self.ended[0] else 0.0)
        return (self.ended[0] / self.expected[0]) / (self.ended[1] / self.expected[1])


def log_rank(one: Sequence[WorldRun], other: Sequence[WorldRun], seed: int = 0) -> LogRank:
    """Compare how long services go on in two worlds.

    If the worlds did not differ, the two runs of a pair could be swapped: p is the share of such swaps
    (all of them, or :data:`SWAPS` random ones and the one seen) that leave as many ends beyond the expected
    ones. The pairs of a replicate at several points of a design are swapped together, since they share its
    seed, and so are those that start from the same draw of uncertain levers, since a difference that is due
    to the draw is in all of them.

    Args:
        one: Runs of the first world, with pilots.
        other: Runs of the second; runs of one point and number make a pair.
        seed: Seed of the random swaps.

    Raises:
        AnalysisError: No pair of runs reached its horizon, or no service ended.
    """
    pairs = _pairs(one, other)
    if not pairs:
        raise AnalysisError("Lifelines can only be compared where a replicate ran in both worlds.")
    points = _by_point(pairs)
    ended, scores, variance = np.zeros(2, int), [], 0.0
    for of_point in points:
        counts = _counts(of_point)
        ended += counts[:, :, 0].sum(axis=(0, 2)).astype(int)
        scores.append(_scores(counts))
        variance += _variance(counts)
    if not ended.any():
        raise AnalysisError("Lifelines cannot be compared: no service ended in either world.")
    units = by_unit(np.concatenate(scores), [run for of_point in points for run, _ in of_point])
    beyond = _beyond(units, _swaps(len(units), seed))
    seen = float(beyond[0])
    statistic = seen / sqrt(variance) if variance > 0 else 0.0
    return LogRank(
        statistic=statistic,
        p=float((np.abs(beyond) >= abs(seen) - ROUNDING).mean()),
        p_if_independent=erfc(abs(statistic) / sqrt(2)),
        ended=(int(ended[0]), int(ended[1])),
        expected=(float(ended[0] - seen), float(ended[1] + seen)),
        pairs=len(pairs),
        units=len(units),
        dropped=max(len(one), len(other)) - len(pairs),
    )


def _pairs(one: Sequence[WorldRun], other: Sequence[WorldRun]) -> list[Pair]:
    partners = {(run.point, run.number): run for run in other if not run.failure}
    found = ((run, partners.get((run.point, run.number))) for run in one if not run.failure)
    return [(run, partner) for run, partner in found if partner is not None]


def _by_point(pairs: Sequence[Pair]) -> list[list[Pair]]:
    points: dict[int, list[Pair]] = {}
    for pair in pairs:
        points.setdefault(pair[0].point, []).append(pair)
    return list(points.values())


def _counts(pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Return ends and services at risk, shape (pairs, 2 worlds, 2, ages)."""
    length = max(run.months for pair in pairs for run in pair)
    return np.array([[deaths_and_risk(run.pilots, run.months, length) for run in pair] for pair in pairs])


def _scores(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ends in each world beyond those that the hazard of all would give, shape (pairs, 2 worlds).

    Args:
        counts: As from :func:`_counts`, of one point of the design.
    """
    ended, at_risk = counts.sum(axis=(0, 1))
    hazard = np.divide(ended, at_risk, out=np.zeros_like(ended), where=at_risk > 0)
    return np.asarray(counts[:, :, 0].sum(axis=2) - counts[:, :, 1] @ hazard)


def _variance(counts: NDArray[np.float64]) -> float:
    """Return the variance of the first world's ends if services ended independently (Mantel 1966).

    Args:
        counts: As from :func:`_counts`, of one point of the design.
    """
    ended, at_risk = counts.sum(axis=(0, 1))
    ages = (ended > 0) & (at_risk > 1)
    ended, at_risk = ended[ages], at_risk[ages]
    share = counts[:, 0, 1].sum(axis=0)[ages] / at_risk
    return float((share * (1 - share)) @ (ended * (at_risk - ended) / (at_risk - 1)))


def _swaps(units: int, seed: int) -> NDArray[np.float64]:
    """Return which units stay as they are (1) or are swapped (0), shape (swaps, units); first none is."""
    if 2**units <= SWAPS:
        return np.array(list(product((1.0, 0.0), repeat=units)))
    drawn = np.random.default_rng(seed).integers(0, 2, (SWAPS, units)).astype(float)
    return np.vstack([np.ones(units), drawn])


def _beyond(scores: NDArray[np.float64], swaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the ends of the first world beyond the expected ones, for each swap; 0 where rounding is left.

    Args:
        scores: Ends beyond the expected ones, shape (units, 2 worlds).
        swaps: Which units stay, shape (swaps, units).
    """
    found = swaps @ scores[:, 0] + (1 - swaps) @ scores[:, 1]
    return np.where(np.abs(found) > ROUNDING, found, 0.0)
