"""Engines: how much of the processors' time goes into simulating, beside ``mesa.batch_run``.

All simulate the same worlds of default size. Efficiency is the time that pure simulation takes on all
processors, without any engine, over the time that the engine takes; start-up is measured apart. Two things
can stand for pure simulation: ``alone`` is one process with the machine to itself, divided by the number of
processors; ``together`` is as many independent processes as processors, which slow each other down by
sharing memory and power. ``python -m benchmarks.engines --quick`` takes a minute.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from multiprocessing.synchronize import Barrier
from typing import Any

import mesa

from benchmarks.timing import median, seconds, show
from cocreate.experiments.study.engines.dask_cluster import DaskCluster
from cocreate.experiments.study.engines.engine import Engine
from cocreate.experiments.study.engines.pool import Pool
from cocreate.experiments.study.engines.worker import load
from cocreate.experiments.study.tasks import Batch, Task, run_key, simulate_batch
from cocreate.model.model import CoCreationModel

BATCH = 8
"""Runs of a batch, about a third of a second."""

WORKERS = os.cpu_count() or 1


def tasks(runs: int) -> list[Task]:
    """Return runs of the default world that differ by their seed."""
    return [Task(run_key(seed, {}), seed, {}) for seed in range(runs)]


def batches(runs: int, size: int) -> Iterator[Batch]:
    """Give the runs in batches of a size."""
    all_tasks = tasks(runs)
    for first in range(0, runs, size):
        yield Batch(tuple(all_tasks[first : first + size]))


def share_without_engine(number: int, processes: int, runs: int, start: Barrier, times: Any) -> None:
    """Simulate every so-manieth run in this process, beginning when all others do."""
    mine = Batch(tuple(tasks(runs)[number::processes]))
    load()
    start.wait()
    times.put(seconds(lambda: simulate_batch(mine)))


def without_engine(processes: int, runs: int) -> float:
    """Return how long independent processes take for the runs, the slowest of them."""
    context = multiprocessing.get_context("spawn")
    start, times = context.Barrier(processes), context.Queue()
    started = [
        context.Process(target=share_without_engine, args=(number, processes, runs, start, times))
        for number in range(processes)
    ]
    for process in started:
        process.start()
    taken = [times.get() for _ in started]
    for process in started:
        process.join()
    return max(taken)


def consumed(engine: Engine, wanted: Iterable[Batch]) -> float:
    """Return how long an engine takes for batches."""
    return seconds(lambda: sum(len(records) for records in engine.records(wanted)))


def of_engine(engine: Engine, runs: int) -> tuple[float, float, float]:
    """Return seconds until all workers have simulated, for the runs in batches, and for the runs singly."""
    before = time.perf_counter()
    with engine:
        consumed(engine, batches(4 * WORKERS * BATCH, BATCH))
        started = time.perf_counter() - before
        return started, consumed(engine, batches(runs, BATCH)), consumed(engine, batches(runs, 1))


def of_mesa(runs: int) -> float:
    """Return how long Mesa takes for the runs."""
    return seconds(
        lambda: mesa.batch_run(
            CoCreationModel,
            parameters={},
            number_processes=WORKERS,
            rng=list(range(runs)),
            data_collection_period=-1,
            display_progress=False,
        )
    )


def measured_round(runs: int) -> dict[str, float]:
    """Return seconds of every way to simulate the runs, taken one after the other."""
    from distributed import LocalCluster  # noqa: PLC0415 - heavy

    found = {"alone": without_engine(1, runs) / WORKERS, "together": without_engine(WORKERS, runs)}
    found["pool_start"], found["pool"], found["pool_unbatched"] = of_engine(Pool(WORKERS), runs)
    cluster: Any = LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    )
    with cluster:
        address = cluster.scheduler_address
        found["dask_start"], found["dask"], found["dask_unbatched"] = of_engine(DaskCluster(address), runs)
    found["mesa_start"] = of_mesa(WORKERS)
    found["mesa"] = of_mesa(runs) - found["mesa_start"]
    return found


def main(runs: int = 1_600, rounds: int = 3) -> None:
    """Print seconds a run, start-up and efficiency of each engine.

    Args:
        runs: Worlds to simulate, at about 40 milliseconds each.
        rounds: How often; the medians are printed.
    """
    load()
    found = [measured_round(runs) for _ in range(rounds)]
    show("pure_ms_a_run_alone", median([1e3 * one["alone"] * WORKERS / runs for one in found]))
    show("pure_ms_a_run_together", median([1e3 * one["together"] * WORKERS / runs for one in found]))
    for name in ("pool", "pool_unbatched", "dask", "dask_unbatched", "mesa"):
        show(f"{name}_seconds", median([one[name] for one in found]))
        show(f"{name}_efficiency_together", median([one["together"] / one[name] for one in found]))
        show(f"{name}_efficiency_alone", median([one["alone"] / one[name] for one in found]))
    for name in ("pool", "dask", "mesa"):
        show(f"{name}_start_seconds", median([one[f"{name}_start"] for one in found]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    show("driver_processor_seconds", used.ru_utime + used.ru_stime)


if __name__ == "__main__":
    if "--quick" in sys.argv[1:]:
        main(runs=160, rounds=1)
    else:
        main()
