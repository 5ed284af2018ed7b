"""A disk that is full or write-protected: a clear message, nothing stored is lost, and one can go on."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.readers import export
from cocreate.experiments.study.records import StoredRecords
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import WriteError
from tests.study.store_worlds import Counting, small

ROOT = Path(__file__).parents[2]

LIMITED = """
import resource, sys
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.store import Store
from tests.study.store_worlds import small
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
run_study(small(60), Store(sys.argv[1], part_rows=12))
"""
"""A study where no file may be larger than 30 kB, as on a disk with no more room."""


def fill_after(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writing fail half-way through a file, as on a full disk, after some parts."""
    write = parquet.write_table
    written: list[str] = []

    def write_or_fail(table: Any, where: Path, **options: Any) -> None:
        if where.parent.name == "runs":
            written.append(where.name)
        if len(written) > parts:
            where.write_bytes(b"PAR1 half of it")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(table, where, **options)

    monkeypatch.setattr(parquet, "write_table", write_or_fail)


def test_a_full_disk_stops_the_study_and_keeps_what_was_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path, part_rows=3)
    with monkeypatch.context() as patch:
        fill_after(2, patch)
        with pytest.raises(WriteError, match=r"No space left on device.*cocreate study resume"):
            run_study(small(), store)
    assert len(StoredRecords(store, small())) == 6
    assert not list(tmp_path.rglob("*.unfinished"))
    rest = Counting()
    resumed = run_study(small(), store, engine=rest)
    assert len(rest.tasks) == 6
    assert rows_hash(resumed) == rows_hash(run_study(small()))


@pytest.mark.slow
def test_small_parts_stay_when_there_is_no_room_to_put_them_together(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Cannot write in" in done.stderr
    assert "File too large" in done.stderr
    assert not list(tmp_path.rglob("*.unfinished"))
    assert len(Store(tmp_path).parts()) == 10
    engine = Counting()
    resumed = run_study(small(60), tmp_path, engine=engine)
    assert engine.tasks == []
    assert rows_hash(resumed) == rows_hash(run_study(small(60)))


def test_a_place_that_cannot_be_written_is_told_before_anything_is_simulated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "mkdir", refuse)
    engine = Counting()
    with pytest.raises(WriteError, match=r"Cannot write in .*Read-only file system"):
        run_study(small(), tmp_path / "store", engine=engine)
    assert engine.tasks == []


def test_an_error_is_told_where_not_even_the_draft_can_be_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_study(small(1), tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(parquet, "write_table", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(WriteError, match=r"Read-only file system.*go on with 'cocreate study resume'"):
        run_study(small(2, "larger"), tmp_path)


def test_a_file_can_have_as_long_a_name_as_the_file_system_allows(tmp_path: Path) -> None:
    run_study(small(1), tmp_path / "store")
    longest = tmp_path / f"{'ä' * 125}n.csv"  # 255 bytes
    assert export(Store(tmp_path / "store"), "small", longest) == 2
    assert longest.exists()
    with pytest.raises(WriteError, match=r"File name too long.*choose another name or folder"):
        export(Store(tmp_path / "store"), "small", tmp_path / f"{'n' * 252}.csv")


def test_where_a_store_cannot_be_made_another_place_is_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "study.toml").touch()
    with pytest.raises(WriteError, match=r"Not a directory.*choose another --store\.$"):
        run_study(small(), tmp_path / "study.toml" / "store")


def test_a_write_protected_store_can_still_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = rows_hash(run_study(small(2), tmp_path))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))

    for name in ("mkdir", "unlink", "write_text", "write_bytes", "rename", "replace"):
        monkeypatch.setattr(Path, name, refuse)
    from cocreate.experiments.study.readers import read_results  # noqa: PLC0415 - after the disk is protected

    assert rows_hash(read_results(tmp_path, "small")) == whole
