"""Functions that simulate a batch as usual, except for runs whose seed marks them as culprits.

Workers import them by name, so they stand in a module of their own.
"""

import ctypes
import os
import signal
import time
from collections.abc import Callable

from cocreate.experiments.study.engines.engine import Records
from cocreate.experiments.study.tasks import Batch, RunResult, simulate_batch

CULPRIT = 13
"""Seed of a run that misbehaves."""


def misbehaving(batch: Batch, act: Callable[[], object]) -> Records:
    """Simulate a batch, and do something else where a seed says so."""
    if any(task.seed == CULPRIT for task in batch.tasks):
        act()
    return simulate_batch(batch)


def raising(batch: Batch) -> Records:
    """Raise what is no ordinary error."""

    def act() -> None:
        raise SystemExit(3)

    return misbehaving(batch, act)


def leaving(batch: Batch) -> Records:
    """End the process with the exit code of success."""
    return misbehaving(batch, lambda: os._exit(0))


def crashing(batch: Batch) -> Records:
    """Read where there is no memory."""
    return misbehaving(batch, lambda: ctypes.string_at(0))


def killed(batch: Batch) -> Records:
    """Be killed as by the system when memory is short."""
    return misbehaving(batch, lambda: os.kill(os.getpid(), signal.SIGKILL))


def hanging(batch: Batch) -> Records:
    """Hang in compiled code, where no signal handler of Python gets a turn."""
    return misbehaving(batch, lambda: ctypes.PyDLL(None).sleep(3600))


def unpicklable(batch: Batch) -> Records:
    """Give a record that cannot be sent."""
    records = simulate_batch(batch)
    for task, record in zip(batch.tasks, records, strict=True):
        if task.seed == CULPRIT and isinstance(record, RunResult):
            vars(record)["pilots"] = lambda: None
    return records


def confused(batch: Batch) -> Records:
    """Give the records in another order."""
    found: list[Records] = []
    misbehaving(batch, lambda: found.append(simulate_batch(batch)[::-1]))
    return found[0] if found and len(batch.tasks) > 1 else simulate_batch(batch)


def dawdling(batch: Batch) -> Records:
    """Take a moment for each run."""
    time.sleep(0.1 * len(batch.tasks))
    return simulate_batch(batch)
