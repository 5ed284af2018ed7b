"""The pool: processes that simulate worlds, so that the server itself always has time to answer."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from cocreate.experiments.study.tasks import (
    Keep,
    RunFailure,
    RunResult,
    Task,
    WorkerDiedError,
    failure,
    simulate_task,
)
from cocreate.viz.app.errors import WorkersError
from cocreate.viz.app.state import shortened

if TYPE_CHECKING:
    from pebble import ProcessPool

WORKERS_NAME = "COCREATE_APP_WORKERS"
"""Environment variable with the number of processes; 0 simulates in the server itself."""

LONGEST = 60.0
"""Seconds that one world may take, waiting in line not counted."""

USUAL_MOST = 4
"""Processes that are started at most where nobody asks for more."""

MOST = 64
"""Processes that can be asked for; each takes the memory of a model and its compiled code."""

DIED = WorkerDiedError.__name__
"""Type of the failure of a world whose process died."""


def usual_workers() -> int:
    """Return the number of processes: what the environment asks for, or all cores but one, up to a limit.

    Raises:
        WorkersError: What the environment says is no number of processes.
    """
    wished = os.environ.get(WORKERS_NAME, "").strip()
    if not wished:
        return max(1, min(USUAL_MOST, (os.cpu_count() or 1) - 1))
    if wished in map(str, range(MOST + 1)):
        return int(wished)
    raise WorkersError(WORKERS_NAME, shortened(wished), MOST)


class WorldPool:
    """Processes that are started when first needed and replaced when one dies."""

    def __init__(self, workers: int | None = None) -> None:
        """Start nothing yet.

        Args:
            workers: Number of processes, 0 for none; the usual number when None.

        Raises:
            WorkersError: The environment is asked, and says what is no number of processes.
        """
        self.workers = usual_workers() if workers is None else workers
        self._pool: ProcessPool | None = None
        self._lock = threading.Lock()
        self._ready = threading.Event()

    def start(self) -> None:
        """Start the processes, and wait until one of them has loaded the model."""
        if self.workers:
            self._started().schedule(_load).result()
            self._ready.set()

    def simulate(self, task: Task, keep: Keep) -> Callable[[], RunResult | RunFailure]:
        """Put a world in line; as long as no process is ready, whoever waits for it simulates it.

        Args:
            task: The world.
            keep: What to keep of it.

        Returns:
            A function that waits for the result. Where a process died instead, it gives a failure of the
            type :data:`DIED`; the next world gets a new process.
        """
        if not self._ready.is_set():
            return lambda: simulate_task(task, keep, LONGEST)
        try:
            waiting = self._started().schedule(simulate_task, args=[task, keep], timeout=LONGEST)
        except RuntimeError as error:  # the processes ended between the two calls
            broken = _died(task, error)
            return lambda: broken

        def result() -> RunResult | RunFailure:
            try:
                found: RunResult | RunFailure = waiting.result()
            except (TimeoutError, CancelledError) as error:
                return failure(task, error)
            except Exception as error:  # what the run itself raises comes as a result
                return _died(task, error)
            return found

        return result

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            if self._pool is not None:
                self._pool.stop()  # type: ignore[no-untyped-call]
                self._pool.join()
                self._pool = None

    def _started(self) -> ProcessPool:
        from multiprocessing import get_context  # noqa: PLC0415 - heavy, as the next one

        from pebble import ProcessPool  # noqa: PLC0415

        with self._lock:
            if self._pool is not None and not self._pool.active:
                self._pool.join()  # ends those of its processes that are left
                self._pool = None
            if self._pool is None:
                self._pool = ProcessPool(self.workers, context=get_context("spawn"))
            return self._pool


def _died(task: Task, error: Exception) -> RunFailure:
    return failure(task, WorkerDiedError(f"The process that simulated it ended before it did: {error}"))


def _load() -> None:
    """Load the model in a process."""
    simulate_task(Task("", 1, {"regions": 1, "horizon": 1}), Keep())
