"""Responses: the mean of an outcome at the levels of one factor, over all others of a design."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.conclusions.levels import Level, level_of
from cocreate.experiments.conclusions.points import by_point, settings
from cocreate.experiments.study.results import Results
from cocreate.model.parameters import LEVERS

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
            intervals include what the other factors do.
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
    for world in results.study.worlds:
        runs = by_point(results, world.name, outcome)
        known = ~np.isnan(runs)
        sums = np.where(known, runs, 0).sum(axis=1)
        values = np.divide(sums, known.sum(axis=1), out=np.full(len(runs), np.nan), where=known.any(axis=1))
        for name in results.study.design.varies:
            labels, level = _levels(name, np.asarray(factors[name]))
            means = tuple(
                level_of(values[level == place], world.name, outcome) for place in range(len(labels))
            )
            found.append(Response(world.name, outcome, name, labels, means))
    return tuple(found)


def _levels(name: str, values: NDArray[np.generic]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the levels of a factor in words, and which one each point has."""
    words = LEVERS[name].choices
    if words:
        present = [word for word in words if word in set(values.tolist())]
        return tuple(present), np.array([present.index(str(one)) for one in values])
    numbers = np.asarray(values, float)
    different = np.unique(numbers)
    if len(different) <= FEW:
        return tuple(f"{one:g}" for one in different), np.searchsorted(different, numbers)
    edges = np.linspace(different[0], different[-1], BINS + 1)
    level = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, BINS - 1)
    return tuple(f"{low:.3g} to {high:.3g}" for low, high in pairwise(edges)), level
