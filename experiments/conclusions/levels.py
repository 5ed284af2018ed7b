"""Levels: where the runs of each world end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import FEWEST, by_draw, mean_interval
from cocreate.experiments.analysis.source import draws_of
from cocreate.experiments.conclusions.outcome_words import outcome_named
from cocreate.experiments.study.results import Results


@dataclass(frozen=True, eq=False)
class Level:
    """An outcome over the runs of a world.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        runs: Runs in which it could be measured.
        missing: Runs that failed or had nothing to measure.
        mean: Mean over the runs; NaN for none.
        low: Lower end of Student's 95 % interval of the mean; NaN for fewer than two runs.
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


def level_of(values: NDArray[np.float64], world: str = "", outcome: str = "", draws: int = 0) -> Level:
    """Return mean and interval of an outcome over runs.

    Args:
        values: The outcome of each run, NaN where there is none.
        world: Name of the world.
        outcome: Name of the outcome.
        draws: Draws of uncertain levers that runs take in turn; 0 for none. Runs of the same draw are
            averaged before mean and interval are taken, as only draws are independent of each other.
    """
    units = by_draw(values, draws)
    known = values[~np.isnan(values)]
    runs = len(known)
    mean = float(units.mean()) if runs else np.nan
    deviation = float(known.std(ddof=1)) if runs >= FEWEST else np.nan
    low, high, _ = mean_interval(units)
    return Level(world, outcome, runs, len(values) - runs, mean, low, high, deviation, values)


RANGES = {"share": (0.0, 1.0), "flag": (0.0, 1.0), "count": (0.0, np.inf)}
"""Values that outcomes can take, by unit; others can take any."""


def within_range(one: Level) -> Level:
    """Return a level whose interval is cut to values that the outcome can take, which hides no likely one."""
    allowed = RANGES.get(outcome_named(one.outcome).unit, (-np.inf, np.inf))
    low, high = np.clip([one.low, one.high], *allowed)
    return replace(one, low=float(low), high=float(high))


def levels(results: Results, outcomes: Sequence[str]) -> tuple[Level, ...]:
    """Return each outcome of each world, worlds one after the other."""
    draws = draws_of(results)
    return tuple(
        within_range(level_of(results.values(world.name, outcome), world.name, outcome, draws))
        for world in results.study.worlds
        for outcome in outcomes
    )
