"""Flights: batches on their way to workers and back, and who is to blame when one does not return."""

from __future__ import annotations

import pickle
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import Protocol, Self

from cocreate.experiments.study.engines.engine import Records
from cocreate.experiments.study.engines.worker import singles
from cocreate.experiments.study.tasks import Batch, failure

AHEAD = 3
"""Batches under way for each worker: one in work, and some that wait so that it never does."""


@dataclass(eq=False)
class Flight:
    """A batch on its way.

    Attributes:
        batch: The batch.
        lost: How often it, or the batch that it was part of, was under way when a worker was lost.
        alone: Whether nothing else may be under way, so that the blame is certain.
    """

    batch: Batch
    lost: int = 0
    alone: bool = False


class Blame(Enum):
    """Whether a flight brought down the worker that was lost."""

    NONE = auto()
    SHARED = auto()
    CERTAIN = auto()


@dataclass(frozen=True)
class Loss:
    """A flight did not return.

    Attributes:
        error: Why, as a run's record will tell it.
        blame: Whether it was this flight's fault.
    """

    error: Exception
    blame: Blame


type Landing = tuple[Flight, bytes | Loss]


class Crew(Protocol):
    """Workers, wherever they are, as flights need them."""

    def room(self) -> int:
        """Return how many flights may be under way."""
        ...

    def send(self, flight: Flight) -> None:
        """Send a flight on its way."""
        ...

    def landed(self) -> list[Landing]:
        """Wait until flights return or are lost, and give them."""
        ...

    def recall(self) -> None:
        """Give up all flights that are under way."""
        ...

    def close(self) -> None:
        """Give up all flights and let the workers go."""
        ...


class Flights:
    """All flights of one study: a few ahead of the workers, each run with exactly one record.

    When a worker is lost, the runs of its batch fly again one by one. Where it is not certain that a run
    that is lost again was at fault, it flies a last time with nothing else under way.
    """

    def __init__(self, crew: Crew, batches: Iterable[Batch]) -> None:
        """Take batches, without looking at them before there is room."""
        self._crew = crew
        self._batches = iter(batches)
        self._again: deque[Flight] = deque()
        self._suspects: deque[Flight] = deque()
        self._under_way = 0
        self._one_is_alone = False

    def records(self) -> Iterator[Records]:
        """Give records as they come."""
        while self._launch():
            for flight, answer in self._crew.landed():
                self._under_way -= 1
                self._one_is_alone = False
                records = pickle.loads(answer) if isinstance(answer, bytes) else self._settle(flight, answer)
                if records:
                    yield records

    def _launch(self) -> bool:
        """Fill the room there is; return whether anything is under way."""
        while not self._one_is_alone and self._under_way < self._crew.room():
            flight = self._next()
            if flight is None:
                break
            self._crew.send(flight)
            self._under_way += 1
            self._one_is_alone = flight.alone
        return self._under_way > 0

    def _next(self) -> Flight | None:
        if self._again:
            return self._again.popleft()
        if self._suspects:
            return None if self._under_way else self._suspects.popleft()
        batch = next(self._batches, None)
        return None if batch is None else Flight(batch)

    def _settle(self, flight: Flight, loss: Loss) -> Records:
        lost = flight.lost + 1
        if loss.blame is Blame.NONE:
            self._again.append(flight)
        elif lost == 1:
            self._again.extend(Flight(batch, lost) for batch in singles(flight.batch))
        elif flight.alone or loss.blame is Blame.CERTAIN:
            return [failure(flight.batch.tasks[0], loss.error)]
        else:
            self._suspects.append(Flight(flight.batch, lost, alone=True))
        return []


class CrewEngine(ABC):
    """An engine with workers that must be started and stopped."""

    _crew: Crew | None = None

    @abstractmethod
    def _start(self) -> Crew:
        """Start the workers."""

    def records(self, batches: Iterable[Batch]) -> Generator[Records]:
        """Simulate batches and give their records as they come; see :class:`Engine`."""
        kept = self._crew
        crew = kept or self._start()
        try:
            yield from Flights(crew, batches).records()
        finally:
            if kept is None:
                crew.close()
            else:
                crew.recall()

    def __enter__(self) -> Self:
        """Start the workers and keep them."""
        self._crew = self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Stop the workers."""
        if self._crew is not None:
            self._crew.close()
            self._crew = None
