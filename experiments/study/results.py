"""Results of a study, for analysis: runs in their places, as arrays and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.experiments.errors import nearest
from cocreate.experiments.study.conclude import known_outcome
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.provenance import environment
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunFailure, RunResult

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

NOT_SIMULATED = "not simulated"
"""Why a run has no result that nobody has simulated yet."""


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
        point: Number of the point of the design among those of its world, from 0 on.
        draw: Number of the draw of uncertain levers that it starts from, where the replicates of a study
            repeat draws; -1 where each replicate stands for itself.
    """

    number: int
    seed: int
    outcomes: Mapping[str, float]
    pilots: Table
    months: int
    failure: str = ""
    point: int = 0
    draw: int = -1

    @property
    def unit(self) -> int:
        """Number that it shares with all runs of its world that it is not independent of.

        Those of a replicate have one seed at all points of a design, and those of a draw are alike in it.
        """
        return self.number if self.draw < 0 else self.draw


@runtime_checkable
class Placed(Protocol):
    """Records that know under which keys the runs of a study were stored."""

    def runs(self, study: Study) -> tuple[tuple[str, int], ...]:
        """Return key and seed of every run of a study in its place."""
        ...

    def environments(self) -> tuple[Mapping[str, Any], ...]:
        """Return on what the runs were simulated."""
        ...


class Results:
    """All runs of a study.

    Runs are in the order of :meth:`~cocreate.experiments.study.spec.Study.cells`: worlds one after the
    other, in each all points of the design, at each all replicates.

    Attributes:
        study: The study.
    """

    def __init__(self, study: Study, records: Mapping[str, RunResult | RunFailure]) -> None:
        """Put records in their places.

        Args:
            study: The study.
            records: What is known of its runs by key. Runs without a record are missing.
        """
        self.study = study
        self._records = records

    def __repr__(self) -> str:
        """Say how many runs of which study there are."""
        missing = sum(key not in self._records for key, _ in self.runs)
        of = ", ".join(world.name for world in self.study.worlds)
        known = f"{len(self.runs) - missing} of {len(self.runs)} runs"
        return f"<Results of {self.study.name}: {known}, worlds {of}>"

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every run in its place, points in order and replicates within."""
        return tuple(self.study.cells())

    @cached_property
    def runs(self) -> tuple[tuple[str, int], ...]:
        """Key and seed of every run in its place: much smaller than :attr:`cells`.

        Those of a store are the ones under which it was written, even if the model's code has changed since.
        """
        if isinstance(self._records, Placed):
            return self._records.runs(self.study)
        return tuple((cell.task.key, cell.task.seed) for cell in self.study.cells())

    @cached_property
    def environments(self) -> tuple[Mapping[str, Any], ...]:
        """On what code, packages and machines the runs were simulated; this process for runs in memory."""
        stored = self._records.environments() if isinstance(self._records, Placed) else ()
        return stored or (environment(),)

    @cached_property
    def outcomes(self) -> NDArray[np.float64]:
        """Outcomes of every run, NaN for failures and missing runs; shape (runs, kept outcomes)."""
        table = np.full((len(self.runs), len(KEPT_OUTCOMES)), np.nan)
        for place, (key, _) in enumerate(self.runs):
            found = self._records.get(key)
            if isinstance(found, RunResult):
                table[place] = found.outcomes
        return table

    def values(self, world: str, outcome: str) -> NDArray[np.float64]:
        """Return an outcome of every run of a world in order; NaN for failures.

        Args:
            world: Name of the world. With a design of many points these follow one another.
            outcome: Name of an outcome.

        Returns:
            Shape (points * replicates,).

        Raises:
            StudyError: There is no such world or outcome.
        """
        column = KEPT_OUTCOMES.index(known_outcome(outcome))
        return self.outcomes[self._places(world), column].copy()

    def of(self, world: str) -> tuple[WorldRun, ...]:
        """Return the runs of a world in order, failures included.

        Raises:
            StudyError: There is no such world.
        """
        places = self._places(world)
        return tuple(self._run(place) for place in range(places.start, places.stop))

    def _places(self, world: str) -> slice:
        """Return which runs are those of a world."""
        names = [one.name for one in self.study.worlds]
        if world not in names:
            raise StudyError(
                f"There is no world {world!r}.{nearest(world, names)} The worlds are {', '.join(names)}."
            )
        runs = self.study.design.size * self.study.replicates
        first = names.index(world) * runs
        return slice(first, first + runs)

    def _run(self, place: int) -> WorldRun:
        key, seed = self.runs[place]
        of_point, number = divmod(place, self.study.replicates)
        point, draws = of_point % self.study.design.size, len(self.study.draws or ())
        draw = number % draws if 0 < draws < self.study.replicates else -1
        found = self._records.get(key)
        if not isinstance(found, RunResult):
            return WorldRun(number, seed, {}, np.zeros(0, PILOT), 0, _why(found), point, draw)
        outcomes = dict(zip(KEPT_OUTCOMES, found.outcomes.tolist(), strict=True))
        pilots = found.pilots if found.pilots is not None else np.zeros(0, PILOT)
        return WorldRun(number, seed, outcomes, pilots, found.months, point=point, draw=draw)

    @property
    def failures(self) -> tuple[WorldRun, ...]:
        """Runs that did not reach their horizon."""
        places = (place for place, why in enumerate(self.reasons) if why)
        return tuple(self._run(place) for place in places)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why each run has no result; empty for those that have one."""
        return tuple(_why(self._records.get(key)) for key, _ in self.runs)

    def _in_places(self) -> Iterator[RunResult | RunFailure | None]:
        return (self._records.get(key) for key, _ in self.runs)

    @cached_property
    def complete(self) -> int:
        """Replicates, from the first one on, of which every run has come to an end, failed ones included."""
        count = self.study.replicates
        missing = (place % count for place, found in enumerate(self._in_places()) if found is None)
        return min(missing, default=count)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a run: ``world``, ``point``, ``replicate``, ``seed``, ``failure``, factors, outcomes."""
        from cocreate.experiments.study.result_tables import run_frame  # noqa: PLC0415 - heavy

        return run_frame(self.study, [seed for _, seed in self.runs], self.reasons, self.outcomes)

    @cached_property
    def pilots(self) -> pd.DataFrame:
        """One row a pilot: ``world``, ``point``, ``replicate``, and what is kept of it.

        Raises:
            StudyError: The study does not keep pilots.
        """
        from cocreate.experiments.study.result_tables import pilot_frame  # noqa: PLC0415 - heavy

        return pilot_frame(self.study, self._in_places())

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a month: ``world``, ``point``, ``replicate``, ``month``, and the outcomes kept.

        Raises:
            StudyError: The study does not keep series.
        """
        from cocreate.experiments.study.result_tables import series_frame  # noqa: PLC0415 - heavy

        return series_frame(self.study, self._in_places())

    def to_xarray(self) -> xr.Dataset:
        """Return all outcomes with their units, over worlds, points of the design and replicates.

        Returns:
            A variable for each outcome, with dimensions ``world``, ``point`` and ``replicate``; factors are
            coordinates of ``point``, which is left out where the design varies nothing.
        """
        from cocreate.experiments.study.result_tables import dataset  # noqa: PLC0415 - heavy

        return dataset(self.study, self.outcomes)


def _why(found: RunResult | RunFailure | None) -> str:
    if found is None:
        return NOT_SIMULATED
    return "" if isinstance(found, RunResult) else f"{found.type}: {found.message}"
