"""The store: memory of a driver over many runs, and how fast rows are written and read."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator

import numpy as np

from benchmarks.timing import show
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.engine import InProcess, Records
from cocreate.experiments.study.readers import connect
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, Batch, RunResult

FEW, MANY = 10_000, 200_000
"""Runs over which memory is compared."""

SIMULATED = 20_000
"""Runs that are really simulated, of a tiny world."""


class Quick(InProcess):
    """Gives random records at once, to measure the driver and the store alone."""

    def records(self, batches: Iterable[Batch]) -> Iterator[Records]:
        """Make up records."""
        source = np.random.default_rng(1)
        for batch in batches:
            yield [RunResult(one.key, source.random(len(KEPT_OUTCOMES)), 12, 1e-4) for one in batch.tasks]


def peak_megabytes() -> float:
    """Return the largest memory that this process has held."""
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(runs: int, *, simulated: bool) -> dict[str, float]:
    """Run a study in this process and return times and memory."""
    study = Study(name="many", replicates=runs, levers={"regions": 1, "horizon": 12})
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder)
        run_study(study.model_copy(update={"name": "warm", "replicates": 1, "seed": 2}), store)
        before = peak_megabytes()
        began = time.perf_counter()
        run_study(study, store, engine=InProcess() if simulated else Quick())
        written = time.perf_counter()
        peak = peak_megabytes()
        with connect(store, "many") as connection:
            ((found, _),) = connection.sql("SELECT count(trust), avg(trust) FROM results").fetchall()
        assert found == runs
        read = time.perf_counter()
        size = sum(path.stat().st_size for path in store.folder.rglob("*.parquet"))
    return {
        "runs_per_second": runs / (written - began),
        "peak_megabytes": peak,
        "peak_megabytes_before": before,
        "read_seconds": read - written,
        "bytes_per_run": size / runs,
    }


def main() -> None:
    """Print rates and memory, each measured in a process of its own."""
    for name, runs, simulated in (("few", FEW, 0), ("many", MANY, 0), ("simulated", SIMULATED, 1)):
        command = [sys.executable, "-m", "benchmarks.store", str(runs), str(simulated)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        for what, value in json.loads(done.stdout).items():
            show(f"store_{name}_{what}", value)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Measure one size.")
    arguments.add_argument("runs", type=int)
    arguments.add_argument("simulated", type=int)
    asked = arguments.parse_args()
    print(json.dumps(measure(asked.runs, simulated=bool(asked.simulated))))
