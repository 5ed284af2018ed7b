"""Levels: where the runs of each world end. Reports and the command line both tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.clustered import clustered_interval, crossed_interval
from cocreate.experiments.analysis.interval import FEWEST, draw_means
from cocreate.experiments.analysis.missing_runs import completed
from cocreate.experiments.conclusions.outcome_words import outcome_named
from cocreate.experiments.conclusions.points import OfStudy, blocks_of, by_point


@dataclass(frozen=True, eq=False)
class Level:
    """An outcome over the runs of a world.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        runs: Runs in which it could be measured.
        missing: Runs that failed or had nothing to measure.
        mean: Mean over the points of the design, each counting by the mean over its replicates, as if all of
            these had been measured; NaN for none.
        low: Lower end of Student's 95 % interval of the mean, see :func:`level_of`; NaN where it is unknown.
        high: Upper end of it.
        deviation: Standard deviation between runs; NaN for fewer than two.
        values: The outcome of each run, NaN where there is none; shape (runs + missing,).
    """

    world: str
    outcome: str
    runs: int
    missing: int
    mean: float
    low: float
    high: float
    deviation: float
    values: NDArray[np.float64] = field(repr=False)

    @property
    def narrows(self) -> bool:
        """Whether the interval is known and leaves out anything that the outcome can be."""
        least, most = RANGES.get(outcome_named(self.outcome).unit, ANYTHING)
        return self.low > least or self.high < most


def level_of(
    values: NDArray[np.float64],
    world: str = "",
    outcome: str = "",
    draws: int = 0,
    blocks: NDArray[np.int64] | None = None,
    filled: NDArray[np.float64] | None = None,
) -> Level:
    """Return mean and interval of an outcome over runs.

    Runs of the same draw of uncertain levers are averaged first, as only draws are independent of each other.
    Replicates share their seed at all points. So where points were chosen, the interval is that of the means
    of replicates (or draws) over the points, and tells what chance does to the mean at these very points.
    Where points were drawn, it also tells how far the mean would be off with another sample: points and
    replicates both count as drawn. Samples are more even than points drawn one by one, so that it is somewhat
    too wide. With a single replicate nothing tells what the chance that all points share does to the mean.
    Where runs are missing, the mean has what their point and their replicate let expect in their place, since
    other points would be compared with lucky ones. The width of the interval rests on the runs there are.

    Args:
        values: The outcome of each run, NaN where there is none; shape (replicates,) or (points, replicates).
        world: Name of the world.
        outcome: Name of the outcome.
        draws: Draws of uncertain levers that replicates take in turn; 0 for none.
        blocks: Which block of a drawn sample each point belongs to, shape (points,); None for chosen points.
        filled: The values with missing runs filled in from more points than these, see
            :func:`~cocreate.experiments.analysis.missing_runs.completed`; None to fill them in from these.
    """
    measured = values[~np.isnan(values)]
    runs = len(measured)
    deviation = float(measured.std(ddof=1)) if runs >= FEWEST else np.nan
    means = draw_means(np.atleast_2d(values), draws)
    known = ~np.isnan(means)
    point, unit = np.nonzero(known)
    numbers, weights = means[known], 1 / known.sum(axis=1)[point]
    mean = float(np.average(numbers, weights=weights)) if runs else np.nan
    if blocks is None:
        low, high = clustered_interval(numbers, unit, weights)
    else:
        low, high = crossed_interval(numbers, blocks[point], unit, weights)
    if 0 < runs < values.size:
        filled = completed(np.atleast_2d(values)) if filled is None else filled
        expected = np.nanmean(draw_means(filled, draws)[known.any(axis=1)], axis=1).mean()
        low, high, mean = (float(one + expected - mean) for one in (low, high, mean))
    return Level(world, outcome, runs, values.size - runs, mean, low, high, deviation, values.ravel())


ANYTHING = (-np.inf, np.inf)
RANGES = {"share": (0.0, 1.0), "flag": (0.0, 1.0), "count": (0.0, np.inf)}
"""Values that outcomes can take, by unit; others can take any."""


def within_range(one: Level) -> Level:
    """Return a level whose interval is cut to values that the outcome can take, which hides no likely one."""
    allowed = RANGES.get(outcome_named(one.outcome).unit, ANYTHING)
    low, high = np.clip([one.low, one.high], *allowed)
    return replace(one, low=float(low), high=float(high))


def levels(results: OfStudy, outcomes: Sequence[str]) -> tuple[Level, ...]:
    """Return each outcome of each world, worlds one after the other.

    Args:
        results: Outcomes of the runs of a study.
        outcomes: Names of outcomes.
    """
    study = results.study
    draws, blocks = len(study.draws or ()), blocks_of(study.design)
    return tuple(
        within_range(level_of(by_point(results, world.name, outcome), world.name, outcome, draws, blocks))
        for world in study.worlds
        for outcome in outcomes
    )
