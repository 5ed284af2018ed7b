"""Dask: the same results as in one process, whatever happens to workers, and clear errors."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from distributed.client import ClosedClientError
from distributed.comm.core import CommClosedError

from cocreate.experiments.study.engines import dask_cluster
from cocreate.experiments.study.engines.dask_cluster import DaskCluster
from cocreate.experiments.study.engines.engine import Records
from cocreate.experiments.study.engines.errors import ClusterError, NoWorkersError, OtherVersionError
from cocreate.experiments.study.engines.versions import code_versions
from tests.study import culprits
from tests.study.dask_processes import DaskProcesses, dask_processes
from tests.study.gone_scheduler import GoneClient
from tests.study.small import PATIENCE, batches, content, expected, only_failure, simulated

pytestmark = [pytest.mark.slow, pytest.mark.processes]
RUNS = 20
NOBODY = r"No Dask scheduler answers at tcp://127\.0\.0\.1:9 within 0\.5 seconds.*dask worker"


@pytest.fixture(scope="module")
def wanted() -> dict[int, object]:
    return expected(RUNS)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskProcesses]:
    with dask_processes(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


def simulating(process: psutil.Process) -> list[psutil.Process]:
    """Return the worker processes that a ``dask worker`` command has started."""
    return [one for one in process.children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]


def test_results_are_the_same_to_the_last_bit(cluster: DaskProcesses, wanted: dict[int, object]) -> None:
    assert simulated(DaskCluster(cluster.address), RUNS, 3) == wanted


def test_workers_are_counted_before_and_within_a_with_block(cluster: DaskProcesses) -> None:
    engine = DaskCluster(cluster.address)
    deadline = time.monotonic() + PATIENCE
    while engine.cores < 2:
        assert time.monotonic() < deadline
    with engine:
        assert engine.cores == 2


def test_a_worker_that_dies_while_code_is_compared_is_left_out() -> None:
    class Answers:
        def run(self, _: object, on_error: str) -> dict[str, object]:
            return {"tcp://a:1": code_versions(), "tcp://b:1": CommClosedError(f"{on_error} closed")}

    dask_cluster.check_workers(Answers())


def test_a_worker_that_is_killed_half_way_costs_no_run(
    cluster: DaskProcesses, wanted: dict[int, object]
) -> None:
    found: list[Records] = []
    for records in DaskCluster(cluster.address, simulate=culprits.dawdling).records(batches(RUNS, 1)):
        found.append(records)
        if len(found) == RUNS // 2:
            victim = simulating(psutil.Process(cluster.processes[1].pid))[0]
            victim.kill()
            victim.wait(PATIENCE)
    assert sorted(map(hash, map(content, (one for records in found for one in records)))) == sorted(
        map(hash, wanted.values())
    )


@pytest.mark.parametrize(
    ("misbehaviour", "type_of_failure", "words"),
    [
        ("raising", "SystemExit", "3"),
        ("unpicklable", "AttributeError", "pickle"),
        ("killed", "WorkerDiedError", "so had the one before"),
    ],
)
def test_a_run_that_kills_its_worker_or_cannot_be_sent_fails_alone(
    cluster: DaskProcesses, wanted: dict[int, object], misbehaviour: str, type_of_failure: str, words: str
) -> None:
    engine = DaskCluster(cluster.address, simulate=getattr(culprits, misbehaviour))
    seed, failure = only_failure(simulated(engine, RUNS, 4), wanted)
    assert (seed, failure.type) == (culprits.CULPRIT, type_of_failure)
    assert words in failure.message


def test_a_run_that_hangs_in_compiled_code_costs_only_itself(
    cluster: DaskProcesses, wanted: dict[int, object]
) -> None:
    engine = DaskCluster(cluster.address, simulate=culprits.hanging)
    seed, failure = only_failure(simulated(engine, RUNS, 1, 3.0), wanted)
    assert (seed, failure.type) == (culprits.CULPRIT, "WorkerDiedError")


def test_leaving_early_leaves_nothing_on_the_cluster(cluster: DaskProcesses) -> None:
    with DaskCluster(cluster.address) as engine:
        stream = engine.records(batches(1000, 1))
        next(stream)
        stream.close()
        crew = engine._crew  # noqa: SLF001 - the client, to ask the scheduler what it still knows
        assert isinstance(crew, dask_cluster.DaskCrew)
        deadline = time.monotonic() + PATIENCE
        while crew._client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):  # noqa: SLF001
            assert time.monotonic() < deadline


def test_a_worker_with_other_rules_is_refused(
    cluster: DaskProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = {**code_versions(), "numpy": "1.0"}
    monkeypatch.setattr(dask_cluster, "code_versions", lambda: mine)
    with pytest.raises(OtherVersionError, match=r"other code: numpy \(here 1\.0, there "):
        simulated(DaskCluster(cluster.address), 2, 1)


def test_a_worker_with_other_rules_that_joins_later_is_refused(
    cluster: DaskProcesses, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = {**code_versions(), "numpy": "1.0"}
    monkeypatch.setattr(dask_cluster, "code_versions", lambda: mine)
    monkeypatch.setattr(dask_cluster, "check_workers", lambda _: None)
    with pytest.raises(OtherVersionError, match=r"A worker has other code: numpy \(here 1\.0, there "):
        simulated(DaskCluster(cluster.address), 2, 1)


@pytest.mark.parametrize("at", ["run", "subscribe_topic", "nthreads", "submit", "result", "cancel"])
@pytest.mark.parametrize(
    "error",
    [
        CommClosedError("closed"),
        TimeoutError("timed out"),
        ClosedClientError("Client is closed"),
        AttributeError("'NoneType' object has no attribute 'gather'"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_dask_makes_of_a_scheduler_that_is_gone_is_one_clear_error(
    at: str, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = GoneClient(error, at=at)
    monkeypatch.setattr(dask_cluster, "connected", lambda _: client)
    with pytest.raises(ClusterError, match="does not answer any more") as raised:
        simulated(DaskCluster("tcp://127.0.0.1:9"), 3, 1)
    assert raised.value.__cause__ is error
    assert client.closed


def test_an_address_where_nobody_answers_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "CONNECT_WITHIN", 0.5)
    with pytest.raises(ClusterError, match=NOBODY):
        simulated(DaskCluster("tcp://127.0.0.1:9"), 1, 1)


@pytest.mark.parametrize("address", ["nonsense://host:1", "tcp://no-such-host.invalid:8786"])
def test_an_address_that_makes_no_sense_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "CONNECT_WITHIN", 0.5)
    with pytest.raises(ClusterError, match=address):
        simulated(DaskCluster(address), 1, 1)


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(dask_cluster, "LOOK_EVERY", 0.1)
    with dask_processes(tmp_path, workers=0) as empty:
        with pytest.raises(NoWorkersError, match="not lost: start workers"):
            simulated(DaskCluster(empty.address, patience=0.5), 2, 1)
        assert "no workers" in caplog.text
        engine = DaskCluster(empty.address)
        stream = engine.records(batches(50, 1))
        worker = empty.start_worker("--no-nanny")
        next(stream)
        empty.scheduler.kill()
        with pytest.raises(ClusterError, match="does not answer any more"):
            list(stream)
        os.kill(worker.pid, signal.SIGKILL)


def test_a_worker_without_cocreate_is_named(tmp_path: Path) -> None:
    hollow = tmp_path / "hollow" / "cocreate"
    hollow.mkdir(parents=True)
    (hollow / "__init__.py").write_text("")
    with dask_processes(tmp_path, workers=0) as running:
        running.start_worker("--no-nanny", python_path=[hollow.parent])
        engine = DaskCluster(running.address)
        with pytest.raises(OtherVersionError, match="cannot import cocreate"):
            keep_connecting(engine)


def keep_connecting(engine: DaskCluster) -> None:
    """Connect again and again, for as long as it may take until the first worker is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with engine:
            time.sleep(0.2)
