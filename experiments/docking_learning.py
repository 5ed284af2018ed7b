"""Checks of learning: know-how grows by practice towards a ceiling, and decays geometrically without."""

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.person import forget, practise
from cocreate.experiments.docking_check import Check, exact, largest
from cocreate.experiments.docking_worlds import QUIET, convene, run_between, tables_of_all, world_with
from cocreate.model.diary import Kind
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters

LEARNING = "learning"
CURVE = "closed form of a learning curve with a ceiling"
DECAY = "geometric decay"


def after_practice(start: float, rate: float, times: int) -> float:
    """Return know-how after so many months of practice: ``1 - (1 - k_0)(1 - rate)^n``."""
    return 1.0 - (1.0 - start) * (1.0 - rate) ** times


def rule_checks(start: float, rate: float, months: int) -> list[Check]:
    """Return checks of the two rules by themselves.

    Args:
        start: Know-how at the start, in [0, 1].
        rate: Growth, or loss, in a month, in [0, 1].
        months: Months.
    """
    skilled = idle = start
    for _ in range(months):
        skilled = practise(skilled, rate)
        idle = forget(idle, rate)
    times = f"{months} months, rate {rate:g}"
    return [
        exact(
            LEARNING, f"know-how after practice, {times}", after_practice(start, rate, months), skilled, CURVE
        ),
        exact(LEARNING, f"know-how when idle, {times}", start * (1.0 - rate) ** months, idle, DECAY),
    ]


def practice_check(rate: float = 0.06, months: int = 24, seed: int = 1) -> Check:
    """Return the check of know-how of citizens who meet in the model.

    How often each of them came is read from the diaries.

    Args:
        rate: Lever ``learning_rate``.
        months: Months of meetings.
        seed: Seed.
    """
    levers = {**QUIET, **tables_of_all({}, 6, 4, 10), "learning_rate": rate, "horizon": months}
    model = CoCreationModel(Parameters.of(levers), rng=seed, diaries=True)
    people = model.table("people")
    before = people["know_how"].copy()
    run_between(model, months, {"recruitment": convene})
    met = np.zeros(len(people), np.int64)
    for event in model.events(Kind.HEARD, Kind.IGNORED):
        met[event.person] += 1
    citizens = (people["role"] == 0) & (met > 0)
    expected = 1.0 - (1.0 - before[citizens]) * (1.0 - rate) ** met[citizens]
    name = f"know-how of {int(citizens.sum())} citizens after up to {int(met.max())} meetings"
    return largest(LEARNING, name, model.table("people")["know_how"][citizens] - expected, CURVE)


def idle_check(rate: float = 0.012, months: int = 24, seed: int = 1) -> Check:
    """Return the check of know-how of everybody in a world where nobody meets.

    Args:
        rate: Lever ``forgetting``.
        months: Months.
        seed: Seed.
    """
    model = world_with({"regions": 2, "forgetting": rate, "horizon": months}, seed)
    before: NDArray[np.float64] = model.table("people")["know_how"].copy()
    model.run()
    after = model.table("people")["know_how"]
    name = f"know-how of {len(before)} idle people after {months} months"
    return largest(LEARNING, name, after - before * (1.0 - rate) ** months, DECAY)


def learning_checks() -> list[Check]:
    """Return the checks of learning: the rules, and both in the model."""
    return [*rule_checks(0.1, 0.06, 24), *rule_checks(0.7, 0.012, 60), practice_check(), idle_check()]
