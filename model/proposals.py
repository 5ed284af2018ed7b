"""Proposals: who starts an initiative, and with what."""

import math

from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import DESIGN, NEW, inclusion_chosen
from cocreate.agents.person import CITIZEN, POLITICIAN, PROFESSIONAL
from cocreate.model.change import begin, seat
from cocreate.model.diary import PROPOSED_ONE, note_person
from cocreate.model.drift import programme
from cocreate.model.streams import PROPOSALS, one_of, uniform
from cocreate.model.world import World

PEOPLE_PER_CHANCE = 250
CANDIDATES = 3


@part
def capacity(world: World, r: int) -> int:
    """Return how many initiatives a region's administration can handle at once, at least one."""
    people = world.regions["last_person"][r] - world.regions["first_citizen"][r]
    return max(1, int(world.levers["admin_capacity"][0] * people / 100.0))


@compiled
def propose(world: World) -> None:
    """Let champions propose initiatives where councils, money and capacity leave room."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    size = programme(world)
    for r in range(len(world.regions)):
        people = world.regions["last_person"][r] - world.regions["first_citizen"][r]
        chances = (people + PEOPLE_PER_CHANCE - 1) // PEOPLE_PER_CHANCE
        for chance in range(chances):
            room = 1.0 - world.regions["active"][r] / capacity(world, r)
            if room <= 0.0:
                break
            drive = (
                0.2
                + 0.6 * world.regions["support"][r]
                + 0.6 * size * (1.0 - lever["tied_to_infrastructure"])
                + 0.4 * world.regions["award"][r]
                + 0.3 * lever["mandate"]
                + 0.3 * world.regions["infrastructure"][r]
            )
            draw = uniform(world.streams, PROPOSALS, r, month, 100 * chance)
            rate = lever["proposal_rate"] * drive * room * people / (chances * 125.0)
            if draw < 1.0 - math.exp(-rate):
                champion_one(world, r, 100 * chance)


@part
def champion_one(world: World, r: int, what: int) -> None:
    """Find a champion in a region, who proposes an initiative if ready to."""
    month = world.nation["month"][0]
    weights = (
        0.3 + world.regions["engaged"][r],
        world.regions["openness"][r],
        world.regions["support"][r],
    )
    firsts = (
        world.regions["first_citizen"][r],
        world.regions["first_professional"][r],
        world.regions["first_politician"][r],
        world.regions["last_person"][r],
    )
    draw = uniform(world.streams, PROPOSALS, r, month, what + 1)
    draw *= weights[0] + weights[1] + weights[2]
    kind = CITIZEN
    if draw >= weights[0]:
        kind = PROFESSIONAL if draw < weights[0] + weights[1] else POLITICIAN
    first, last = firsts[kind], firsts[kind + 1]
    if last <= first:
        return
    best = -1
    for candidate in range(CANDIDATES):
        draw = uniform(world.streams, PROPOSALS, r, month, what + 2 + candidate)
        i = first + one_of(draw, last - first)
        if best < 0 or readiness(world, i) > readiness(world, best):
            best = i
    if uniform(world.streams, PROPOSALS, r, month, what + 10) < readiness(world, best):
        start(world, r, best, kind, what)


@part
def readiness(world: World, i: int) -> float:
    """Return how ready a person is to start something: open, supportive, or trusting, and not tired."""
    role = world.people["role"][i]
    rested = 1.0 - world.people["weariness"][i]
    if role == CITIZEN:
        return rested * world.people["trust"][i]
    if role == PROFESSIONAL:
        return rested * world.people["openness"][i]
    return world.politicians["support"][world.people["role_row"][i]]


@part
def start(world: World, r: int, champion: int, kind: int, what: int) -> None:
    """Write down a proposal: sector, routine it builds on, part of the users, budget."""
    month = world.nation["month"][0]
    sectors = len(world.services) // len(world.regions)
    row = world.people["role_row"][champion]
    if kind == PROFESSIONAL:
        sector = world.professionals["sector"][row]
    elif kind == CITIZEN:
        sector = 0
        for s in range(sectors):
            if world.citizens["weights"][row, s] > world.citizens["weights"][row, sector]:
                sector = s
    else:
        sector = one_of(uniform(world.streams, PROPOSALS, r, month, what + 11), sectors)
    k = begin(world, r, sector, NEW, champion, kind)
    equip(world, k, world.people["know_how"][champion], what)
    note_person(world, PROPOSED_ONE, champion, k, 0, 0.0)
    seat(world, k, champion)


@part
def equip(world: World, k: int, know_how: float, what: int) -> None:
    """Give a new initiative its routine, the part that users have in it, and a budget with an end."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    r = world.initiatives["region"][k]
    world.initiatives["embedding"][k] = uniform(world.streams, PROPOSALS, r, month, what + 12)
    guidance = max(lever["guidance"], 0.5 * world.nation["adopted"][0])
    floor = int(lever["inclusion"])
    if uniform(world.streams, PROPOSALS, r, month, what + 13) < lever["mandate"]:
        floor = max(floor, DESIGN)
    draw = uniform(world.streams, PROPOSALS, r, month, what + 14)
    world.initiatives["inclusion"][k] = inclusion_chosen(draw, know_how, guidance, floor)
    outside = uniform(world.streams, PROPOSALS, r, month, what + 15) < programme(world)
    length = lever["project_length"]
    if outside:
        world.initiatives["funded_outside"][k] = 1
    else:
        length *= 0.7 + 0.6 * lever["local_slack"]
    world.initiatives["budget_end"][k] = month + max(1, int(length))
