"""Small studies, and engines that count, fail or break off where a test wants it."""

import time
from collections.abc import Callable, Iterable, Iterator

from cocreate.experiments.study.engines.engine import InProcess, Records
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Batch, Keep, RunFailure, RunResult, Task, simulate_batch
from cocreate.experiments.study.worlds import World

OPEN = World(name="open", levers={"sector_silo": 0.2})
CLOSED = World(name="closed", levers={"sector_silo": 0.9})
ALL_KEPT = Keep(pilots=True, series=("trust", "active"))


def small(replicates: int = 6, name: str = "small", keep: Keep = ALL_KEPT) -> Study:
    """Return a study of two tiny worlds."""
    levers = {"regions": 1, "horizon": 24, "proposal_rate": 1.0}
    return Study(name=name, worlds=(OPEN, CLOSED), levers=levers, replicates=replicates, keep=keep)


class Counting(InProcess):
    """Remembers the tasks that it was given, and can do something after each batch.

    Attributes:
        tasks: The tasks in order.
    """

    def __init__(self, after: Callable[[int], None] = lambda _: None) -> None:
        self.tasks: list[Task] = []
        self._after = after

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate one batch after the other."""
        for batch in batches:
            self.tasks.extend(batch.tasks)
            yield simulate_batch(batch)
            self._after(len(self.tasks))


class Failing(InProcess):
    """Lets runs fail whose seeds were marked."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self.seeds = set(seeds)

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate one batch after the other."""
        for batch in batches:
            yield [
                self._marked(record, task)
                for record, task in zip(simulate_batch(batch), batch.tasks, strict=True)
            ]

    def _marked(self, record: RunResult | RunFailure, task: Task) -> RunResult | RunFailure:
        if task.seed in self.seeds:
            return RunFailure(task.key, "ValueError", "it broke", "where it broke", 0.5)
        return record


class Slow(InProcess):
    """Takes its time over each run, so that a test can interrupt it half-way."""

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Simulate one batch after the other."""
        for batch in batches:
            time.sleep(0.03 * len(batch.tasks))
            yield simulate_batch(batch)
