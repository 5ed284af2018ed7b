"""A pool of processes on this machine: a run that dies or hangs costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import time
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from queue import Empty, SimpleQueue
from typing import Any

from pebble import ProcessExpired, ProcessPool

from cocreate.experiments.study.engines.engine import Simulate
from cocreate.experiments.study.engines.errors import EngineError, PoolError
from cocreate.experiments.study.engines.flights import AHEAD, Blame, CrewEngine, Flight, Landing, Loss
from cocreate.experiments.study.engines.worker import (
    GRACE,
    longest,
    prepare,
    silently,
    simulate_packed,
    start_worker,
)
from cocreate.experiments.study.tasks import TimeLimitError, WorkerDiedError, simulate_batch
from cocreate.experiments.warm_up import warm_up

STARTS = 3
"""Pools started in a row without any result before giving up."""

LOOK_EVERY = 0.5
"""Seconds between looks at whether a worker is missing."""

SETTLED_AFTER = 2.0
"""Seconds that a missing worker may stay unexplained before all that was under way is sent again."""


class Pool(CrewEngine):
    """Simulates in several processes of this machine.

    Results do not depend on the number of workers. Scripts need the usual guard
    ``if __name__ == "__main__"`` around their main part, since workers are started afresh ("spawn").
    """

    def __init__(self, workers: int | None = None, *, simulate: Simulate = simulate_batch) -> None:
        """Choose the workers; they start with the first batch.

        Args:
            workers: Processes, at least 1; as many as there are processors when None.
            simulate: Simulates a batch in a worker; a function that can be imported.

        Raises:
            EngineError: Fewer than one worker.
        """
        if workers is not None and workers < 1:
            raise EngineError(f"workers must be a whole number of at least 1, but was given {workers}.")
        self._workers = workers or os.cpu_count() or 1
        self._simulate = simulate

    @property
    def cores(self) -> int:
        """Runs that it simulates at once."""
        return self._workers

    def _start(self) -> PoolCrew:
        return PoolCrew(self._workers, self._simulate)


class PoolCrew:
    """The processes of a pool, as flights need them."""

    def __init__(self, workers: int, simulate: Simulate) -> None:
        """Start the pool."""
        self._workers = workers
        self._simulate = simulate
        self._flying: dict[Future[bytes], Flight] = {}
        self._unsent: list[Flight] = []
        self._done: SimpleQueue[Future[bytes]] = SimpleQueue()
        self._starts = 0
        warm_up(silently)  # once, rather than by every worker
        self._start()

    def _start(self) -> None:
        # spawned rather than forked: compiled code with threads does not survive a fork everywhere
        context: Any = multiprocessing.get_context("spawn")
        self._pool: Any = ProcessPool(self._workers, initializer=start_worker, context=context)
        self._starts += 1
        self._watch = Watch()

    def room(self) -> int:
        """Return how many flights may be under way."""
        return AHEAD * self._workers

    def send(self, flight: Flight) -> None:
        """Send a flight on its way."""
        prepare(flight.batch)
        try:
            future: Future[bytes] = self._pool.schedule(
                simulate_packed, (self._simulate, flight.batch), timeout=longest(flight.batch)
            )
        except RuntimeError:  # the pool broke since it was last looked at
            self._unsent.append(flight)
            return
        self._flying[future] = flight
        future.add_done_callback(self._done.put)

    def landed(self) -> list[Landing]:
        """Wait until flights return or are lost, and give them."""
        while not self._unsent:
            try:
                landings = self._landing(self._done.get(timeout=LOOK_EVERY))
            except Empty:
                landings = self._overdue()
            if landings:
                return landings
        return self._all_lost(Loss(BrokenProcessPool(), Blame.NONE))

    def _landing(self, future: Future[bytes]) -> list[Landing]:
        flight = self._flying.pop(future, None)
        if flight is None:  # given up before
            return []
        error = future.exception()
        if error is None:
            self._starts = 0
            return [(flight, future.result())]
        if isinstance(error, BrokenProcessPool):
            self._unsent.append(flight)
            return []
        if isinstance(error, TimeoutError | ProcessExpired):
            self._watch.explained += 1
        return [(flight, Loss(_cause(error, flight), Blame.CERTAIN))]

    def _overdue(self) -> list[Landing]:
        if not self._pool.active:
            return self._all_lost(Loss(BrokenProcessPool(), Blame.NONE))
        if self._watch.somebody_is_missing():
            error = WorkerDiedError("A worker process ended without a word while it simulated this run.")
            return self._all_lost(Loss(error, Blame.SHARED))
        return []

    def _all_lost(self, loss: Loss) -> list[Landing]:
        lost: list[Landing] = [(flight, loss) for flight in (*self._flying.values(), *self._unsent)]
        self._flying.clear()
        self._unsent.clear()
        self._restart()
        return lost

    def _restart(self) -> None:
        self.close()
        if self._starts >= STARTS:
            raise PoolError(
                f"No worker process stayed alive in {STARTS} attempts; the lines above say what happened."
                ' A script that starts workers needs the guard `if __name__ == "__main__":` around its main'
                " part. `--workers 1` does without them."
            )
        self._start()

    def recall(self) -> None:
        """Give up all flights that are under way."""
        if self._flying:
            self.close()
            self._starts = 0
            self._start()

    def close(self) -> None:
        """Give up all flights and stop the processes."""
        self._flying.clear()
        self._pool.stop()
        self._pool.join()


class Watch:
    """Finds workers that are gone although the pool has not noticed.

    pebble takes no notice of a worker that ends with the exit code 0, or at the very moment it took a batch;
    what it was doing would then never end.

    Attributes:
        explained: Lost workers that the pool has told of.
    """

    def __init__(self) -> None:
        """Begin with no worker."""
        self.explained = 0
        self._seen: set[int] = set()
        self._missing_since = float("inf")

    def somebody_is_missing(self) -> bool:
        """Look at which processes are alive; return whether one has been missing for a while."""
        alive = {one.pid for one in multiprocessing.active_children() if one.name == "pebble_pool_worker"}
        self._seen |= {pid for pid in alive if pid is not None}
        if len(self._seen - alive) <= self.explained:
            self._missing_since = float("inf")
            return False
        self._missing_since = min(self._missing_since, time.monotonic())
        return time.monotonic() - self._missing_since > SETTLED_AFTER


def _cause(error: BaseException, flight: Flight) -> Exception:
    """Say why the pool lost a flight, as the record of its run will tell it."""
    if isinstance(error, TimeoutError):
        return TimeLimitError(
            f"The run hung within a month: its worker process was killed after {flight.batch.time_limit:g}"
            f" and another {GRACE:g} seconds."
        )
    if isinstance(error, ProcessExpired):
        how = error.exitcode
        died = f"was killed by signal {-how}" if how < 0 else f"ended with exit code {how}"
        return WorkerDiedError(f"The worker process {died} while it simulated this run.")
    return WorkerDiedError(f"The worker process could not be asked: {type(error).__name__}: {error}")
