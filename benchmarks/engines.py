"""Engines: how much of the processors' time goes into simulating, beside ``mesa.batch_run``.

All simulate the same worlds of default size. Efficiency is the time that pure simulation takes on all
processors, without any engine, over the time that the engine takes; start-up is measured apart. Two things
can stand for pure simulation: ``alone`` is one process with the machine to itself, divided by the number of
processors; ``together`` is as many independent processes as processors, which slow each other down by
sharing memory and power. Both are times by the clock and make sense on an idle machine only. The share of
the processors' time that goes into runs, of all that the driver, workers and scheduler use, says more on a
busy machine, though what Dask does by the clock weighs more there.

``python -m benchmarks.engines --quick`` takes a minute on an idle machine.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from typing import Any

import dask.config
import mesa
import psutil
from distributed import LocalCluster

from benchmarks.timing import median, seconds, show
from cocreate.experiments.study.batches import Batches
from cocreate.experiments.study.engines.dask_cluster import DaskCluster
from cocreate.experiments.study.engines.engine import Engine
from cocreate.experiments.study.engines.job_queue import QUIET
from cocreate.experiments.study.engines.pool import Pool
from cocreate.experiments.study.engines.worker import load
from cocreate.experiments.study.tasks import Batch, Keep, Task, run_key, simulate_batch
from cocreate.model.model import CoCreationModel

WORKERS = os.cpu_count() or 1


def tasks(runs: int) -> list[Task]:
    """Return runs of the default world that differ by their seed."""
    return [Task(run_key(seed, {}), seed, {}) for seed in range(runs)]


def batches(runs: int) -> Batches:
    """Give the runs in batches, as a study does."""
    return Batches(iter(tasks(runs)), Keep(), float("inf"), number=runs, cores=WORKERS)


def singly(runs: int) -> Iterator[Batch]:
    """Give each run alone."""
    return (Batch((task,)) for task in tasks(runs))


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


@dataclass(frozen=True)
class Use:
    """What an engine used for some runs.

    Attributes:
        seconds: Time by the clock.
        share: Processor time within runs over that of this process and all that it started.
    """

    seconds: float
    share: float


def processor_seconds() -> float:
    """Return the processor time so far of this process and of all its descendants that are alive."""
    here = psutil.Process()
    times = [one.cpu_times() for one in (here, *here.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


def used(engine: Engine, wanted: Iterable[Batch]) -> Use:
    """Return what an engine uses for batches."""
    began, worked, within = time.perf_counter(), processor_seconds(), 0.0
    for records in engine.records(wanted):
        for record in records:
            within += record.seconds
            if isinstance(wanted, Batches):
                wanted.ended(record)
    return Use(time.perf_counter() - began, within / (processor_seconds() - worked))


def of_engine(engine: Engine, runs: int) -> tuple[float, Use, Use]:
    """Return seconds until all workers have simulated, and the use for the runs in batches and singly."""
    before = time.perf_counter()
    with engine:
        used(engine, batches(32 * WORKERS))
        started = time.perf_counter() - before
        return started, used(engine, batches(runs)), used(engine, singly(runs))


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


@dataclass(frozen=True)
class Round:
    """Every way to simulate the same runs, taken one after the other.

    Attributes:
        alone: Seconds of one process over the number of processors.
        together: Seconds of as many independent processes as processors.
        engines: Use by engine.
        starts: Seconds of start-up by engine.
    """

    alone: float
    together: float
    engines: dict[str, Use]
    starts: dict[str, float]


def measured_round(runs: int) -> Round:
    """Simulate the runs in every way."""
    engines: dict[str, Use] = {}
    starts: dict[str, float] = {}
    alone, together = without_engine(1, runs) / WORKERS, without_engine(WORKERS, runs)
    starts["pool"], engines["pool"], engines["pool_unbatched"] = of_engine(Pool(WORKERS), runs)
    with dask.config.set(QUIET):
        cluster: Any = LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None)
    with cluster:
        engine = DaskCluster(cluster.scheduler_address)
        starts["dask"], engines["dask"], engines["dask_unbatched"] = of_engine(engine, runs)
    starts["mesa"] = of_mesa(WORKERS)
    engines["mesa"] = Use(of_mesa(runs) - starts["mesa"], float("nan"))
    return Round(alone, together, engines, starts)


def main(runs: int = 1_600, rounds: int = 3) -> None:
    """Print seconds a run, start-up and efficiency of each engine.

    Args:
        runs: Worlds to simulate, at about 40 milliseconds each.
        rounds: How often; the medians are printed.
    """
    load()
    found = [measured_round(runs) for _ in range(rounds)]
    show("pure_ms_a_run_alone", median([1e3 * one.alone * WORKERS / runs for one in found]))
    show("pure_ms_a_run_together", median([1e3 * one.together * WORKERS / runs for one in found]))
    for name in found[0].engines:
        uses = [one.engines[name] for one in found]
        both = list(zip(found, uses, strict=True))
        show(f"{name}_seconds", median([use.seconds for use in uses]))
        show(f"{name}_efficiency_together", median([one.together / use.seconds for one, use in both]))
        show(f"{name}_efficiency_alone", median([one.alone / use.seconds for one, use in both]))
        if name != "mesa":
            show(f"{name}_share_of_processor_time", median([use.share for use in uses]))
    for name in found[0].starts:
        show(f"{name}_start_seconds", median([one.starts[name] for one in found]))


if __name__ == "__main__":
    if "--quick" in sys.argv[1:]:
        main(runs=160, rounds=1)
    else:
        main()
