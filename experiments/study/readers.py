"""Readers: results of a study in a store, for SQL, for tables and for analysis."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate.agents.initiative import Inclusion, Mode, Reason, State
from cocreate.experiments.errors import nearest
from cocreate.experiments.study.cells_file import cells_table
from cocreate.experiments.study.durable import explained, written_whole
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.records import StoredRecords
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import UnknownStudyError, WriteError
from cocreate.experiments.study.study_folder import StudyFolder
from cocreate.experiments.study.tables import copy, open_tables
from cocreate.experiments.study.tasks import PILOT_COLUMNS
from cocreate.model.parameters import LEVERS

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

NOT_RESULTS = "key, seed, seconds, code, session, kept_pilots, kept_series"
"""Columns of runs that say how a result came to be."""

NAMES: dict[str, type[IntEnum]] = {"mode": Mode, "inclusion": Inclusion, "state": State, "reason": Reason}
"""Columns of pilots that hold codes, with the names of these."""

WHOLE = (
    "region", "proposed", "piloted", "became_structural", "finished", "sponsors", "legal_anchor",
)  # fmt: skip
"""Columns of pilots that hold whole numbers."""

ORDER = {
    "results": "point, replicate",
    "pilots": "point, replicate, number",
    "series": "point, replicate, month",
    "failures": "point, replicate",
}
"""What can be read as one table, and how its rows are ordered."""

OTHER_PLACE = "Make room or allow writing there, or choose another name or folder."
"""What to do where a file cannot be written."""


def views(monthly: Sequence[str]) -> dict[str, str]:
    """Return queries for what there is of a study: each row begins with the place of its run and its factors.

    Args:
        monthly: Outcomes that the study keeps month by month.
    """
    return {
        "results": "SELECT cells.*, failures.type || ': ' || failures.message AS failure,"
        f" coalesce(runs.seconds, failures.seconds) AS seconds, runs.* EXCLUDE ({NOT_RESULTS})"
        " FROM cells LEFT JOIN (FROM runs SEMI JOIN finished USING (key)) AS runs USING (key)"
        " LEFT JOIN failures USING (key)",
        "results_pilots": "SELECT cells.*, number, election_phase,"
        f" {', '.join(map(_pilot_column, PILOT_COLUMNS))} FROM pilots JOIN cells USING (key)"
        " SEMI JOIN finished USING (key)",
        "results_series": _months(monthly),
        "results_failures": "SELECT cells.*, failures.* EXCLUDE (key, seed) FROM failures"
        " JOIN cells USING (key)",
    }


def _pilot_column(name: str) -> str:
    """Return a column of pilots with names for its codes, and with a name that no factor has.

    >>> _pilot_column("region"), _pilot_column("result")
    ('CAST(pilots.region AS BIGINT) AS region', 'pilots.result AS result')
    >>> _pilot_column("inclusion")
    "['consulted', 'design', 'throughout'][CAST(pilots.inclusion AS BIGINT) + 1] AS pilot_inclusion"
    """
    column = f"pilots.{name}"
    if name in NAMES or name in WHOLE:
        column = f"CAST({column} AS BIGINT)"
    if name in NAMES:
        column = f"{[one.name.lower() for one in NAMES[name]]}[{column} + 1]"
    return f"{column} AS {f'pilot_{name}' if name in LEVERS else name}"


def _months(monthly: Sequence[str]) -> str:
    """Return a query for a row a month of each run, with a column for each outcome."""
    if not monthly:
        return "SELECT cells.*, CAST(NULL AS BIGINT) AS month FROM cells WHERE false"
    lists = ", ".join(f"any_value(values) FILTER (outcome = '{name}') AS {name}" for name in monthly)
    columns = ", ".join(f"unnest(kept.{name}) AS {name}" for name in monthly)
    return (
        f"SELECT cells.*, unnest(range(len(kept.{monthly[0]}))) AS month, {columns}"
        f" FROM (SELECT key, {lists} FROM series GROUP BY key) AS kept JOIN cells USING (key)"
        " SEMI JOIN finished USING (key)"
    )


def connect(store: Store | Path | str, study: str) -> DuckDBPyConnection:
    """Return a connection to the results of a study, for SQL.

    The view ``results`` has a row for each run, ``results_pilots`` for each pilot, ``results_series`` for
    each month of each run, from 0 on, and ``results_failures`` for each run that failed. All begin with the
    place of the run: ``key``, ``world``, ``point``, ``replicate``, ``seed`` and the factors of the design.
    Then come ``failure``, ``seconds``, ``months`` and every outcome; what the model knows of a pilot, codes
    by their names; ``month`` and the outcomes that were kept by month; or what went wrong. A run of which
    another study stored less than this one keeps is as empty as one that nobody has simulated. ``runs``,
    ``pilots``, ``series`` and ``failures`` hold the same as they were stored, for all studies of the store;
    ``finished`` has the keys of the runs of which all is there that this study keeps.

    Args:
        store: The store.
        study: Name of the study.

    Raises:
        StoreError: It is no store.
        PartError: A file is not as it was written.
        UnknownStudyError: The store does not hold the study, or it was stopped before its first run.
    """
    store = store if isinstance(store, Store) else Store(store)
    folder = StudyFolder(store, study)
    keep = folder.study().keep
    _check_begun(folder)
    cells = cells_table(folder.cells)
    connection = open_tables(store, keep)
    connection.register("cells", cells)
    for name, query in views(keep.series).items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
    return connection


def _check_begun(folder: StudyFolder) -> None:
    """Raise unless the runs of a study were placed."""
    if not folder.cells.exists():
        raise UnknownStudyError(
            f"The study {folder.name!r} was stopped before anything was simulated: 'cocreate study resume"
            f" {folder.name} --store {folder.store.folder}' begins it."
        )


def read_frame(store: Store | Path | str, study: str, what: str = "results") -> pd.DataFrame:
    """Return results as a table of pandas, points in order and replicates within.

    Args:
        store: The store.
        study: Name of the study.
        what: ``"results"``, ``"pilots"``, ``"series"`` or ``"failures"``, or the name of such a view; see
            :func:`connect`.

    Raises:
        StudyError: Something else is asked for, or something that the study does not keep.
    """
    what = _table_named(what)
    with connect(store, study) as connection:
        _check_kept(store, study, what)
        frame: pd.DataFrame = connection.sql(_ordered(what)).df()
    return frame


def _check_kept(store: Store | Path | str, study: str, what: str) -> None:
    """Raise unless a study keeps what is asked for."""
    store = store if isinstance(store, Store) else Store(store)
    keep = StudyFolder(store, study).study().keep
    entry = {"pilots": ("pilots = true", keep.pilots), "series": ('series = ["trust"]', keep.series)}
    if what in entry and not entry[what][1]:
        raise StudyError(
            f"The study {study!r} keeps no {what}: write {entry[what][0]} in [keep] of its file, give it"
            " another name, and run it."
        )


def _table_named(what: str) -> str:
    """Return the name of a table of results, from it or from the name of its view."""
    name = what.removeprefix("results_")
    if name not in ORDER:
        raise StudyError(
            f"There are no {what!r} to read.{nearest(what, [*ORDER])} There are {', '.join(ORDER)}."
        )
    return name


def _ordered(what: str) -> str:
    """Return a query for a table of results in its order."""
    view = what if what == "results" else f"results_{what}"
    return f"SELECT * FROM {view} ORDER BY {ORDER[what]}"


def read_results(store: Store | Path | str, study: str) -> Results:
    """Return the results of a study as analysis takes them.

    Raises:
        StoreError: It is no store.
        PartError: A file is not as it was written.
        UnknownStudyError: The store does not hold the study, or it was stopped before its first run.
    """
    store = store if isinstance(store, Store) else Store(store)
    folder = StudyFolder(store, study)
    asked = folder.study()
    _check_begun(folder)
    cells_table(folder.cells, ["key"])
    return Results(asked, StoredRecords(store, asked))


def export(store: Store, study: str, path: Path, what: str = "results", *, overwrite: bool = False) -> int:
    """Write results to a file, as one table.

    Args:
        store: The store.
        study: Name of the study.
        path: A file whose name ends in ``.csv`` or ``.parquet``.
        what: See :func:`read_frame`.
        overwrite: Whether a file that is there may be replaced.

    Returns:
        The rows written.

    Raises:
        StudyError: Another kind of file, or something is asked for that the study does not keep.
        WriteError: The file cannot be written, or there is one already.
    """
    kinds = {".csv": "FORMAT csv, HEADER", ".parquet": "FORMAT parquet, COMPRESSION zstd"}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise StudyError(f"{path} must end in .csv or .parquet, so that its kind is known.")
    what = _table_named(what)
    with explained(path.parent, OTHER_PLACE):
        _check_place(path, overwrite=overwrite)
    with connect(store, study) as connection:
        _check_kept(store, study, what)
        with written_whole(path, OTHER_PLACE) as draft:
            connection.execute("SET preserve_insertion_order = true")
            return copy(connection, _ordered(what), draft, kind)


def _check_place(path: Path, *, overwrite: bool) -> None:
    """Raise unless a file can be written there without losing another one."""
    if path.is_dir():
        raise WriteError(f"Cannot write {path}: it is a folder. Choose another name.")
    if not path.parent.is_dir():
        raise WriteError(
            f"Cannot write in {path.parent}: there is no such folder. Make it, or choose another."
        )
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise WriteError(f"Cannot write in {path.parent}: it is write-protected. Choose another folder.")
    if path.exists() and not overwrite:
        raise WriteError(f"{path} is there already: choose another name, or add --overwrite.")
