"""Workers as jobs of a cluster's queue: SLURM, PBS or LSF start them, through dask-jobqueue."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cocreate.experiments.errors import nearest
from cocreate.experiments.study.engines.dask_cluster import DaskCrew, connected
from cocreate.experiments.study.engines.engine import Simulate
from cocreate.experiments.study.engines.errors import EngineError
from cocreate.experiments.study.engines.flights import CrewEngine
from cocreate.experiments.study.tasks import simulate_batch

CLASSES = {"slurm": "SLURMCluster", "pbs": "PBSCluster", "lsf": "LSFCluster"}
"""Class of dask-jobqueue for each system."""

ACCOUNTS = {"slurm": "account", "pbs": "account", "lsf": "project"}
"""What dask-jobqueue calls the account to be charged."""

QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "2s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.tick.interval": "500ms",
}
"""Settings of Dask under which its processes leave the processors to the runs.

As they come, a scheduler and two workers with nothing to do were seen to take an eighth of a processor: they
sample their own stack a hundred times a second. With these it is a tenth of that.
"""


class JobSettings(BaseModel):
    """What to ask of a job queue.

    Attributes:
        system: The queue's software.
        jobs: Jobs to keep running.
        cores: Processors of one job; each simulates one run at a time.
        memory: Memory of one job, such as ``"8GB"``; about 500 MB a processor are enough.
        walltime: How long one job may take, as the queue writes it. A job that ends is replaced.
        queue: Name of the queue or partition; the usual one when empty.
        account: Account to be charged; the usual one when empty.
        interface: Network interface by which jobs reach this machine, such as ``"ib0"``.
        log_directory: Where jobs write what they print; nowhere of its own when empty.
        local_directory: Fast folder on the machines of the cluster for temporary files.
        directives: Further lines for the head of the job, without the ``#SBATCH`` or its like.
        prologue: Shell commands before the worker starts, such as loading a module.
        python: Python of the workers; the one that runs now when empty.
        patience: Seconds to wait for a job to start when none is running, a week at first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: Literal["slurm", "pbs", "lsf"] = "slurm"
    jobs: int = Field(default=1, ge=1)
    cores: int = Field(default=1, ge=1)
    memory: str = "4GB"
    walltime: str = "01:00:00"
    queue: str = ""
    account: str = ""
    interface: str = ""
    log_directory: str = ""
    local_directory: str = ""
    directives: tuple[str, ...] = ()
    prologue: tuple[str, ...] = ()
    python: str = ""
    patience: float = Field(default=7 * 24 * 3600.0, gt=0)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read settings from a TOML file.

        Raises:
            EngineError: The file cannot be read, or an entry is unknown or out of range.
        """
        try:
            return cls.model_validate(tomllib.loads(path.read_text("utf-8")))
        except OSError as error:
            raise EngineError(f"The settings {path} cannot be read: {error.strerror}.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise EngineError(f"{path} is no TOML file: {error}.") from error
        except ValidationError as error:
            raise EngineError("\n".join(cls._problem(path, one) for one in error.errors())) from error

    @classmethod
    def _problem(cls, path: Path, one: Any) -> str:
        name = ".".join(map(str, one["loc"]))
        if one["type"] == "extra_forbidden":
            known = tuple(cls.model_fields)
            return (
                f"{path}: there is no setting {name!r}; there are {', '.join(known)}.{nearest(name, known)}"
            )
        return f"{path}: {name} = {one['input']!r} is not allowed: {one['msg']}."

    def options(self) -> dict[str, Any]:
        """Return the settings as dask-jobqueue calls them, those left empty left out."""
        given = {
            "queue": self.queue,
            ACCOUNTS[self.system]: self.account,
            "interface": self.interface,
            "log_directory": self.log_directory,
            "local_directory": self.local_directory,
            "python": self.python,
        }
        return {
            "cores": self.cores,
            "processes": self.cores,
            "memory": self.memory,
            "walltime": self.walltime,
            "job_extra_directives": list(self.directives),
            "job_script_prologue": [*quiet_environment(), *self.prologue],
            "scheduler_options": {"dashboard_address": ":0"},
            **{name: value for name, value in given.items() if value},
        }


def quiet_environment() -> list[str]:
    """Return :data:`QUIET` as commands of the shell, in the names that Dask reads from the environment."""
    return [f"export {_variable(name)}={value}" for name, value in QUIET.items()]


def _variable(setting: str) -> str:
    return "DASK_" + setting.upper().replace(".", "__").replace("-", "_")


class JobQueue(CrewEngine):
    """Simulates in jobs of a queue, and hands in another job for each that is cancelled or runs out of time.

    The scheduler of the workers lives in this process, which must be reachable from the jobs: run it on a
    login node or in a job of its own.
    """

    def __init__(self, settings: JobSettings, *, simulate: Simulate = simulate_batch) -> None:
        """Choose the jobs; they are handed in with the first batch.

        Args:
            settings: What to ask of the queue.
            simulate: Simulates a batch in a worker; a function that can be imported there.

        Raises:
            EngineError: dask-jobqueue is not installed.
        """
        self._settings = settings
        self._simulate = simulate
        self._cluster_class = _cluster_class(settings.system)

    @property
    def cores(self) -> int:
        """Runs that it simulates at once when all jobs are running."""
        return self._settings.jobs * self._settings.cores

    def job_script(self) -> str:
        """Return the script of a job, to look at before anything is handed in."""
        cluster = self._cluster()
        try:
            return str(cluster.job_script())
        finally:
            cluster.close()

    def _start(self) -> JobCrew:
        return JobCrew(self._cluster(), self._settings, self._simulate)

    def _cluster(self) -> Any:
        import dask.config  # noqa: PLC0415 - heavy

        with dask.config.set(QUIET):
            return self._cluster_class(**self._settings.options())


class JobCrew(DaskCrew):
    """The jobs of a queue, as flights need them."""

    def __init__(self, cluster: Any, settings: JobSettings, simulate: Simulate) -> None:
        """Hand in the jobs.

        Args:
            cluster: A cluster of dask-jobqueue without jobs.
            settings: What to ask of the queue.
            simulate: Simulates a batch in a worker.
        """
        self._cluster = cluster
        self._settings = settings
        try:
            super().__init__(connected(cluster), simulate, settings.patience)
        except BaseException:
            cluster.close()
            raise

    def _look(self) -> None:
        """Count the workers, and hand in a job for each that is gone.

        Dask takes a lost job off its list after a while, and does not replace it unless it is asked to.
        """
        self._cluster.scale(jobs=self._settings.jobs)
        super()._look()

    def close(self) -> None:
        """Give up all flights and cancel the jobs."""
        super().close()
        self._cluster.close()


def _cluster_class(system: str) -> Any:
    try:
        import dask_jobqueue  # noqa: PLC0415 - heavy, and an extra
    except ImportError as error:
        raise EngineError(
            'Job queues need an extra that is not installed: pip install "cocreate[cluster]".'
        ) from error
    return getattr(dask_jobqueue, CLASSES[system])
