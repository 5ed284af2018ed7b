"""Interrupts: Ctrl-C and the end of a job's time lose no run that has come in, whenever they come."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.interrupts import Interrupts
from cocreate.experiments.study.progress import Tally
from cocreate.experiments.study.records import StoredRecords
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import StudyStopped, WriteError
from cocreate.experiments.study.study_folder import StudyFolder
from cocreate.experiments.study.writer import Writer
from tests.study.store_worlds import Counting, small


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Let Ctrl-C raise an error, as it does unless whoever runs the tests had it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt() -> None:
    """Press Ctrl-C, and let Python notice."""
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000):
        pass


def interrupt_while_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Press Ctrl-C whenever a file of runs is being written."""
    write = parquet.write_table

    def interrupted(table: Any, where: Path, **options: Any) -> None:
        if where.parent.name == "runs":
            interrupt()
        write(table, where, **options)

    monkeypatch.setattr(parquet, "write_table", interrupted)


def test_an_interrupt_while_the_last_runs_are_written_loses_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, rest = Counting(), Counting()
    with monkeypatch.context() as patch:
        interrupt_while_writing(patch)
        with pytest.raises(StudyStopped, match="All runs that had come in are stored"):
            run_study(small(), tmp_path, engine=engine)
    assert len(StoredRecords(Store(tmp_path), small())) == len(engine.tasks) == 12
    assert [one["ends"] for one in StudyFolder(Store(tmp_path), "small").sessions()] == ["stopped"]
    resumed = run_study(small(), tmp_path, engine=rest)
    assert rest.tasks == []
    assert rows_hash(resumed) == rows_hash(run_study(small()))


def test_a_second_interrupt_while_the_first_is_obeyed_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[int] = []

    def stop(tally: Tally) -> None:
        came[:] = [tally.done]
        if tally.done >= 5:
            interrupt()

    interrupt_while_writing(monkeypatch)
    with pytest.raises(StudyStopped, match="cocreate study resume small"):
        run_study(small(), tmp_path, progress=stop)
    assert len(StoredRecords(Store(tmp_path), small())) == came[0] >= 5


def test_an_interrupt_in_the_middle_of_a_batch_waits_until_all_its_runs_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, add = Counting(), Writer.add

    def interrupted(*arguments: Any) -> None:
        interrupt()
        add(*arguments)

    monkeypatch.setattr(Writer, "add", interrupted)
    with pytest.raises(StudyStopped):
        run_study(small(), tmp_path, engine=engine)
    assert len(StoredRecords(Store(tmp_path), small())) == len(engine.tasks) == 1


def test_an_interrupt_while_a_session_is_noted_down_waits_for_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = StudyFolder.save_session

    def interrupted(self: StudyFolder, session: dict[str, Any]) -> None:
        if "ends" in session and session["ends"] != "under way":
            interrupt()
        save(self, session)

    monkeypatch.setattr(StudyFolder, "save_session", interrupted)
    with pytest.raises(StudyStopped):
        run_study(small(1), tmp_path)
    assert [one["ends"] for one in StudyFolder(Store(tmp_path), "small").sessions()] == ["complete"]


def test_an_error_of_writing_is_told_rather_than_an_interrupt_that_came_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        interrupt()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet, "write_table", refuse)
    with pytest.raises(WriteError, match="No space left"):
        run_study(small(1), tmp_path)


def test_signals_that_end_a_process_at_once_are_left_alone() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with Interrupts(held=True):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
            assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_waited_is_obeyed_as_soon_as_signals_are_let_through() -> None:
    with Interrupts(held=True) as interrupts:
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupts.let_through()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
