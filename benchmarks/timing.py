"""Timing: repeats, medians, and how a result is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(work: Callable[[], object]) -> float:
    """Return how long a function took."""
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def median(times: list[float]) -> float:
    """Return the median."""
    return statistics.median(times)


def show(name: str, value: float) -> None:
    """Print a result as one line, ``name value``."""
    print(f"{name} {value:.6g}", flush=True)
