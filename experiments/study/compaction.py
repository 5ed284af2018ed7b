"""Compaction: many small parts become a few large ones."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from cocreate.experiments.study import journal
from cocreate.experiments.study.durable import written_whole
from cocreate.experiments.study.journal import FileEntry, Part
from cocreate.experiments.study.locks import MAIN
from cocreate.experiments.study.parts import TABLES
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.tables import SETTINGS, as_source, copy
from cocreate.experiments.study.writer import row_group

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LARGE = 100_000
"""Rows of a part that is left as it is."""

FRUGAL: dict[str, str | int] = {"memory_limit": "256MB", "threads": 1}
"""What compaction may use: it has no hurry, and the driver is to stay small."""


def compact(store: Store, session: str) -> None:
    """Put small parts together; those for which there is not enough memory stay as they are.

    The new part is entered while the old ones are still there, so that a crash at any moment loses nothing.
    Whoever holds the store later deletes the old ones, so that readers at work can end.

    Args:
        store: The store, held by the main driver.
        session: The session to enter.

    Raises:
        WriteError: Something cannot be written; the small parts are still there.
    """
    import duckdb  # noqa: PLC0415 - heavy

    with duckdb.connect(config={**SETTINGS, **FRUGAL}) as connection:
        for group in _groups(store.parts()):
            with suppress(duckdb.Error):  # small parts are as good, only slower to read
                _merge(store, group, session, connection)


def _groups(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Give small parts in groups that make a large one, groups of a single part left out."""
    group: list[Part] = []
    rows = 0
    for part in sorted(parts, key=lambda one: one.at):
        size = max(entry.rows for entry in part.files.values())
        if size >= LARGE:
            continue
        group.append(part)
        rows += size
        if rows >= LARGE:
            yield group
            group, rows = [], 0
    if len(group) > 1:
        yield group


def _merge(store: Store, group: Sequence[Part], session: str, connection: DuckDBPyConnection) -> None:
    name = f"{MAIN}-{store.next_number(MAIN):06d}"
    files = {}
    with ExitStack() as unless_whole:
        for table in TABLES:
            having = [part for part in group if table in part.files]
            if not having:
                continue
            path = store.path(table, name)
            source = as_source(store.path(table, part.name) for part in having)
            with written_whole(path) as draft:
                rows = copy(connection, f"SELECT * FROM {source}", draft, _kind(table))
            unless_whole.callback(path.unlink, missing_ok=True)
            files[table] = FileEntry.of(path, rows)
        unless_whole.pop_all()
    replaced = tuple(part.name for part in group)
    journal.enter(store.journal, MAIN, Part(name, session, time.time(), files, replaced))


def _kind(table: str) -> str:
    return f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {row_group(table)}"
