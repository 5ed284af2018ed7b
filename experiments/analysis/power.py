"""Power: how many replicates would settle a difference, and what the present ones can see.

These numbers plan the next runs. They say nothing about the present ones that the interval does not say
already (Hoenig and Heisey 2001).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.contrast import Difference
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.interval import CONFIDENCE, FEWEST, fewest_equal

USUAL_POWER = 0.8
"""Chance of seeing an effect that is there, as usually asked for (Cohen 1988)."""

LEVEL = 1 - CONFIDENCE
"""Chance of seeing an effect that is not there."""

NODES = 200
"""Points at which the spread of a standard error is taken."""

MOST = 1_000_000
"""Pairs above which no number is named: nobody would simulate them."""


@dataclass(frozen=True)
class Outlook:
    """What more replicates could do for a difference.

    Attributes:
        pairs: Pairs of worlds so far.
        settled: Whether the interval leaves out zero by now.
        for_interval: More replicates after which the interval leaves out zero if mean and spread stay as
            they are; 0 when settled, None when no number up to :data:`MOST` does it.
        for_power: More replicates after which an effect of this size is seen with the power asked for.
        smallest_effect: Smallest difference that the present pairs see with that power, in the unit of the
            outcome; NaN with too few of them, 0 where differences do not vary.
        power: The power asked for.
        dropped: Pairs left out, because a world failed or had nothing to measure.
        draws: Draws of uncertain levers behind the pairs, where several start from the same draw: only these
            are independent of each other. 0 where each pair stands for itself.
    """

    pairs: int
    settled: bool
    for_interval: int | None
    for_power: int | None
    smallest_effect: float
    power: float
    dropped: int = 0
    draws: int = 0

    @property
    def independent(self) -> int:
        """Independent numbers so far: draws where they are repeated, else pairs."""
        return self.draws or self.pairs

    @property
    def sentence(self) -> str:
        """The outlook in words."""
        if self.independent < FEWEST:
            return self._too_few
        if self.smallest_effect == 0:
            return self._alike
        chance = f"with a chance of {100 * self.power:.0f} %"
        sees = f"{self.pairs} pairs see a difference of {self.smallest_effect:.2g} {chance}"
        if self.settled:
            return f"Settled: the interval leaves out zero. {sees}."
        if self.for_interval is None:
            return f"No number of replicates up to {MOST:,} would settle it at the effect seen. {sees}."
        noun = "replicate" if self.for_interval == 1 else "replicates"
        text = f"{self.for_interval:,} more {noun} would settle it if the effect stays as it is"
        if self.for_power is not None:
            text += f"; {self.for_power:,} more see such an effect {chance}"
        return f"{text}. {sees}."

    @property
    def _too_few(self) -> str:
        if self.draws:
            return (
                f"Too few draws to tell: all {self.pairs} pairs start from the same draw of uncertain levers,"
                f" and more replicates start from it again; it takes {FEWEST} draws or more."
            )
        if not self.dropped:
            return f"Too few pairs to tell: simulate at least {FEWEST} replicates."
        return (
            f"Too few pairs to tell: only {self.pairs} of {self.pairs + self.dropped} could be measured, as"
            f" {self.dropped} failed or had nothing to measure; it takes {FEWEST} or more."
        )

    @property
    def _alike(self) -> str:
        if self.draws and not self.settled:
            return (
                f"The means of all {self.draws} draws of uncertain levers agree to the last digit: more"
                " replicates of the same draws would hardly show anything else."
            )
        if not self.for_interval:
            return "All pairs agree to the last digit: more replicates would hardly show anything else."
        noun = "replicate" if self.for_interval == 1 else "replicates"
        return (
            f"All {self.pairs} pairs differ by the same, which so few may do by chance:"
            f" {self.for_interval:,} more {noun} would settle it if they do, too."
        )


def outlook(difference: Difference, tests: int = 1, power: float = USUAL_POWER) -> Outlook:
    """Return how many more replicates would settle a difference.

    Where pairs had to be dropped, as many are expected to be dropped again.

    Args:
        difference: What was found so far.
        tests: Tests that share the error level of 5 % evenly, at least 1 (Bonferroni). That is on the safe
            side of Holm's method: a difference that holds after that is settled, whatever is said here.
        power: Chance of seeing the effect that is asked for, between 0.05 and 1.

    Raises:
        AnalysisError: ``tests`` or ``power`` is out of range.
    """
    if tests < 1 or not LEVEL < power < 1:
        raise AnalysisError(
            f"An outlook needs at least 1 test and a power between {LEVEL:.2g} and 1, but was given {tests}"
            f" and {power}."
        )
    pairs, dropped, draws = difference.pairs, difference.dropped, difference.draws
    units = difference.independent
    if units < FEWEST:
        return Outlook(pairs, False, None, None, np.nan, power, dropped, draws)
    mean, deviation, level = abs(difference.difference), difference.deviation, LEVEL / tests
    agree = deviation > 0 or units >= fewest_equal(tests)
    settled = agree and reach(deviation, units, level) < mean
    return Outlook(
        pairs,
        settled,
        0 if settled else _more(difference, _enough(difference, tests)),
        None if draws else _more(difference, pairs_for_power(mean, deviation, power, level)),
        smallest_effect(units, deviation, power, level),
        power,
        dropped,
        draws,
    )


def reach(deviation: float, pairs: int, level: float = LEVEL) -> float:
    """Return half the width of Student's interval of a mean difference.

    Args:
        deviation: Standard deviation of the paired differences.
        pairs: Number of pairs, at least 2.
        level: Error level, between 0 and 1.
    """
    from scipy import stats  # noqa: PLC0415 - heavy

    return float(stats.t.isf(level / 2, pairs - 1)) * deviation / float(np.sqrt(pairs))


def power_of(effect: float, pairs: int, level: float = LEVEL) -> float:
    """Return the chance that the two-sided paired t-test sees an effect.

    Student's noncentral distribution, integrated over the distribution of the standard error: SciPy's own
    function for it is NaN in places, for few pairs and strict levels above all.

    Args:
        effect: True mean of the paired differences, in standard deviations of theirs.
        pairs: Number of pairs, at least 2.
        level: Error level, between 0 and 1.

    >>> round(power_of(0.5, 34), 3)
    0.808
    """
    from scipy import special  # noqa: PLC0415 - heavy

    limits, weights = _limits(pairs, level)
    shift = effect * np.sqrt(pairs)
    return float(weights @ (special.ndtr(shift - limits) + special.ndtr(-shift - limits)))


@lru_cache(maxsize=64)
def _limits(pairs: int, level: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return means at which the test just sees them, in true standard errors, and how often each holds."""
    from scipy import stats  # noqa: PLC0415 - heavy

    nodes, weights = _nodes()
    errors = np.sqrt(stats.chi2.ppf((nodes + 1) / 2, pairs - 1) / (pairs - 1))
    return stats.t.isf(level / 2, pairs - 1) * errors, weights / 2


