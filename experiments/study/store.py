"""The store: a folder of finished runs that several studies share.

``runs/``, ``failures/``, ``pilots/`` and ``series/`` hold Parquet files, ``journal/`` says which of them
count, ``locks/`` who is writing, and ``studies/`` what was asked for. A file that the journal does not know
was never entered: it is put aside in ``unknown/``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import cocreate
from cocreate.experiments.study import journal
from cocreate.experiments.study.durable import UNFINISHED, explained, read_json, write_json
from cocreate.experiments.study.journal import FileEntry, Part
from cocreate.experiments.study.locks import MAIN, drivers_at_work, locked
from cocreate.experiments.study.parts import TABLES
from cocreate.experiments.study.store_errors import PartError, StoreError

LABEL = "store.json"
"""File that says that a folder is a store."""

FORMAT = 1
"""Version of the folder's layout."""

PART_ROWS = 4096
"""Runs that are written together at most."""

LATE_READERS = 60.0
"""Seconds that files stay which were put together, for readers that began before."""

UNKNOWN = "unknown"
"""Folder of files that no journal knows: a driver was killed before it entered them, or an entry was lost."""

PART_SECONDS = 5.0
"""Seconds that a finished run waits until it is written, about: what a killed driver loses at most, besides
the runs under way."""

ELSEWHERE = "Make room or allow writing there, or keep results in another place: choose another --store."
"""What to do where a store cannot be made."""


