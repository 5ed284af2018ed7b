"""The writer: takes records of runs and leaves them in the store as closed, journalled parts."""

from __future__ import annotations

import itertools
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

from cocreate.experiments.study import journal
from cocreate.experiments.study.durable import written_whole
from cocreate.experiments.study.interrupts import Interrupts
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


WAKES = 5
"""How often the writer's own thread looks, while a record may wait, whether something has waited enough."""

SHORTEST_SLEEP = 0.02
"""Seconds between two looks at least."""


class Writer:
    """Writes records in parts, of a few seconds' work each.

    Within ``with``, a thread of its own writes what has waited enough: where runs take long, the next record
    may be hours away.
    """

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
        self._one_at_a_time = threading.RLock()
        self._over = threading.Event()
        self._clock = threading.Thread(target=self._keep_time, name="cocreate writer", daemon=True)
        self._begin()

    def __enter__(self) -> Self:
        """Begin to write what has waited enough."""
        self._clock.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Write no more, other than by :meth:`flush`."""
        with Interrupts(held=True):  # nothing may be written once the store is held no longer
            self._over.set()
            self._clock.join()

    def _begin(self) -> None:
        self._ended: list[Ended] = []
        self._failed: list[Failed] = []
        self._bytes = 0
        self._since = time.monotonic()

    def _keep_time(self) -> None:
        while not self._over.wait(max(self._store.part_seconds / WAKES, SHORTEST_SLEEP)):
            with suppress(Exception), self._one_at_a_time:  # nothing is forgotten: whoever comes next is told
                if self._waited_enough():
                    self.flush()

    def _waited_enough(self) -> bool:
        """Tell whether nothing was written for a while: then a record may stand for long work."""
        return time.monotonic() - self._since >= self._store.part_seconds

    def add(self, task: Task, record: RunResult | RunFailure) -> None:
        """Take a record; it is written with others when there are enough, or they have waited enough.

        Raises:
            WriteError: Writing fails. The record is written by the next :meth:`flush` that does not.
        """
        with self._one_at_a_time:
            if isinstance(record, RunResult):
                self._ended.append((task, record))
                arrays = (record.outcomes, record.pilots, record.series)
                self._bytes += sum(array.nbytes for array in arrays if array is not None)
            else:
                self._failed.append((task, record))
            rows = len(self._ended) + len(self._failed)
            if rows >= self._store.part_rows or self._bytes >= PART_BYTES or self._waited_enough():
                self.flush()

    def flush(self) -> None:
        """Write what has been taken.

        Raises:
            WriteError: Writing fails; nothing is forgotten.
        """
        with self._one_at_a_time:
            if self._ended or self._failed:
                self._write()

    def _write(self) -> None:
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
