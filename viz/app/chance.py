"""Chance: what counts of pairs of worlds allow to say, by the sign test.

A room sees counts, "higher in 14 of 20 worlds, lower in 3", so the word on chance rests on them and on
nothing else. Means weigh a few large gaps more than many small ones, and can say the opposite.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.analysis.interval import CONFIDENCE, FEWEST, fewest_equal

ROUNDING = 1e-9
"""Values that differ by less are equal, but for what adding up leaves behind."""


@dataclass(frozen=True)
class Counts:
    """In how many pairs of worlds an outcome went which way.

    Attributes:
        more: Pairs in which the second world has more.
        less: Pairs in which it has less.
        pairs: Pairs in which both could be measured.
        dropped: Pairs left out, as one of the worlds had nothing to measure.
    """

    more: int
    less: int
    pairs: int
    dropped: int = 0

    @property
    def p(self) -> float:
        """Two-sided p of the exact sign test, pairs without a difference left out (Dixon and Mood 1946).

        NaN where the pairs are too few for any counts to tell a difference from chance.
        """
        if self.pairs < fewest_equal():
            return math.nan
        return _sign_test(min(self.more, self.less), self.more + self.less)

    def verdict(self, p_corrected: float | None = None) -> Verdict:
        """Return what the counts allow to say.

        Args:
            p_corrected: :attr:`p` after correction over a family of outcomes that are looked at together;
                None for one that is looked at alone.
        """
        if self.pairs < FEWEST:
            return Verdict.UNKNOWN
        if self.more == self.less == 0:
            return Verdict.SAME
        if self.pairs < fewest_equal():
            return Verdict.UNKNOWN
        level = 1 - CONFIDENCE
        if self.p >= level:
            return Verdict.NONE
        sure = p_corrected is None or p_corrected < level
        if self.more > self.less:
            return Verdict.MORE if sure else Verdict.PERHAPS_MORE
        return Verdict.LESS if sure else Verdict.PERHAPS_LESS


@cache
def _sign_test(fewer: int, told: int) -> float:
    from scipy.stats import binomtest  # noqa: PLC0415 - heavy

    return float(binomtest(fewer, told).pvalue) if told else 1.0


def counts_of(before: NDArray[np.float64], now: NDArray[np.float64]) -> Counts:
    """Return in how many pairs of worlds an outcome went which way.

    Args:
        before: The outcome in the first world of each pair, shape (pairs,); NaN where there is none.
        now: The same in the second ones.

    >>> counts_of(np.array([0.1, 0.2, 0.3, np.nan]), np.array([0.3, 0.1, 0.3, 0.5]))
    Counts(more=1, less=1, pairs=3, dropped=1)
    """
    gaps = now - before
    known = ~np.isnan(gaps)
    return Counts(
        more=int((gaps > ROUNDING).sum()),
        less=int((gaps < -ROUNDING).sum()),
        pairs=int(known.sum()),
        dropped=int((~known).sum()),
    )
