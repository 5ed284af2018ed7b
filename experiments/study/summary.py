"""What there is to tell of a study in a store: how far it is, and what failed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cocreate.experiments.study import journal
from cocreate.experiments.study.readers import connect
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.study_folder import StudyFolder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENDS = ("runs", "failures")
"""Tables with a row for each run that has come to an end."""

PROCESSOR_SECONDS = (
    "SELECT coalesce(sum(seconds), 0) FROM runs SEMI JOIN cells USING (key) SEMI JOIN finished USING (key)"
)
"""Query for the processor time of the finished runs of a study."""

LATELY = 60.0
"""Seconds over which the pace of drivers at work is measured."""


@dataclass(frozen=True)
class WorldCount:
    """How far a world is.

    Attributes:
        world: Name of the world.
        done: Cells with a result.
        failed: Cells whose run came to nothing.
        missing: Cells that are still to be simulated.
    """

    world: str
    done: int
    failed: int
    missing: int


@dataclass(frozen=True)
class FailureCount:
    """Failures of one kind in one world.

    Attributes:
        world: Name of the world.
        type: Class of the error.
        message: What one of them says.
        number: How many there are.
        seed: Seed of that one.
    """

    world: str
    type: str
    message: str
    number: int
    seed: int


@dataclass(frozen=True)
class Status:
    """How far a study is.

    Attributes:
        study: The study as the store holds it.
        worlds: Its worlds.
        failures: What failed, the most frequent first.
        drivers: Who is at work in the store, in words.
        per_second: Runs stored in a second lately; 0 when no driver is at work.
        processor_seconds: Processor time of its finished runs.
    """

    study: Study
    worlds: tuple[WorldCount, ...]
    failures: tuple[FailureCount, ...]
    drivers: tuple[str, ...]
    per_second: float
    processor_seconds: float


def status(store: Store, name: str) -> Status:
    """Return how far a study is.

    Raises:
        UnknownStudyError: The store does not hold it.
    """
    study = StudyFolder(store, name).study()
    drivers = tuple(store.drivers())
    with connect(store, name) as connection:
        return Status(
            study,
            _world_counts(connection, study),
            _failure_counts(connection),
            drivers,
            _pace(store) if drivers else 0.0,
            _one_number(connection, PROCESSOR_SECONDS),
        )


def _world_counts(connection: DuckDBPyConnection, study: Study) -> tuple[WorldCount, ...]:
    rows = connection.execute(
        """
        SELECT world, count(finished.key), count(failures.key)
        FROM cells LEFT JOIN finished USING (key)
        LEFT JOIN (SELECT key FROM failures) AS failures USING (key)
        GROUP BY world ORDER BY min(point)
        """
    ).fetchall()
    total = study.design.size * study.replicates
    return tuple(WorldCount(world, done, bad, total - done - bad) for world, done, bad in rows)


def _failure_counts(connection: DuckDBPyConnection) -> tuple[FailureCount, ...]:
    rows = connection.execute(
        "SELECT world, type, arg_min(message, replicate), count(*), arg_min(seed, replicate)"
        " FROM results_failures GROUP BY world, type ORDER BY count(*) DESC, world, type"
    ).fetchall()
    return tuple(FailureCount(*row) for row in rows)


def _pace(store: Store) -> float:
    now = time.time()
    written = [
        part for part in journal.entries(store.journal) if not part.replaces and part.at > now - LATELY
    ]
    rows = sum(entry.rows for part in written for name, entry in part.files.items() if name in ENDS)
    first = min((part.at for part in written), default=now)
    return rows / max(now - first, 1.0) if len(written) > 1 else 0.0


def _one_number(connection: DuckDBPyConnection, query: str) -> float:
    row = connection.execute(query).fetchone()
    return float(row[0]) if row else 0.0
