"""The writer: takes records of runs and leaves them in the store as closed, journalled parts."""

from __future__ import annotations

import itertools
import time

from cocreate.experiments.study import journal
from cocreate.experiments.study.durable import written_whole
from cocreate.experiments.study.journal import FileEntry, Part
from cocreate.experiments.study.parts import Ended, Failed, Origin, tables_of
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.tasks import RunFailure, RunResult, Task

PART_BYTES = 64 * 2**20
"""Size of the arrays that are held in memory until they are written, at most."""

ROW_GROUP = 16_384
"""Rows that lie together in a file: few enough to skip some, enough to be read quickly."""

ROW_GROUPS = {"series": 2_048}
"""The same of tables whose rows are long: a row of ``series`` holds all months."""


def row_group(table: str) -> int:
    """Return how many rows of a table lie together in its files."""
    return ROW_GROUPS.get(table, ROW_GROUP)


class Writer:
    """Writes records in parts, of a few seconds' work each."""

    def __init__(self, store: Store, driver: str, origin: Origin) -> None:
        """Begin after the last part of this driver.

        Args:
            store: Where to; held by this driver.
            driver: Name of the driver, which the names of its parts begin with.
            origin: What is noted beside each record.
        """
        self._store = store
        self._driver = driver
        self._origin = origin
        self._numbers = itertools.count(store.next_number(driver))
        self._begin()

    def _begin(self) -> None:
        self._ended: list[Ended] = []
        self._failed: list[Failed] = []
        self._bytes = 0
        self._since = time.monotonic()

    def add(self, task: Task, record: RunResult | RunFailure) -> None:
        """Take a record; it is written with others when there are enough, or they have waited enough.

        Raises:
            WriteError: Writing fails. The record is written by the next :meth:`flush` that does not.
        """
        if not self._ended and not self._failed:
            self._since = time.monotonic()
        if isinstance(record, RunResult):
            self._ended.append((task, record))
            arrays = (record.outcomes, record.pilots, record.series)
            self._bytes += sum(array.nbytes for array in arrays if array is not None)
        else:
            self._failed.append((task, record))
        rows = len(self._ended) + len(self._failed)
        waited = time.monotonic() - self._since
        if rows >= self._store.part_rows or self._bytes >= PART_BYTES or waited >= self._store.part_seconds:
            self.flush()

    def flush(self) -> None:
        """Write what has been taken.

        Raises:
            WriteError: Writing fails; nothing is forgotten.
        """
        if not self._ended and not self._failed:
            return
        from pyarrow import parquet  # noqa: PLC0415 - heavy

        name = f"{self._driver}-{next(self._numbers):06d}"
        files = {}
        for table, rows in tables_of(self._ended, self._failed, self._origin).items():
            path = self._store.path(table, name)
            with written_whole(path) as draft:
                parquet.write_table(rows, draft, compression="zstd", row_group_size=row_group(table))
            files[table] = FileEntry.of(path, rows.num_rows)
        entry = Part(name, self._origin.session, time.time(), files)
        journal.enter(self._store.journal, self._driver, entry)
        self._begin()