@lru_cache(maxsize=1)
def _nodes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where and with what weights to integrate from -1 to 1 (Gauss and Legendre)."""
    return np.polynomial.legendre.leggauss(NODES)


def pairs_for_interval(mean: float, deviation: float, level: float = LEVEL) -> int | None:
    """Return the fewest pairs at which the interval around a mean difference leaves out zero.

    Args:
        mean: Mean of the paired differences, without its sign.
        deviation: Their standard deviation.
        level: Error level, between 0 and 1.

    Returns:
        The number; None where :data:`MOST` are not enough.
    """
    return _fewest(lambda pairs: reach(deviation, pairs, level) < mean)


def pairs_over_draws(
    mean: float, deviation: float, within: float, size: tuple[int, int], level: float = LEVEL
) -> int | None:
    """Return the pairs at which the interval leaves out zero where replicates repeat draws, or None.

    More replicates of the same draws average out chance within each, not the differences between draws.

    Args:
        mean: Mean of the paired differences, without its sign.
        deviation: Standard deviation between the means of draws.
        within: Standard deviation between replicates of the same draw.
        size: Draws and pairs so far.
        level: Error level, between 0 and 1.
    """
    draws, pairs = size
    between = max(0.0, deviation**2 - within**2 * draws / pairs)
    left = (mean / reach(1.0, draws, level)) ** 2 - between
    if not left > 0 or not within > 0:
        return None
    return max(pairs + 1, int(np.ceil(draws * within**2 / left)))


def pairs_for_power(
    mean: float, deviation: float, power: float = USUAL_POWER, level: float = LEVEL
) -> int | None:
    """Return the fewest pairs at which the paired t-test sees a true difference with a given chance.

    Args:
        mean: True mean of the paired differences, without its sign.
        deviation: Their standard deviation.
        power: The chance asked for.
        level: Error level, between 0 and 1.

    Returns:
        The number; None where :data:`MOST` are not enough.
    """
    if deviation == 0 or mean == 0:
        return FEWEST if mean > 0 else None
    return _fewest(lambda pairs: power_of(mean / deviation, pairs, level) >= power)


def smallest_effect(pairs: int, deviation: float, power: float = USUAL_POWER, level: float = LEVEL) -> float:
    """Return the smallest true difference that a number of pairs sees with a given chance.

    Args:
        pairs: Number of pairs, at least 2.
        deviation: Standard deviation of the paired differences.
        power: The chance asked for.
        level: Error level, between 0 and 1.
    """
    if deviation == 0:
        return 0.0
    from scipy import optimize  # noqa: PLC0415 - heavy

    most = 1.0
    while power_of(most, pairs, level) < power:
        most *= 2
    found = optimize.brentq(lambda effect: power_of(effect, pairs, level) - power, 0.0, most)
    return float(found) * deviation


def _fewest(enough: Callable[[int], bool]) -> int | None:
    """Return the smallest number of pairs that is enough, by halving; None above :data:`MOST`."""
    low, high = FEWEST - 1, FEWEST
    while not enough(high):
        if high >= MOST:
            return None
        low, high = high, min(2 * high, MOST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _enough(difference: Difference, tests: int) -> int | None:
    """Return how many pairs would settle a difference if mean and spread stay as they are."""
    mean, deviation, level = abs(difference.difference), difference.deviation, LEVEL / tests
    if deviation == 0 < mean:
        return None if difference.draws else fewest_equal(tests)
    if difference.draws:
        size = difference.draws, difference.pairs
        return pairs_over_draws(mean, deviation, difference.within, size, level)
    return pairs_for_interval(mean, deviation, level)


def _more(difference: Difference, pairs: int | None) -> int | None:
    if pairs is None:
        return None
    simulated = difference.pairs + difference.dropped
    return max(0, int(np.ceil(pairs * simulated / difference.pairs)) - simulated)
