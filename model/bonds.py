"""Bonds: ties made at tables, which fade unless used."""

from cocreate.agents.compiled import compiled, part
from cocreate.model.diary import GREW_CLOSE, NOBODY, note_person
from cocreate.model.world import BONDS, World

CLOSE = 0.5
"""Strength from which two people count as close."""

FULL_BONDS = 3.0
"""Close ties at the table that make a person fully part of a community."""


@part
def bond_strength(world: World, person: int, place: int) -> float:
    """Return the strength of a bond now: it fades each month, more slowly where a standing group is."""
    months = world.nation["month"][0] - world.bonds["month"][person, place]
    kept = 1.0 - 0.7 * world.regions["infrastructure"][world.people["region"][person]]
    faded: float = world.bonds["strength"][person, place] * (
        1.0 - world.levers["tie_decay"][0] * kept
    ) ** float(months)
    return faded


@part
def place_for(world: World, person: int, other: int) -> int:
    """Return the place of the bond to another person, else an empty one, else that of the weakest."""
    weakest = 0
    least = 2.0
    for place in range(BONDS):
        there = world.bonds["other"][person, place]
        if there == other:
            return place
        strength = bond_strength(world, person, place) if there >= 0 else -1.0
        if strength < least:
            least = strength
            weakest = place
    return weakest


@part
def strengthen(world: World, person: int, other: int) -> None:
    """Let one person's bond to another grow by a meeting."""
    place = place_for(world, person, other)
    before = 0.0
    if world.bonds["other"][person, place] == other:
        before = bond_strength(world, person, place)
    after = before + world.levers["tie_growth"][0] * (1.0 - before)
    world.people["bonded"][person] = 1
    world.bonds["other"][person, place] = other
    world.bonds["strength"][person, place] = after
    world.bonds["month"][person, place] = world.nation["month"][0]
    if before < CLOSE <= after:
        note_person(world, GREW_CLOSE, person, NOBODY, other, after)


@part
def lose_bonds(world: World, person: int) -> None:
    """Take all bonds from a post or a seat whose holder leaves."""
    world.people["bonded"][person] = 0
    for place in range(BONDS):
        world.bonds["other"][person, place] = -1


@compiled
def community_of(world: World, k: int) -> float:
    """Return how far the people of an initiative are a community: close ties among them, in [0, 1].

    The mean over people of the summed strength of their bonds to each other, three strong ones being full.
    """
    members = world.initiatives["members"][k]
    if members < 2:  # noqa: PLR2004 - one person is no community
        return 0.0
    total = 0.0
    for place in range(members):
        person = world.seats[k, place]
        mine = 0.0
        for slot in range(BONDS):
            other = world.bonds["other"][person, slot]
            if other >= 0 and world.people["initiative"][other] == k:
                mine += bond_strength(world, person, slot)
        total += min(1.0, mine / FULL_BONDS)
    return total / members
