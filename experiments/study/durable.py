"""Durable files: written whole, on the disk before anything relies on them, or not there at all."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from cocreate.experiments.study.store_errors import StoreError, WriteError

UNFINISHED = ".unfinished"
"""How the names of files end that are still being written."""

KEPT_LETTERS = 24
"""Letters of a file's name that its draft keeps: with the rest, few enough for any file system."""

GO_ON = (
    "What was stored before is kept. Make room or allow writing there, then go on with"
    " 'cocreate study resume'."
)
"""What to do about a store that cannot be written any more."""


@contextmanager
def written_whole(path: Path, way_out: str = GO_ON) -> Iterator[Path]:
    """Give a temporary file to write, which takes its place once it is safely on the disk.

    Args:
        path: The file to make or replace, in an existing folder.
        way_out: What to do when it cannot be written, as a sentence.

    Raises:
        WriteError: It cannot be written; nothing half-written is left.
    """
    draft = path.with_name(f"{path.name[:KEPT_LETTERS]}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with explained(path.parent, way_out):
            yield draft
            flush_to_disk(draft)
            draft.replace(path)
            flush_to_disk(path.parent)
    finally:
        with suppress(OSError):  # on a disk that takes no change; the error of writing is the one to tell
            draft.unlink(missing_ok=True)


@contextmanager
def explained(folder: Path, way_out: str = GO_ON) -> Iterator[None]:
    """Tell errors of writing in a folder in words.

    Args:
        folder: The folder.
        way_out: What to do about it, as a sentence.

    Raises:
        WriteError: Instead of any other :class:`OSError`.
    """
    try:
        yield
    except StoreError:
        raise
    except OSError as error:
        raise WriteError(f"Cannot write in {folder}: {error.strerror or error}. {way_out}") from None


def flush_to_disk(path: Path) -> None:
    """Make sure that a file, or the names in a folder, survive a crash of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def append_line(path: Path, line: str) -> None:
    """Append a line of JSON to a file for good; a line that was torn by a crash before is cut off first.

    Raises:
        WriteError: It cannot be written.
    """
    with explained(path.parent), path.open("ab+") as file:
        torn = _torn(file)
        if is_json(torn):  # whole but for its end
            line = f"\n{line}"
        elif torn:
            file.truncate(file.seek(0, os.SEEK_END) - len(torn))
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def _torn(file: IO[bytes]) -> bytes:
    """Return what follows the last end of a line in a file."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - 1, 0))
    if file.read(1) in {b"", b"\n"}:
        return b""
    file.seek(0)
    return file.read().rpartition(b"\n")[2]


def is_json(text: bytes) -> bool:
    """Tell whether a text is JSON.

    >>> is_json(b'{"rows": 1}'), is_json(b'{"rows": ')
    (True, False)
    """
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def write_json(path: Path, content: Any, way_out: str = GO_ON) -> None:
    """Write a file of JSON, whole or not at all.

    Args:
        path: The file.
        content: What to write.
        way_out: What to do when it cannot be written, as a sentence.

    Raises:
        WriteError: It cannot be written.
    """
    text = json.dumps(content, indent=2, ensure_ascii=False)
    with written_whole(path, way_out) as draft:
        draft.write_text(text + "\n", "utf-8")


def read_json(path: Path) -> Any:
    """Read a file of JSON.

    Raises:
        StoreError: It is not in order.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: {error}. Restore it from a copy.") from None
