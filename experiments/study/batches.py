"""Batches: runs that go to a worker together, as many as take a second."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from itertools import islice
from statistics import median

from cocreate.experiments.study.tasks import Batch, Keep, RunFailure, RunResult, Task

SECONDS = 1.0
"""What a batch is to take: long against sending it, short against waiting for the last one."""

LARGEST = 512
"""Runs of a batch at most."""

REMEMBERED = 64
"""Runs whose time is remembered; the median leaves out the first ones, which load the model."""


class Batches:
    """Hands out tasks in batches whose size follows the time that runs take.

    Attributes:
        under_way: Tasks that were handed out and have no record yet, by key.
    """

    def __init__(
        self, tasks: Iterator[Task], keep: Keep, time_limit: float, *, number: int, cores: int
    ) -> None:
        """Begin with single runs, as long as nobody knows how long one takes.

        Args:
            tasks: The tasks, taken when they are needed.
            keep: What to keep of each run.
            time_limit: Seconds that one run may take.
            number: How many tasks there are, so that the last batches are small and end together.
            cores: Runs that are simulated at once.
        """
        self.under_way: dict[str, Task] = {}
        self._tasks = tasks
        self._keep = keep
        self._time_limit = time_limit
        self._left = number
        self._cores = cores
        self._seconds: deque[float] = deque(maxlen=REMEMBERED)

    def __iter__(self) -> Iterator[Batch]:
        """Give batches until no task is left."""
        while batch := tuple(islice(self._tasks, self.size)):
            self.under_way.update((task.key, task) for task in batch)
            self._left -= len(batch)
            yield Batch(batch, self._keep, self._time_limit)

    @property
    def size(self) -> int:
        """Tasks of the next batch."""
        if not self._seconds:
            return 1
        by_time = SECONDS / max(median(self._seconds), SECONDS / LARGEST)
        by_share = math.ceil(self._left / (2 * self._cores))
        return max(1, min(round(by_time), by_share))

    def ended(self, record: RunResult | RunFailure) -> Task:
        """Take note of a record and return its task."""
        if record.seconds > 0:
            self._seconds.append(record.seconds)
        return self.under_way.pop(record.key)