class Store:
    """A folder of finished runs.

    Attributes:
        folder: Where it is.
        part_rows: Runs that are written together at most.
        part_seconds: Seconds after which finished runs are written even if they are few.
    """

    def __init__(
        self, folder: Path | str, *, part_rows: int = PART_ROWS, part_seconds: float = PART_SECONDS
    ) -> None:
        self.folder = Path(folder)
        self.part_rows = part_rows
        self.part_seconds = part_seconds

    @property
    def studies(self) -> Path:
        """Folder of the studies."""
        return self.folder / "studies"

    @property
    def journal(self) -> Path:
        """Folder of the journals."""
        return self.folder / "journal"

    @property
    def locks(self) -> Path:
        """Folder of the locks."""
        return self.folder / "locks"

    def check(self) -> None:
        """Make sure that this is a store that can be read.

        Raises:
            StoreError: It is none, or a newer version made it.
        """
        label = self.folder / LABEL
        try:
            there = label.is_file()
        except OSError as error:
            raise StoreError(
                f"The store {self.folder} cannot be read: {error.strerror or error}. Allow reading there, or"
                " name another one with --store."
            ) from None
        if not there:
            raise StoreError(
                f"{self.folder} holds no store: name another one with --store, or begin one with"
                " 'cocreate study run'."
            )
        found = read_json(label)
        if not isinstance(found, dict):
            raise StoreError(f"{label} is not as it was written. Restore it from a copy.")
        if found.get("format") != FORMAT:
            raise StoreError(
                f"The store {self.folder} has format {found.get('format')} (made by cocreate"
                f" {found.get('cocreate')}); this is cocreate {cocreate.__version__}, which reads format"
                f" {FORMAT}: use that version, or another store (--store)."
            )

    def make(self) -> None:
        """Make the folder, unless it is a store already.

        Raises:
            StoreError: The folder holds something else, or a newer version's store.
            WriteError: It cannot be written.
        """
        with explained(self.folder.absolute().parent, ELSEWHERE):
            if not (self.folder / LABEL).exists():
                self._label()
        self.check()
        with explained(self.folder, ELSEWHERE):
            for name in (*TABLES, "studies", "journal", "locks"):
                (self.folder / name).mkdir(exist_ok=True)

    def _label(self) -> None:
        """Make an empty folder a store; another driver may do so at the same time."""
        label = self.folder / LABEL
        if self.folder.exists() and (not self.folder.is_dir() or any(map(_strange, self.folder.iterdir()))):
            if label.exists():  # made a moment ago
                return
            raise StoreError(
                f"{self.folder} holds something else than a store: name another folder with --store."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
        write_json(label, {"format": FORMAT, "cocreate": cocreate.__version__}, ELSEWHERE)

    @contextmanager
    def held(self, driver: str = MAIN) -> Iterator[None]:
        """Hold the store for writing, after clearing away what a killed driver left unfinished.

        Args:
            driver: :data:`~cocreate.experiments.study.locks.MAIN`, or the name of a share.

        Raises:
            StoreBusyError: Another driver is at work.
            PartError: A file is not as it was written.
            StoreError: A journal is lost or damaged; or see :meth:`make`.
            WriteError: See :meth:`make`.
        """
        self.make()
        with locked(self.locks, driver):
            with explained(self.folder):
                self._clear(driver)
                journal.begin(self.journal, driver)
            for part in self.parts():
                self.verify(part)
            with explained(self.folder):
                self._drop_replaced(driver)
            yield

    def drivers(self) -> list[str]:
        """Return who is writing now, in words."""
        return drivers_at_work(self.locks)

    def parts(self) -> list[Part]:
        """Return the parts that count: in the journal, not replaced, with all their files.

        A part of which somebody deleted a file no longer counts; its runs are simulated again.
        """
        found = self._complete()
        return found if found is not None else self._complete(deleted=True) or []

    def _complete(self, *, deleted: bool = False) -> list[Part] | None:
        parts = journal.live(journal.entries(self.journal))
        complete = [part for part in parts if all(path.exists() for path in self.paths(part).values())]
        # a driver may just have put parts together and entered that: then the journal is read again
        return complete if deleted or len(complete) == len(parts) else None

    def paths(self, part: Part) -> dict[str, Path]:
        """Return the files of a part by table."""
        return {table: self.path(table, part.name) for table in part.files}

    def path(self, table: str, name: str) -> Path:
        """Return where a table of a part is kept."""
        return self.folder / table / f"{name}.parquet"

    def verify(self, part: Part) -> None:
        """Make sure that the files of a part are as they were written.

        Raises:
            PartError: One is not; the message names it.
        """
        for table, path in self.paths(part).items():
            if FileEntry.of(path, part.files[table].rows) != part.files[table]:
                raise PartError(
                    f"{path} is not as it was written ({part.files[table].bytes} bytes then,"
                    f" {path.stat().st_size} now, or other content). Restore it from a copy; or delete it,"
                    " and 'cocreate study resume' simulates its runs again."
                )

    def next_number(self, driver: str) -> int:
        """Return the first number that no part of a driver has had."""
        names = {name for part in journal.entries(self.journal) for name in (part.name, *part.replaces)}
        taken = [name.rpartition("-") for name in names]
        return 1 + max((int(number) for whose, _, number in taken if whose == driver), default=0)

    def _clear(self, driver: str) -> None:
        """Clear away what a driver of this name left without entering it.

        Raises:
            StoreError: A journal is lost.
        """
        entered = journal.entries(self.journal)
        known = {name for part in entered for name in (part.name, *part.replaces)}
        unknown = [path for path in self._files_of(driver) if path.stem not in known]
        lost = {_driver_of(path) for path in unknown} - journal.drivers(self.journal)
        if lost:
            self._refuse(min(lost), unknown)
        for path in self.folder.rglob(f"*{UNFINISHED}") if driver == MAIN else ():
            path.unlink(missing_ok=True)
        for path in unknown:
            self._put_aside(path)

    def _drop_replaced(self, driver: str) -> None:
        """Delete files that were put together long enough ago for all readers to have ended."""
        into = {name: part for part in journal.entries(self.journal) for name in part.replaces}
        for path in self._files_of(driver):
            if path.stem in into and time.time() - into[path.stem].at >= LATE_READERS:
                part = into[path.stem]
                while part.name in into:
                    part = into[part.name]
                if all(other.exists() for other in self.paths(part).values()):
                    path.unlink(missing_ok=True)

    def _files_of(self, driver: str) -> list[Path]:
        """Return the Parquet files that a driver has written; for the main driver those of all."""
        closed = [path for table in TABLES for path in (self.folder / table).glob("*.parquet")]
        return [path for path in closed if driver == MAIN or _driver_of(path) == driver]

    def _refuse(self, driver: str, unknown: Sequence[Path]) -> NoReturn:
        number = sum(_driver_of(path) == driver for path in unknown)
        raise StoreError(
            f"{self.journal / driver}.jsonl is missing, which says that results in {self.folder} count (files"
            f" there whose names begin with {driver}-: {number:,}). Restore it from a copy; or make an empty"
            f" file of that name: then they are put aside in {self.folder / UNKNOWN}, and their runs are"
            " simulated again."
        )

    def _put_aside(self, path: Path) -> None:
        folder = self.folder / UNKNOWN / path.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        taken = sum(1 for _ in folder.glob(f"{path.stem}*"))
        path.replace(folder / (f"{path.stem}.{taken}{path.suffix}" if taken else path.name))


def _driver_of(path: Path) -> str:
    return path.stem.rpartition("-")[0]


def _strange(path: Path) -> bool:
    """Tell whether a file is none that a driver leaves that is just making a store."""
    return not (path.name.startswith(f"{LABEL}.") and path.name.endswith(UNFINISHED))
