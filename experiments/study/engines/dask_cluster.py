"""A Dask cluster that somebody started: its workers simulate, and may come and go meanwhile."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from cocreate.experiments.study.engines.engine import Simulate
from cocreate.experiments.study.engines.errors import ClusterError, NoWorkersError, OtherVersionError
from cocreate.experiments.study.engines.flights import AHEAD, Blame, CrewEngine, Flight, Landing, Loss
from cocreate.experiments.study.engines.versions import WAY_OUT, code_versions, differences
from cocreate.experiments.study.engines.worker import simulate_remotely
from cocreate.experiments.study.tasks import WorkerDiedError, simulate_batch

LOOK_EVERY = 2.0
"""Seconds between looks at which workers there are."""

PATIENCE = 300.0
"""Seconds to wait for a worker when there is none."""

FETCH_WITHIN = 5.0
"""Seconds within which a worker must hand over a result."""

CONNECT_WITHIN = 15.0
"""Seconds within which a scheduler must answer."""

ADDRESS = re.compile(r"((tcp|tls|ucxx?|wss?)://)?([^\s/:\[\]]+|\[[0-9A-Fa-f:.%]+\]):\d{1,5}|inproc://\S+")
"""Form of the address of a scheduler."""

log = logging.getLogger(__name__)


class DaskCluster(CrewEngine):
    """Simulates on an existing Dask cluster.

    Start one with ``dask scheduler`` and, wherever there are processors, ``dask worker ADDRESS --nthreads 1
    --nworkers N``. Workers may join, leave and die during a study. A run that kills its worker fails alone.
    """

    def __init__(
        self, address: str, *, patience: float = PATIENCE, simulate: Simulate = simulate_batch
    ) -> None:
        """Choose a cluster; it is connected to with the first batch.

        Args:
            address: Address of the scheduler, such as ``tcp://10.0.0.5:8786``.
            patience: Seconds to wait for a worker when there is none.
            simulate: Simulates a batch in a worker; a function that can be imported there.

        Raises:
            ClusterError: This is no address.
        """
        if not ADDRESS.fullmatch(address):  # Dask would try for long, and complain when it is collected
            raise ClusterError(
                f"{address!r} is no address of a Dask scheduler: it has the form tcp://HOST:PORT, such as"
                " tcp://10.0.0.5:8786. The scheduler prints it when it starts."
            )
        self._address = address
        self._patience = patience
        self._simulate = simulate

    @property
    def cores(self) -> int:
        """Runs that it simulates at once: the workers there are now, at least 1.

        Raises:
            ClusterError: Nobody answers at the address.
        """
        if isinstance(self._crew, DaskCrew):
            return max(1, self._crew.workers)
        client = connected(self._address)
        try:
            return max(1, len(client.nthreads()))
        finally:
            client.close()

    def _start(self) -> DaskCrew:
        return DaskCrew(connected(self._address), self._simulate, self._patience)


def connected(address: Any) -> Any:
    """Return a client of a scheduler.

    Args:
        address: Address of the scheduler, or a cluster.

    Raises:
        ClusterError: Nobody answers there.
    """
    import distributed  # noqa: PLC0415 - heavy

    client: Any = distributed.Client
    try:
        return client(address, timeout=CONNECT_WITHIN, set_as_default=False, name="cocreate")
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address} within {CONNECT_WITHIN:g} seconds. Start one with"
            " `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`; the scheduler prints its"
            " address when it starts, such as tcp://10.0.0.5:8786."
        ) from error


class DaskCrew:
    """The workers of a cluster, as flights need them.

    Attributes:
        workers: Workers when last looked at.
    """

    def __init__(self, client: Any, simulate: Simulate, patience: float) -> None:
        """Take over a client, and check that its workers have the code that this process has.

        Args:
            client: A connected client.
            simulate: Simulates a batch in a worker.
            patience: Seconds to wait for a worker when there is none.

        Raises:
            OtherVersionError: Some worker has other code.
        """
        self._client = client
        self._simulate = simulate
        self._patience = patience
        self._topic = f"cocreate-{uuid4().hex}"
        self._names = map(f"{self._topic}-{{}}".format, count())
        self._begun: dict[str, str] = {}
        self._flying: dict[str, tuple[Flight, Any]] = {}
        self._news: SimpleQueue[Any] = SimpleQueue()
        self._there_at = time.monotonic()
        self._told = False
        self._looked_at = float("-inf")
        self.workers = 0
        try:
            with answered():
                check_workers(client)
                self._client.subscribe_topic("all", self._hear)
                self._client.subscribe_topic(self._topic, self._hear)
            self._look()
        except BaseException:
            with leaving():
                client.close()
            raise

    def _hear(self, event: tuple[float, Any]) -> None:
        """Note that a worker is gone, or began with a batch; called by the client's own thread."""
        what = event[1]
        action = what.get("action") if isinstance(what, dict) else ""
        if action == "start" or (action == "remove-worker" and not what.get("expected")):
            self._news.put(what)

    def room(self) -> int:
        """Return how many flights may be under way."""
        return AHEAD * max(1, self.workers)

    def send(self, flight: Flight) -> None:
        """Send a flight on its way."""
        name = next(self._names)
        topic = self._topic if flight.lost else ""  # only a suspect needs to tell when it begins
        work = (self._simulate, flight.batch, code_versions(), topic, name)
        with answered():
            future = self._client.submit(simulate_remotely, *work, key=name, pure=False)
        self._flying[name] = flight, future
        future.add_done_callback(self._news.put)

    def landed(self) -> list[Landing]:
        """Wait until flights return or are lost, and give them."""
        while True:
            if time.monotonic() - self._looked_at > LOOK_EVERY:
                self._look()
            try:
                news = self._news.get(timeout=LOOK_EVERY)
            except Empty:
                continue
            if isinstance(news, dict) and news["action"] == "start":
                self._begun[news["name"]] = news["worker"]
            elif isinstance(news, dict):
                lost = self._lost(news)
                if lost:
                    return lost
            elif news.key in self._flying:
                return [self._answer(news)]

    def _lost(self, event: dict[str, Any]) -> list[Landing]:
        """Take back what a lost worker had, before others try it and are lost, too."""
        names = [name for name in event["processing-tasks"] if name in self._flying]
        if names:
            log.warning("Worker %s is gone; what it was doing is done by others.", event["worker"])
        self._cancel([self._flying[name][1] for name in names])
        landings: list[Landing] = [
            (self._flying[name][0], self._loss(name, event["worker"])) for name in names
        ]
        for name in names:
            self._forget(name)
        return landings

    def _loss(self, name: str, worker: str) -> Loss:
        """Say whether a flight is to blame for a lost worker.

        A batch may have waited there behind another, perhaps behind one that was taken back too late; so a
        suspect is to blame only if the worker told that it had begun with it.
        """
        flight, _ = self._flying[name]
        begun = self._begun.get(name) == worker
        suspected = Blame.CERTAIN if begun else Blame.NONE
        error = WorkerDiedError(
            "The worker died or was killed when it simulated this run, and so had the one before. The logs of"
            " the workers say more."
        )
        return Loss(error, suspected if flight.lost else Blame.SHARED)

    def _answer(self, future: Any) -> Landing:
        """Return what became of a flight."""
        name = future.key
        flight, _ = self._flying[name]
        loss = Loss(ClusterError("A result was lost with its worker."), Blame.NONE)
        if future.status == "error":
            loss = self._loss(name, _last_worker(future.exception()))
        elif future.status == "finished":
            try:
                answer: bytes = future.result(timeout=FETCH_WITHIN)
            except Exception as error:
                self._look()  # raises if the scheduler is gone, whatever Dask made of that
                if not isinstance(error, TimeoutError | CancelledError | OSError):
                    raise
            else:
                self._forget(name)
                return flight, answer
        else:
            self._look()
        self._cancel([future])
        self._forget(name)
        return flight, loss

    def _forget(self, name: str) -> None:
        del self._flying[name]
        self._begun.pop(name, None)

    def _look(self) -> None:
        """Count the workers; say so when there are none, and give up after a while."""
        now = self._looked_at = time.monotonic()
        with answered():
            self.workers = len(self._client.nthreads())
        if self.workers:
            self._there_at, self._told = now, False
            return
        if not self._told:
            self._told = True
            log.warning("The cluster has no workers; waiting %g seconds for one.", self._patience)
        if now - self._there_at > self._patience:
            raise NoWorkersError(
                f"The cluster has had no worker for {self._patience:g} seconds. Runs that have ended are not"
                " lost: start workers with `dask worker ADDRESS --nthreads 1`, or have your job queue start"
                " them, and go on."
            )

    def _cancel(self, futures: list[Any]) -> None:
        with answered():
            self._client.cancel(futures, force=True)

    def recall(self) -> None:
        """Give up all flights that are under way."""
        futures = [future for _, future in self._flying.values()]
        self._flying.clear()
        if futures and self._client.status == "running":
            with leaving():
                self._cancel(futures)

    def close(self) -> None:
        """Give up all flights and leave the cluster as it is."""
        self.recall()
        if self._client.status == "running":  # else the scheduler would try to tell that we left
            with leaving():
                self._client.unsubscribe_topic("all")
                self._client.unsubscribe_topic(self._topic)
        with leaving():
            self._client.close()


