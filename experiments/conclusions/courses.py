"""Courses: how outcomes move from month to month in the runs of each world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.study.results import Results

QUANTILES = (0.1, 0.5, 0.9)
"""Shares of runs that lie below the lower end of the band, the line, and the upper end of the band."""


@dataclass(frozen=True, eq=False)
class Course:
    """An outcome of a world from month to month, over all its runs.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        runs: Runs in the first month.
        low: The value that a tenth of the runs lies below, by month from 0 on; NaN where none has one.
        median: The value that half of the runs lies below.
        high: The value that nine tenths of the runs lie below.
    """

    world: str
    outcome: str
    runs: int
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]


def courses(results: Results) -> tuple[Course, ...]:
    """Return the course of each monthly outcome that a study keeps, in each world that has a run.

    Runs of all points and replicates of a world count alike.

    Args:
        results: Runs of a study that keeps series.
    """
    names = list(results.study.keep.series)
    found = []
    for world, rows in results.series.groupby("world", sort=False, observed=True):
        by_month = rows.groupby("month")[names]
        low, median, high = (by_month.quantile(share) for share in QUANTILES)
        runs = int((rows["month"] == 0).sum())
        found += [
            Course(str(world), name, runs, *(one[name].to_numpy(float) for one in (low, median, high)))
            for name in names
        ]
    return tuple(found)
