"""The store: what counts, what is cleared away, and what is refused with a way out."""

import errno
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection
from pyarrow import parquet

from cocreate.experiments.study import compaction, journal
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.readers import connect, read_frame, read_results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import (
    PartError,
    StoreError,
    StudyStopped,
    UnknownStudyError,
    WriteError,
)
from cocreate.experiments.study.summary import status
from cocreate.experiments.study.tables import copy
from cocreate.experiments.study.writer import ROW_GROUPS
from tests.study.store_worlds import Counting, small


def stopped_store(folder: Path) -> Store:
    """Return a store whose driver was interrupted, so that its parts are still small."""
    store = Store(folder, part_rows=2)

    def stop(number: int) -> None:
        if number >= 6:
            raise KeyboardInterrupt

    with pytest.raises(StudyStopped):
        run_study(small(), store, engine=Counting(after=stop))
    return store


def test_small_parts_are_put_together_when_a_study_ends_and_hold_the_same_rows(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    assert len(store.parts()) > 1
    finished = run_study(small(), store)
    (whole,) = store.parts()
    assert parquet.read_metadata(store.path("runs", whole.name)).num_rows == 12
    assert rows_hash(finished) == rows_hash(run_study(small()))


def test_parts_that_were_put_together_are_deleted_later_and_count_no_row_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stopped_store(tmp_path)
    run_study(small(), store)
    with connect(store, "small") as reader:
        run_study(small(7), store, allow=Allow(expand=True))  # puts together once more
        assert reader.sql("SELECT count(trust), count(*) FROM results").fetchall() == [(12, 12)]
    assert len(read_frame(store, "small")) == 14
    monkeypatch.setattr("cocreate.experiments.study.store.LATE_READERS", 0.0)
    run_study(small(7), store)
    assert [path.stem for path in (tmp_path / "runs").iterdir()] == [store.parts()[0].name]
    assert rows_hash(read_results(store, "small")) == rows_hash(run_study(small(7)))


def test_what_was_put_together_is_deleted_only_while_the_whole_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cocreate.experiments.study.store.LATE_READERS", 0.0)
    store = stopped_store(tmp_path)
    small_ones = {path.name for path in (tmp_path / "runs").iterdir()}
    run_study(small(), store)
    (whole,) = store.parts()
    path = store.path("runs", whole.name)
    content = path.read_bytes()
    path.write_bytes(content[:-9])
    with pytest.raises(PartError, match="is not as it was written"):
        run_study(small(), store)
    path.unlink()
    with store.held():
        assert small_ones < {path.name for path in (tmp_path / "runs").iterdir()} | {path.name}
    path.write_bytes(content)
    with store.held():
        assert [one.name for one in (tmp_path / "runs").iterdir()] == [path.name]


def test_parts_stay_small_where_there_is_no_memory_to_put_them_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stopped_store(tmp_path)

    def fail_for_series(connection: DuckDBPyConnection, query: str, path: Path, kind: str) -> int:
        if path.parent.name == "series":
            raise duckdb.OutOfMemoryException("failed to allocate")
        return copy(connection, query, path, kind)

    monkeypatch.setattr(compaction, "copy", fail_for_series)
    finished = run_study(small(), store)
    assert len(store.parts()) > 1
    assert {path.stem for path in (tmp_path / "runs").iterdir()} == {part.name for part in store.parts()}
    assert rows_hash(finished) == rows_hash(run_study(small()))


def test_few_rows_lie_together_where_each_holds_many_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ROW_GROUPS["series"] * 1200 * 8 < 32e6  # bytes, at the longest horizon
    store = stopped_store(tmp_path)
    kinds: dict[str, str] = {}

    def note(connection: DuckDBPyConnection, query: str, path: Path, kind: str) -> int:
        kinds[path.parent.name] = kind
        return copy(connection, query, path, kind)

    monkeypatch.setattr(compaction, "copy", note)
    run_study(small(), store)
    assert kinds["series"].endswith("ROW_GROUP_SIZE 2048")
    assert kinds["runs"].endswith("ROW_GROUP_SIZE 16384")


def test_files_that_vanish_while_they_are_read_are_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_study(small(2), tmp_path)
    verify, looked = Store.verify, []

    def vanish(self: Store, part: journal.Part) -> None:
        looked.append(part)
        if len(looked) == 1:
            raise FileNotFoundError(part.name)
        verify(self, part)

    monkeypatch.setattr(Store, "verify", vanish)
    assert len(read_frame(tmp_path, "small")) == 4
    monkeypatch.setattr(Store, "verify", lambda *_: (_ for _ in ()).throw(FileNotFoundError()))
    with pytest.raises(StoreError, match="vanish while they are read"):
        read_frame(tmp_path, "small")


def test_what_a_killed_driver_left_unfinished_is_ignored_and_put_aside(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    known = store.parts()[0].name
    closed = tmp_path / "runs" / "main-000999.parquet"  # renamed, but never entered into the journal
    closed.write_bytes((tmp_path / "runs" / f"{known}.parquet").read_bytes())
    draft = tmp_path / "runs" / "main-001000.parquet.1234.unfinished"
    draft.write_bytes(b"PAR1")
    with (tmp_path / "journal" / "main.jsonl").open("a") as file:
        file.write('{"name": "main-0009')  # torn while it was appended
    content = closed.read_bytes()
    finished = run_study(small(), store)
    assert not closed.exists()
    assert (tmp_path / "unknown" / "runs" / closed.name).read_bytes() == content
    assert not draft.exists()
    assert rows_hash(finished) == rows_hash(run_study(small()))
    closed.write_bytes(content)
    with store.held():  # a second one of that name does not replace the first
        assert len(list((tmp_path / "unknown" / "runs").iterdir())) == 2


@pytest.mark.parametrize("torn", ['{"name": "main-0009', "\0\0\0"])
def test_a_line_that_a_crash_tore_is_cut_off_by_the_next_driver(tmp_path: Path, torn: str) -> None:
    store = stopped_store(tmp_path)
    file = tmp_path / "journal" / "main.jsonl"
    before = file.read_text()
    file.write_text(before + torn)
    run_study(small(), store)
    after = file.read_text()
    assert after.startswith(before)
    assert all(json.loads(line) for line in after.splitlines())


def test_an_entry_that_lacks_only_its_end_of_line_counts(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    file = tmp_path / "journal" / "main.jsonl"
    file.write_text(file.read_text().rstrip("\n"))
    rest = Counting()
    resumed = run_study(small(), store, engine=rest)
    assert len(rest.tasks) < 12 - 4
    assert rows_hash(resumed) == rows_hash(run_study(small()))


@pytest.mark.parametrize("harm", ['{"name": "main-000001", "sess\n', "garbage\n", "[]\n", '{"files": 3}\n'])
def test_a_damaged_journal_is_refused_by_line_and_costs_no_results(tmp_path: Path, harm: str) -> None:
    store = stopped_store(tmp_path)
    file = tmp_path / "journal" / "main.jsonl"
    whole = file.read_text()
    _, rest = whole.split("\n", 1)
    file.write_text(harm + rest)
    before = sorted(tmp_path.glob("*/*.parquet"))
    with pytest.raises(StoreError, match=r"Line 1 of .*main.jsonl is no entry.*Restore the file"):
        run_study(small(), store)
    assert sorted(tmp_path.glob("*/*.parquet")) == before
    file.write_text(whole)
    assert rows_hash(run_study(small(), store)) == rows_hash(run_study(small()))


def test_a_lost_journal_is_refused_and_costs_no_results(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    file = tmp_path / "journal" / "main.jsonl"
    whole = file.read_bytes()
    before = {path.name: path.read_bytes() for path in (tmp_path / "runs").iterdir()}
    file.unlink()
    with pytest.raises(StoreError, match=r"main.jsonl is missing.*Restore it from a copy; or make an empty"):
        run_study(small(), store)
    assert {path.name: path.read_bytes() for path in (tmp_path / "runs").iterdir()} == before
    file.touch()
    assert rows_hash(run_study(small(), store)) == rows_hash(run_study(small()))
    aside = tmp_path / "unknown" / "runs"
    assert {path.name: path.read_bytes() for path in aside.iterdir()} == before
    file.write_bytes(whole)


def test_a_driver_killed_before_its_first_entry_stands_in_nobody_s_way(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.held():
        pass
    (tmp_path / "runs" / "main-000001.parquet").write_bytes(b"closed, but not entered")
    assert rows_hash(run_study(small(2), store)) == rows_hash(run_study(small(2)))


def test_a_new_part_is_never_called_like_one_that_was_replaced(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.held():
        journal.enter(
            store.journal, "main", journal.Part("main-000001", "", 0.0, {}, ("shard-1-of-2-000007",))
        )
        assert store.next_number("shard-1-of-2") == 8


def test_a_journal_that_somebody_changed_is_refused_by_line(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    with (tmp_path / "journal" / "main.jsonl").open("a") as file:
        file.write('{"name": "main-000009"}\n')
    with pytest.raises(StoreError, match=r"Line \d+ of .*main.jsonl"):
        store.parts()


@pytest.mark.parametrize("harm", ["truncated", "changed"])
def test_a_damaged_file_is_named_and_its_runs_are_simulated_again_once_it_is_deleted(
    tmp_path: Path, harm: str
) -> None:
    run_study(small(), tmp_path)
    damaged = next((tmp_path / "runs").iterdir())
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content if harm == "changed" else content[:-100])
    for use in (lambda: run_study(small(), tmp_path), lambda: read_frame(tmp_path, "small")):
        with pytest.raises(
            PartError, match=rf"{re.escape(str(damaged))} is not as it was written.*delete it"
        ):
            use()
    damaged.unlink()
    engine = Counting()
    mended = run_study(small(), tmp_path, engine=engine)
    assert len(engine.tasks) == 12
    assert rows_hash(mended) == rows_hash(run_study(small()))


def test_columns_of_a_newer_version_are_read_beside_older_files(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    older, newer = store.parts()[:2]
    there = sum(part.files["runs"].rows for part in store.parts())
    path = store.path("runs", newer.name)
    rows = parquet.read_table(path)
    parquet.write_table(rows.append_column("joy", pa.array([0.5] * rows.num_rows)), path)
    files = {**newer.files, "runs": journal.FileEntry.of(path, rows.num_rows)}
    entry = journal.Part(newer.name, newer.session, newer.at, files)
    journal_file = tmp_path / "journal" / "main.jsonl"
    kept = [line for line in journal_file.read_text().splitlines() if f'"{newer.name}"' not in line]
    journal_file.write_text("".join(f"{line}\n" for line in kept))
    journal.enter(store.journal, "main", entry)
    with connect(store, "small") as connection:
        found = connection.sql("SELECT joy, count(*) FROM runs GROUP BY joy ORDER BY joy").fetchall()
    assert found == [(0.5, rows.num_rows), (None, there - rows.num_rows)]
    finished = run_study(small(), store)  # which puts them together
    assert rows_hash(finished) == rows_hash(run_study(small()))
    assert older.name not in [part.name for part in store.parts()]
    (whole,) = store.parts()
    assert parquet.read_table(store.path("runs", whole.name))["joy"].null_count == 12 - rows.num_rows


def test_names_of_folders_may_hold_any_letter(tmp_path: Path) -> None:
    folder = tmp_path / "it's [a] *store*? é"
    stopped_store(folder)
    assert rows_hash(run_study(small(), folder)) == rows_hash(run_study(small()))


def test_a_large_part_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compaction, "LARGE", 12)
    run_study(small(), tmp_path)
    (first,) = Store(tmp_path).parts()
    run_study(small(8, "larger"), tmp_path)
    assert first.name in [part.name for part in Store(tmp_path).parts()]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(StoreError, match="holds something else"):
        run_study(small(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_store_that_is_just_being_made_is_no_other_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "store.json.1234abcd.unfinished").touch()  # a driver was killed, or is at work
    Store(tmp_path).make()
    Store(tmp_path).check()
    at_once = tmp_path / "at once"
    listed = Path.iterdir

    def made_meanwhile(folder: Path) -> Iterator[Path]:
        if folder == at_once:
            monkeypatch.setattr(Path, "iterdir", listed)
            Store(at_once).make()
        return listed(folder)

    at_once.mkdir()
    monkeypatch.setattr(Path, "iterdir", made_meanwhile)
    Store(at_once).make()
    Store(at_once).check()


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> bool:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(WriteError, match=r"Cannot write in .*Permission denied"):
        run_study(small(), tmp_path / "store")
    with pytest.raises(StoreError, match=r"cannot be read: Permission denied.*--store"):
        read_frame(tmp_path / "store", "small")


def test_a_label_that_holds_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.json").write_text("[]")
    with pytest.raises(StoreError, match=r"store.json is not as it was written. Restore it from a copy"):
        read_frame(tmp_path, "small")


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK])
def test_a_file_system_without_locks_is_refused_for_writing_and_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    run_study(small(1), tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(StoreError, match=rf"file system of {re.escape(str(tmp_path))} has no locks.*--store"):
        run_study(small(1), tmp_path)
    assert status(Store(tmp_path), "small").drivers == ()


def test_a_store_of_a_newer_version_is_refused_with_its_version(tmp_path: Path) -> None:
    run_study(small(1), tmp_path)
    (tmp_path / "store.json").write_text('{"format": 2, "cocreate": "9.1"}')
    newer = r"format 2 \(made by cocreate 9.1\)"
    with pytest.raises(StoreError, match=newer):
        run_study(small(1), tmp_path)
    with pytest.raises(StoreError, match=newer):
        read_results(tmp_path, "small")


def test_a_study_that_is_not_there_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    run_study(small(1), tmp_path)
    with pytest.raises(UnknownStudyError, match="Did you mean small"):
        read_results(tmp_path, "smal")
    with pytest.raises(StoreError, match="holds no store"):
        read_results(tmp_path / "elsewhere", "small")
