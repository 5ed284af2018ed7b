"""Ties of a world as pairs of people: standing ones by layer, and bonds as strong as they are now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cocreate.model.networks import Layer
from cocreate.model.world import World

type Ends = NDArray[np.int64]
"""One end of each tie."""

LEAST = 0.1
"""Strength from which a bond counts as a tie at all."""


def standing_ends(world: World, layer: Layer) -> tuple[Ends, Ends]:
    """Return both ends of the standing ties of a layer; each tie comes twice, once from either end."""
    one = np.repeat(np.arange(len(world.people)), np.diff(world.tie_start))
    chosen = world.ties["layer"] == int(layer)
    return one[chosen], world.ties["other"][chosen].astype(np.int64)


def bond_ends(world: World, least: float) -> tuple[Ends, Ends]:
    """Return both ends of bonds made at tables: who holds the bond, and to whom.

    A bond has faded since it was last used as :func:`~cocreate.model.bonds.bond_strength` works out.

    Args:
        world: The world.
        least: Strength now from which a bond counts.
    """
    bonds, month = world.bonds, int(world.nation["month"][0])
    kept = 1.0 - 0.7 * world.regions["infrastructure"][world.people["region"]]
    left = 1.0 - world.levers["tie_decay"][0] * kept
    strength = bonds["strength"] * left[:, None] ** (month - bonds["month"])
    one, place = np.nonzero((bonds["other"] >= 0) & (strength >= least))
    return one.astype(np.int64), bonds["other"][one, place].astype(np.int64)


def once(one: Ends, other: Ends) -> tuple[Ends, Ends]:
    """Return each pair of people once, the smaller index first, in order."""
    pairs = np.unique(np.sort(np.column_stack([one, other]), axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]
