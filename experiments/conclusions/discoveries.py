"""Scenario discovery, carried out on the points of a study: where an outcome lies beyond a threshold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.discovery import Discovery, discover
from cocreate.experiments.analysis.missing_runs import comparable
from cocreate.experiments.conclusions.points import by_point, settings
from cocreate.experiments.study import conclude as wanted
from cocreate.experiments.study.results import Results

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Discovered:
    """Where an outcome lies beyond a threshold around a world.

    Attributes:
        world: Name of the world.
        wanted: Outcome, threshold and method.
        found: The box and its quality; None where nothing can be said.
        settings: Factors of the points that could be measured, one row a point.
        values: Mean of the outcome over the replicates at these points, as if all of them had been measured;
            shape (points,).
        cases: Whether it lies beyond the threshold, shape (points,).
        dropped: Points without any run that could be measured and compared with the others.
        problem: Why nothing can be said, empty where something can.
        incomplete: Points among the others that lack some of their runs.
    """

    world: str
    wanted: wanted.Discovery
    found: Discovery | None
    settings: pd.DataFrame = field(repr=False)
    values: NDArray[np.float64] = field(repr=False)
    cases: NDArray[np.bool_] = field(repr=False)
    dropped: int
    problem: str = ""
    incomplete: int = 0


def discoveries(results: Results, asked: wanted.Discovery) -> tuple[Discovered, ...]:
    """Return around each world in which box of factors an outcome lies beyond a threshold.

    A point counts by the mean over its replicates. Where some of these are missing, what the others add at
    all points alike is taken off: a point that has only a replicate of high luck would lie beyond a threshold
    for that, see :func:`~cocreate.experiments.analysis.missing_runs.additive`.

    Args:
        results: Runs of a design that varies factors.
        asked: Outcome, threshold and method.
    """
    return tuple(_one(results, world.name, asked) for world in results.study.worlds)


def _one(results: Results, world: str, asked: wanted.Discovery) -> Discovered:
    runs = comparable(by_point(results, world, asked.outcome))
    measured = ~np.isnan(runs).all(axis=1)
    values = np.nanmean(runs[measured], axis=1)
    incomplete = int(np.isnan(runs[measured]).any(axis=1).sum())
    factors = settings(results)[measured].reset_index(drop=True)
    cases = values > asked.threshold if asked.side == "above" else values < asked.threshold
    found, problem = None, ""
    try:
        found = discover(factors, cases, asked.method, seed=results.study.seed)
    except CocreateError as error:
        problem = str(error)
    dropped = int((~measured).sum())
    return Discovered(world, asked, found, factors, values, cases, dropped, problem, incomplete)
