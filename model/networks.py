"""Networks: who knows whom, layer by layer, and which regions hear of each other.

Every possible tie keeps its random draw, and a lever only decides how many of them are open. Two worlds that
differ in one silo lever therefore differ in the ties that this lever opens or closes, and in no other.
"""

from dataclasses import replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.compiled import compiled, part
from cocreate.model.streams import TOPOLOGY, one_of, uniform
from cocreate.model.world import TIE, World


class Layer(IntEnum):
    """The layers of the network of people."""

    FRIENDS = 0
    COLLEAGUES = 1
    SERVICE = 2
    COUNCIL = 3
    INITIATIVES = 4


FRIENDS = int(Layer.FRIENDS)
COLLEAGUES = int(Layer.COLLEAGUES)
SERVICE = int(Layer.SERVICE)
COUNCIL = int(Layer.COUNCIL)

HALF = 0.5
FAR_TIES = 0.2
"""Share of citizens' ties that leave the neighbourhood (small world: Watts and Strogatz 1998)."""

ROAD_DRAWS = 1_000_000_000
FAR_ROADS = 3
TRIES = 16
COUNCIL_STUBS = 8
OUTSIDE_STUBS = 2

NETWORK_LEVERS = frozenset(
    {
        "sector_silo", "political_silo", "communication_channels", "ecosystem", "region_network", "friends",
        "colleagues", "contacts", "homophily",
    }
)  # fmt: skip
"""Levers whose change rebuilds the standing ties; those that shape the world at its start cannot change."""


type Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Start, end and layer of ties, one entry a tie."""


@part
def add_tie(columns: Columns, used: int, one: int, other: int, layer: int) -> int:
    """Write a tie behind the ``used`` ones and return how many there are now."""
    columns[0][used] = one
    columns[1][used] = other
    columns[2][used] = layer
    return used + 1


@compiled
def draw_ties(
    world: World, start: NDArray[np.int64], end: NDArray[np.int64], layer: NDArray[np.int64]
) -> int:
    """Draw all standing ties into three arrays and return how many there are."""
    columns = (start, end, layer)
    used = 0
    for i in range(len(world.people)):
        role = world.people["role"][i]
        if role == 0:
            used = draw_friends(world, i, columns, used)
            used = draw_contacts(world, i, columns, used)
        elif role == 1:
            used = draw_colleagues(world, i, columns, used)
        else:
            used = draw_council(world, i, columns, used)
    return used


@part
def draw_friends(
    world: World,
    i: int,
    columns: Columns,
    used: int,
) -> int:
    """Draw a citizen's ties to citizens: neighbours, and some far ones, mostly in the own group."""
    lever = world.levers[0]
    r = world.people["region"][i]
    first = world.regions["first_citizen"][r]
    count = world.regions["first_professional"][r] - first
    if count <= 1:
        return used
    stubs = int(lever["friends"])
    for k in range((stubs + 1) // 2):
        if 2 * k + 1 == stubs and uniform(world.streams, TOPOLOGY, i, 0, 500 + k) < HALF:
            continue
        other = first + (i - first + 1 + k) % count
        if uniform(world.streams, TOPOLOGY, i, 0, 10 * k) < FAR_TIES:
            same = uniform(world.streams, TOPOLOGY, i, 0, 10 * k + 1) < lever["homophily"]
            for attempt in range(TRIES):
                draw = uniform(world.streams, TOPOLOGY, i, 1 + attempt, 10 * k + 2)
                other = first + one_of(draw, count)
                if not same or world.people["group"][other] == world.people["group"][i]:
                    break
        if other != i:
            used = add_tie(columns, used, i, other, FRIENDS)
    return used


@part
def draw_contacts(
    world: World,
    i: int,
    columns: Columns,
    used: int,
) -> int:
    """Draw a citizen's contacts with professionals of the sectors that matter to the citizen."""
    lever = world.levers[0]
    row = world.people["role_row"][i]
    r = world.people["region"][i]
    first = world.regions["first_professional"][r]
    count = world.regions["first_politician"][r] - first
    if count < 1:
        return used
    chance = lever["communication_channels"]
    if world.people["hard_to_reach"][i] == 1 and world.people["spanner"][i] == 0:
        chance *= 0.3
    sectors = world.citizens["weights"].shape[1]
    for k in range(int(lever["contacts"])):
        if uniform(world.streams, TOPOLOGY, i, 0, 1000 + 10 * k) >= chance:
            continue
        draw = uniform(world.streams, TOPOLOGY, i, 0, 1001 + 10 * k)
        sector = 0
        reach = world.citizens["weights"][row, 0]
        while reach <= draw and sector < sectors - 1:
            sector += 1
            reach += world.citizens["weights"][row, sector]
        for attempt in range(TRIES):
            other = first + one_of(uniform(world.streams, TOPOLOGY, i, 1 + attempt, 1002 + 10 * k), count)
            if world.professionals["sector"][world.people["role_row"][other]] == sector:
                used = add_tie(columns, used, i, other, SERVICE)
                break
    return used


@part
def draw_colleagues(
    world: World,
    i: int,
    columns: Columns,
    used: int,
) -> int:
    """Draw a professional's ties: inside the sector, half of them inside the organisation, or across."""
    lever = world.levers[0]
    row = world.people["role_row"][i]
    r = world.people["region"][i]
    first = world.regions["first_professional"][r]
    count = world.regions["first_politician"][r] - first
    sectors = len(world.services) // len(world.regions)
    if count <= 1:
        return used
    across = (1.0 - lever["sector_silo"]) * (sectors - 1) / sectors
    if world.people["spanner"][i] == 1:
        across = max(across, 0.5 * (sectors - 1) / sectors)
    stubs = int(lever["colleagues"])
    for k in range((stubs + 1) // 2):
        if 2 * k + 1 == stubs and uniform(world.streams, TOPOLOGY, i, 0, 500 + k) < HALF:
            continue
        crosses = uniform(world.streams, TOPOLOGY, i, 0, 10 * k) < across
        inside = uniform(world.streams, TOPOLOGY, i, 0, 10 * k + 1) < HALF
        for attempt in range(TRIES):
            # a crossing tie and the tie inside that it stands for have draws of their own
            what = 10 * k + 3 if crosses else 10 * k + 2
            other = first + one_of(uniform(world.streams, TOPOLOGY, i, 1 + attempt, what), count)
            there = world.people["role_row"][other]
            same = world.professionals["sector"][there] == world.professionals["sector"][row]
            office = world.professionals["organisation"][there] == world.professionals["organisation"][row]
            if other == i or same == crosses:
                continue
            if same and inside and not office and attempt < TRIES // 2:
                continue
            used = add_tie(columns, used, i, other, COLLEAGUES)
            break
    return used


@part
def draw_council(
    world: World,
    i: int,
    columns: Columns,
    used: int,
) -> int:
    """Draw a politician's ties: to the council, across parties where no silo closes them, and outside."""
    lever = world.levers[0]
    r = world.people["region"][i]
    first = world.regions["first_politician"][r]
    count = world.regions["last_person"][r] - first
    mine = world.politicians["party"][world.people["role_row"][i]]
    for k in range(min(count - 1, COUNCIL_STUBS)):
        other = first + (i - first + 1 + k) % count
        theirs = world.politicians["party"][world.people["role_row"][other]]
        chance = 1.0
        if (mine < 0.0) != (theirs < 0.0):
            bridges = world.people["spanner"][i] == 1 or world.people["spanner"][other] == 1
            chance = 1.0 if bridges else 1.0 - lever["political_silo"]
        if uniform(world.streams, TOPOLOGY, min(i, other), 0, 10 * k) < chance:
            used = add_tie(columns, used, i, other, COUNCIL)
    begin = world.regions["first_citizen"][r]
    for k in range(2 * OUTSIDE_STUBS):
        if k < OUTSIDE_STUBS:
            low = begin
            high = world.regions["first_professional"][r]
        else:
            low = world.regions["first_professional"][r]
            high = first
        if high > low:
            draw = uniform(world.streams, TOPOLOGY, i, 0, 900 + k)
            used = add_tie(columns, used, i, low + one_of(draw, high - low), COUNCIL)
    return used


@compiled
def index_ties(
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    layer: NDArray[np.int64],
    tie_start: NDArray[np.int64],
    ties: Table,
) -> int:
    """Sort ties by person, in both directions and without doubles; return how many entries there are.

    Args:
        start: One person of each tie.
        end: The other person.
        layer: The layer of each tie.
        tie_start: Filled with where each person's ties begin; shape (people + 1,).
        ties: Filled with the other person and the layer; twice as long as ``start``.
    """
    people = len(tie_start) - 1
    room = np.zeros(people + 1, np.int64)
    for k in range(len(start)):
        room[start[k] + 1] += 1
        room[end[k] + 1] += 1
    for i in range(people):
        room[i + 1] += room[i]
    filled = np.zeros(people, np.int64)
    for k in range(len(start)):
        for turn in range(2):
            one = start[k] if turn == 0 else end[k]
            two = end[k] if turn == 0 else start[k]
            known = False
            for place in range(room[one], room[one] + filled[one]):
                if ties["other"][place] == two and ties["layer"][place] == layer[k]:
                    known = True
                    break
            if not known:
                ties["other"][room[one] + filled[one]] = two
                ties["layer"][room[one] + filled[one]] = layer[k]
                filled[one] += 1
    used = 0
    for i in range(people):
        tie_start[i] = used
        for place in range(room[i], room[i] + filled[i]):
            ties["other"][used] = ties["other"][place]
            ties["layer"][used] = ties["layer"][place]
            used += 1
    tie_start[people] = used
    return used


@compiled
def draw_roads(world: World, start: NDArray[np.int64], end: NDArray[np.int64]) -> int:
    """Draw which regions hear of each other: a ring with far ties that the ecosystem opens, or all.

    A road may be drawn twice; :func:`index_ties` keeps one.
    """
    lever = world.levers[0]
    count = len(world.regions)
    used = 0
    for r in range(count):
        if lever["region_network"] > HALF:
            for other in range(r + 1, count):
                start[used] = r
                end[used] = other
                used += 1
            continue
        for step in range(1, 3):
            other = (r + step) % count
            if other != r:
                start[used] = r
                end[used] = other
                used += 1
        for k in range(FAR_ROADS):
            if uniform(world.streams, TOPOLOGY, ROAD_DRAWS + r, 0, 2 * k) < lever["ecosystem"]:
                other = one_of(uniform(world.streams, TOPOLOGY, ROAD_DRAWS + r, 0, 2 * k + 1), count)
                if other != r:
                    start[used] = r
                    end[used] = other
                    used += 1
    return used


def with_ties(world: World, own: Columns | None = None) -> World:
    """Return the world with its standing ties and its roads between regions.

    Args:
        world: The world, populated.
        own: Start, end and layer of ties that are given as data; drawn when None.
    """
    people = len(world.people)
    if own is None:
        lever = world.levers[0]
        stubs = lever["friends"] / 2 + 1 + lever["contacts"]
        most = int(
            len(world.citizens) * stubs
            + len(world.professionals) * (lever["colleagues"] / 2 + 1)
            + len(world.politicians) * (COUNCIL_STUBS + 2 * OUTSIDE_STUBS)
        )
        start, end, layer = (np.zeros(most, np.int64) for _ in range(3))
        used = draw_ties(world, start, end, layer)
        start, end, layer = start[:used], end[:used], layer[:used]
    else:
        start, end, layer = own
    tie_start = np.zeros(people + 1, np.int64)
    ties = np.zeros(2 * len(start), TIE)
    used = index_ties(start, end, layer, tie_start, ties)
    road_start, roads = _roads(world)
    return replace(world, tie_start=tie_start, ties=ties[:used].copy(), road_start=road_start, roads=roads)


def _roads(world: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    count = len(world.regions)
    everyone = world.levers["region_network"][0] > 0.5  # noqa: PLR2004 - a choice: 0 or 1
    most = count * (count - 1) // 2 if everyone else count * (2 + FAR_ROADS)
    start, end = np.zeros(most, np.int64), np.zeros(most, np.int64)
    used = draw_roads(world, start, end)
    layer = np.zeros(used, np.int64)
    road_start = np.zeros(count + 1, np.int64)
    roads = np.zeros(2 * used, TIE)
    filled = index_ties(start[:used], end[:used], layer, road_start, roads)
    return road_start, roads["other"][:filled].astype(np.int64)
