"""People and ties of your own, in place of drawn ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.person import POLITICIAN, PROFESSIONAL
from cocreate.model.parameters import Parameters
from cocreate.model.world import World

TRAITS = frozenset({"hard_to_reach", "spanner"})
"""Columns of people that the drawing of other state builds on."""


@dataclass(frozen=True)
class OwnData:
    """People and ties that were read and checked.

    People are sorted by region, and by role (citizens, professionals, politicians) within a region.

    Attributes:
        region: Region of each person, from 0 on, shape (people,).
        role: Role code of each person, shape (people,).
        columns: Given values of columns of ``people`` by name, NaN where to be drawn; shape (people,).
        sector: Sector of each professional, -1 where to be drawn; shape (people,).
        party: Party position of each politician, NaN where to be drawn; shape (people,).
        support: Support of each politician, NaN where to be drawn; shape (people,).
        tie_ends: Start, end and layer of each tie, or None to draw ties.
    """

    region: NDArray[np.int64]
    role: NDArray[np.int64]
    columns: dict[str, NDArray[np.float64]]
    sector: NDArray[np.int64]
    party: NDArray[np.float64]
    support: NDArray[np.float64]
    tie_ends: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None = None

    def counts(self, parameters: Parameters) -> NDArray[np.int64]:
        """Return people by region and role, shape (regions, 3)."""
        counts = np.zeros((parameters.regions, 3), np.int64)
        np.add.at(counts, (self.region, self.role), 1)
        return counts

    def set_traits(self, world: World) -> None:
        """Write given traits over drawn ones, before the state that builds on them is drawn."""
        for name in TRAITS & set(self.columns):
            self._set(world.people[name], self.columns[name])
        sectors = world.professionals["sector"]
        given = np.flatnonzero((self.role == PROFESSIONAL) & (self.sector >= 0))
        sectors[world.people["role_row"][given]] = self.sector[given]
        self._set_politicians(world, "party", self.party)

    def set_state(self, world: World) -> None:
        """Write given state over drawn state."""
        for name in set(self.columns) - TRAITS:
            self._set(world.people[name], self.columns[name])
        self._set_politicians(world, "support", self.support)

    @staticmethod
    def _set(column: NDArray[np.generic], values: NDArray[np.float64]) -> None:
        given = ~np.isnan(values)
        column[given] = values[given]

    def _set_politicians(self, world: World, name: str, values: NDArray[np.float64]) -> None:
        given = np.flatnonzero((self.role == POLITICIAN) & ~np.isnan(values))
        world.politicians[name][world.people["role_row"][given]] = values[given]

    def ties(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None:
        """Return given ties as start, end and layer, or None to draw them."""
        return self.tie_ends
