"""The phone: a small office world, and how many calls it takes to reach somebody in every department."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cocreate.agents.person import PROFESSIONAL
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters, Value

SMALL: dict[str, Value] = {
    "regions": 1,
    "citizens_per_region": 20,
    "professionals_per_region": 20,
    "politicians_per_region": 3,
}
"""A town hall with five professionals in each of four departments."""

SHOWN = 6
"""Seed of the world that is played by hand: its shortest way takes as long as the middle of all worlds."""

MOST_CALLS = 8
"""Calls above which nobody would go on."""


@dataclass(frozen=True)
class Office:
    """Professionals of one place, and who knows whom at work.

    Attributes:
        sectors: Department of each professional.
        known: Those whom each one knows.
        you: The professional whose day it is.
    """

    sectors: tuple[int, ...]
    known: tuple[frozenset[int], ...]
    you: int

    @property
    def departments(self) -> frozenset[int]:
        """All departments."""
        return frozenset(self.sectors)

    def reachable(self, called: Iterable[int]) -> frozenset[int]:
        """Return those whose number is known: one's own contacts, and those of everybody called."""
        asked = frozenset(called)
        return frozenset().union(*(self.known[one] for one in (self.you, *asked))) - asked - {self.you}

    def reached(self, called: Iterable[int]) -> frozenset[int]:
        """Return the departments one has spoken with, one's own included."""
        return frozenset(self.sectors[one] for one in (self.you, *called))

    def made(self, asked: Iterable[int]) -> tuple[int, ...]:
        """Return those of some calls that can be made in their order, each one once."""
        calls: tuple[int, ...] = ()
        for one in asked:
            if one in self.reachable(calls):
                calls = (*calls, one)
        return calls

    def needed(self, called: Sequence[int]) -> int | None:
        """Return after how many of some calls every department was reached; None where not all are."""
        counts = range(len(called) + 1)
        return next((count for count in counts if self.reached(called[:count]) == self.departments), None)

    def fewest_calls(self) -> int | None:
        """Return how few calls reach every department; None where even many do not."""
        tried: set[frozenset[int]] = {frozenset()}
        for calls in range(MOST_CALLS + 1):
            if any(self.reached(called) == self.departments for called in tried):
                return calls
            tried = {called | {one} for called in tried for one in self._next(called)}
            if not tried:
                return None
        return None

    def _next(self, called: frozenset[int]) -> list[int]:
        """Return whom it can be worth to call next: of those alike, the first one is enough."""
        found: dict[tuple[int, frozenset[int]], int] = {}
        for one in sorted(self.reachable(called)):
            gained = self.known[one] - called - {self.you} - self.reachable(called)
            found.setdefault((self.sectors[one], gained), one)
        return list(found.values())


@lru_cache(maxsize=256)
def office(walls: float, seed: int) -> Office:
    """Return the office of a small world.

    Args:
        walls: How high walls between departments are, 0 to 1 (the lever ``sector_silo``).
        seed: Seed of the world.
    """
    world = CoCreationModel(Parameters.of({**SMALL, "sector_silo": walls}), rng=seed)
    people = world.world.people
    staff = [index for index in range(len(people)) if people["role"][index] == PROFESSIONAL]
    place = {index: number for number, index in enumerate(staff)}
    sectors = tuple(int(world.world.professionals["sector"][people["role_row"][index]]) for index in staff)
    known = tuple(
        frozenset(place[other] for other in world.neighbours(index, "colleagues") if other in place)
        for index in staff
    )
    return Office(sectors, known, sectors.index(0))


def fewest_in_worlds(walls: float, worlds: int) -> tuple[int | None, ...]:
    """Return the fewest calls in the worlds with seeds from 1 on.

    Args:
        walls: How high walls between departments are.
        worlds: How many worlds.
    """
    return tuple(_fewest(walls, seed) for seed in range(1, worlds + 1))


@lru_cache(maxsize=256)
def _fewest(walls: float, seed: int) -> int | None:
    return office(walls, seed).fewest_calls()
