"""Tasks: single runs as data, what is kept of them, and how one is simulated.

Nothing here knows of studies or engines: a task says all that a worker needs, and a result or a failure
all that is known afterwards.
"""

from __future__ import annotations

import hashlib
import json
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.compiled import fingerprint
from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import LEVERS, Parameters, Value

PER_REGION = {"structural_per_region": "structural", "backlashes_per_region": "backlashes"}
"""Outcomes that are another one divided by the number of regions, so that worlds of any size compare."""

KEPT_OUTCOMES = (*OUTCOMES, *PER_REGION)
"""Names of what is kept of the end of each run, in the order of :attr:`RunResult.outcomes`."""

PILOT_COLUMNS = (
    "region", "mode", "inclusion", "state", "reason", "proposed", "piloted", "became_structural", "finished",
    "sponsors", "legal_anchor", "embedding", "result", "community", "user_voice", "hard_to_reach_voice",
)  # fmt: skip
"""Columns of initiatives that are kept of each pilot."""

PILOT = np.dtype([("election_phase", "i4"), *((name, "f8") for name in PILOT_COLUMNS)])
"""A kept pilot. Months count from 0 on, -1 for never; ``election_phase`` is that of its region."""


class TimeLimitError(Exception):
    """A run took longer than it may."""


class WorkerDiedError(Exception):
    """The process that simulated a run ended before the run did."""


@dataclass(frozen=True)
class Keep:
    """What is kept of a run besides its outcomes at the end.

    Attributes:
        pilots: Whether to keep a row for each pilot, for survival curves and hazards.
        series: Monthly outcomes to keep, none for an empty tuple.
    """

    pilots: bool = False
    series: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """One run to be simulated.

    Attributes:
        key: :func:`run_key` of what follows.
        seed: Seed of the world.
        levers: All levers that differ from the defaults.
        interventions: Levers that change during the run, in order of month.
    """

    key: str
    seed: int
    levers: Mapping[str, Value]
    interventions: tuple[Intervention, ...] = ()


@dataclass(frozen=True)
class Batch:
    """Tasks that go to a worker together, since sending them one by one takes too long.

    Attributes:
        tasks: The tasks.
        keep: What to keep of each run.
        time_limit: Seconds that one run may take; infinite for no limit.
    """

    tasks: tuple[Task, ...]
    keep: Keep = Keep()
    time_limit: float = float("inf")


@dataclass(frozen=True, eq=False)
class RunResult:
    """What is kept of a run that reached its horizon.

    Attributes:
        key: Key of its task.
        outcomes: Outcomes at the end in the order of :data:`KEPT_OUTCOMES`; NaN where there is nothing to
            take one from.
        months: Months simulated.
        seconds: Processor time that it took; no part of the result proper.
        pilots: Rows of :data:`PILOT`, None unless they are to be kept.
        series: Monthly outcomes to be kept, shape (months, outcomes), None for none.
    """

    key: str
    outcomes: NDArray[np.float64]
    months: int
    seconds: float
    pilots: Table | None = None
    series: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class RunFailure:
    """Why there is no result of a run.

    Attributes:
        key: Key of its task.
        type: Name of the class of the error.
        message: What it says.
        traceback: Where it was raised, as text; empty where nobody saw it.
        seconds: Time by the clock until then; 0 where nobody saw it.
    """

    key: str
    type: str
    message: str
    traceback: str = ""
    seconds: float = 0.0


def run_key(seed: int, levers: Mapping[str, Value], interventions: Sequence[Intervention] = ()) -> str:
    """Return a name for a run that changes with whatever can change its result.

    Args:
        seed: Seed of the world.
        levers: All levers that differ from the defaults.
        interventions: Levers that change during the run, in order of month.

    Returns:
        32 hexadecimal digits: a hash of the model's code (which holds the defaults), the levers, the
        interventions and the seed.
    """
    changes = [[one.month, one.lever, one.value] for one in interventions]
    content = json.dumps([fingerprint(), seed, sorted(levers.items()), changes], allow_nan=False)
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def different(parameters: Parameters) -> dict[str, Value]:
    """Return the levers that differ from the defaults, in order of their names."""
    set_by_hand = {name: getattr(parameters, name) for name in sorted(parameters.model_fields_set)}
    return {name: value for name, value in set_by_hand.items() if value != LEVERS[name].default}


def simulate_task(task: Task, keep: Keep, time_limit: float = float("inf")) -> RunResult | RunFailure:
    """Simulate one run; whatever it raises becomes a record."""
    began, worked = time.perf_counter(), time.thread_time()
    try:
        model = CoCreationModel(Parameters.of(task.levers), rng=task.seed, interventions=task.interventions)
        _run_within(model, time_limit)
        return _result(task.key, model, keep, time.thread_time() - worked)
    except Exception as error:
        return failure(task, error, time.perf_counter() - began)


def failure(task: Task, error: BaseException, seconds: float = 0.0) -> RunFailure:
    """Return the record of a run that came to nothing.

    Args:
        task: The run.
        error: Why; its traceback is kept where it was raised.
        seconds: Time by the clock until then.
    """
    raised = "".join(traceback.format_exception(error)) if error.__traceback__ is not None else ""
    return RunFailure(task.key, type(error).__name__, str(error), raised, seconds)


def simulate_batch(batch: Batch) -> list[RunResult | RunFailure]:
    """Simulate all runs of a batch, in order."""
    return [simulate_task(task, batch.keep, batch.time_limit) for task in batch.tasks]


def _run_within(model: CoCreationModel, time_limit: float) -> None:
    if time_limit == float("inf"):
        model.run()
        return
    until = time.perf_counter() + time_limit
    while model.running:
        model.step()
        if time.perf_counter() > until:
            raise TimeLimitError(
                f"The run was stopped in month {model.month} after {time_limit:g} seconds: allow more time"
                " for one run, or choose a smaller world."
            )


def _result(key: str, model: CoCreationModel, keep: Keep, seconds: float) -> RunResult:
    outcomes = model.outcomes()
    regions = model.parameters.regions
    outcomes.update({name: outcomes[whole] / regions for name, whole in PER_REGION.items()})
    series = None
    if keep.series:
        series = np.stack([model.series[name] for name in keep.series], axis=1)
    return RunResult(
        key,
        np.array([outcomes[name] for name in KEPT_OUTCOMES]),
        model.month,
        seconds,
        pilot_rows(model) if keep.pilots else None,
        series,
    )


def pilot_rows(model: CoCreationModel) -> Table:
    """Return what is kept of the pilots of a model, as rows of :data:`PILOT`."""
    rows = model.initiative_rows
    rows = rows[rows["piloted"] >= 0]
    pilots = np.zeros(len(rows), PILOT)
    for name in PILOT_COLUMNS:
        pilots[name] = rows[name]
    pilots["election_phase"] = model.world.regions["election_phase"][rows["region"]]
    return pilots
