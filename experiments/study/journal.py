"""The journal: which files of a store hold results, one line of JSON for each part, only ever appended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cocreate.experiments.study.durable import append_line, flush_to_disk, is_json
from cocreate.experiments.study.store_errors import StoreError


@dataclass(frozen=True)
class FileEntry:
    """One file of a part, as it was written.

    Attributes:
        rows: Rows.
        bytes: Size.
        sha256: Hash of the content.
    """

    rows: int
    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path, rows: int) -> FileEntry:
        """Describe a file that is complete."""
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(rows, path.stat().st_size, digest)


@dataclass(frozen=True)
class Part:
    """Results that were written together: the end states of some runs, and what else was kept of them.

    Attributes:
        name: Name of its files, without ending.
        session: The session of the driver that wrote it.
        at: When it was written, in seconds since 1970.
        files: What is there, by table.
        replaces: Names of parts whose content it has taken over.
    """

    name: str
    session: str
    at: float
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    replaces: tuple[str, ...] = ()


def begin(folder: Path, driver: str) -> None:
    """Make the journal of a driver before its first part is written, so that one without was lost."""
    path = folder / f"{driver}.jsonl"
    if not path.exists():
        path.touch()
        flush_to_disk(folder)


def drivers(folder: Path) -> set[str]:
    """Return the names of all drivers that have a journal."""
    return {path.stem for path in folder.glob("*.jsonl")}


def enter(folder: Path, driver: str, part: Part) -> None:
    """Enter a part into the journal of a driver, for good.

    Raises:
        WriteError: The journal cannot be written.
    """
    append_line(folder / f"{driver}.jsonl", json.dumps(asdict(part)))


def entries(folder: Path) -> list[Part]:
    """Return all parts of all drivers, those replaced since included.

    Raises:
        StoreError: A line makes no sense, other than a last one that a crash tore.
    """
    return [part for path in sorted(folder.glob("*.jsonl")) for part in _entries_of(path)]


def live(parts: Iterable[Part]) -> list[Part]:
    """Return the parts whose content no other has taken over."""
    parts = list(parts)
    replaced = {name for part in parts for name in part.replaces}
    return [part for part in parts if part.name not in replaced]


def _entries_of(path: Path) -> list[Part]:
    parts = []
    *lines, last = path.read_bytes().split(b"\n")
    if is_json(last):  # otherwise torn by a crash while it was appended: its part was never entered
        lines.append(last)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            parts.append(_part(json.loads(line)))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise StoreError(
                f"Line {number} of {path} is no entry of a journal ({error}): it was changed, or a newer"
                " version of cocreate wrote it. Restore the file from a copy, or use that version. Without"
                " that line the store can be used, and the runs that it stands for are simulated again."
            ) from None
    return parts


def _part(content: Mapping[str, Any]) -> Part:
    files = {table: FileEntry(**entry) for table, entry in content["files"].items()}
    return Part(content["name"], content["session"], content["at"], files, tuple(content.get("replaces", ())))
