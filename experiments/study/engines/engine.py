"""What every engine does, and the simplest one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self

from cocreate.experiments.study.tasks import Batch, RunFailure, RunResult, simulate_batch

type Records = list[RunResult | RunFailure]

type Simulate = Callable[[Batch], Records]
"""Simulates a batch in a worker and gives one record for each task, in order."""


class Engine(Protocol):
    """Simulates batches, in any order and place.

    An engine is also a context manager. Within ``with``, workers are kept from one call of :meth:`records`
    to the next; without, each call starts and stops its own.
    """

    @property
    def cores(self) -> int:
        """Runs that it simulates at once."""
        ...

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate batches and give their records as they come, in any order.

        Batches are taken when workers have room, a few ahead, so that their size can follow the time they
        take. Each task of each batch gets exactly one record. Leaving the iterator early stops the work.
        """
        ...

    def __enter__(self) -> Self:
        """Start the workers and keep them."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Stop the workers."""
        ...


class InProcess:
    """Simulates in this process, one run after the other: no isolation, and nothing to start."""

    cores = 1

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate one batch after the other."""
        for batch in batches:
            yield simulate_batch(batch)

    def __enter__(self) -> Self:
        """Do nothing."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Do nothing."""
