"""The journal: which files of a store hold results, one line of JSON for each part, only ever appended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cocreate.experiments.study.durable import append_line
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


def enter(folder: Path, driver: str, part: Part) -> None:
    """Enter a part into the journal of a driver, for good.

    Raises:
        WriteError: The journal cannot be written.
    """
    append_line(folder / f"{driver}.jsonl", json.dumps(asdict(part)))


def entries(folder: Path) -> list[Part]:
    """Return all parts of all drivers, those replaced since included.

    Raises:
        StoreError: A line makes no sense that a crash cannot explain.
    """
    return [part for path in sorted(folder.glob("*.jsonl")) for part in _entries_of(path)]


def live(parts: Iterable[Part]) -> list[Part]:
    """Return the parts whose content no other has taken over."""
    parts = list(parts)
    replaced = {name for part in parts for name in part.replaces}
    return [part for part in parts if part.name not in replaced]


def _entries_of(path: Path) -> list[Part]:
    parts = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        content = _content(line)
        if content is None:  # torn by a crash while it was appended: its part was never entered
            continue
        try:
            parts.append(_part(content))
        except (KeyError, TypeError) as error:
            raise StoreError(
                f"Line {number} of {path} is no entry of a journal ({error}): it was changed, or a newer"
                " version of cocreate wrote it. Restore the file, or use that version."
            ) from None
    return parts


def _content(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _part(content: Mapping[str, Any]) -> Part:
    files = {table: FileEntry(**entry) for table, entry in content["files"].items()}
    return Part(content["name"], content["session"], content["at"], files, tuple(content.get("replaces", ())))
