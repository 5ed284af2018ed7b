"""An estimate with its interval, as all analyses report it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan


@dataclass(frozen=True)
class Estimate:
    """A number, and how sure it is.

    Attributes:
        value: The estimate.
        low: Lower end of its interval.
        high: Upper end of it.
    """

    value: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """Width of the interval."""
        return self.high - self.low

    def __str__(self) -> str:
        """Give the estimate with its interval, three digits each.

        >>> print(Estimate(0.5, 0.4567, 0.6))
        0.5 (0.457 to 0.6)
        >>> print(Estimate(0.5, float("nan"), float("nan")))
        0.5 (interval unknown)
        """
        if isnan(self.low) or isnan(self.high):
            return f"{self.value:.3g} (interval unknown)"
        return f"{self.value:.3g} ({self.low:.3g} to {self.high:.3g})"
