"""Which engine: from options as the command line takes them."""

from __future__ import annotations

from pathlib import Path

from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.engines.errors import EngineError


def engine_from(
    workers: int | None = None, scheduler: str | None = None, slurm: Path | None = None
) -> Engine:
    """Return the engine that options ask for.

    Args:
        workers: Processes on this machine; 1 simulates in this process. As many as there are processors when
            this and the others are None.
        scheduler: Address of the scheduler of a Dask cluster.
        slurm: TOML file with the settings of a job queue.

    Raises:
        EngineError: Two of them were given, one makes no sense, or an extra is not installed.
    """
    options = {"--workers": workers, "--scheduler": scheduler, "--slurm": slurm}
    given = [name for name, value in options.items() if value is not None]
    if len(given) > 1:
        raise EngineError(f"{' and '.join(given)} exclude each other: give one of them.")
    if scheduler is not None:
        from cocreate.experiments.study.engines.dask_cluster import DaskCluster  # noqa: PLC0415 - heavy

        return DaskCluster(scheduler)
    if slurm is not None:
        from cocreate.experiments.study.engines.job_queue import JobQueue, JobSettings  # noqa: PLC0415 - heavy

        return JobQueue(JobSettings.from_file(slurm))
    if workers == 1:
        return InProcess()
    from cocreate.experiments.study.engines.pool import Pool  # noqa: PLC0415 - heavy

    return Pool(workers)
