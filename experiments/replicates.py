"""Replicates: the same random worlds under several settings, on one or more processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from cocreate.agents.columns import Table
from cocreate.agents.errors import CocreateError
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters, Value

SEED_BITS = 48
"""Length of derived seeds: short enough for spreadsheets, which keep 15 digits."""

PILOT_COLUMNS = ("region", "state", "piloted", "became_structural", "finished")
"""Columns of initiatives that are kept of each pilot."""

PER_REGION = {"structural_per_region": "structural", "backlashes_per_region": "backlashes"}
"""Outcomes that are another one divided by the number of regions, so that worlds of any size compare."""

type Progress = Callable[[int, int], None]
"""Called with the worlds simulated so far and the worlds wanted."""


class DesignError(CocreateError, ValueError):
    """A set of worlds to simulate makes no sense."""


@dataclass(frozen=True)
class Arm:
    """One setting of the levers, to be simulated several times.

    Attributes:
        name: Name in code and files, unique among the arms of a study.
        label: Name in figures and text.
        levers: Levers that differ from the parameters of the study.
    """

    name: str
    label: str
    levers: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Replicate:
    """What is kept of one simulated world, or why there is none.

    Attributes:
        arm: Name of its arm.
        number: Number of the replicate, from 0 on; equal numbers share their seed in every arm.
        seed: Seed of the world.
        outcomes: Outcomes at the end by name, those of :data:`PER_REGION` included; NaN where there is
            nothing to take one from. Empty for a failure.
        pilots: One row for each pilot, with :data:`PILOT_COLUMNS`; months from 0 on, -1 for never.
        months: Months simulated.
        failure: What went wrong, empty for a world that ran to its horizon.
    """

    arm: str
    number: int
    seed: int
    outcomes: dict[str, float]
    pilots: Table
    months: int
    failure: str = ""


@dataclass(frozen=True, eq=False)
class Study:
    """Several arms on common random numbers.

    Attributes:
        arms: The settings compared, in the order asked for.
        replicates: All replicates, sorted by arm and number.
        seed: Seed of the study, from which the seeds of worlds derive.
        parameters: Levers that the arms share where they do not set their own.
    """

    arms: tuple[Arm, ...]
    replicates: tuple[Replicate, ...]
    seed: int
    parameters: Parameters

    def of(self, arm: str) -> tuple[Replicate, ...]:
        """Return the replicates of an arm in order of their number, failures included."""
        return tuple(one for one in self.replicates if one.arm == arm)

    def values(self, arm: str, outcome: str) -> np.ndarray:
        """Return an outcome of every replicate of an arm; NaN for failures; shape (replicates,)."""
        return np.array([one.outcomes.get(outcome, np.nan) for one in self.of(arm)])

    @property
    def count(self) -> int:
        """Replicates of each arm."""
        return len(self.replicates) // len(self.arms)

    @property
    def failures(self) -> tuple[Replicate, ...]:
        """Replicates that did not run to their horizon."""
        return tuple(one for one in self.replicates if one.failure)


def replicate_seed(study_seed: int, number: int) -> int:
    """Return the seed of a replicate's world, the same in every arm.

    It depends on nothing but the two numbers, so that replicates can be added later, or simulated in any
    order and place (NumPy's ``SeedSequence`` with the number as spawn key).

    Args:
        study_seed: Seed of the study, 0 or larger.
        number: Number of the replicate, from 0 on.

    >>> replicate_seed(1, 0) == replicate_seed(1, 0), replicate_seed(1, 0) == replicate_seed(1, 1)
    (True, False)
    """
    sequence = np.random.SeedSequence(study_seed, spawn_key=(number,))
    return int(sequence.generate_state(1, np.uint64)[0]) >> (64 - SEED_BITS)


def simulate(parameters: Parameters, arm: Arm, number: int, study_seed: int) -> Replicate:
    """Simulate one world of an arm and return what is kept of it; an error becomes a record."""
    seed = replicate_seed(study_seed, number)
    try:
        model = CoCreationModel(parameters.changed(arm.levers), rng=seed)
        model.run()
    except Exception as error:
        return _failed(arm, number, seed, error)
    rows = model.initiative_rows
    piloted = rows[rows["piloted"] >= 0]
    pilots = np.zeros(len(piloted), [(name, "i4") for name in PILOT_COLUMNS])
    for name in PILOT_COLUMNS:
        pilots[name] = piloted[name]
    outcomes = model.outcomes()
    regions = model.parameters.regions
    outcomes.update({name: outcomes[whole] / regions for name, whole in PER_REGION.items()})
    return Replicate(arm.name, number, seed, outcomes, pilots, model.month)


def run_study(
    arms: Sequence[Arm],
    replicates: int,
    study_seed: int = 1,
    *,
    parameters: Parameters | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Study:
    """Simulate every arm on the same random worlds.

    Replicate ``i`` has the same seed in all arms, so that worlds of one number differ by their levers
    only. The result does not depend on the number of workers.

    Args:
        arms: Settings to compare.
        replicates: Worlds of each arm, at least 1.
        study_seed: Seed of the study, 0 or larger.
        parameters: Levers shared by the arms; the defaults when None.
        workers: Processes; 1 simulates in this one. More need a script that guards its main part with
            ``if __name__ == "__main__"``.
        progress: Called after each replicate of all arms.

    Raises:
        DesignError: No arms, two of one name, too few replicates, or a number out of range.
        ParameterError: An arm's levers are not allowed.
    """
    shared = parameters or Parameters()
    _check(arms, shared, replicates, study_seed, workers)
    task = partial(_simulate_all, shared, tuple(arms), study_seed)
    done: list[Replicate] = []
    for worlds in _results(task, replicates, workers, arms, study_seed):
        done.extend(worlds)
        if progress is not None:
            progress(len(done), replicates * len(arms))
    place = {arm.name: index for index, arm in enumerate(arms)}
    done.sort(key=lambda one: (place[one.arm], one.number))
    return Study(tuple(arms), tuple(done), study_seed, shared)


def _simulate_all(
    parameters: Parameters, arms: tuple[Arm, ...], study_seed: int, number: int
) -> list[Replicate]:
    return [simulate(parameters, arm, number, study_seed) for arm in arms]


def _results(
    task: Callable[[int], list[Replicate]],
    replicates: int,
    workers: int,
    arms: Sequence[Arm],
    study_seed: int,
) -> Iterator[list[Replicate]]:
    if workers == 1 or replicates == 1:
        yield from map(task, range(replicates))
        return
    # spawned rather than forked: compiled code with threads does not survive a fork everywhere
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, replicates), mp_context=context) as pool:
        numbers: dict[Future[list[Replicate]], int] = {}
        for number in range(replicates):
            try:
                numbers[pool.submit(task, number)] = number
            except BrokenExecutor as error:
                yield _all_failed(arms, number, study_seed, error)
        for future in as_completed(numbers):
            died = future.exception()
            if died is None:
                yield future.result()
            else:  # the process itself, such as for want of memory
                yield _all_failed(arms, numbers[future], study_seed, died)


def _all_failed(arms: Sequence[Arm], number: int, study_seed: int, error: BaseException) -> list[Replicate]:
    seed = replicate_seed(study_seed, number)
    return [_failed(arm, number, seed, error) for arm in arms]


def _failed(arm: Arm, number: int, seed: int, error: BaseException) -> Replicate:
    nothing = np.zeros(0, [(name, "i4") for name in PILOT_COLUMNS])
    return Replicate(arm.name, number, seed, {}, nothing, 0, f"{type(error).__name__}: {error}")


def _check(
    arms: Sequence[Arm], parameters: Parameters, replicates: int, study_seed: int, workers: int
) -> None:
    names = [arm.name for arm in arms]
    if not names or len(set(names)) < len(names):
        raise DesignError(f"A study needs one or more arms with different names, but was given {names}.")
    lowest = {"replicates": (replicates, 1), "workers": (workers, 1), "study_seed": (study_seed, 0)}
    for name, (value, low) in lowest.items():
        if value < low:
            raise DesignError(f"{name} must be a whole number of at least {low}, but was given {value}.")
    for arm in arms:
        parameters.changed(arm.levers)
