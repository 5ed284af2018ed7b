"""Responses: the mean of an outcome at the levels of one factor, over all others of a design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.clustered import clustered_interval
from cocreate.experiments.conclusions.levels import Level, level_of, within_range
from cocreate.experiments.conclusions.points import by_point, settings
from cocreate.experiments.study.designs import Morris, Sampled
from cocreate.experiments.study.results import Results
from cocreate.model.parameters import LEVERS, Value

BINS = 5
"""Equal parts in which a sampled range is shown."""

FEW = 7
"""Different values of a factor up to which each is a level of its own."""


@dataclass(frozen=True, eq=False)
class Response:
    """The mean of an outcome at the levels of one factor.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        factor: Name of the lever.
        labels: Levels in words, from the lowest to the highest.
        means: The outcome over the points at each level. Points count by the mean over their replicates, so
            intervals include what the other factors do. The points of a Morris trajectory share the settings
            of most other factors, so there whole trajectories count.
    """

    world: str
    outcome: str
    factor: str
    labels: tuple[str, ...]
    means: tuple[Level, ...]


def responses(results: Results, outcome: str) -> tuple[Response, ...]:
    """Return the mean of an outcome at the levels of each factor, around each world.

    Args:
        results: Runs of a design that varies factors.
        outcome: Name of the outcome.
    """
    found = []
    factors = settings(results)
    design = results.study.design
    ranges = design.factors if isinstance(design, Sampled) else {}
    trajectories = np.arange(design.size) // design.block if isinstance(design, Morris) else None
    for world in results.study.worlds:
        runs = by_point(results, world.name, outcome)
        known = ~np.isnan(runs)
        sums = np.where(known, runs, 0).sum(axis=1)
        values = np.divide(sums, known.sum(axis=1), out=np.full(len(runs), np.nan), where=known.any(axis=1))
        for name in design.varies:
            labels, level = _levels(name, np.asarray(factors[name]), ranges.get(name))
            means = tuple(
                within_range(_mean(values, level == place, trajectories, (world.name, outcome)))
                for place in range(len(labels))
            )
            found.append(Response(world.name, outcome, name, labels, means))
    return tuple(found)


def _mean(
    values: NDArray[np.float64],
    there: NDArray[np.bool_],
    trajectories: NDArray[np.int64] | None,
    names: tuple[str, str],
) -> Level:
    """Return the mean over the points at a level.

    Args:
        values: The outcome at each point, NaN where there is none.
        there: Which points have the level.
        trajectories: Which trajectory each point belongs to; None where points stand alone.
        names: Names of world and outcome.
    """
    found = level_of(values[there], *names)
    if trajectories is None or found.runs == 0:
        return found
    known = there & ~np.isnan(values)
    low, high = clustered_interval(values[known], trajectories[known])
    return replace(found, low=low, high=high)


def _levels(
    name: str, values: NDArray[np.generic], limits: Sequence[Value] | None
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the levels of a factor in words, and which one each point has.

    Args:
        name: Name of the lever.
        values: Its value at each point.
        limits: Ends of its range in the design; None for those of the values.
    """
    words = LEVERS[name].choices
    if words:
        present = [word for word in words if word in set(values.tolist())]
        return tuple(present), np.array([present.index(str(one)) for one in values])
    numbers = np.asarray(values, float)
    different = np.unique(numbers)
    if len(different) <= FEW:
        return tuple(f"{one:g}" for one in different), np.searchsorted(different, numbers)
    low, high = (float(limits[0]), float(limits[-1])) if limits else (different[0], different[-1])
    edges = np.linspace(low, high, BINS + 1)
    level = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, BINS - 1)
    return tuple(f"{start:.3g} to {end:.3g}" for start, end in pairwise(edges)), level
