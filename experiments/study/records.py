"""Records of a study, read from a store when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.compiled import fingerprint
from cocreate.experiments.study.cells_file import cells_table, read_cells
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.study_folder import StudyFolder, study_names
from cocreate.experiments.study.tables import open_tables
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunFailure, RunResult


class StoredRecords(Mapping[str, RunResult | RunFailure]):
    """What a store knows of the runs of a study, by key.

    End states of all runs are held as one array; pilots and series are read only when the study keeps them. A
    run of which less is stored than that, by another study, has no record: it is still to be simulated.
    """

    def __init__(self, store: Store, study: Study) -> None:
        """Choose what to read; nothing is read yet.

        Args:
            store: The store.
            study: The study, planned there before.
        """
        self._store = store
        self._keep = study.keep
        self._cells = StudyFolder(store, study.name).cells

    def __getitem__(self, key: str) -> RunResult | RunFailure:
        """Return the record of a run."""
        row = self._rows.get(key)
        if row is None:
            return self._failures[key]
        months, seconds = self._times[row].tolist()
        pilots = self._pilots.get(key, np.zeros(0, PILOT)) if self._keep.pilots else None
        return RunResult(key, self._outcomes[row], int(months), seconds, pilots, self._series.get(key))

    def __iter__(self) -> Iterator[str]:
        """Give the keys of all records."""
        yield from self._rows
        yield from self._failures

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._rows) + len(self._failures)

    def runs(self, study: Study) -> tuple[tuple[str, int], ...]:
        """Return key and seed of every run of a study in its place, as they were stored.

        Args:
            study: The study; it may ask for other replicates than the stored one.
        """
        found = read_cells(self._cells, study)
        if None in found:  # of more replicates than were placed
            found = [
                one or (cell.task.key, cell.task.seed) for one, cell in zip(found, study.cells(), strict=True)
            ]
        return tuple(one for one in found if one)

    def environments(self) -> tuple[Mapping[str, Any], ...]:
        """Return on what runs of the present code were simulated in the store, each once, in order of time.

        Studies of a store share runs, so that the sessions of all of them count; one that simulated nothing
        does not.
        """
        sessions = [
            session
            for name in study_names(self._store)
            for session in StudyFolder(self._store, name).sessions()
            if session["environment"]["code"] == fingerprint()
            and session.get("runs", {}).get("simulated", True)
        ]
        found: list[Mapping[str, Any]] = []
        for session in sorted(sessions, key=lambda one: float(one["began"])):
            if session["environment"] not in found:
                found.append(session["environment"])
        return tuple(found)

    def _columns(self, query: str) -> dict[str, NDArray[Any]]:
        """Return the columns that a query gives for the runs of the study, missing numbers as NaN."""
        cells = cells_table(self._cells, ["key"])
        with open_tables(self._store, self._keep) as connection:
            connection.register("cells", cells)
            found = connection.sql(f"{query} SEMI JOIN cells USING (key)")
            table = found.to_arrow_table()
        return {
            name: table[name].to_numpy() if name != "values" else table[name].combine_chunks()
            for name in table.column_names
        }

    @cached_property
    def _ends(self) -> dict[str, NDArray[Any]]:
        names = ", ".join(("key", "months", "seconds", *KEPT_OUTCOMES))
        return self._columns(f"SELECT {names} FROM runs SEMI JOIN finished USING (key)")

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self._ends["key"].tolist())}

    @cached_property
    def _outcomes(self) -> NDArray[np.float64]:
        return np.column_stack([self._ends[name].astype(float) for name in KEPT_OUTCOMES])

    @cached_property
    def _times(self) -> NDArray[np.float64]:
        return np.column_stack([self._ends["months"], self._ends["seconds"]])

    @cached_property
    def _failures(self) -> dict[str, RunFailure]:
        found = self._columns("SELECT key, type, message, traceback, seconds FROM failures")
        rows = zip(*(column.tolist() for column in found.values()), strict=True)
        return {row[0]: RunFailure(*row) for row in rows}

    @cached_property
    def _pilots(self) -> dict[str, Table]:
        names = PILOT.names or ()
        found = self._columns(f"SELECT key, number, {', '.join(names)} FROM pilots")
        order = np.lexsort((found["number"], found["key"]))
        if not len(order):
            return {}
        rows = np.zeros(len(order), PILOT)
        for name in names:
            rows[name] = found[name][order]
        keys, starts = np.unique(found["key"][order].astype(str), return_index=True)
        return dict(zip(keys.tolist(), np.split(rows, starts[1:]), strict=True))

    @cached_property
    def _series(self) -> dict[str, NDArray[np.float64]]:
        if not self._keep.series:
            return {}
        found = self._columns("SELECT key, outcome, values FROM series")
        by_run: dict[str, dict[str, NDArray[np.float64]]] = {}
        for key, outcome, values in zip(found["key"], found["outcome"], found["values"], strict=True):
            by_run.setdefault(key, {})[outcome] = np.array(values.values)
        return {
            key: np.stack([series[name] for name in self._keep.series], axis=1)
            for key, series in by_run.items()
            if set(self._keep.series) <= set(series)
        }
