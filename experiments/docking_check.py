"""A check: what a special case must give, what the model gives, and whether the two agree."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.errors import CocreateError

ROUNDING = 1e-9
"""Tolerance of a check without chance."""

STANDARD_ERRORS = 3.0
"""Tolerance of a check with chance: a right rule misses it in 27 of 10,000 sets of seeds."""


class UnknownCheckError(CocreateError, KeyError):
    """A group of checks was asked for by a name that does not exist."""

    def __init__(self, name: str, allowed: tuple[str, ...]) -> None:
        super().__init__(f"There is no group of checks {name!r}; there are {', '.join(allowed)}.")

    def __str__(self) -> str:
        """Return the message itself, which KeyError would put in quotes."""
        return str(self.args[0])


@dataclass(frozen=True)
class Check:
    """One comparison of the model with a known result.

    Attributes:
        group: Group of checks, such as ``"life of a pilot"``.
        name: What is compared.
        target: Known result.
        value: What the model gives.
        tolerance: Largest difference allowed.
        passed: Whether the difference is no larger.
        source: Where the known result comes from.
    """

    group: str
    name: str
    target: float
    value: float
    tolerance: float
    passed: bool
    source: str


def exact(group: str, name: str, target: float, value: float, source: str) -> Check:
    """Return a check without chance, which allows for rounding alone (1e-9)."""
    return Check(group, name, target, value, ROUNDING, abs(value - target) <= ROUNDING, source)


def largest(group: str, name: str, differences: NDArray[np.float64], source: str) -> Check:
    """Return a check without chance that the largest of many differences is zero.

    Args:
        group: Group of checks.
        name: What is compared.
        differences: Model less known result, of any shape, at least one.
        source: Where the known result comes from.
    """
    found = float(np.max(np.abs(differences))) if differences.size else math.inf
    return exact(group, name, 0.0, found, source)


def sampled(group: str, name: str, target: float, sample: NDArray[np.float64], source: str) -> Check:
    """Return a check of a mean over independent draws, which allows for three standard errors.

    Args:
        group: Group of checks.
        name: What is compared.
        target: Known expectation.
        sample: Independent draws, shape (draws,), at least two.
        source: Where the known result comes from.
    """
    error = float(np.std(sample, ddof=1)) / math.sqrt(len(sample))
    return estimated(group, name, target, (float(np.mean(sample)), error), source)


def estimated(group: str, name: str, target: float, estimate: tuple[float, float], source: str) -> Check:
    """Return a check of an estimate and its standard error, which allows for three of them."""
    value, error = estimate
    tolerance = STANDARD_ERRORS * error
    return Check(group, name, target, value, tolerance, abs(value - target) <= tolerance, source)
