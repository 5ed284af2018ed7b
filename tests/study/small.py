"""Small runs for tests of engines: tiny worlds of a few milliseconds."""

from collections.abc import Iterator

from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.tasks import Batch, Keep, RunFailure, RunResult, Task, run_key
from cocreate.model.parameters import Value

PATIENCE = 120.0
"""Seconds that tests wait for other processes, which a busy machine may keep from working for long."""

TINY: dict[str, Value] = {"regions": 2, "horizon": 24}


def batches(runs: int, size: int, time_limit: float = float("inf")) -> Iterator[Batch]:
    """Give so many runs, seeds from 0 on, in batches of a size."""
    tasks = [Task(run_key(seed, TINY), seed, TINY) for seed in range(runs)]
    for first in range(0, runs, size):
        yield Batch(tuple(tasks[first : first + size]), Keep(pilots=True, series=("trust",)), time_limit)


def simulated(engine: Engine, runs: int, size: int, time_limit: float = float("inf")) -> dict[int, object]:
    """Return what an engine makes of runs, by seed: bytes of a result, or a failure."""
    seeds = {run_key(seed, TINY): seed for seed in range(runs)}
    found: dict[int, object] = {}
    for records in engine.records(batches(runs, size, time_limit)):
        for record in records:
            seed = seeds[record.key]
            assert seed not in found, "a run has two records"
            found[seed] = content(record)
    return found


def content(record: RunResult | RunFailure) -> object:
    """Return what must be equal wherever a run is simulated."""
    if isinstance(record, RunFailure):
        return record
    assert record.pilots is not None
    assert record.series is not None
    return record.outcomes.tobytes(), record.months, record.pilots.tobytes(), record.series.tobytes()


def expected(runs: int) -> dict[int, object]:
    """Return what these runs give in this process."""
    return simulated(InProcess(), runs, runs)


def only_failure(found: dict[int, object], wanted: dict[int, object]) -> tuple[int, RunFailure]:
    """Return the single run that failed, after checking that all others gave what they should."""
    failed = {seed: one for seed, one in found.items() if isinstance(one, RunFailure)}
    assert {**wanted, **failed} == found
    assert len(failed) == 1, failed
    return next(iter(failed.items()))
