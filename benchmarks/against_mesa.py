"""The session-learning-trust update: the model's compiled phases beside an idiomatic Mesa model."""

from __future__ import annotations

import copy

import numpy as np

from benchmarks.idiomatic_mesa import Town
from benchmarks.timing import median, seconds, show
from cocreate.model.everyday import live_everyday
from cocreate.model.model import CoCreationModel
from cocreate.model.sessions import hold_sessions
from cocreate.model.world import World

PEOPLE_IN_A_REGION = 125
WARM_UP = 36
MONTHS = 12
REPEATS = 7


BUSY = 1.0
"""Rate of proposals at which tables are always at work."""


def lively_world(people: int) -> World:
    """Return a world after some years, with tables at work, that stands at the start of a month."""
    model = CoCreationModel(
        rng=1,
        regions=people // PEOPLE_IN_A_REGION,
        horizon=WARM_UP,
        community_reporting=0.0,
        proposal_rate=BUSY,
    )
    model.run()
    model.world.nation["month"][0] = WARM_UP
    return model.world


def copied(world: World) -> World:
    """Return a world of its own with the same state."""
    return copy.deepcopy(world)


def run_compiled(world: World, months: int) -> None:
    """Run the two compiled phases for some months, in place."""
    for _ in range(months):
        hold_sessions(world)
        live_everyday(world)
        world.nation["month"][0] += 1


def run_town(town: Town, months: int) -> None:
    """Run the Mesa model for some months, in place."""
    for _ in range(months):
        town.step()


def largest_difference(world: World, months: int) -> float:
    """Return the largest difference in trust, know-how and openness over some months, on the same draws."""
    mine = copied(world)
    town = Town(world, shared_draws=True, in_order=True)
    largest = 0.0
    for _ in range(months):
        run_compiled(mine, 1)
        run_town(town, 1)
        for name in ("trust", "know_how", "openness", "weariness", "expected_voice"):
            theirs = np.array([getattr(one, name) for one in town.residents])
            largest = max(largest, float(np.abs(mine.people[name] - theirs).max()))
    return largest


def speedup(world: World) -> tuple[float, float, float]:
    """Return the median ratio of times, and both medians in nanoseconds a person and month."""
    run_compiled(copied(world), 1)
    ratios, ours, theirs = [], [], []
    for _ in range(REPEATS):
        mine = copied(world)
        town = Town(world, shared_draws=False, in_order=False)
        theirs.append(seconds(lambda town=town: run_town(town, MONTHS)))  # type: ignore[misc]
        ours.append(seconds(lambda mine=mine: run_compiled(mine, MONTHS)))  # type: ignore[misc]
        ratios.append(theirs[-1] / ours[-1])
    share = 1e9 / (MONTHS * len(world.people))
    return median(ratios), median(ours) * share, median(theirs) * share


def main() -> None:
    """Print agreement and speed at 1,000 and 10,000 people."""
    for people in (1_000, 10_000):
        world = lively_world(people)
        show(f"difference_from_mesa_{people}", largest_difference(world, MONTHS))
        ratio, ours, theirs = speedup(world)
        show(f"update_ns_per_person_month_{people}", ours)
        show(f"mesa_ns_per_person_month_{people}", theirs)
        show(f"speedup_over_mesa_{people}", ratio)
