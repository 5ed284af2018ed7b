"""The driver: takes a study through an engine into a store, and leaves out what is there already."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Protocol

from cocreate.experiments.study.batches import Batches
from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.interrupts import Interrupts
from cocreate.experiments.study.known import Keys
from cocreate.experiments.study.progress import Progress, Tally
from cocreate.experiments.study.records import StoredRecords
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.session import describe, session
from cocreate.experiments.study.shares import Shard, cells_of, checked_share
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.tasks import RunFailure, RunResult, Task


class Sink(Protocol):
    """Takes records."""

    def add(self, task: Task, record: RunResult | RunFailure) -> None:
        """Take a record."""
        ...

    def flush(self) -> None:
        """Keep for good what has been taken."""
        ...


class Memory:
    """Keeps records in memory.

    Attributes:
        records: The records by key.
    """

    def __init__(self) -> None:
        self.records: dict[str, RunResult | RunFailure] = {}

    def add(self, task: Task, record: RunResult | RunFailure) -> None:
        """Take a record."""
        self.records[task.key] = record

    def flush(self) -> None:
        """Do nothing."""


def run_study(
    study: Study,
    store: Store | Path | str | None = None,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
    shard: Shard | None = None,
    time_limit: float | None = None,
    allow: Allow = Allow(),  # noqa: B008 - it cannot be changed
) -> Results:
    """Simulate what is missing of a study, and return all its results.

    With a store, a finished run is never simulated again, whichever study asked for it, and whatever ends
    this process loses a few seconds of work at most.

    Args:
        study: The study.
        store: Folder to keep results in; None for memory only.
        engine: Who simulates; this process when None.
        progress: Called with a tally at the start and whenever records have come.
        shard: Simulate a share of the runs only, ``(1, 4)`` for the first of four. With a store, all
            shares can be simulated at once by drivers of their own.
        time_limit: Seconds that one run may take this time, in place of what the study says.
        allow: What may happen if the store holds the study already.

    Raises:
        StoreBusyError: Another driver is at work in the store.
        EditedStudyError: The store holds another study of this name.
        DriftError: The study was begun with other code, packages or another kind of machine.
        PartError: A file of the store is not as it was written.
        WriteError: The store cannot be written; what was stored is kept.
        StudyStopped: Interrupted from the keyboard, with all runs written that had come in.
        StudyError: The share is none.
    """
    engine = engine or InProcess()
    shard = None if shard is None else checked_share(shard)
    timed = study if time_limit is None else study.model_copy(update={"time_limit": time_limit})
    if store is None:
        memory, nothing = Memory(), Keys()
        _simulate(timed, shard, engine, memory, _tally(study, shard, nothing), nothing, progress)
        return Results(study, memory.records)
    store = store if isinstance(store, Store) else Store(store)
    with session(store, study, shard, allow) as begun:
        tally = _tally(study, shard, begun.known)
        try:
            _simulate(timed, shard, engine, begun.writer, tally, begun.known, progress)
        finally:
            begun.note.update(engine=type(engine).__name__, cores=tally.cores, **describe(tally))
    return Results(study, StoredRecords(store, study))


def run_in_memory(study: Study, engine: Engine | None = None, progress: Progress | None = None) -> Results:
    """Simulate a study and keep the results in memory only: :func:`run_study` without a store.

    Args:
        study: The study.
        engine: Who simulates; this process when None.
        progress: Called with a tally at the start and whenever records have come.
    """
    return run_study(study, engine=engine, progress=progress)


def _tally(study: Study, shard: Shard | None, known: Keys) -> Tally:
    """Count the runs of a study, cells that share one counted once, and those that are known."""
    seen = Keys()
    present = 0
    for cell in cells_of(study, shard):
        if cell.task.key not in seen:
            seen.add(cell.task.key)
            present += cell.task.key in known
    return Tally(len(seen), present)


def _simulate(
    study: Study,
    shard: Shard | None,
    engine: Engine,
    sink: Sink,
    tally: Tally,
    known: Keys,
    progress: Progress | None,
) -> None:
    tell = progress or (lambda _: None)
    tell(tally)
    missing = tally.total - tally.settled
    if not missing:
        return
    tasks = _tasks(cells_of(study, shard), known)
    tally.cores = engine.cores  # asked once, and only now: a cluster has to be there for the answer
    batches = Batches(tasks, study.keep, study.time_limit, number=missing, cores=tally.cores)
    stream = engine.records(batches)
    with Interrupts() as interrupts:
        try:
            for records in stream:
                interrupts.held = True  # what has come in is not to be lost
                for record in records:
                    sink.add(batches.ended(record), record)
                    tally.count(record)
                interrupts.let_through()
                tell(tally)
        finally:
            interrupts.held = True
            try:
                sink.flush()
            finally:
                interrupts.held = False
                if isinstance(stream, Generator):  # stop the workers now, not when it is collected
                    stream.close()


def _tasks(cells: Iterator[Cell], known: Keys) -> Iterator[Task]:
    """Give the tasks that are not known, each once."""
    for cell in cells:
        if cell.task.key not in known:
            known.add(cell.task.key)
            yield cell.task
