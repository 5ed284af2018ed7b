"""Job queues: workers as jobs of a stand-in for SLURM, lost jobs, and settings that are not in order."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import dask.config
import pytest

from cocreate.experiments.study.engines import dask_cluster
from cocreate.experiments.study.engines.engine import Records
from cocreate.experiments.study.engines.errors import EngineError
from cocreate.experiments.study.engines.job_queue import QUIET, JobQueue, JobSettings, quiet_environment
from tests.study import culprits
from tests.study.fake_slurm import FakeSlurm
from tests.study.small import batches, content, expected

pytestmark = pytest.mark.processes
ROOT = Path(__file__).resolve().parents[2]
RUNS = 40


def settings(folder: Path, text: str) -> JobSettings:
    """Return settings read from a file."""
    path = folder / "slurm.toml"
    path.write_text(text)
    return JobSettings.from_file(path)


@pytest.fixture
def slurm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeSlurm:
    fake = FakeSlurm(tmp_path)
    for name, value in fake.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return fake


@pytest.mark.slow
def test_a_job_that_is_cancelled_costs_no_run_and_is_replaced(
    slurm: FakeSlurm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask_cluster, "LOOK_EVERY", 0.5)
    wanted = settings(
        tmp_path,
        'jobs = 1\nqueue = "short"\nwalltime = "00:10:00"\nmemory = "2GB"\ninterface = "lo"\n'
        'directives = ["--nice=100"]\n',
    )
    engine = JobQueue(wanted, simulate=culprits.dawdling)
    found: list[Records] = []
    with dask.config.set({"distributed.deploy.lost-worker-timeout": "0.5s"}):
        for records in engine.records(batches(RUNS, 1)):
            found.append(records)
            if len(found) == 5:
                subprocess.run(["scancel", slurm.running()[0]], check=True)
    simulated = sorted(hash(content(one)) for records in found for one in records)
    assert simulated == sorted(map(hash, expected(RUNS).values()))
    assert len(slurm.scripts()) >= 2
    assert not slurm.running()
    head = slurm.scripts()[0].read_text()
    assert all(f"#SBATCH {line}" in head for line in ("-p short", "-t 00:10:00", "--nice=100"))
    assert "--nthreads 1" in head
    assert "export DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED=False" in head


@pytest.mark.parametrize(("system", "mark"), [("slurm", "#SBATCH"), ("pbs", "#PBS"), ("lsf", "#BSUB")])
def test_each_queue_gets_a_job_script_of_its_own_kind(tmp_path: Path, system: str, mark: str) -> None:
    text = f'system = "{system}"\nqueue = "night"\naccount = "ours"\ncores = 4\ninterface = "lo"\n'
    script = JobQueue(settings(tmp_path, text)).job_script()
    assert mark in script
    assert "night" in script
    assert "ours" in script
    assert "--nworkers 4" in script


def test_every_setting_that_keeps_workers_quiet_is_one_that_dask_knows() -> None:
    import_module("distributed")  # declares the settings
    for name in QUIET:
        assert dask.config.get(name) is not None
    variables = dict(line.removeprefix("export ").split("=") for line in quiet_environment())
    read = dask.config.collect_env(variables)
    assert {name: dask.config.get(name, config=read) for name in QUIET} == QUIET


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('wall_time = "1:00"', r"no setting 'wall_time'.*Did you mean walltime"),
        ("jobs = 0", "jobs = 0 is not allowed"),
        ('system = "cron"', "system = 'cron' is not allowed.*slurm"),
        ("jobs = ", "is no TOML file"),
    ],
)
def test_settings_that_are_not_in_order_are_named(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        settings(tmp_path, text)


def test_a_settings_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"nothing\.toml cannot be read: No such file"):
        JobSettings.from_file(tmp_path / "nothing.toml")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask_jobqueue", None)
    with pytest.raises(EngineError, match=r"cocreate\[cluster\]"):
        JobQueue(JobSettings())
