"""What happens in a worker: how it gets ready, and how a batch is simulated so that nothing escapes.

Nothing heavy is imported at the top: a worker says how many threads libraries may use before they load.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import threading
import time
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cocreate.experiments.study.engines.engine import Records, Simulate
    from cocreate.experiments.study.tasks import Batch

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Environment variables by which libraries for linear algebra learn how many threads to start."""

GRACE = 5.0
"""Seconds that a run may overdraw its time limit before its worker is killed.

A run looks at the clock each month, so only one that hangs within a month gets there.
"""

TOLD_AFTER = 0.2
"""Seconds within which a message leaves a worker."""

_one_at_a_time = threading.Lock()


def start_worker() -> None:
    """Make a fresh process ready to simulate, so that the first run takes as long as any other."""
    for name in THREADS:
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a handler in Python would wait for compiled code to end
    load()


@cache
def load() -> None:
    """Import the model and load its compiled code, once in a process, by simulating a tiny world."""
    from cocreate.agents.compiled import is_interpreted  # noqa: PLC0415 - heavy
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415
    from cocreate.model.model import CoCreationModel  # noqa: PLC0415

    warm_up(silently)
    if not is_interpreted():
        CoCreationModel(rng=0, regions=2, horizon=13).run()


def silently(_: str) -> AbstractContextManager[object]:
    """Show no message: workers have nobody to tell."""
    return nullcontext()


def prepare(batch: Batch) -> None:
    """Compile the rules for the worlds of a batch where nobody has yet, outside of any time limit."""
    from cocreate.experiments.warm_up import USUAL_LAYOUT, warm_up  # noqa: PLC0415 - heavy

    sectors, dimensions = USUAL_LAYOUT
    layouts = {
        (task.levers.get("sectors", sectors), task.levers.get("dimensions", dimensions))
        for task in batch.tasks
    }
    for layout in layouts - {USUAL_LAYOUT}:
        if isinstance(layout[0], int) and isinstance(layout[1], int):
            warm_up(silently, sectors=layout[0], dimensions=layout[1])


def longest(batch: Batch) -> float | None:
    """Return the seconds after which a batch must have ended, None for never."""
    return None if batch.time_limit == float("inf") else batch.time_limit * len(batch.tasks) + GRACE


def singles(batch: Batch) -> list[Batch]:
    """Return a batch for each of the tasks."""
    return [replace(batch, tasks=(task,)) for task in batch.tasks]


def simulate_packed(simulate: Simulate, batch: Batch) -> bytes:
    """Simulate a batch and return its records as bytes; whatever is raised costs only the run at fault.

    Pickling is done here, since a record that cannot be pickled must be found while its run is known.
    """
    from cocreate.experiments.study.tasks import failure  # noqa: PLC0415 - heavy

    try:
        records = simulate(batch)
        if [one.key for one in records] != [task.key for task in batch.tasks]:
            raise ValueError("The records that came back are not those of the runs that were asked for.")
        return pickle.dumps(records, pickle.HIGHEST_PROTOCOL)
    except BaseException as error:  # SystemExit, too, must not end the worker
        if len(batch.tasks) == 1:
            return pickle.dumps([failure(batch.tasks[0], error)], pickle.HIGHEST_PROTOCOL)
    one_by_one: Records = []
    for single in singles(batch):
        one_by_one += pickle.loads(simulate_packed(simulate, single))
    return pickle.dumps(one_by_one, pickle.HIGHEST_PROTOCOL)


def simulate_remotely(
    simulate: Simulate, batch: Batch, expected: dict[str, str], topic: str = "", name: str = ""
) -> bytes:
    """Do the same in a worker of a cluster, which nobody made ready and nobody watches.

    Args:
        simulate: Simulates a batch.
        batch: The batch.
        expected: Versions of code that the results are to come from.
        topic: Where to tell that the batch begins, so that it can be blamed if the worker is lost; nowhere
            when empty.
        name: What to call the batch there.

    Raises:
        OtherVersionError: This worker has other code.
    """
    from cocreate.experiments.study.engines.versions import check_versions  # noqa: PLC0415 - heavy

    check_versions(expected)
    with _one_at_a_time:  # a worker with several threads would only make runs wait for each other
        load()
        prepare(batch)
        if topic:
            _tell_start(topic, name)
        with _killed_after(longest(batch)):
            return simulate_packed(simulate, batch)


def _tell_start(topic: str, name: str) -> None:
    from distributed import get_worker  # noqa: PLC0415 - heavy

    worker: Any = get_worker()
    worker.log_event(topic, {"action": "start", "name": name, "worker": worker.address})
    time.sleep(TOLD_AFTER)


@contextmanager
def _killed_after(seconds: float | None) -> Iterator[None]:
    """End this process when a block takes too long, even if it hangs in compiled code."""
    if seconds is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
