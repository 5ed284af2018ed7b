"""Batches: their size follows the time that runs take, and the last ones are small."""

from collections.abc import Iterator

import pytest

from cocreate.experiments.study.batches import LARGEST, SECONDS, Batches
from cocreate.experiments.study.tasks import Keep, RunFailure, Task


def tasks(number: int) -> Iterator[Task]:
    """Give tasks that nobody simulates."""
    return (Task(f"{place:032x}", place, {}) for place in range(number))


def sizes(number: int, seconds: float, cores: int = 2) -> list[int]:
    """Return the sizes of all batches when every run takes as long."""
    batches = Batches(tasks(number), Keep(), float("inf"), number=number, cores=cores)
    found = []
    for batch in batches:
        found.append(len(batch.tasks))
        for task in batch.tasks:
            batches.ended(RunFailure(task.key, "", "", seconds=seconds))
    assert not batches.under_way
    return found


@pytest.mark.parametrize(("seconds", "usual"), [(SECONDS / 8, 8), (5.0, 1), (1e-9, LARGEST)])
def test_a_batch_takes_a_fifth_of_a_second_whatever_a_run_takes(seconds: float, usual: int) -> None:
    found = sizes(20_000, seconds)
    assert found[0] == 1
    assert found[1] == usual
    assert sum(found) == 20_000


def test_the_last_batches_are_small_so_that_workers_end_together() -> None:
    found = sizes(200, SECONDS / 100)
    assert found[1:4] == [50, 38, 28]
    assert found[-1] == 1


def test_the_first_run_which_loads_the_model_does_not_set_the_pace() -> None:
    batches = Batches(tasks(1000), Keep(), float("inf"), number=1000, cores=1)
    handed_out = iter(batches)
    for seconds in (30.0, SECONDS / 10, SECONDS / 10):
        (task,) = next(handed_out).tasks
        batches.ended(RunFailure(task.key, "", "", seconds=seconds))
    assert batches.size == 10


def test_tasks_are_taken_when_they_are_needed() -> None:
    taken: list[int] = []

    def watched() -> Iterator[Task]:
        for task in tasks(100):
            taken.append(task.seed)
            yield task

    handed_out = iter(Batches(watched(), Keep(), 1.0, number=100, cores=1))
    next(handed_out)
    assert taken == [0]
