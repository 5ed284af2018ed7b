"""Boxes of levers: limits inside which something happens, their quality, and how they read in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.model.parameters import LEVERS

if TYPE_CHECKING:
    import pandas as pd

type Flags = NDArray[np.bool_]

SILENT_UNITS = ("share", "exponent", "choice", "index")
"""Units that say nothing after a number."""


class Side(StrEnum):
    """What a limit asks of a lever."""

    ABOVE = "above"
    BELOW = "below"
    AMONG = "among"


@dataclass(frozen=True)
class Limit:
    """One limit of a box.

    Attributes:
        lever: Name of the lever.
        side: Whether its value must lie above or below ``value``, or be among ``words``.
        value: Where the limit lies; NaN for a choice.
        words: Allowed words in alphabetical order; empty for a number.
    """

    lever: str
    side: Side
    value: float = float("nan")
    words: tuple[str, ...] = ()

    def admits(self, column: pd.Series) -> Flags:
        """Return for each value of the lever whether it lies inside."""
        if self.side is Side.AMONG:
            return np.asarray(column.isin(self.words), bool)
        values = column.to_numpy(float)
        return values > self.value if self.side is Side.ABOVE else values < self.value


@dataclass(frozen=True)
class Quality:
    """How well a box tells cases from the others.

    Attributes:
        coverage: Share of the cases that lie inside.
        density: Share of what lies inside that are cases; NaN for an empty box.
        mass: Share of all rows that lie inside.
    """

    coverage: float
    density: float
    mass: float


@dataclass(frozen=True)
class Box:
    """A region of the space of levers.

    Attributes:
        limits: Limits, all of which hold inside; those of a lever next to each other.
        whole: Levers that take whole numbers only.
    """

    limits: tuple[Limit, ...]
    whole: tuple[str, ...] = ()

    @property
    def levers(self) -> tuple[str, ...]:
        """Restricted levers."""
        return tuple(dict.fromkeys(limit.lever for limit in self.limits))

    def without(self, limit: Limit) -> Box:
        """Return the box without one of its limits."""
        return Box(tuple(one for one in self.limits if one != limit), self.whole)

    def holds(self, settings: pd.DataFrame) -> Flags:
        """Return for each row whether it lies inside.

        Args:
            settings: One row a point, one column a lever.
        """
        inside = np.ones(len(settings), bool)
        for limit in self.limits:
            inside &= limit.admits(settings[limit.lever])
        return inside

    def quality(self, settings: pd.DataFrame, cases: Flags) -> Quality:
        """Return coverage, density and mass.

        Args:
            settings: One row a point, one column a lever.
            cases: Whether the row is a case of interest, shape (rows,); at least one is.
        """
        inside = self.holds(settings)
        hits = int((inside & cases).sum())
        density = hits / int(inside.sum()) if inside.any() else float("nan")
        return Quality(hits / int(cases.sum()), density, float(inside.mean()))

    @property
    def words(self) -> str:
        """The limits in words.

        >>> strong = Limit("support_infrastructure", Side.ABOVE, 0.6)
        >>> long = Limit("commitment", Side.ABOVE, 12.5)
        >>> Box((strong, long), whole=("commitment",)).words
        'support_infrastructure above 0.6 and commitment at least 13 months'
        """
        parts = [
            self._of_lever(lever, tuple(limits))
            for lever, limits in groupby(self.limits, key=lambda limit: limit.lever)
        ]
        return " and ".join(parts) if parts else "anywhere"

    def _of_lever(self, lever: str, limits: Sequence[Limit]) -> str:
        if limits[0].side is Side.AMONG:
            return f"{lever} {' or '.join(limits[0].words)}"
        unit = LEVERS[lever].unit if lever in LEVERS else ""
        ending = f" {unit}" if unit and unit not in SILENT_UNITS else ""
        low = next((limit.value for limit in limits if limit.side is Side.ABOVE), None)
        high = next((limit.value for limit in limits if limit.side is Side.BELOW), None)
        if lever in self.whole:
            return f"{lever} {_whole_range(low, high)}{ending}"
        if low is not None and high is not None:
            return f"{lever} between {low:.3g} and {high:.3g}{ending}"
        return f"{lever} above {low:.3g}{ending}" if low is not None else f"{lever} below {high:.3g}{ending}"


def _whole_range(low: float | None, high: float | None) -> str:
    """Return a range of whole numbers in words; limits lie outside of it."""
    least = math.floor(low) + 1 if low is not None else None
    most = math.ceil(high) - 1 if high is not None else None
    if least is not None and least == most:
        return f"exactly {least}"
    if least is not None and most is not None:
        return f"from {least} to {most}"
    return f"at least {least}" if least is not None else f"at most {most}"
