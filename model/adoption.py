"""Adoption: organisations, councils and the national government take up the principles, and drop them."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import PILOTING, STRUCTURAL
from cocreate.agents.organisation import adoption_probability, adopts, threshold_with
from cocreate.agents.person import shifted
from cocreate.agents.politician import novelty
from cocreate.model.diary import (
    COUNCIL_ADOPTED,
    COUNCIL_LAPSED,
    NATION_ADOPTED,
    NATION_LAPSED,
    NOBODY,
    ORGANISATION_ADOPTED,
    ORGANISATION_LAPSED,
    note,
)
from cocreate.model.streams import ADOPTION, uniform
from cocreate.model.world import World

REGION_DRAWS = 1_000_000_000
NATION_DRAWS = 2_000_000_000
EXPOSURE_WEIGHT = 0.15
NATION_MOVES = 0.1


@compiled
def take_up_principles(world: World) -> None:
    """Let organisations, then councils, then the nation adopt the principles or let them lapse."""
    count_exposure(world)
    for r in range(len(world.regions)):
        move_organisations(world, r)
    for r in range(len(world.regions)):
        move_council(world, r)
    move_nation(world)


@part
def count_exposure(world: World) -> None:
    """Count, for each organisation, the pilots and co-created services in its sector and region."""
    for o in range(len(world.organisations)):
        world.organisations["exposure"][o] = 0.0
    for slot in range(world.nation["active"][0]):
        k = world.living[slot]
        if world.initiatives["state"][k] not in (PILOTING, STRUCTURAL):
            continue
        r = world.initiatives["region"][k]
        for o in range(world.regions["first_organisation"][r], world.regions["last_organisation"][r]):
            if (world.initiatives["sectors"][k] >> world.organisations["sector"][o]) & 1 == 1:
                world.organisations["exposure"][o] += 1.0


@part
def move_organisations(world: World, r: int) -> None:
    """Let a region's organisations follow those around them, all at once, by their thresholds."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    first = world.regions["first_organisation"][r]
    last = world.regions["last_organisation"][r]
    adopters = 0
    for o in range(first, last):
        adopters += world.organisations["adopted"][o]
    share = adopters / (last - first)
    after = 0
    for o in range(first, last):
        practised = world.organisations["practice"][o]
        influence = share + EXPOSURE_WEIGHT * world.organisations["exposure"][o]
        threshold = threshold_with(world.organisations["threshold"][o], practised, lever["practice_weight"])
        if world.organisations["adopted"][o] == 0:
            if adopts(influence, threshold):
                world.organisations["adopted"][o] = 1
                world.organisations["since"][o] = month
                note(world, ORGANISATION_ADOPTED, NOBODY, NOBODY, r, o, influence)
        else:
            # an organisation whose staff has lost the practice, with few around, lets go sooner
            chance = shifted(lever["lapse"], 4.0 * lever["couplings"] * (threshold - influence))
            if uniform(world.streams, ADOPTION, o, month, 0) < chance:
                world.organisations["adopted"][o] = 0
                world.organisations["since"][o] = month
                note(world, ORGANISATION_LAPSED, NOBODY, NOBODY, r, o, influence)
        after += world.organisations["adopted"][o]
    world.regions["adopters"][r] = after / (last - first)


@part
def credit_of_principles(world: World, r: int) -> float:
    """Return what is left of the novelty of principles that a council has adopted, 0 where it has none.

    Principles are new once: taking them up again after a lapse is no news.
    """
    if world.regions["adopted"][r] == 0:
        return 0.0
    months = float(world.nation["month"][0] - world.regions["novel_since"][r])
    return novelty(months, min(1.0, world.levers["couplings"][0] * world.levers["novelty_fades"][0]))


@part
def adopters_around(world: World, r: int) -> float:
    """Return how many regions around had adopted the principles before this month, by their novelty."""
    month = world.nation["month"][0]
    count = 0.0
    for place in range(world.road_start[r], world.road_start[r + 1]):
        other = world.roads[place]
        if world.regions["adopted"][other] == 1 and world.regions["adopted_since"][other] < month:
            count += credit_of_principles(world, other)
    return count


@part
def move_council(world: World, r: int) -> None:
    """Let a council follow its organisations and the regions around it, or let the principles lapse."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    favour = 4.0 * (world.regions["support"][r] - 0.5)
    draw = uniform(world.streams, ADOPTION, REGION_DRAWS + r, month, 0)
    if world.regions["adopted"][r] == 1:
        chance = shifted(lever["lapse"], -lever["couplings"] * favour)
        if draw < chance:
            world.regions["adopted"][r] = 0
            world.regions["adopted_since"][r] = month
            note(world, COUNCIL_LAPSED, NOBODY, NOBODY, r, 0, world.regions["support"][r])
        return
    around = world.road_start[r + 1] - world.road_start[r] + 1
    peers = adoption_probability(adopters_around(world, r), lever["spread_rate"], float(around))
    own = lever["local_adoption"] * world.regions["adopters"][r]
    own += lever["national_push"] * world.nation["adopted"][0] * lever["couplings"]
    chance = 1.0 - (1.0 - peers) * (1.0 - min(1.0, own))
    if draw < shifted(chance, lever["couplings"] * favour):
        if world.regions["novel_since"][r] < 0:
            world.regions["novel_since"][r] = month
        world.regions["adopted"][r] = 1
        world.regions["adopted_since"][r] = month
        note(world, COUNCIL_ADOPTED, NOBODY, NOBODY, r, 0, world.regions["support"][r])


@part
def move_nation(world: World) -> None:
    """Let the national government take up the principles when enough regions have, or drop them."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    adopted = 0
    for r in range(len(world.regions)):
        adopted += world.regions["adopted"][r]
    share = adopted / len(world.regions)
    if uniform(world.streams, ADOPTION, NATION_DRAWS, month, 0) >= NATION_MOVES:
        return
    if world.nation["adopted"][0] == 0 and adopts(share, lever["national_threshold"]) and adopted > 0:
        world.nation["adopted"][0] = 1
        world.nation["adopted_since"][0] = month
        note(world, NATION_ADOPTED, NOBODY, NOBODY, NOBODY, 0, share)
    elif world.nation["adopted"][0] == 1 and share < 0.5 * lever["national_threshold"]:
        world.nation["adopted"][0] = 0
        world.nation["adopted_since"][0] = month
        note(world, NATION_LAPSED, NOBODY, NOBODY, NOBODY, 0, share)
