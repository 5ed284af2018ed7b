"""Contrasts: how far two settings differ on the same random worlds, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.correction import Correction, corrected
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.interval import (
    CONFIDENCE,
    FEWEST,
    Interval,
    by_draw,
    fewest_equal,
    mean_interval,
    repeats,
    variance,
    weighted_sums,
    within_draws,
)
from cocreate.experiments.analysis.source import Outcomes, draws_of


class Verdict(StrEnum):
    """What a contrast says about one outcome, from its numbers alone."""

    MORE = "more"
    LESS = "less"
    PERHAPS_MORE = "perhaps more"
    PERHAPS_LESS = "perhaps less"
    NONE = "no difference seen"
    SAME = "exactly the same"
    UNKNOWN = "too few worlds"


@dataclass(frozen=True)
class Difference:
    """One outcome in two arms, over worlds in pairs that share their seed.

    Attributes:
        arm: Name of the arm compared.
        baseline: Name of the arm it is compared with.
        outcome: Name of the outcome.
        pairs: Pairs of worlds in which both could be measured.
        dropped: Pairs left out, because a world failed or had nothing to measure.
        mean_baseline: Mean over the baseline's worlds of those pairs.
        mean_arm: The same for the arm.
        difference: Mean of arm less baseline.
        deviation: Standard deviation of the paired differences; NaN with fewer than two.
        low: Lower end of the 95 % interval of ``difference``.
        high: Upper end of it.
        effect: ``difference`` over the root mean square of the two arms' standard deviations between
            worlds (Cumming 2012, d_av); NaN where worlds do not differ.
        p: Two-sided p of no difference, of the paired t-test or of the bootstrap.
        p_corrected: The same after correction over the family of tests.
        more: Pairs in which the arm has more than the baseline.
        less: Pairs in which it has less.
        variance_reduction: Share of the variance of the difference that common random numbers save over
            independent worlds; below 0 where they cost. NaN where worlds do not differ.
        draws: Draws of uncertain levers behind the pairs, where several start from the same draw. Then means,
            interval and deviation are those of the means of draws, as only draws are independent of each
            other. 0 where each pair stands for itself.
        within: Standard deviation of the differences between pairs of the same draw; NaN if ``draws`` is 0.
    """

    arm: str
    baseline: str
    outcome: str
    pairs: int
    dropped: int
    mean_baseline: float
    mean_arm: float
    difference: float
    deviation: float
    low: float
    high: float
    effect: float
    p: float
    p_corrected: float
    more: int
    less: int
    variance_reduction: float
    draws: int = 0
    within: float = np.nan

    @property
    def independent(self) -> int:
        """Independent numbers behind the interval: draws where they are repeated, else pairs."""
        return self.draws or self.pairs

    @property
    def verdict(self) -> Verdict:
        """What the numbers allow to say.

        More or less: the corrected p is below 0.05. Perhaps: only the interval leaves out zero. A few pairs
        that all differ by the same are too few: their interval has no width, but may be so by chance.
        """
        if self.independent < FEWEST:
            return Verdict.UNKNOWN
        if self.more == self.less == 0:
            return Verdict.SAME
        if self.deviation == 0 and self.independent < fewest_equal():
            return Verdict.UNKNOWN
        if self.p >= 1 - CONFIDENCE:
            return Verdict.NONE
        sure = self.p_corrected < 1 - CONFIDENCE
        if self.difference > 0:
            return Verdict.MORE if sure else Verdict.PERHAPS_MORE
        return Verdict.LESS if sure else Verdict.PERHAPS_LESS


def compare_pairs(
    baseline: NDArray[np.float64],
    arm: NDArray[np.float64],
    names: tuple[str, str, str] = ("", "", ""),
    interval: Interval = Interval.T,
    seed: int = 0,
    draws: int = 0,
) -> Difference:
    """Compare an outcome in pairs of worlds.

    Pairs with a NaN are left out and counted. Where all differences are equal the interval has no width,
    and p is that of the sign test.

    Args:
        baseline: The outcome in the baseline's worlds, shape (pairs,).
        arm: The outcome in the arm's worlds, in the same order.
        names: Names of arm, baseline and outcome for the result.
        interval: How the interval of the mean difference is found.
        seed: Seed of a bootstrap interval.
        draws: Draws of uncertain levers that worlds take in turn; 0 for none.

    Returns:
        The difference, not yet corrected: ``p_corrected`` equals ``p``.

    Raises:
        AnalysisError: The worlds do not come in pairs.
    """
    if len(baseline) != len(arm):
        raise AnalysisError(
            f"{names[0] or 'The arm'} has {len(arm)} worlds and {names[1] or 'the baseline'} has"
            f" {len(baseline)}: only equal numbers of worlds, in the same order, make pairs."
        )
    gain = weighted_sums((-1, 1), np.stack([baseline, arm]))
    known = ~np.isnan(gain)
    pairs = int(known.sum())
    gains, ones, twos = (by_draw(np.where(known, values, np.nan), draws) for values in (gain, baseline, arm))
    low, high, p = mean_interval(gains, interval, seed)
    one, two = _deviation(baseline[known]), _deviation(arm[known])
    spread = float(np.hypot(one, two) / np.sqrt(2)) if pairs >= FEWEST else 0.0
    mean = float(gains.mean()) if pairs else np.nan
    return Difference(
        arm=names[0],
        baseline=names[1],
        outcome=names[2],
        pairs=pairs,
        dropped=len(known) - pairs,
        mean_baseline=float(ones.mean()) if pairs else np.nan,
        mean_arm=float(twos.mean()) if pairs else np.nan,
        difference=mean,
        deviation=_deviation(gains),
        low=low,
        high=high,
        effect=mean / spread if spread > 0 else np.nan,
        p=p,
        p_corrected=p,
        more=int((gain > 0).sum()),
        less=int((gain < 0).sum()),
        variance_reduction=1 - _deviation(gain[known]) ** 2 / (2 * spread**2) if spread > 0 else np.nan,
        draws=len(gains) if repeats(gain, draws) else 0,
        within=within_draws(gain, draws),
    )


def _deviation(values: NDArray[np.float64]) -> float:
    """Return a standard deviation between worlds; NaN with fewer than two."""
    return float(np.sqrt(variance(values))) if len(values) >= FEWEST else np.nan


def contrast(
    results: Outcomes,
    baseline: str,
    arms: Sequence[str],
    outcomes: Sequence[str],
    correction: Correction = Correction.HOLM,
    interval: Interval = Interval.T,
    seed: int = 0,
) -> tuple[Difference, ...]:
    """Compare worlds of a study with its baseline, outcome by outcome.

    The correction is over all tests of the call: arms times outcomes. Where replicates of the study repeat
    draws of uncertain levers, such as a posterior, those of the same draw are averaged before intervals are
    taken. Where a design has several points, each point of a replicate makes a pair of its own, as in a drawn
    sample with one replicate; those of several replicates share their seeds, so that intervals are then too
    narrow.

    Args:
        results: Outcomes of all runs, of a study or of anything else that knows them.
        baseline: Name of the world to compare with.
        arms: Names of the worlds to compare.
        outcomes: Names of outcomes.
        correction: How p-values allow for the number of tests.
        interval: How intervals are found.
        seed: Seed of bootstrap intervals.

    Raises:
        AnalysisError: The worlds do not come in pairs.
    """
    found = [
        compare_pairs(
            results.values(baseline, outcome),
            results.values(arm, outcome),
            (arm, baseline, outcome),
            interval,
            seed,
            draws_of(results),
        )
        for arm in arms
        for outcome in outcomes
    ]
    fair = corrected([one.p for one in found], correction)
    return tuple(replace(one, p_corrected=p) for one, p in zip(found, fair, strict=True))