@contextmanager
def answered() -> Iterator[None]:
    """Expect answers of a scheduler.

    What Dask raises when a scheduler is gone depends on which of its threads is the first to notice.

    Raises:
        ClusterError: The scheduler is gone.
    """
    try:
        yield
    except ClusterError:
        raise
    except Exception as error:
        raise ClusterError(
            f"The scheduler does not answer any more: {error}. Start it and its workers again; runs that have"
            " ended are not lost."
        ) from error


@contextmanager
def leaving() -> Iterator[None]:
    """Tell a scheduler that we leave; if it is gone, that must not hide why we leave."""
    try:
        with answered():
            yield
    except ClusterError as error:
        log.debug("%s", error)


def check_workers(client: Any) -> None:
    """Refuse a cluster some of whose workers have other code.

    A worker that dies meanwhile is left out; the one that takes its place is checked with its first batch.

    Raises:
        OtherVersionError: Some worker has other code, or none.
    """
    from distributed.comm.core import CommClosedError  # noqa: PLC0415 - heavy

    expected = code_versions()
    for worker, theirs in client.run(code_versions, on_error="return").items():
        if isinstance(theirs, CommClosedError):
            continue
        if isinstance(theirs, BaseException):
            raise OtherVersionError(f"The worker {worker} cannot import cocreate ({theirs}). {WAY_OUT}")
        other = differences(expected, theirs)
        if other:
            raise OtherVersionError(f"The worker {worker} has other code: {other}. {WAY_OUT}")


def _last_worker(error: BaseException) -> str:
    """Return the address of the worker that a batch was lost with; raise what concerns all batches."""
    from distributed import KilledWorker  # noqa: PLC0415 - heavy

    if isinstance(error, KilledWorker):
        return str(error.last_worker.address)
    if isinstance(error, OtherVersionError):
        raise error
    raise ClusterError(f"A worker of the cluster cannot simulate: {type(error).__name__}: {error}") from error
