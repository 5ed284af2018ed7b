"""Councils: support moves with results, incentives, peers and voters, and against lobbying and cost."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.person import POLITICIAN
from cocreate.agents.politician import leaning, support_aimed_at
from cocreate.model.adoption import credit_of_principles
from cocreate.model.networks import COUNCIL
from cocreate.model.world import World

LOBBY_FADES = 0.92
COST_WEIGHT = 0.3


@compiled
def move_councils(world: World) -> None:
    """Let each politician's support move, and lobbying fade."""
    rate = world.levers["support_rate"][0]
    for r in range(len(world.regions)):
        first = world.regions["first_politician"][r]
        last = world.regions["last_person"][r]
        nearby = adopted_nearby(world, r)
        pressure = pressure_on(world, r)
        credit = credit_of_principles(world, r)
        for i in range(first, last):
            row = world.people["role_row"][i]
            peers = 0.7 * fellows_support(world, i, row) + 0.3 * nearby
            lean = leaning(world.politicians["party"][row], world.regions["engaged"][r], credit)
            aim = support_aimed_at(
                lean, world.regions["results"][r], world.regions["incentive"][r], peers, pressure
            )
            world.politicians["support"][row] += rate * (aim - world.politicians["support"][row])
        sum_up(world, r)
        world.regions["lobbying"][r] *= LOBBY_FADES


@part
def pressure_on(world: World, r: int) -> float:
    """Return what weighs against co-creation: lobbying, and the cost of what goes on where slack is small."""
    lever = world.levers[0]
    people = world.regions["last_person"][r] - world.regions["first_citizen"][r]
    load = 100.0 * world.regions["active"][r] / (lever["admin_capacity"] * max(1, people))
    cost = COST_WEIGHT * min(1.0, load) * (1.0 - lever["local_slack"])
    return min(1.0, world.regions["lobbying"][r] + cost)


@part
def fellows_support(world: World, i: int, row: int) -> float:
    """Return the mean support of the fellow councillors that a politician is tied to, else the own."""
    total = 0.0
    count = 0
    for place in range(world.tie_start[i], world.tie_start[i + 1]):
        other = world.ties["other"][place]
        fellow = world.people["role"][other] == POLITICIAN
        if fellow and world.ties["layer"][place] == COUNCIL:
            total += world.politicians["support"][world.people["role_row"][other]]
            count += 1
    return total / count if count > 0 else world.politicians["support"][row]


@part
def adopted_nearby(world: World, r: int) -> float:
    """Return the share of the regions around whose council adopted the principles, by their novelty."""
    first, last = world.road_start[r], world.road_start[r + 1]
    adopted = 0.0
    for place in range(first, last):
        adopted += credit_of_principles(world, world.roads[place])
    return adopted / (last - first) if last > first else 0.0


@compiled
def sum_up(world: World, r: int) -> None:
    """Work out a council's mean support and party position; a region without a council has neither."""
    support = 0.0
    party = 0.0
    first = world.regions["first_politician"][r]
    last = world.regions["last_person"][r]
    for i in range(first, last):
        row = world.people["role_row"][i]
        support += world.politicians["support"][row]
        party += world.politicians["party"][row]
    world.regions["support"][r] = support / max(1, last - first)
    world.regions["government"][r] = party / max(1, last - first)
