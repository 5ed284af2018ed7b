"""Log-rank tests: whether services go on longer in one world than in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.analysis.lifelines import deaths_and_risk, lifetimes
from cocreate.experiments.study.results import WorldRun

SWAPS = 9_999
"""Random ways to swap the worlds of pairs; where there are fewer in all, each is taken once."""


@dataclass(frozen=True)
class LogRank:
    """How far the ends of services in a world exceed what an equal hazard would give.

    Attributes:
        statistic: Ends beyond the expected ones in standard errors, as if services ended independently
            (Mantel 1966); above 0 where services of the first world end sooner.
        p: Two-sided p when whole worlds are swapped within pairs: services of a world share its fate, and
            the two worlds of a pair share their random draws. It cannot go below 2^(1 - pairs), so that
            with five pairs or fewer it tells nothing (see :attr:`too_few`).
        p_if_independent: The p of the usual test, for comparison. It takes each service for a case of its
            own, and so errs on either side.
        ended: Services that ended in the first and in the second world.
        expected: How many would have with equal hazards.
        pairs: Pairs of runs.
        dropped: Pairs left out because a run failed or is missing.
    """

    statistic: float
    p: float
    p_if_independent: float
    ended: tuple[int, int]
    expected: tuple[float, float]
    pairs: int
    dropped: int

    @property
    def too_few(self) -> bool:
        """Whether no ends of services, however far apart, could give so few pairs a p below 0.05."""
        return 2.0 ** (1 - self.pairs) >= 1 - CONFIDENCE

    @property
    def hazard_ratio(self) -> float:
        """Hazard in the first world over that in the second, from ended over expected; NaN without ends."""
        if 0 in self.ended:
            return np.nan if self.ended[0] == 0 == self.ended[1] else (np.inf if self.ended[0] else 0.0)
        return (self.ended[0] / self.expected[0]) / (self.ended[1] / self.expected[1])


def log_rank(one: Sequence[WorldRun], other: Sequence[WorldRun], seed: int = 0) -> LogRank:
    """Compare how long services go on in two worlds.

    If the worlds did not differ, the two runs of a pair could be swapped: p is the share of such swaps
    (all of them, or :data:`SWAPS` random ones and the one seen) with a statistic as large.

    Args:
        one: Runs of the first world, with pilots.
        other: Runs of the second; runs of one number make a pair.
        seed: Seed of the random swaps.

    Raises:
        AnalysisError: No pair of runs reached its horizon, or no service ended.
    """
    pairs = _pairs(one, other)
    if not pairs:
        raise AnalysisError("Lifelines can only be compared where a replicate ran in both worlds.")
    length = max(run.months for pair in pairs for run in pair)
    counts = np.array([[deaths_and_risk(run.pilots, run.months, length) for run in pair] for pair in pairs])
    if not counts[:, :, 0].any():
        raise AnalysisError("Lifelines cannot be compared: no service ended in either world.")
    swaps = _swaps(len(pairs), seed)
    statistics, expected = _statistics(counts, swaps)
    seen = statistics[0]
    ended = counts[:, :, 0].sum(axis=(0, 2))
    return LogRank(
        statistic=float(seen),
        p=float((np.abs(statistics) >= abs(seen) * (1 - 1e-12)).mean()),
        p_if_independent=_usual_p(pairs),
        ended=(int(ended[0]), int(ended[1])),
        expected=(float(expected), float(ended.sum() - expected)),
        pairs=len(pairs),
        dropped=max(len(one), len(other)) - len(pairs),
    )


def _pairs(one: Sequence[WorldRun], other: Sequence[WorldRun]) -> list[tuple[WorldRun, WorldRun]]:
    partners = {run.number: run for run in other if not run.failure}
    return [(run, partners[run.number]) for run in one if not run.failure and run.number in partners]


def _swaps(pairs: int, seed: int) -> NDArray[np.float64]:
    """Return which pairs stay as they are (1) or are swapped (0), shape (swaps, pairs); first none is."""
    if 2**pairs <= SWAPS:
        return np.array(list(product((1.0, 0.0), repeat=pairs)))
    drawn = np.random.default_rng(seed).integers(0, 2, (SWAPS, pairs)).astype(float)
    return np.vstack([np.ones(pairs), drawn])


def _statistics(counts: NDArray[np.float64], swaps: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Return the log-rank statistic of every swap, and the ends expected in the first world as it is.

    Args:
        counts: Ends and services at risk, shape (pairs, 2 worlds, 2, ages).
        swaps: Which pairs stay, shape (swaps, pairs).
    """
    ended, at_risk = counts.sum(axis=(0, 1))
    ages = ended > 0
    ended, at_risk = ended[ages], at_risk[ages]
    first = np.tensordot(swaps, counts[:, 0], 1) + np.tensordot(1 - swaps, counts[:, 1], 1)
    share = first[:, 1, ages] / at_risk
    expected = share @ ended
    chances = np.divide(at_risk - ended, at_risk - 1, out=np.zeros_like(ended), where=at_risk > 1)
    variance = (share * (1 - share)) @ (ended * chances)
    beyond = first[:, 0].sum(axis=1) - expected
    found = np.divide(beyond, np.sqrt(variance), out=np.zeros_like(beyond), where=variance > 0)
    return found, float(expected[0])


def _usual_p(pairs: Sequence[tuple[WorldRun, WorldRun]]) -> float:
    from scipy import stats  # noqa: PLC0415 - heavy

    samples = []
    for world in zip(*pairs, strict=True):
        seen = [lifetimes(run.pilots, run.months) for run in world]
        age, ended = (np.concatenate(column) for column in zip(*seen, strict=True))
        samples.append(stats.CensoredData(uncensored=age[ended], right=age[~ended]))
    one, other = samples
    return float(stats.logrank(one, other).pvalue)
