"""The store: what counts, what is cleared away, and what is refused with a way out."""

import re
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from cocreate.experiments.study import compaction, journal
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.readers import connect, read_frame, read_results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import PartError, StoreError, StudyStopped, UnknownStudyError
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
    assert len(store.parts()) == 1
    assert [path.stem for path in (tmp_path / "runs").iterdir()] == [store.parts()[0].name]
    assert rows_hash(finished) == rows_hash(run_study(small()))


def test_a_crash_between_putting_together_and_deleting_counts_no_row_twice(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "runs").iterdir()}
    run_study(small(), store)
    for name, content in before.items():
        (tmp_path / "runs" / name).write_bytes(content)
    assert len(read_frame(store, "small")) == 12
    run_study(small(), store)
    assert len(list((tmp_path / "runs").iterdir())) == 1


def test_what_a_killed_driver_left_unfinished_is_ignored_and_cleared_away(tmp_path: Path) -> None:
    store = stopped_store(tmp_path)
    known = store.parts()[0].name
    closed = tmp_path / "runs" / "main-000999.parquet"  # renamed, but never entered into the journal
    closed.write_bytes((tmp_path / "runs" / f"{known}.parquet").read_bytes())
    draft = tmp_path / "runs" / "main-001000.parquet.1234.unfinished"
    draft.write_bytes(b"PAR1")
    with (tmp_path / "journal" / "main.jsonl").open("a") as file:
        file.write('{"name": "main-0009')  # torn while it was appended
    finished = run_study(small(), store)
    assert not closed.exists()
    assert not draft.exists()
    assert rows_hash(finished) == rows_hash(run_study(small()))


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
    assert parquet.read_table(next((tmp_path / "runs").iterdir()))["joy"].null_count == 12 - rows.num_rows


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
