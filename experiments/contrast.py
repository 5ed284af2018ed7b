"""Contrasts: how far two settings differ on the same random worlds, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.replicates import Study

CONFIDENCE = 0.95
"""Confidence level of all intervals."""

FEWEST = 2
"""Pairs of worlds below which there is no interval."""


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
        low: Lower end of the 95 % interval of ``difference``.
        high: Upper end of it.
        effect: ``difference`` over the root mean square of the two arms' standard deviations between
            worlds (Cumming 2012, d_av); NaN where worlds do not differ.
        p: Two-sided p of the paired t-test.
        p_holm: The same after Holm's correction over the family of tests (Holm 1979).
        more: Pairs in which the arm has more than the baseline.
        less: Pairs in which it has less.
        variance_reduction: Share of the variance of the difference that common random numbers save over
            independent worlds; below 0 where they cost. NaN where worlds do not differ.
    """

    arm: str
    baseline: str
    outcome: str
    pairs: int
    dropped: int
    mean_baseline: float
    mean_arm: float
    difference: float
    low: float
    high: float
    effect: float
    p: float
    p_holm: float
    more: int
    less: int
    variance_reduction: float

    @property
    def verdict(self) -> Verdict:
        """What the numbers allow to say.

        More or less: the corrected p is below 0.05. Perhaps: only the interval leaves out zero.
        """
        if self.pairs < FEWEST:
            return Verdict.UNKNOWN
        if self.more == self.less == 0:
            return Verdict.SAME
        if self.p >= 1 - CONFIDENCE:
            return Verdict.NONE
        sure = self.p_holm < 1 - CONFIDENCE
        if self.difference > 0:
            return Verdict.MORE if sure else Verdict.PERHAPS_MORE
        return Verdict.LESS if sure else Verdict.PERHAPS_LESS


def compare_pairs(
    baseline: NDArray[np.float64], arm: NDArray[np.float64], names: tuple[str, str, str] = ("", "", "")
) -> Difference:
    """Compare an outcome in pairs of worlds.

    Pairs with a NaN are left out and counted. The interval is Student's for the mean of the paired
    differences; where all differences are equal it has no width, and p is that of the sign test.

    Args:
        baseline: The outcome in the baseline's worlds, shape (pairs,).
        arm: The outcome in the arm's worlds, in the same order.
        names: Names of arm, baseline and outcome for the result.

    Returns:
        The difference, not yet corrected: ``p_holm`` equals ``p``.
    """
    known = ~(np.isnan(baseline) | np.isnan(arm))
    one, two = baseline[known], arm[known]
    gain = two - one
    pairs = len(gain)
    low, high, p = _interval(gain)
    spread = float(np.sqrt((one.var(ddof=1) + two.var(ddof=1)) / 2)) if pairs >= FEWEST else 0.0
    mean = float(gain.mean()) if pairs else np.nan
    return Difference(
        arm=names[0],
        baseline=names[1],
        outcome=names[2],
        pairs=pairs,
        dropped=len(known) - pairs,
        mean_baseline=float(one.mean()) if pairs else np.nan,
        mean_arm=float(two.mean()) if pairs else np.nan,
        difference=mean,
        low=low,
        high=high,
        effect=mean / spread if spread > 0 else np.nan,
        p=p,
        p_holm=p,
        more=int((gain > 0).sum()),
        less=int((gain < 0).sum()),
        variance_reduction=1 - float(gain.var(ddof=1)) / (2 * spread**2) if spread > 0 else np.nan,
    )


def _interval(gain: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return both ends of the 95 % interval of the mean, and p against a mean of zero."""
    from scipy import stats  # noqa: PLC0415 - heavy

    pairs = len(gain)
    if pairs < FEWEST:
        return np.nan, np.nan, np.nan
    mean = float(gain.mean())
    error = float(gain.std(ddof=1)) / np.sqrt(pairs)
    if np.ptp(gain) == 0:
        return mean, mean, 1.0 if mean == 0 else min(1.0, 2 * 0.5**pairs)
    freedom = pairs - 1
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, freedom)) * error
    return mean - reach, mean + reach, float(2 * stats.t.sf(abs(mean) / error, freedom))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for their number by Holm's step-down method (Holm 1979).

    A NaN stays one and does not count.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    known = sorted((p, place) for place, p in enumerate(p_values) if not np.isnan(p))
    corrected = [float("nan")] * len(p_values)
    so_far = 0.0
    for rank, (p, place) in enumerate(known):
        so_far = max(so_far, min(1.0, (len(known) - rank) * p))
        corrected[place] = so_far
    return corrected


def contrast(
    study: Study, baseline: str, arms: Sequence[str], outcomes: Sequence[str]
) -> tuple[Difference, ...]:
    """Compare arms of a study with its baseline, outcome by outcome.

    Holm's correction is over all tests of the call: arms times outcomes.

    Args:
        study: Simulated arms.
        baseline: Name of the arm to compare with.
        arms: Names of the arms to compare.
        outcomes: Names of outcomes.
    """
    found = [
        compare_pairs(study.values(baseline, outcome), study.values(arm, outcome), (arm, baseline, outcome))
        for arm in arms
        for outcome in outcomes
    ]
    corrected = holm([one.p for one in found])
    return tuple(replace(one, p_holm=p) for one, p in zip(found, corrected, strict=True))
