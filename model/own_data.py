"""People and ties of your own, in place of drawn ones."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.model.parameters import Parameters
from cocreate.model.world import World


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

    def override(self, world: World) -> None:
        """Write given values over drawn ones."""
        for name, values in self.columns.items():
            given = ~np.isnan(values)
            world.people[name][given] = values[given]
        self._override_professionals(world)
        self._override_politicians(world)

    def _override_professionals(self, world: World) -> None:
        given = np.flatnonzero((self.role == 1) & (self.sector >= 0))
        rows = world.people["role_row"][given]
        per_sector = len(world.organisations) // len(world.services)
        office = world.professionals["organisation"][rows] % per_sector
        first = world.regions["first_organisation"][self.region[given]]
        sector = self.sector[given]
        world.professionals["sector"][rows] = sector
        world.professionals["organisation"][rows] = first + sector * per_sector + office

    def _override_politicians(self, world: World) -> None:
        for name, values in (("party", self.party), ("support", self.support)):
            given = np.flatnonzero((self.role == 2) & ~np.isnan(values))  # noqa: PLR2004 - politicians
            world.politicians[name][world.people["role_row"][given]] = values[given]

    def ties(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None:
        """Return given ties as start, end and layer, or None to draw them."""
        return self.tie_ends
