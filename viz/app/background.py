"""Background work: what takes longer than a moment runs beside the page, which shows each step of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import solara

logger = logging.getLogger("cocreate.app")

_at_work: set[threading.Event] = set()
_crowd = threading.Lock()

PAUSE = 0.2
"""Seconds between two steps that are shown, so that the browser is not kept busy with drawing."""

AT_EASE = 4
"""Works at a time up to which each shows all its steps; the more there are, the fewer each shows, so that a
class does not keep the server busy with what is half done."""


@dataclass(frozen=True)
class Progress[T]:
    """What is known of some work.

    Attributes:
        key: What the value belongs to.
        value: The last step, None before the first one.
        stale: Whether the value belongs to what was asked for before, as new work has nothing to show yet.
        done: Whether no more steps follow.
        failed: Whether the work broke off; the log says why.
    """

    key: str = ""
    value: T | None = None
    stale: bool = False
    done: bool = False
    failed: bool = False


type Steps[T] = Callable[[Callable[[], bool]], Iterator[T]]
"""Work that gives its steps, and stops when the function it is handed says that nobody waits any more."""


def use_background[T](work: Steps[T], key: str) -> Progress[T]:
    """Run work in a thread and return how far it is; a new key stops the old work and starts anew.

    Args:
        work: The work.
        key: What it depends on.
    """
    progress, set_progress = solara.use_state(Progress[T]())

    def run() -> Callable[[], None]:
        gone = threading.Event()
        threading.Thread(target=_follow, args=(work, key, gone, set_progress), daemon=True).start()
        return gone.set

    solara.use_effect(run, [key])
    return replace(progress, stale=True, done=False, failed=False) if progress.key != key else progress


def _follow[T](work: Steps[T], key: str, gone: threading.Event, show: Callable[[Progress[T]], None]) -> None:
    found: Progress[T] = Progress(key)
    shown = 0.0
    with _crowd:
        _at_work.add(gone)
    try:
        for value in work(gone.is_set):
            if gone.is_set():
                return
            found = replace(found, value=value)
            if time.monotonic() - shown >= PAUSE * max(1, len(_at_work) / AT_EASE):
                show(found)
                shown = time.monotonic()
        found = replace(found, done=True)
    except Exception:
        logger.exception("Work for a page broke off")
        found = replace(found, done=True, failed=True)
    finally:
        with _crowd:
            _at_work.discard(gone)
    if not gone.is_set():
        show(found)
