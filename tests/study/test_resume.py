"""Interruptions: whatever ends a driver, the next one goes on, and the rows are the same as without."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cocreate.experiments.study import journal
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.readers import read_results
from cocreate.experiments.study.records import StoredRecords
from cocreate.experiments.study.results import NOT_SIMULATED
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.store import PART_SECONDS, Store
from cocreate.experiments.study.store_errors import EditedStudyError, StoreBusyError, StudyStopped
from cocreate.experiments.study.study_folder import StudyFolder
from cocreate.experiments.study.summary import status
from tests.study.small import PATIENCE
from tests.study.store_worlds import Counting, small

pytestmark = pytest.mark.processes
ROOT = Path(__file__).parents[2]
REPLICATES = 40
HALF = 20
"""Parts of the study that are there when it is killed: about half of them."""


def rows_of(store: Store) -> int:
    """Return how many runs are stored."""
    entered = journal.entries(store.journal) if store.journal.is_dir() else []
    return sum(part.files["runs"].rows for part in journal.live(entered) if "runs" in part.files)


def begin(folder: Path) -> subprocess.Popen[bytes]:
    """Start a slow driver and wait until about half of its runs are stored."""
    script = Path(__file__).with_name("slow_driver.py")
    command = [sys.executable, str(script), str(folder), str(REPLICATES)]
    driver = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE)
    until = time.monotonic() + PATIENCE
    while rows_of(Store(folder)) < HALF:
        assert driver.poll() is None, driver.stderr and driver.stderr.read()
        assert time.monotonic() < until, "the driver is too slow"
        time.sleep(0.05)
    return driver


@pytest.mark.slow
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT])
def test_a_driver_that_is_killed_half_way_is_resumed_to_the_same_rows(
    tmp_path: Path, kill: signal.Signals
) -> None:
    driver = begin(tmp_path)
    busy = rf"process {driver.pid} on {socket.gethostname()}.*--shard"
    with pytest.raises(StoreBusyError, match=busy):  # two drivers on one store
        run_study(small(REPLICATES), tmp_path)
    driver.send_signal(kill)
    _, said = driver.communicate(timeout=PATIENCE)
    assert driver.returncode != 0
    assert (b"go on with 'cocreate study resume small" in said) == (kill == signal.SIGINT)
    there = rows_of(Store(tmp_path))
    assert HALF <= there < 2 * REPLICATES
    engine = Counting()
    resumed = run_study(small(REPLICATES), tmp_path, engine=engine)
    assert len(engine.tasks) == 2 * REPLICATES - there
    assert rows_hash(resumed) == rows_hash(run_study(small(REPLICATES)))


def test_an_interrupt_keeps_what_was_computed_and_says_how_to_go_on(tmp_path: Path) -> None:
    def stop(number: int) -> None:
        if number >= 5:
            raise KeyboardInterrupt

    stopped, rest = Counting(after=stop), Counting()
    with pytest.raises(StudyStopped, match="cocreate study resume small"):
        run_study(small(), tmp_path, engine=stopped)
    resumed = run_study(small(), tmp_path, engine=rest)
    assert len(stopped.tasks) + len(rest.tasks) == 12
    assert rows_hash(resumed) == rows_hash(run_study(small()))


def test_a_study_that_was_interrupted_while_it_grew_says_that_runs_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_study(small(3), tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("cocreate.experiments.study.session._place_cells", interrupt)
        with pytest.raises(KeyboardInterrupt):
            run_study(small(5), tmp_path, allow=Allow(expand=True))
    assert [one.missing for one in status(Store(tmp_path), "small").worlds] == [2, 2]
    assert read_results(tmp_path, "small").reasons.count(NOT_SIMULATED) == 4
    with pytest.raises(EditedStudyError, match=r"5 in the store .* where 4 of 10 runs are missing.* resume"):
        run_study(small(3), tmp_path)  # the file still says three
    assert [one.missing for one in status(Store(tmp_path), "small").worlds] == [2, 2]
    resumed = run_study(small(5), tmp_path)
    assert rows_hash(resumed) == rows_hash(run_study(small(5)))


def interrupt(*_: object) -> None:
    """Stop as from the keyboard."""
    raise KeyboardInterrupt


class Watching(Counting):
    """Waits after each batch until its runs are stored, which no further run helps along."""

    def __init__(self, store: Store) -> None:
        super().__init__(self._wait)
        self._store = store

    def _wait(self, number: int) -> None:
        until = time.monotonic() + PATIENCE
        while rows_of(self._store) < number:
            assert time.monotonic() < until, "a finished run is not written before the next one ends"
            time.sleep(0.02)


def test_a_finished_run_is_written_after_a_moment_however_long_the_next_one_takes(tmp_path: Path) -> None:
    store = Store(tmp_path, part_seconds=0.3)
    run_study(small(2), store, engine=Watching(store))
    assert store.part_seconds < PART_SECONDS <= 5


def test_an_engine_that_breaks_down_loses_nothing_computed(tmp_path: Path) -> None:
    def break_down(number: int) -> None:
        if number >= 5:
            raise ConnectionError("the cluster is gone")

    engine = Counting(after=break_down)
    with pytest.raises(ConnectionError, match="the cluster is gone"):
        run_study(small(), tmp_path, engine=engine)
    assert len(StoredRecords(Store(tmp_path), small())) == len(engine.tasks)
    (session,) = StudyFolder(Store(tmp_path), "small").sessions()
    assert session["ends"] == "failed"
    assert session["runs"] == {"there_before": 0, "simulated": len(engine.tasks), "failed": 0}


def test_who_looks_who_is_at_work_keeps_no_driver_from_beginning(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.held():
        pass
    with (tmp_path / "locks" / "main.lock").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)  # as status does for a moment
        late = threading.Timer(0.2, fcntl.flock, (file, fcntl.LOCK_UN))
        late.start()
        with store.held():
            late.join()


def test_a_share_and_the_whole_exclude_each_other_but_shares_do_not(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.held("shard-1-of-2"):
        with pytest.raises(StoreBusyError, match=f"shard-1-of-2: process {os.getpid()} on "), store.held():
            pass
        with pytest.raises(StoreBusyError, match="shard-1-of-2"), store.held("shard-1-of-2"):
            pass
        with store.held("shard-2-of-2"):
            assert [one.partition(":")[0] for one in store.drivers()] == ["shard-1-of-2", "shard-2-of-2"]
    busy = pytest.raises(StoreBusyError, match=rf"in use by process {os.getpid()}")
    with store.held(), busy, store.held("shard-2-of-2"):
        pass
    assert store.drivers() == []
