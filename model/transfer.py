"""Transfer: regions see a service elsewhere, and copy its design or borrow its principles."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import ADAPTED, BY_VISITOR, COPIED
from cocreate.agents.organisation import adoption_probability
from cocreate.agents.person import shifted
from cocreate.model.change import begin
from cocreate.model.decision import acceptance
from cocreate.model.diary import NOBODY, VISITED, note
from cocreate.model.proposals import capacity, equip
from cocreate.model.streams import TRANSFER, normal, one_of, uniform
from cocreate.model.world import World

NEITHER = 0
COPY_ONLY = 1
PRINCIPLES_ONLY = 2
DISTORTION = 0.1
VISITORS_LESSON = 0.3
EQUIP_DRAWS = 50_000


@compiled
def transfer(world: World) -> None:
    """Let each region with room look at the co-created services of the regions it hears of."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    if int(lever["transfer_mode"]) == NEITHER:
        return
    rate = lever["transfer_rate"] * (0.4 + 1.2 * lever["ecosystem"])
    for r in range(len(world.regions)):
        sources = 0
        for place in range(world.road_start[r], world.road_start[r + 1]):
            sources += world.regions["structural"][world.roads[place]] > 0
        if sources == 0 or world.regions["active"][r] >= capacity(world, r):
            continue
        chance = adoption_probability(float(sources), min(1.0, rate), 1.0)
        chance = shifted(chance, 2.0 * lever["couplings"] * (world.regions["support"][r] - 0.5))
        if uniform(world.streams, TRANSFER, r, month, 0) < chance:
            borrow(world, r, sources)


@part
def borrow(world: World, r: int, sources: int) -> None:
    """Choose a source and a service there, and start an initiative that copies or adapts it."""
    month = world.nation["month"][0]
    chosen = one_of(uniform(world.streams, TRANSFER, r, month, 1), sources)
    there = -1
    for place in range(world.road_start[r], world.road_start[r + 1]):
        if world.regions["structural"][world.roads[place]] > 0:
            if chosen == 0:
                there = world.roads[place]
            chosen -= 1
    sectors = len(world.services) // len(world.regions)
    first = one_of(uniform(world.streams, TRANSFER, r, month, 2), sectors)
    for turn in range(sectors):
        sector = (first + turn) % sectors
        source = world.services["initiative"][there * sectors + sector]
        taken = world.services["initiative"][r * sectors + sector] >= 0
        if source >= 0 and not taken:
            bring_home(world, r, source, sector)
            return


@part
def alikeness(world: World, r: int, other: int) -> float:
    """Return how far routines of one region suit another, in (0, 1]: as far as their needs are alike.

    A design made for another place finds less to build on here (inappropriate transfer: Dolowitz and Marsh
    2000).
    """
    distance = 0.0
    for d in range(world.regions["need"].shape[1]):
        away = world.regions["need"][r, d] - world.regions["need"][other, d]
        distance += away * away
    return acceptance(distance, world.levers["fit_width"][0])


@part
def bring_home(world: World, r: int, source: int, sector: int) -> None:
    """Start an initiative after a source: the whole design, or the principles and what visitors learned."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    which = int(lever["transfer_mode"])
    copies = which == COPY_ONLY
    if which not in (COPY_ONLY, PRINCIPLES_ONLY):
        # those with little know-how of their own copy rather than learn (Cohen and Levinthal 1990)
        draw = uniform(world.streams, TRANSFER, r, month, 3)
        copies = draw < lever["copying"] * (1.0 - world.regions["know_how"][r]) ** 4.0
    mode = COPIED if copies else ADAPTED
    k = begin(world, r, sector, mode, NOBODY, BY_VISITOR)
    world.initiatives["source"][k] = source
    brought = 0.0 if copies else VISITORS_LESSON
    equip(world, k, min(1.0, world.regions["know_how"][r] + brought), EQUIP_DRAWS)
    if copies:
        world.initiatives["sectors"][k] = world.initiatives["sectors"][source]
        for d in range(world.initiatives["design"].shape[1]):
            loss = DISTORTION * normal(world.streams, TRANSFER, r, month, 10 + d)
            world.initiatives["design"][k, d] = world.initiatives["design"][source, d] + loss
        world.initiatives["embedding"][k] *= alikeness(world, r, world.initiatives["region"][source])
    note(world, VISITED, NOBODY, k, r, source, float(world.initiatives["region"][source]))
