"""Records of single runs: what comes back when a run takes too long or cannot be simulated."""

import pickle

import pytest

from cocreate.experiments.study.engines.worker import simulate_packed
from cocreate.experiments.study.tasks import Batch, Keep, RunFailure, RunResult, Task, run_key, simulate_task
from tests.study.small import TINY, batches


def test_a_run_looks_at_the_clock_each_month_and_says_when_it_was_stopped() -> None:
    record = simulate_task(Task(run_key(1, TINY), 1, TINY), Keep(), time_limit=1e-9)
    assert isinstance(record, RunFailure)
    assert record.type == "TimeLimitError"
    assert "in month 1 after 1e-09 seconds" in record.message
    assert record.seconds > 0


def test_a_time_limit_that_is_kept_changes_nothing() -> None:
    task = Task(run_key(1, TINY), 1, TINY)
    free, limited = simulate_task(task, Keep()), simulate_task(task, Keep(), time_limit=3600.0)
    assert isinstance(free, RunResult)
    assert isinstance(limited, RunResult)
    assert free.outcomes.tobytes() == limited.outcomes.tobytes()


def test_levers_that_are_not_allowed_become_a_failure_that_names_them() -> None:
    record = simulate_task(Task("key", 1, {"regions": -1}), Keep())
    assert isinstance(record, RunFailure)
    assert record.type == "ParameterError"
    assert "regions" in record.message
    assert "simulate_task" in record.traceback


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, SystemExit])
def test_whatever_a_batch_raises_in_a_worker_becomes_a_record_of_each_run(error: type[BaseException]) -> None:

    def raising(batch: Batch) -> list[RunResult | RunFailure]:
        raise error(len(batch.tasks))

    (batch,) = batches(3, 3)
    records = pickle.loads(simulate_packed(raising, batch))
    assert [(one.key, one.type) for one in records] == [(task.key, error.__name__) for task in batch.tasks]
