"""Which engine options ask for."""

from pathlib import Path

import pytest

from cocreate.experiments.study.engines.choice import engine_from
from cocreate.experiments.study.engines.dask_cluster import DaskCluster
from cocreate.experiments.study.engines.engine import InProcess
from cocreate.experiments.study.engines.errors import ClusterError, EngineError
from cocreate.experiments.study.engines.job_queue import JobQueue
from cocreate.experiments.study.engines.pool import Pool


def test_one_worker_is_this_process_and_more_are_a_pool() -> None:
    assert isinstance(engine_from(workers=1), InProcess)
    several = engine_from(workers=3)
    assert isinstance(several, Pool)
    assert several.cores == 3


def test_a_scheduler_is_a_dask_cluster_and_a_settings_file_a_job_queue(tmp_path: Path) -> None:
    path = tmp_path / "slurm.toml"
    path.write_text("jobs = 3\ncores = 2\n")
    assert isinstance(engine_from(scheduler="tcp://host:8786"), DaskCluster)
    queue = engine_from(slurm=path)
    assert isinstance(queue, JobQueue)
    assert queue.cores == 6


@pytest.mark.parametrize(
    "address",
    ["tcp://host:8786", "host:8786", "tls://10.0.0.5:8786", "tcp://[::1]:8786", "inproc://1.2.3.4/7/1"],
)
def test_addresses_of_schedulers_are_taken(address: str) -> None:
    assert isinstance(engine_from(scheduler=address), DaskCluster)


@pytest.mark.parametrize(
    "address", ["", "nonsense", "host", "tcp://host", "http://host:8786", "tcp://host:port"]
)
def test_what_is_no_address_of_a_scheduler_is_refused_at_once_with_the_form(address: str) -> None:
    with pytest.raises(
        ClusterError, match=r"is no address of a Dask scheduler: it has the form tcp://HOST:PORT"
    ):
        engine_from(scheduler=address)


def test_options_that_exclude_each_other_are_named() -> None:
    with pytest.raises(EngineError, match="--workers and --scheduler exclude each other"):
        engine_from(workers=2, scheduler="tcp://host:8786")


@pytest.mark.parametrize("workers", [0, -1])
def test_fewer_than_one_worker_is_refused(workers: int) -> None:
    with pytest.raises(EngineError, match=f"at least 1, but was given {workers}"):
        engine_from(workers=workers)
