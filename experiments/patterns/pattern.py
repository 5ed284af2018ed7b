"""A pattern: a statement about reality, the worlds in which the model faces it, and how it is measured."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.study.spec import Study

type Use = Literal["fitting", "validation"]
"""Whether a pattern was used to choose values of levers, or kept back to test them."""

type Measure = Callable[[Evidence], tuple["Reading", ...]]


@dataclass(frozen=True)
class Target:
    """Values that agree with a pattern: from ``low`` to ``high``, or over or under one of them.

    Two ends are included, a single one is not: no difference at all is not over zero.
    """

    low: float = -math.inf
    high: float = math.inf

    def __str__(self) -> str:
        """Return the target in words."""
        if math.isinf(self.high):
            return f"over {self.low:g}"
        if math.isinf(self.low):
            return f"under {self.high:g}"
        return f"{self.low:g} to {self.high:g}"

    def holds(self, low: float, high: float) -> bool:
        """Return whether a whole interval agrees; False for NaN.

        >>> Target(0.0).holds(0.0, 0.0), Target(0.0).holds(0.1, 0.2), Target(0.0, 1.0).holds(0.0, 1.0)
        (False, True, True)
        """
        over, under = math.isinf(self.high), math.isinf(self.low)
        above = low > self.low if over and not under else low >= self.low
        below = high < self.high if under and not over else high <= self.high
        return above and below

    def miss(self, value: float) -> float:
        """Return how far a value lies outside, 0 inside and at an end.

        >>> Target(0.2, 0.4).miss(0.5), Target(0.2).miss(0.9)
        (0.09999999999999998, 0.0)
        """
        return max(self.low - value, value - self.high, 0.0)


@dataclass(frozen=True)
class Reading:
    """One number that a pattern speaks of, as the model has it.

    Attributes:
        name: What it is.
        target: Values that agree with the pattern.
        value: Estimate over the simulated worlds; NaN where there is nothing to estimate it from.
        low: Lower end of its 95 % interval.
        high: Upper end.
    """

    name: str
    target: Target
    value: float
    low: float
    high: float

    @property
    def passed(self) -> bool:
        """Whether the whole interval lies within the target; False for NaN."""
        return self.target.holds(self.low, self.high)


@dataclass(frozen=True)
class Pattern:
    """A pattern that the model has to show.

    Attributes:
        id: Short name, V1 to V10.
        title: What it is about, for tables.
        statement: What is known, in one sentence.
        source: Who found it, and where.
        remark: How far the source is from the co-creation of services, and from what is measured here.
        use: Whether it was used for fitting, or kept back for validation.
        study: Worlds in which it is measured. Patterns with equal studies share their runs.
        quick: Replicates of a quick check, in place of those of the study.
        measure: Reads the numbers off the simulated worlds.
    """

    id: str
    title: str
    statement: str
    source: str
    remark: str
    use: Use
    study: Study
    quick: int
    measure: Measure


@dataclass(frozen=True)
class Checked:
    """A pattern with what the model made of it.

    Attributes:
        pattern: The pattern.
        readings: Its numbers.
        worlds: Simulated runs behind them.
        failures: Runs that failed; the numbers rest on the others.
    """

    pattern: Pattern
    readings: tuple[Reading, ...]
    worlds: int
    failures: int

    @property
    def passed(self) -> bool:
        """Whether every number agrees with the pattern, and no run failed."""
        return self.failures == 0 and all(one.passed for one in self.readings)
