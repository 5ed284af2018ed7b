"""Factors: the levers that a design varies, and how a share of their range becomes a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator

from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.settings import lever_value
from cocreate.model.levers import Lever
from cocreate.model.parameters import Value, lever_named

MOST_POINTS = 1_000_000
"""Points that a design may have; each is simulated several times in each world."""


@dataclass(frozen=True)
class Factor:
    """A lever with the values that a design may give it.

    Attributes:
        lever: Name of the lever.
        low: Smallest value; for a choice 0.
        high: Largest value; for a choice one less than the number of words.
        words: Words of a choice, empty for a number.
        whole: Whether only whole numbers between ``low`` and ``high`` are values.
    """

    lever: str
    low: float
    high: float
    words: tuple[str, ...] = ()
    whole: bool = False

    def spread(self, shares: NDArray[np.float64]) -> list[Value]:
        """Return the values at shares of the range that are spread evenly over it.

        Each word and each whole number takes an equal part of the range, so that all come equally often.

        Args:
            shares: Shares from 0 to 1, shape (points,).
        """
        if not self._stepped:
            return self._between(shares)
        steps = int(self.high - self.low) + 1
        return self._at_steps(np.minimum(np.floor(shares * steps), steps - 1))

    def on_grid(self, shares: NDArray[np.float64]) -> list[Value]:
        """Return the values at shares of the range that lie on a grid from one end to the other.

        A grid's first and last share are the ends of the range, so each share takes the nearest step.

        Args:
            shares: Shares from 0 to 1, shape (points,).
        """
        if not self._stepped:
            return self._between(shares)
        return self._at_steps(np.floor(shares * (self.high - self.low) + 0.5))

    @property
    def _stepped(self) -> bool:
        return self.whole or bool(self.words)

    def _between(self, shares: NDArray[np.float64]) -> list[Value]:
        values = self.low + shares * (self.high - self.low)
        return list(np.clip(values, self.low, self.high).tolist())

    def _at_steps(self, steps: NDArray[np.float64]) -> list[Value]:
        whole = (steps + self.low).astype(int).tolist()
        return [self.words[place] for place in whole] if self.words else whole


def factor_of(name: str, limits: Sequence[Value]) -> Factor:
    """Return a factor with a range.

    Args:
        name: Name of the lever.
        limits: Smallest and largest value, or some words of a choice; nothing for all that is allowed.

    Raises:
        ParameterError: The lever is unknown, or a value not allowed.
        StudyError: The range is empty, or no range.
    """
    declared = lever_named(name)
    values = [lever_value(name, value) for value in limits] or _all_allowed(declared)
    if declared.choices:
        _check_levels(name, values)
        words = tuple(str(value) for value in values)
        return Factor(name, 0, len(words) - 1, words)
    if len(values) != 2:  # noqa: PLR2004 - both ends
        raise StudyError(
            f"{name} needs its smallest and its largest value, such as"
            f" {name} = [{declared.low:g}, {declared.high:g}], but has {len(values)} value(s)."
        )
    low, high = float(values[0]), float(values[1])
    if low >= high:
        raise StudyError(
            f"{name} would go from {low:g} to {high:g}: the first value must be smaller than the second."
        )
    return Factor(name, low, high, whole=declared.whole)


def _all_allowed(declared: Lever) -> list[Value]:
    if declared.choices:
        return list(declared.choices)
    assert declared.low is not None
    assert declared.high is not None
    ends = (declared.low, declared.high)
    return [lever_value(declared.name, int(end) if declared.whole else end) for end in ends]


def _check_levels(name: str, values: Sequence[Value]) -> None:
    if len(values) < 2:  # noqa: PLR2004 - one value does not vary
        raise StudyError(f"{name} has one level only: give two or more, or set it in [levers].")
    if len(set(values)) < len(values):
        raise StudyError(f"{name} has the same level twice: {', '.join(map(str, values))}.")


def checked_ranges(factors: Any) -> dict[str, tuple[Value, ...]]:
    """Return the ranges of factors, those only named with all that is allowed.

    Args:
        factors: Names, or a mapping of names to limits.
    """
    ranges = {name: factor_of(name, limits) for name, limits in _limits(factors).items()}
    return {name: one.words or _ends(one) for name, one in ranges.items()}


def _ends(factor: Factor) -> tuple[Value, ...]:
    return (int(factor.low), int(factor.high)) if factor.whole else (factor.low, factor.high)


def checked_levels(factors: Any) -> dict[str, tuple[Value, ...]]:
    """Return the levels of factors; words of a choice that is only named are all its words.

    Args:
        factors: Names, or a mapping of names to levels.
    """
    levels: dict[str, tuple[Value, ...]] = {}
    for name, given in _limits(factors).items():
        declared = lever_named(name)
        if not given and not declared.choices:
            raise StudyError(
                f"{name} needs its levels, such as {name} = [{declared.low:g}, {declared.high:g}]."
            )
        values = [lever_value(name, value) for value in given or declared.choices]
        _check_levels(name, values)
        levels[name] = tuple(values)
    return levels


def _limits(factors: Any) -> dict[str, tuple[Value, ...]]:
    if isinstance(factors, list | tuple) and all(isinstance(name, str) for name in factors):
        factors = dict.fromkeys(factors, ())
    if not isinstance(factors, Mapping):
        raise StudyError(
            "Factors must be a table, one lever a line with its values in brackets, or a list of levers,"
            f" but here is {factors!r}."
        )
    if not factors:
        raise StudyError("The design varies nothing: name at least one lever in its factors.")
    for name, given in factors.items():
        lever_named(name)
        if not isinstance(given, list | tuple):
            raise StudyError(f"{name} must have a list of values in brackets, but has {given!r}.")
    return {name: tuple(given) for name, given in factors.items()}


type Ranges = Annotated[Mapping[str, tuple[Value, ...]], BeforeValidator(checked_ranges)]
"""Levers with their smallest and largest value, or the words of a choice."""

type Levels = Annotated[Mapping[str, tuple[Value, ...]], BeforeValidator(checked_levels)]
"""Levers with all values that they take."""


def check_size(size: int) -> None:
    """Refuse a design of too many points.

    Raises:
        StudyError: It has more than :data:`MOST_POINTS`.
    """
    if size > MOST_POINTS:
        raise StudyError(
            f"The design has {size:,} points, more than the {MOST_POINTS:,} allowed: take fewer points,"
            " levels or factors."
        )


def check_varied(samples: Iterable[Mapping[str, Value]], factors: Sequence[str]) -> None:
    """Prove that each factor takes at least two values, as the model gets them.

    Raises:
        StudyError: One does not.
    """
    first: dict[str, Value] = {}
    waiting = set(factors)
    for sample in samples:
        waiting -= {name for name in waiting if sample[name] != first.setdefault(name, sample[name])}
        if not waiting:
            return
    names = [name for name in factors if name in waiting]
    raise StudyError(
        f"{' and '.join(names)} would not vary in this design, and nothing could be learned about"
        f" {'it' if len(names) == 1 else 'them'}: take more points, or a wider range."
    )
