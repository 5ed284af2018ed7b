"""Aims: what a fit has to come near to, and how near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.patterns.pattern import Pattern, Target
from cocreate.experiments.patterns.registry import PATTERNS

MOST = 10.0
"""Ratios above this count as this: a pattern that speaks of more than twice is met all the same."""


@dataclass(frozen=True)
class Aim:
    """One number of a fitting pattern.

    Attributes:
        pattern: Id of the pattern.
        place: Which of its readings.
        target: Values that count as a perfect fit: the target of the pattern, less a margin so that it is
            met beyond doubt.
        tolerance: Distance from there that is still accepted.
    """

    pattern: str
    place: int
    target: Target
    tolerance: float

    @property
    def name(self) -> str:
        """Name in files."""
        return f"{self.pattern}_{self.place}"


AIMS = (
    Aim("V2", 0, Target(0.22, 0.35), 0.03),
    Aim("V3", 0, Target(0.03), 0.02),
    Aim("V3", 1, Target(0.02), 0.02),
    Aim("V4", 0, Target(0.385, 0.445), 0.03),
    Aim("V6", 0, Target(0.63), 0.02),
    Aim("V6", 1, Target(0.05), 0.05),
    Aim("V8", 0, Target(3.0), 1.0),
    Aim("V8", 1, Target(3.0), 1.0),
    Aim("V9", 0, Target(2.5), 0.5),
    Aim("V9", 1, Target(1.3), 0.3),
    Aim("V9", 2, Target(1.3), 0.3),
    Aim("V9", 3, Target(0.0, 0.85), 0.1),
)
"""What calibration fits: every number of every fitting pattern."""


def fitting_patterns(aims: Sequence[Aim] = AIMS) -> tuple[Pattern, ...]:
    """Return the patterns that aims speak of, each once, in their order."""
    return tuple(PATTERNS[name] for name in dict.fromkeys(aim.pattern for aim in aims))


def distances(aims: Sequence[Aim], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far numbers lie from their aims, in tolerances.

    Args:
        aims: The aims.
        values: Simulated numbers, shape (..., aims); NaN is infinitely far.

    Returns:
        Distances, same shape; 0 within the target, 1 at the end of the tolerance.
    """
    low = np.array([aim.target.low for aim in aims])
    high = np.array([aim.target.high for aim in aims])
    tolerance = np.array([aim.tolerance for aim in aims])
    miss = np.maximum(np.maximum(low - values, values - high), 0.0) / tolerance
    return np.where(np.isnan(values), np.inf, miss)
