"""The pool of processes: the same results, and only those runs fail that are at fault."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from cocreate.experiments.study.engines.engine import Records
from cocreate.experiments.study.engines.errors import EngineError, PoolError
from cocreate.experiments.study.engines.pool import Pool
from cocreate.experiments.study.tasks import Batch
from tests.study import culprits
from tests.study.small import PATIENCE, batches, expected, only_failure, simulated

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parents[2]
RUNS = 20


@pytest.fixture(scope="module")
def wanted() -> dict[int, object]:
    return expected(RUNS)


def workers() -> list[int]:
    """Return the processes of pools that this process has."""
    return [one.pid for one in multiprocessing.active_children() if one.pid is not None]


@pytest.mark.slow
def test_results_are_the_same_to_the_last_bit_whatever_the_number_of_workers_and_size_of_batches(
    wanted: dict[int, object],
) -> None:
    assert simulated(Pool(1), RUNS, 7) == wanted
    assert simulated(Pool(3), RUNS, 1) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("misbehaviour", "type_of_failure", "words"),
    [
        ("raising", "SystemExit", "3"),
        ("unpicklable", "AttributeError", "pickle"),
        ("crashing", "WorkerDiedError", "signal 11"),
        ("killed", "WorkerDiedError", "signal 9"),
        ("leaving", "WorkerDiedError", "without a word"),
    ],
)
def test_a_run_that_ends_its_worker_or_cannot_be_sent_fails_alone(
    wanted: dict[int, object], misbehaviour: str, type_of_failure: str, words: str
) -> None:
    engine = Pool(2, simulate=getattr(culprits, misbehaviour))
    seed, failure = only_failure(simulated(engine, RUNS, 4), wanted)
    assert (seed, failure.type) == (culprits.CULPRIT, type_of_failure)
    assert words in failure.message


@pytest.mark.slow
def test_a_run_that_hangs_in_compiled_code_is_killed_after_its_time_limit_and_fails_alone(
    wanted: dict[int, object],
) -> None:
    seed, failure = only_failure(simulated(Pool(2, simulate=culprits.hanging), RUNS, 2, 3.0), wanted)
    assert (seed, failure.type) == (culprits.CULPRIT, "TimeLimitError")


@pytest.mark.slow
def test_records_of_other_runs_than_asked_for_are_refused_and_simulated_one_by_one(
    wanted: dict[int, object],
) -> None:
    assert simulated(Pool(1, simulate=culprits.confused), RUNS, 4) == wanted


@pytest.mark.slow
def test_a_worker_that_is_killed_from_outside_costs_no_run(wanted: dict[int, object]) -> None:
    found: list[Records] = []
    with Pool(2, simulate=culprits.dawdling) as engine:
        for records in engine.records(batches(RUNS, 2)):
            found.append(records)
            if len(found) == 3:
                os.kill(workers()[0], signal.SIGKILL)
        assert sum(map(len, found)) == RUNS
        assert simulated(engine, RUNS, 4) == wanted


@pytest.mark.slow
def test_batches_are_taken_as_workers_have_room_and_leaving_early_stops_the_workers() -> None:
    taken = 0

    def endless() -> Iterator[Batch]:
        nonlocal taken
        while True:
            yield from batches(1, 1)
            taken += 1

    stream = iter(Pool(2).records(endless()))
    for _ in range(5):
        next(stream)
    assert workers()
    del stream
    assert not workers()
    assert 5 <= taken <= 5 + 2 * 3


@pytest.mark.slow
def test_workers_are_kept_within_a_with_block_and_gone_after_it() -> None:
    with Pool(1) as engine:
        simulated(engine, 2, 1)
        first = workers()
        simulated(engine, 2, 1)
        assert workers() == first
    assert not workers()


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_a_driver_that_is_interrupted_or_killed(
    tmp_path: Path, how: signal.Signals
) -> None:
    script = tmp_path / "driver.py"
    script.write_text(
        textwrap.dedent(
            """
            from cocreate.experiments.study.engines.pool import Pool
            from tests.study.culprits import dawdling
            from tests.study.small import batches

            if __name__ == "__main__":
                for number, _ in enumerate(Pool(2, simulate=dawdling).records(batches(10_000, 2))):
                    print(number, flush=True)
            """
        )
    )
    driver = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        assert driver.stdout is not None
        driver.stdout.readline()
        children = psutil.Process(driver.pid).children(recursive=True)
        assert len(children) >= 2
        driver.send_signal(how)
        driver.wait(PATIENCE)
        _, alive = psutil.wait_procs(children, timeout=PATIENCE)
        assert not alive
    finally:
        driver.kill()
        driver.communicate()


@pytest.mark.slow
def test_a_function_that_workers_cannot_find_ends_in_a_clear_error(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def local(batch: Batch) -> Records:
        raise NotImplementedError(batch)

    local.__qualname__ = "nowhere"
    local.__module__ = "tests.study.culprits"
    monkeypatch.setattr(culprits, "nowhere", local, raising=False)
    with pytest.raises(PoolError, match="__main__"):
        simulated(Pool(1, simulate=local), 2, 1)
    assert "nowhere" in capfd.readouterr().err


def test_fewer_than_one_worker_is_refused() -> None:
    with pytest.raises(EngineError, match="workers must be a whole number of at least 1, but was given 0"):
        Pool(0)
