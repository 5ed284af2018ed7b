"""Where people and regions stand in pictures: each person always at the same place in the own region.

Places follow from the order of people, so they need no time to work out, and twins of one world, which have
the same people, show them at the same places. The first professional of a region is of the first sector and
so on around, so professionals of one sector stand together: ties across sectors cross the picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.person import CITIZEN, POLITICIAN, PROFESSIONAL
from cocreate.model.world import World

type Places = tuple[NDArray[np.float64], NDArray[np.float64]]
"""x and y of some people, in radii of the region."""

CITIZENS_FROM, CITIZENS_TO = 0.66, 0.97
PROFESSIONALS_AT = 0.53
POLITICIANS_AT = 0.12
SECTOR_GAP = 0.25
"""Free arc between two sectors, in radians."""

GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


def sectors_of(world: World) -> NDArray[np.int64]:
    """Return the sector of each person, -1 for those who work in none; shape (people,)."""
    people = world.people
    sector = np.full(len(people), -1)
    working = people["role"] == PROFESSIONAL
    sector[working] = world.professionals["sector"][people["role_row"][working]]
    return sector


def people_places(world: World) -> Places:
    """Return where each person stands around the middle of the own region: x to the right, y downwards."""
    people, sector = world.people, sectors_of(world)
    x, y = np.zeros(len(people)), np.zeros(len(people))
    for region in range(len(world.regions)):
        for role, place in ((CITIZEN, _scattered), (PROFESSIONAL, _by_sector), (POLITICIAN, _in_council)):
            mine = np.flatnonzero((people["region"] == region) & (people["role"] == role))
            if len(mine):
                x[mine], y[mine] = place(sector[mine])
    return x, y


def ring_of_regions(regions: int) -> Places:
    """Return where regions stand on a ring around the origin, the first on top, clockwise; y upwards."""
    angle = 2.0 * np.pi * np.arange(regions) / regions
    away = 1.0 if regions > 1 else 0.0
    return away * np.sin(angle), away * np.cos(angle)


def _scattered(sector: NDArray[np.int64]) -> Places:
    """Place citizens around in their order, so that neighbours stay neighbours, at varied distances."""
    order = np.arange(len(sector))
    spread = (order * GOLDEN) % 1.0
    radius = np.sqrt(CITIZENS_FROM**2 + spread * (CITIZENS_TO**2 - CITIZENS_FROM**2))
    return _around(radius, 2.0 * np.pi * (order + 0.5) / len(order))


def _by_sector(sector: NDArray[np.int64]) -> Places:
    """Place professionals on a ring, those of one sector side by side, with a gap to the next sector."""
    order = np.argsort(sector, kind="stable")
    rank = np.empty(len(sector))
    rank[order] = np.arange(len(sector))
    kinds, which = np.unique(sector, return_inverse=True)
    gap = SECTOR_GAP if len(kinds) > 1 else 0.0
    room = 2.0 * np.pi - gap * len(kinds)
    angle = room * (rank + 0.5) / len(sector) + gap * (which + 0.5)
    return _around(np.full(len(sector), PROFESSIONALS_AT), angle)


def _in_council(sector: NDArray[np.int64]) -> Places:
    """Place politicians in the middle."""
    count = len(sector)
    radius = np.full(count, POLITICIANS_AT if count > 1 else 0.0)
    return _around(radius, 2.0 * np.pi * np.arange(count) / count)


def _around(radius: NDArray[np.float64], angle: NDArray[np.float64]) -> Places:
    return radius * np.sin(angle), -radius * np.cos(angle)
