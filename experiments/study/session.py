"""Sessions: one driver at work on a study in a store, from its first look at what is there to its end."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cocreate.experiments.study.cells_file import placed_runs, writing_cells
from cocreate.experiments.study.compaction import compact
from cocreate.experiments.study.entering import Allow, check_whole, enter_study
from cocreate.experiments.study.interrupts import Interrupts
from cocreate.experiments.study.known import Keys, failed, finished
from cocreate.experiments.study.locks import MAIN
from cocreate.experiments.study.parts import Origin
from cocreate.experiments.study.progress import Tally
from cocreate.experiments.study.provenance import environment
from cocreate.experiments.study.shares import Shard
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import StudyStopped, WriteError
from cocreate.experiments.study.study_folder import StudyFolder
from cocreate.experiments.study.writer import Writer


@dataclass(frozen=True)
class Session:
    """A driver at work.

    Attributes:
        known: Runs that are not to be simulated: finished before, or failed and not to be tried again.
        writer: Takes the records.
        note: What is kept about the session, for JSON.
    """

    known: Keys
    writer: Writer
    note: dict[str, Any]


@contextmanager
def session(store: Store, study: Study, shard: Shard | None, allow: Allow) -> Iterator[Session]:
    """Hold a store while a study is simulated, and keep what there is to know about that.

    Args:
        store: The store, made if need be.
        study: The study.
        shard: The share of this driver; None for everything.
        allow: What may differ from before.

    Raises:
        StoreBusyError, EditedStudyError, DriftError, PartError, WriteError: See there.
        StudyStopped: Instead of an interrupt from the keyboard, after what had come in was written.
    """
    driver = MAIN if shard is None else f"shard-{shard[0]}-of-{shard[1]}"
    with store.held(driver):
        now = environment()
        folder = StudyFolder(store, study.name)
        changed = enter_study(store, study, now, allow)
        kept = study if changed else folder.study()
        known = finished(store, study.keep)
        if not changed and not allow.drift:  # under other code no run of the larger study is there
            check_whole(store, kept, study, known, set(failed(store, study.keep)))
        # a driver may have been stopped between keeping the study and placing its runs
        if changed or allow.drift or placed_runs(folder.cells) != kept.size:
            _place_cells(kept, folder)
        if not allow.retry:
            known.update(failed(store, study.keep))
        note = _begun(study, driver, now)
        folder.save_session(note)
        origin = Origin(note["session"], now["code"], study.keep.series)
        try:
            with _ends_noted(folder, note), Writer(store, driver, origin) as writer:
                yield Session(known, writer, note)
                if shard is None:
                    compact(store, note["session"])
        except KeyboardInterrupt:
            raise StudyStopped(how_to_go_on(store, study)) from None


@contextmanager
def _ends_noted(folder: StudyFolder, note: dict[str, Any]) -> Iterator[None]:
    """Note how a session ends."""
    ends = "failed"
    try:
        yield
        ends = "complete"
    except KeyboardInterrupt:
        ends = "stopped"
        raise
    finally:
        # the error that ended the session is the one to tell
        with suppress(WriteError), Interrupts(held=True):
            folder.save_session({**note, "ends": ends, "ended": time.time()})


def how_to_go_on(store: Store, study: Study) -> str:
    """Return what to do after an interrupt."""
    return (
        "Stopped. All runs that had come in are stored, and those under way are simulated again: go on with"
        f" 'cocreate study resume {study.name} --store {store.folder}'."
    )


def describe(tally: Tally) -> dict[str, Any]:
    """Return what a session has done, for its note."""
    return {
        "runs": {"there_before": tally.present, "simulated": tally.done, "failed": tally.failed},
        "wall_seconds": round(tally.seconds, 3),
        "processor_seconds": round(tally.processor_seconds, 3),
    }


def _place_cells(study: Study, folder: StudyFolder) -> None:
    with writing_cells(study, folder.cells) as file:
        for cell in study.cells():
            file.add(cell)


def _begun(study: Study, driver: str, now: dict[str, Any]) -> dict[str, Any]:
    moment = datetime.now(UTC)
    place = f"{socket.gethostname().partition('.')[0]}-{os.getpid()}"
    return {
        "session": f"{moment:%Y%m%dT%H%M%S.%f}-{driver}-{place}",
        "driver": driver,
        "study": study.fingerprint,
        "seed": study.seed,
        "replicates": study.replicates,
        "began": moment.timestamp(),
        "ends": "under way",
        "environment": now,
    }
