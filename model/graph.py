"""The network of people as a networkx graph."""

from __future__ import annotations

import networkx as nx
import numpy as np

from cocreate.agents.person import Role
from cocreate.model.networks import Layer
from cocreate.model.world import World


def graph_of(world: World, layer: str | None) -> nx.MultiGraph[int]:
    """Return one layer, or all layers, as a multigraph.

    Nodes are indices of people, with role, region, sector, trust, know-how, openness and whether hard to
    reach. Edges carry their layer; bonds made in initiatives carry their strength when last used.

    Args:
        world: The world.
        layer: Name of a layer in lower case, or None for all.
    """
    graph: nx.MultiGraph[int] = nx.MultiGraph()
    people = world.people
    for index in range(len(people)):
        row = people[index]
        role = Role(int(row["role"]))
        graph.add_node(
            index,
            role=role.name.lower(),
            region=int(row["region"]),
            sector=int(world.professionals["sector"][row["role_row"]]) if role is Role.PROFESSIONAL else -1,
            trust=float(row["trust"]),
            know_how=float(row["know_how"]),
            openness=float(row["openness"]),
            hard_to_reach=bool(row["hard_to_reach"]),
        )
    start = np.repeat(np.arange(len(people)), np.diff(world.tie_start))
    for one, tie in zip(start.tolist(), world.ties, strict=True):
        name = Layer(int(tie["layer"])).name.lower()
        if one < tie["other"] and layer in (None, name):
            graph.add_edge(one, int(tie["other"]), layer=name)
    if layer in (None, "initiatives"):
        _add_bonds(graph, world)
    return graph


def _add_bonds(graph: nx.MultiGraph[int], world: World) -> None:
    strength: dict[tuple[int, int], float] = {}
    for one, place in np.argwhere(world.bonds["other"] >= 0).tolist():
        other = int(world.bonds["other"][one, place])
        pair = (min(one, other), max(one, other))
        mine = float(world.bonds["strength"][one, place])
        strength[pair] = max(mine, strength.get(pair, 0.0))
    for (one, other), value in strength.items():
        graph.add_edge(one, other, layer="initiatives", strength=value)
