"""Responses: the mean of an outcome at the levels of one factor, over all others of a design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.missing_runs import completed
from cocreate.experiments.conclusions.levels import Level, level_of, within_range
from cocreate.experiments.conclusions.points import blocks_of, by_point, settings
from cocreate.experiments.study.designs import Sampled
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
        means: The outcome over the points at each level. Intervals tell what chance does to the mean; where
            points were drawn from ranges, also what the sample of the other factors does. See
            :func:`~cocreate.experiments.conclusions.levels.level_of`.
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
    design, draws = results.study.design, len(results.study.draws or ())
    ranges = design.factors if isinstance(design, Sampled) else {}
    blocks = blocks_of(design)
    for world in results.study.worlds:
        runs = by_point(results, world.name, outcome)
        filled = completed(runs)
        for name in design.varies:
            labels, level = _levels(name, np.asarray(factors[name]), ranges.get(name))
            places = [level == place for place in range(len(labels))]
            means = tuple(
                within_range(
                    level_of(
                        runs[there],
                        world.name,
                        outcome,
                        draws,
                        None if blocks is None else blocks[there],
                        filled[there],
                    )
                )
                for there in places
            )
            found.append(Response(world.name, outcome, name, labels, means))
    return tuple(found)


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
