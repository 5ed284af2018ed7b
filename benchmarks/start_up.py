"""Start-up: imports, a second start, and the first run after installation, each in a fresh process."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import median, seconds, show

REPEATS = 5

NOTHING = "pass"
PACKAGE = "import cocreate"
LEVERS = "from cocreate.model.parameters import LEVERS"
MODEL = "from cocreate.model.model import CoCreationModel"
RUN = MODEL + "; CoCreationModel(rng=1).run()"
WARM_UP = (
    "from contextlib import nullcontext; from cocreate.experiments.warm_up import warm_up;"
    " warm_up(lambda message: nullcontext())"
)


def of_processors(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the clock, and seconds of processors in the processes that some work started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    by_clock = seconds(work)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return by_clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def fresh(code: str, **settings: str) -> float:
    """Return how long a fresh Python process takes to run some code."""
    environment = {**os.environ, **settings}
    return seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True, env=environment))


def main() -> None:
    """Print seconds of each kind of start.

    Python's own bytecode is kept in a temporary folder, so that a start is measured as a user has it even
    where writing bytecode is switched off.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        written_before = os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            measure_starts(folder)
        finally:
            del os.environ["PYTHONPYCACHEPREFIX"]
            if written_before is not None:
                os.environ["PYTHONDONTWRITEBYTECODE"] = written_before


def measure_starts(folder: str) -> None:
    """Print seconds of each kind of start; whatever is compiled goes into a folder."""
    fresh(RUN)
    starts = {
        "python_start": NOTHING,
        "import_package": PACKAGE,
        "import_levers": LEVERS,
        "import_model": MODEL,
        "second_start": RUN,
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in starts}
    for _ in range(REPEATS):
        for name, code in starts.items():
            times[name].append(of_processors(lambda code=code: fresh(code)))  # type: ignore[misc]
    for name, laps in times.items():
        show(f"{name}_seconds", median([by_clock for by_clock, _ in laps]))
        show(f"{name}_processor_seconds", median([worked for _, worked in laps]))
    for name, code in (("first_compilation", WARM_UP), ("first_compilation_one_process", RUN)):
        settings = {"NUMBA_CACHE_DIR": str(Path(folder) / name)}
        by_clock, worked = of_processors(lambda code=code, settings=settings: fresh(code, **settings))  # type: ignore[misc]
        show(f"{name}_seconds", by_clock)
        show(f"{name}_processor_seconds", worked)
