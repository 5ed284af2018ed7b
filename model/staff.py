"""Staff: posts change hands, officials are trained, a standing group is built up."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.person import practise
from cocreate.agents.professional import practice
from cocreate.model.bonds import lose_bonds
from cocreate.model.diary import NOBODY, SUCCEEDED, TRAINED, note_person
from cocreate.model.drift import programme
from cocreate.model.population import clipped, draw_view
from cocreate.model.streams import STAFF, normal, uniform
from cocreate.model.world import World

TRAINING_EFFECT = 0.2
BUILDING_MONTHS = 18.0
EVENT_SHARE = 0.35
"""Share of the effort for meetings that a complete standing group takes over."""


@compiled
def turn_over_staff(world: World) -> None:
    """Let successors take over posts, train officials, and note what each organisation's staff can do."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    leaves = lever["staff_turnover"] / 12.0
    trained = lever["training"] / 12.0
    for o in range(len(world.organisations)):
        world.organisations["practice"][o] = 0.0
        world.organisations["staff"][o] = 0
    for r in range(len(world.regions)):
        first = world.regions["first_professional"][r]
        politicians = world.regions["first_politician"][r]
        for i in range(first, world.regions["last_person"][r]):
            if i < politicians and uniform(world.streams, STAFF, i, month, 0) < leaves:
                succeed(world, i)
            if uniform(world.streams, STAFF, i, month, 1) < trained:
                world.people["know_how"][i] = practise(world.people["know_how"][i], TRAINING_EFFECT)
                note_person(world, TRAINED, i, NOBODY, 0, world.people["know_how"][i])
            if i < politicians:
                o = world.professionals["organisation"][world.people["role_row"][i]]
                world.organisations["staff"][o] += 1
                world.organisations["practice"][o] += practice(
                    world.people["openness"][i], world.people["know_how"][i]
                )
    for o in range(len(world.organisations)):
        if world.organisations["staff"][o] > 0:
            world.organisations["practice"][o] /= world.organisations["staff"][o]


@part
def succeed(world: World, i: int) -> None:
    """Let a successor take over a professional's post: chair and authority stay, the rest goes."""
    month = world.nation["month"][0]
    world.people["know_how"][i] = 0.15 * uniform(world.streams, STAFF, i, month, 2)
    openness = 0.45 + 0.15 * normal(world.streams, STAFF, i, month, 3)
    world.people["openness"][i] = clipped(openness, 0.02, 0.98)
    world.people["weariness"][i] = 0.0
    world.people["generation"][i] += 1
    lose_bonds(world, i)
    draw_view(world, i, world.people["role_row"][i], month + 1)
    note_person(world, SUCCEEDED, i, NOBODY, 0, 0.0)


@compiled
def keep_up_support(world: World) -> None:
    """Build each region's standing group towards its target, and keep count of practice.

    A standing group is paid out of the effort for meetings: a part of them (see ``EVENT_SHARE``) does not
    take place, and what it would have taken goes into the group. The same initiatives therefore cost the same
    with and without one.
    """
    lever = world.levers[0]
    target = lever["support_infrastructure"] + programme(world) * lever["tied_to_infrastructure"]
    target = min(1.0, target)
    for r in range(len(world.regions)):
        level = world.regions["infrastructure"][r]
        world.regions["infrastructure"][r] = level + (target - level) / BUILDING_MONTHS
        if world.regions["met"][r] > 0:
            world.regions["practice_months"][r] += 1.0
        else:
            faded = world.regions["practice_months"][r] - 0.5 * (1.0 - level)
            world.regions["practice_months"][r] = max(0.0, faded)
        world.regions["met"][r] = 0
