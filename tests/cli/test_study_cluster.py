"""Studies on a Dask cluster from the command line: the same rows, whatever becomes of workers."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, STDOUT

import psutil  # type: ignore[import-untyped]
import pytest

from cocreate.cli import BAD_INPUT
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines import dask_cluster
from cocreate.experiments.study.engines.dask_cluster import DaskCluster
from cocreate.experiments.study.readers import read_results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.study_folder import StudyFolder
from tests.cli.test_study import call, written
from tests.study.dask_processes import DaskProcesses, dask_processes
from tests.study.small import PATIENCE
from tests.study.test_dask_cluster import simulating

pytestmark = [pytest.mark.slow, pytest.mark.processes]
COCREATE = Path(sys.executable).parent / "cocreate"
BUSY = 0.5
"""Seconds of processor time."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskProcesses]:
    with dask_processes(tmp_path_factory.mktemp("dask"), workers=2) as running:
        engine = DaskCluster(running.address)
        until = time.monotonic() + PATIENCE
        while engine.cores < 2:
            assert time.monotonic() < until, "the workers did not start"
        with engine:  # compares their code, so that they load all of it
            yield running


def test_shares_on_a_cluster_and_on_this_machine_give_the_rows_of_one_process(
    tmp_path: Path, cluster: DaskProcesses
) -> None:
    file, store = written(tmp_path / "silos.toml", replicates=6), tmp_path / "store"
    first, _ = call("run", file, "--store", store, "--scheduler", cluster.address, "--shard", "1/2")
    assert "6 runs simulated" in first
    call("run", file, "--store", store, "--workers", 1, "--shard", "2/2")
    status, _ = call("status", "--store", store)
    assert "12 runs, 6 at each point: 12 done, 0 failed, 0 missing." in status
    alone = rows_hash(run_study(Study.from_file(file)))
    assert rows_hash(read_results(store, "silos")) == alone
    engines = [one["engine"] for one in StudyFolder(Store(store), "silos").sessions()]
    assert engines == ["DaskCluster", "InProcess"]


def test_a_worker_killed_in_the_middle_costs_no_run(tmp_path: Path, cluster: DaskProcesses) -> None:
    file, store = written(tmp_path / "silos.toml", replicates=80, horizon=600), tmp_path / "store"
    command = [*map(str, (COCREATE, "study", "run", file, "--store", store)), "--scheduler", cluster.address]
    with subprocess.Popen(command, stdout=PIPE, stderr=STDOUT, text=True) as driver:
        busy_worker(cluster, driver).kill()
        said, _ = driver.communicate(timeout=PATIENCE)
    assert driver.returncode == 0, said
    assert "160 runs simulated" in said
    assert "failed" not in said
    assert rows_hash(read_results(store, "silos")) == rows_hash(run_study(Study.from_file(file)))


def busy_worker(cluster: DaskProcesses, driver: "subprocess.Popen[str]") -> psutil.Process:
    """Return a worker process that has done some work for a study."""
    before: dict[psutil.Process, float] = {}
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert driver.poll() is None, "the study ended before a worker was killed"
        for command in cluster.processes:
            for worker in simulating(psutil.Process(command.pid)):
                spent = sum(worker.cpu_times()[:2])
                if spent > before.setdefault(worker, spent) + BUSY:
                    return worker
        time.sleep(0.05)
    raise AssertionError("no worker began to work")


def test_a_scheduler_that_does_not_answer_is_told_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "CONNECT_WITHIN", 1.0)
    file, store = written(tmp_path / "silos.toml"), tmp_path / "store"
    _, said = call("run", file, "--store", store, "--scheduler", "tcp://127.0.0.1:9", code=BAD_INPUT)
    assert "No Dask scheduler answers at tcp://127.0.0.1:9 within 1 seconds." in said
    assert "dask worker ADDRESS --nthreads 1" in said
    resumed, _ = call("resume", "--store", store, "--workers", 1)
    assert "6 runs simulated" in resumed
