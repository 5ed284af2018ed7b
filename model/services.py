"""Services: what is offered in each sector of a region, and how well it fits the people there."""

from cocreate.agents.citizen import fit
from cocreate.agents.compiled import compiled, part
from cocreate.model.world import World

NONE = -1


@part
def weighted_misfit(world: World, r: int, row: int, pilot: int) -> float:
    """Return a citizen's squared distances to the services of a region, weighted by sector.

    Args:
        world: The world.
        r: The region.
        row: The citizen's row in ``citizens``.
        pilot: An initiative whose design counts as if it were offered, or -1.
    """
    sectors = world.citizens["weights"].shape[1]
    size = world.citizens["need"].shape[1]
    total = 0.0
    for s in range(sectors):
        service = r * sectors + s
        piloted = pilot >= 0 and (world.initiatives["sectors"][pilot] >> s) & 1 == 1
        distance = 0.0
        for d in range(size):
            offered = (
                world.initiatives["design"][pilot, d] if piloted else world.services["design"][service, d]
            )
            away = offered - world.regions["need"][r, d] - world.citizens["need"][row, d]
            distance += away * away
        total += world.citizens["weights"][row, s] * distance
    return total


@part
def mean_fit(world: World, r: int, pilot: int) -> float:
    """Return the mean fit of services to a region's citizens, 0 where there are none."""
    width = world.levers["fit_width"][0]
    first = world.regions["first_citizen"][r]
    last = world.regions["first_professional"][r]
    total = 0.0
    for i in range(first, last):
        total += fit(weighted_misfit(world, r, world.people["role_row"][i], pilot), width)
    return total / (last - first) if last > first else 0.0


@part
def result_of(world: World, k: int) -> float:
    """Return the gain in mean fit that a design brings, over what is offered now."""
    r = world.initiatives["region"][k]
    return mean_fit(world, r, k) - mean_fit(world, r, NONE)


@part
def take_over(world: World, k: int) -> None:
    """Let an initiative's design become the service of its sectors."""
    r = world.initiatives["region"][k]
    sectors = len(world.services) // len(world.regions)
    for s in range(sectors):
        if (world.initiatives["sectors"][k] >> s) & 1 == 1:
            service = r * sectors + s
            world.services["initiative"][service] = k
            for d in range(world.services["design"].shape[1]):
                world.services["design"][service, d] = world.initiatives["design"][k, d]
    world.regions["stale"][r] = 1


@part
def withdraw(world: World, k: int) -> None:
    """Return the sectors of an initiative to the conventional service, the experts' view."""
    r = world.initiatives["region"][k]
    sectors = len(world.services) // len(world.regions)
    for s in range(sectors):
        service = r * sectors + s
        if world.services["initiative"][service] == k:
            world.services["initiative"][service] = NONE
            for d in range(world.services["design"].shape[1]):
                world.services["design"][service, d] = world.services["expert_view"][service, d]
    world.regions["stale"][r] = 1


@compiled
def measure_fit(world: World, r: int) -> None:
    """Measure how well services fit a region's citizens, and its hard-to-reach citizens apart."""
    width = world.levers["fit_width"][0]
    first = world.regions["first_citizen"][r]
    last = world.regions["first_professional"][r]
    total = 0.0
    hard_total = 0.0
    hard = 0
    for i in range(first, last):
        well = fit(weighted_misfit(world, r, world.people["role_row"][i], NONE), width)
        total += well
        if world.people["hard_to_reach"][i] == 1:
            hard_total += well
            hard += 1
    world.regions["effectiveness"][r] = total / (last - first) if last > first else 0.0
    world.regions["effectiveness_hard_to_reach"][r] = hard_total / hard if hard > 0 else 0.0
    world.regions["stale"][r] = 0
