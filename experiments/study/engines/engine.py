"""What every engine does, and the simplest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from cocreate.experiments.study.tasks import Batch, RunFailure, RunResult, simulate_batch

type Records = list[RunResult | RunFailure]


class Engine(Protocol):
    """Simulates batches, in any order and place.

    Attributes:
        cores: Runs that it simulates at once.
    """

    cores: int

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate batches and give their records as they come, in any order.

        Batches are taken when workers have room, a few ahead, so that their size can follow the time they
        take. Each task of each batch gets exactly one record. Leaving the iterator early stops the work.
        """
        ...


class InProcess:
    """Simulates in this process, one run after the other: no isolation, and nothing to start."""

    cores = 1

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate one batch after the other."""
        for batch in batches:
            yield simulate_batch(batch)
