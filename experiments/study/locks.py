"""Locks: one driver in a store at a time, or several that each have a share of the runs.

The operating system gives a lock back when its process ends, however it ends, so that none is ever left
behind. Windows has no such locks; two drivers on one store are not noticed there.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from cocreate.experiments.study.durable import explained
from cocreate.experiments.study.store_errors import StoreBusyError, StoreError

MAIN = "main"
"""Name of the driver that has all runs of a study."""

NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""How file systems answer that have no locks."""

PATIENCE = 1.0
"""Seconds to try for a lock: who looks at which drivers are at work takes it for a moment, too."""

TRY_EVERY = 0.02
"""Seconds between two tries."""


class NoLocksError(StoreError):
    """The file system of a store has no locks."""


@contextmanager
def locked(folder: Path, driver: str) -> Iterator[None]:
    """Hold a store for a driver.

    Args:
        folder: Folder of the locks.
        driver: :data:`MAIN`, which excludes all others, or the name of a share, which excludes the same
            share and the main driver.

    Raises:
        StoreBusyError: Another driver is at work.
        NoLocksError: The file system has no locks.
        WriteError: The folder cannot be written.
    """
    with ExitStack() as held:
        files = {name: held.enter_context(_opened(folder / f"{name}.lock")) for name in {MAIN, driver}}
        until = time.monotonic() + PATIENCE
        if not _lock_by(until, files[MAIN], shared=driver != MAIN) or not _lock_by(until, files[driver]):
            raise StoreBusyError(_busy(folder))
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
        with explained(folder):
            files[driver].truncate(0)
            files[driver].write(json.dumps(note).encode())
        yield


def _lock_by(until: float, file: IO[bytes], *, shared: bool = False) -> bool:
    """Lock an open file until it is closed, trying until a moment; return whether that was possible."""
    while not _lock(file, shared=shared):
        if time.monotonic() >= until:
            return False
        time.sleep(TRY_EVERY)
    return True


def drivers_at_work(folder: Path) -> list[str]:
    """Return who holds a store now, in words, such as ``"process 12 on big since 10:40:00"``."""
    shares = [path for path in sorted(folder.glob("*.lock")) if path.stem != MAIN and _is_held(path)]
    main = folder / f"{MAIN}.lock"
    if shares or not (main.exists() and _is_held(main)):
        return [_in_words(path) for path in shares]
    return [_in_words(main)]


def _busy(folder: Path) -> str:
    who = "; ".join(drivers_at_work(folder)) or "another driver"
    return (
        f"The store {folder.parent} is in use by {who}. Wait until that has ended, stop it, or keep this"
        " study in another store (--store). Several drivers can share a study with --shard 1/N to N/N."
    )


def _in_words(path: Path) -> str:
    try:
        note = json.loads(path.read_text("utf-8"))
        words = f"process {note['pid']} on {note['host']} since {note['since']}"
    except (OSError, ValueError, KeyError):  # it is just being written
        return path.stem
    return words if path.stem == MAIN else f"{path.stem}: {words}"


def _is_held(path: Path) -> bool:
    with path.open("rb") as file, suppress(NoLocksError):
        return not _lock(file, shared=True)
    return False  # without locks there are no drivers


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with explained(path.parent):
        file = path.open("ab", buffering=0)  # nothing is left to be written when it is closed
    with file:
        yield file


def _lock(file: IO[bytes], *, shared: bool) -> bool:
    """Lock an open file until it is closed, and return whether that was possible."""
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        folder = Path(file.name).parent.parent
        raise NoLocksError(
            f"The file system of {folder} has no locks ({error.strerror}), which keep two drivers from"
            " writing there at once. Keep results in another place: choose another --store."
        ) from None
    return True


def _now() -> str:
    return datetime.now(UTC).isoformat(" ", "seconds")
