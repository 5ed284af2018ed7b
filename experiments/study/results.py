"""Results of a study, for analysis: runs in their places, as arrays and as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, Batch, RunFailure, RunResult, Task

if TYPE_CHECKING:
    import pandas as pd

type Progress = Callable[[int, int], None]
"""Called with the runs that are done and all runs."""

BATCH = 8
"""Runs of a batch while nobody knows yet how long one takes."""


@dataclass(frozen=True, eq=False)
class WorldRun:
    """One run of a study, as survival curves and figures read it.

    Attributes:
        number: Number of the replicate.
        seed: Seed of the world.
        outcomes: Outcomes at the end by name; empty for a failure.
        pilots: Rows of :data:`~cocreate.experiments.study.tasks.PILOT`; none unless pilots were kept.
        months: Months simulated.
        failure: What went wrong, empty for a run that reached its horizon.
    """

    number: int
    seed: int
    outcomes: Mapping[str, float]
    pilots: Table
    months: int
    failure: str = ""


class Results:
    """All runs of a study."""

    def __init__(self, study: Study, records: Mapping[str, RunResult | RunFailure]) -> None:
        """Put records in their places.

        Args:
            study: The study.
            records: What is known of its runs by key. Runs without a record are missing.
        """
        self.study = study
        self._records = records

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every run in its place, points in order and replicates within."""
        return tuple(self.study.cells())

    def values(self, world: str, outcome: str) -> NDArray[np.float64]:
        """Return an outcome of every run of a world in order; NaN for failures.

        Args:
            world: Name of the world. With a design of many points these follow one another.
            outcome: Name of an outcome.
        """
        place = KEPT_OUTCOMES.index(outcome)
        found = [self._records.get(cell.task.key) for cell in self.cells if cell.point.world.name == world]
        return np.array([one.outcomes[place] if isinstance(one, RunResult) else np.nan for one in found])

    def of(self, world: str) -> tuple[WorldRun, ...]:
        """Return the runs of a world in order, failures included."""
        return tuple(self._run(cell) for cell in self.cells if cell.point.world.name == world)

    def _run(self, cell: Cell) -> WorldRun:
        found = self._records.get(cell.task.key)
        if not isinstance(found, RunResult):
            why = "not simulated" if found is None else f"{found.type}: {found.message}"
            return WorldRun(cell.replicate, cell.task.seed, {}, np.zeros(0, PILOT), 0, why)
        outcomes = dict(zip(KEPT_OUTCOMES, found.outcomes.tolist(), strict=True))
        pilots = found.pilots if found.pilots is not None else np.zeros(0, PILOT)
        return WorldRun(cell.replicate, cell.task.seed, outcomes, pilots, found.months)

    @property
    def failures(self) -> tuple[WorldRun, ...]:
        """Runs that did not reach their horizon."""
        return tuple(one for one in map(self._run, self.cells) if one.failure)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a run: ``world``, ``point``, ``replicate``, ``seed``, ``failure``, factors, outcomes."""
        import pandas as pd  # noqa: PLC0415 - heavy

        rows = []
        for cell, one in zip(self.cells, map(self._run, self.cells), strict=True):
            place = {"world": cell.point.world.name, "point": cell.point.number, "replicate": cell.replicate}
            rows.append(
                {**place, "seed": one.seed, "failure": one.failure, **cell.point.factors, **one.outcomes}
            )
        return pd.DataFrame(rows)


def run_in_memory(study: Study, engine: Engine | None = None, progress: Progress | None = None) -> Results:
    """Simulate a study and keep the results in memory only.

    Args:
        study: The study.
        engine: Who simulates; this process when None.
        progress: Called after each batch.
    """
    tasks = {cell.task.key: cell.task for cell in study.cells()}
    records: dict[str, RunResult | RunFailure] = {}
    for batch in (engine or InProcess()).records(_batches(study, tasks.values())):
        records.update({record.key: record for record in batch})
        if progress is not None:
            progress(len(records), len(tasks))
    return Results(study, records)


def _batches(study: Study, tasks: Iterable[Task]) -> Iterator[Batch]:
    waiting = list(tasks)
    for start in range(0, len(waiting), BATCH):
        yield Batch(tuple(waiting[start : start + BATCH]), study.keep, study.time_limit)
