"""Ties over the months: standing ties, roads between regions, and bonds that grow at tables and fade."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cocreate.model.bonds import CLOSE
from cocreate.model.model import CoCreationModel
from cocreate.model.networks import Layer
from cocreate.model.world import World
from cocreate.viz.links import bond_ends, once


class TieRecorder:
    """Follows the ties of a model from month to month.

    Attributes:
        ties: Standing ties, once for each position at which they were drawn.
    """

    def __init__(self, world: World) -> None:
        """Note the ties at the start of a run."""
        self.ties: list[dict[str, Any]] = [_packed_ties(world, 0)]
        self._seen = world.ties
        self._since: dict[tuple[int, int], int] = {}
        self._bonds: list[list[int]] = []
        self._note_bonds(world, 0)

    def look(self, model: CoCreationModel) -> None:
        """Note what has changed in a month; called after its last phase."""
        world = model.world
        position = model.month + 1
        if world.ties is not self._seen:
            self._seen = world.ties
            self.ties.append(_packed_ties(world, position))
        self._note_bonds(world, position)

    def bonds_until(self, months: int) -> list[list[int]]:
        """Return all close bonds as [person, other, first position, position at which it is gone]."""
        still = [[*pair, since, months + 1] for pair, since in self._since.items()]
        return sorted([*self._bonds, *still], key=lambda bond: (bond[2], bond[0], bond[1]))

    def _note_bonds(self, world: World, position: int) -> None:
        now = close_bonds(world)
        for pair in [pair for pair in self._since if pair not in now]:
            self._bonds.append([*pair, self._since.pop(pair), position])
        for pair in now:
            self._since.setdefault(pair, position)


def close_bonds(world: World) -> set[tuple[int, int]]:
    """Return the pairs of people whom a close bond joins now, the smaller index first."""
    one, other = once(*bond_ends(world, CLOSE))
    return set(zip(one.tolist(), other.tolist(), strict=True))


def packed_pairs(pairs: NDArray[np.int64]) -> list[int]:
    """Return pairs as one list of small numbers: rise of the first since the pair before, then the gap.

    Args:
        pairs: Shape (pairs, 2), the smaller number first.

    >>> packed_pairs(np.array([[0, 3], [2, 5], [2, 9]]))
    [0, 3, 2, 3, 0, 7]
    """
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    first, second = pairs[order, 0], pairs[order, 1]
    rise = np.diff(first, prepend=0)
    flat: list[int] = np.column_stack([rise, second - first]).ravel().tolist()
    return flat


def _packed_ties(world: World, position: int) -> dict[str, Any]:
    one = np.repeat(np.arange(len(world.people)), np.diff(world.tie_start))
    other, layer = world.ties["other"].astype(np.int64), world.ties["layer"]
    layers = {}
    for kind in Layer:
        if kind is not Layer.INITIATIVES:
            chosen = (layer == int(kind)) & (one < other)
            layers[kind.name.lower()] = packed_pairs(np.column_stack([one[chosen], other[chosen]]))
    start = np.repeat(np.arange(len(world.regions)), np.diff(world.road_start))
    once = start < world.roads
    roads = packed_pairs(np.column_stack([start[once], world.roads[once]]))
    return {"from": position, "layers": layers, "roads": roads}
