"""A real Dask cluster on the loopback interface: a scheduler and workers as a user starts them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.study.small import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
DASK = Path(sys.executable).parent / "dask"
WORKER = ("worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard")


class DaskProcesses:
    """A scheduler and its workers, and where they log."""

    def __init__(self, folder: Path) -> None:
        """Start a scheduler."""
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._file = folder / "scheduler.json"
        options = (
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(self._file),
        )
        self.scheduler = self.start("scheduler", *options)
        until = time.monotonic() + PATIENCE
        while not self._file.exists() or not self._file.read_text():
            assert time.monotonic() < until, "the scheduler did not start"
            time.sleep(0.05)

    @property
    def address(self) -> str:
        """Address of the scheduler."""
        return str(json.loads(self._file.read_text())["address"])

    def start(self, *arguments: str, python_path: Sequence[Path] = (ROOT,)) -> subprocess.Popen[bytes]:
        """Start a ``dask`` command."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, python_path))}
        with (self.folder / f"log-{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(
                [DASK, *arguments], cwd=self.folder, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        self.processes.append(process)
        return process

    def start_worker(self, *options: str, python_path: Sequence[Path] = (ROOT,)) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self.start(*WORKER, "--scheduler-file", str(self._file), *options, python_path=python_path)

    def stop(self) -> None:
        """Stop all processes, workers first."""
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def dask_processes(folder: Path, workers: int) -> Iterator[DaskProcesses]:
    """Run a scheduler with so many workers, each with a nanny that replaces it."""
    running = DaskProcesses(folder)
    try:
        for _ in range(workers):
            running.start_worker()
        yield running
    finally:
        running.stop()
