"""The journal of a search: a file of finished trials that one search at a time may write."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.objectives import SearchError

NAME = "policies"
"""Name of the search within its journal."""


class HeldLock:
    """A lock for optuna's journal that is held anyway, as long as :func:`open_journal` is open."""

    def acquire(self) -> bool:
        """Say that the lock is there."""
        return True

    def release(self) -> None:
        """Keep the lock."""


@contextmanager
def open_journal(optuna: Any, path: Path, directions: Sequence[str]) -> Iterator[Any]:
    """Give the journal in a file as a study of optuna, which holds finished trials only.

    The operating system frees the file when its process ends, however it ends. Windows has no such locks: two
    searches in one file are not noticed there.

    Args:
        optuna: The library.
        path: The file; begun when there is none.
        directions: ``maximize`` or ``minimize`` for each objective.

    Raises:
        SearchError: The file cannot be written, or another search uses it.
    """
    with _opened(path) as file:
        _lock(file, path)
        _drop_half_line(path)
        backend = load("optuna.storages.journal", "search")
        storage = backend.JournalStorage(backend.JournalFileBackend(str(path), lock_obj=HeldLock()))
        yield optuna.create_study(
            study_name=NAME, storage=storage, directions=list(directions), load_if_exists=True
        )


def _opened(path: Path) -> IO[bytes]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        raise SearchError(f"{path} cannot be written ({error.strerror}): choose another file.") from error


def _lock(file: IO[bytes], path: Path) -> None:
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SearchError(
            f"{path} is in use by another search: wait until it has ended, or choose another file."
        ) from None


def _drop_half_line(path: Path) -> None:
    """Cut off a line that a killed search did not finish: the next one would be glued to it."""
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        path.write_bytes(whole)
