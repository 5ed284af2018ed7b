"""Drift and money: needs move, programmes come and go, an award is given each year."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import THROUGHOUT
from cocreate.model.diary import AWARDED, NOBODY, note
from cocreate.model.streams import SHOCKS, normal
from cocreate.model.world import World

EXPERTS_FOLLOW = 0.5
USERS_FOLLOW = 0.5
AWARD_REGIONS = 10
AWARD_FADES = 0.93


@compiled
def drift_needs(world: World) -> None:
    """Let the needs of each region take a step of a random walk.

    Conventional services follow half of the way. A co-created one follows as far as somebody still
    listens: a standing group, or users who stay at the table (an assumption).
    """
    spread = world.levers["turbulence"][0]
    if spread == 0.0:
        return
    month = world.nation["month"][0]
    sectors = len(world.services) // len(world.regions)
    for r in range(len(world.regions)):
        for d in range(world.regions["need"].shape[1]):
            step = spread * normal(world.streams, SHOCKS, r, month, d)
            world.regions["need"][r, d] += step
            for s in range(sectors):
                service = r * sectors + s
                world.services["expert_view"][service, d] += EXPERTS_FOLLOW * step
                world.services["design"][service, d] += step * follows(world, r, service)


@part
def follows(world: World, r: int, service: int) -> float:
    """Return how far a service follows a change of needs."""
    k = world.services["initiative"][service]
    if k < 0:
        return EXPERTS_FOLLOW
    users = USERS_FOLLOW if world.initiatives["inclusion"][k] == THROUGHOUT else 0.0
    return max(users, world.regions["infrastructure"][r])


@part
def programme(world: World) -> float:
    """Return the size of the outside programme this month, 0 when none runs."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    if lever["eu_funding_start"] <= month < lever["eu_funding_end"]:
        return lever["eu_funding"]
    return 0.0


@compiled
def hand_out_money(world: World) -> None:
    """Work out what each council feels as an incentive; once a year, give an award.

    One region in each ten neighbouring ones wins: the one with the best visible results.
    """
    lever = world.levers[0]
    size = programme(world)
    backed = world.nation["adopted"][0]
    for r in range(len(world.regions)):
        world.regions["award"][r] *= AWARD_FADES
        pull = 0.6 * size + world.regions["award"][r] + 0.4 * lever["mandate"] + 0.2 * backed
        world.regions["incentive"][r] = min(1.0, pull)
    if world.nation["month"][0] % 12 == 11:  # noqa: PLR2004 - December
        for first in range(0, len(world.regions), AWARD_REGIONS):
            give_award(world, first, min(first + AWARD_REGIONS, len(world.regions)))


@part
def give_award(world: World, first: int, last: int) -> None:
    """Give an award to the region with the best results among some, if any has results."""
    best = -1
    for r in range(first, last):
        results = world.regions["results"][r]
        if results > 0.0 and (best < 0 or results > world.regions["results"][best]):
            best = r
    if best >= 0 and world.levers["award"][0] > 0.0:
        world.regions["award"][best] = world.levers["award"][0]
        note(world, AWARDED, NOBODY, NOBODY, best, 0, world.regions["results"][best])
