"""Adding up: a whole and its parts, written with so few decimals that they still add up on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from cocreate.viz.app.words.words import rounded

SPARE = 6
"""Decimals beyond those that are written, by which remainders are told apart."""


@dataclass(frozen=True)
class Written:
    """A whole and its parts as they are written.

    Attributes:
        total: The whole, rounded.
        parts: The parts, rounded; they sum to the whole exactly.
        digits: Decimals of all of them.
    """

    total: Decimal
    parts: tuple[Decimal, ...]
    digits: int


def adding_up(total: float, parts: Sequence[float], digits: int) -> Written:
    """Return a whole and its parts, rounded so that the parts that are shown sum to the whole that is shown.

    Each is rounded by itself where that adds up: with the decimals asked for, or else with one more.
    Otherwise those with the largest remainders are rounded up and the others down, which moves none by a
    whole step of that additional decimal, and none that has no remainder.

    Args:
        total: The whole.
        parts: What it consists of; they sum to it.
        digits: Decimals that are enough as long as it adds up.

    >>> [str(one) for one in adding_up(1.8, [0.441, 0.339, 1.02], 1).parts]
    ['0.44', '0.34', '1.02']
    >>> [str(one) for one in adding_up(1.0, [1 / 3] * 3, 2).parts]
    ['0.334', '0.333', '0.333']
    """
    for enough in (digits, digits + 1):
        found = Written(rounded(total, enough), tuple(rounded(one, enough) for one in parts), enough)
        if sum(found.parts) == found.total:
            return found
    step = Decimal(1).scaleb(-found.digits)
    exact = [rounded(one, found.digits + SPARE) for one in parts]
    floors = [one.quantize(step, ROUND_FLOOR) for one in exact]
    missing = int((found.total - sum(floors)) / step)
    remainders = [one - floor for one, floor in zip(exact, floors, strict=True)]
    raised = sorted(range(len(parts)), key=lambda place: -remainders[place])[: max(0, missing)]
    written = tuple(floor + step * (place in raised) + 0 for place, floor in enumerate(floors))
    return Written(found.total, written, found.digits)
