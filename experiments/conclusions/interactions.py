"""Interactions, carried out on a factorial study: what each lever does, and what levers do together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.correction import Correction, corrected
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.factorial import FactorialEffect, factorial_effects
from cocreate.experiments.analysis.interval import mean_interval, repeats, whole_draws
from cocreate.experiments.conclusions.points import by_point
from cocreate.experiments.study.designs import Factorial
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study
from cocreate.model.parameters import LEVERS, Value

MOST = 5
"""Factors up to which all effects are worked out: five have 31."""

LEVELS = 2
"""Levels of each lever that are compared."""


@dataclass(frozen=True)
class Interacting:
    """What levers do to an outcome around a world, alone and together.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        effects: Main effects, then interactions of two levers, of three and so on. Each is what going from
            one level to the other of :func:`levels_compared` does; p-values are corrected over
            all outcomes and worlds.
        replicates: Replicates in which all combinations could be measured.
        dropped: Replicates left out.
        draws: Draws of uncertain levers behind the intervals where replicates repeat them, which are averaged
            first; 0 where they do not.
    """

    world: str
    outcome: str
    effects: tuple[FactorialEffect, ...]
    replicates: int
    dropped: int
    draws: int = 0


def levels_compared(study: Study) -> dict[str, tuple[Value, Value]]:
    """Return the two levels of each lever between which effects are worked out.

    These are the levels of a lever that has two. Of a number with more they are the lowest and the highest,
    which is a factorial of two levels within the larger one.

    Returns:
        The levels by lever; empty unless a study combines a few levers in every way, and none of them is a
        choice among three words or more, which has no two ends.
    """
    design = study.design
    if not isinstance(design, Factorial) or len(design.varies) > MOST:
        return {}
    found = {}
    for name, levels in design.factors.items():
        if len(levels) > LEVELS and LEVERS[name].choices:
            return {}
        numbers = sorted(levels, key=float) if len(levels) > LEVELS else levels
        found[name] = (numbers[0], numbers[-1])
    return found


def interactions(results: Results, correction: Correction) -> tuple[Interacting, ...]:
    """Return what levers do alone and together to each outcome around each world.

    Args:
        results: Runs of a study for which there are :func:`levels_compared`.
        correction: How p-values allow for the number of effects.
    """
    found = [
        _one(results, world.name, outcome)
        for world in results.study.worlds
        for outcome in results.study.outcomes
    ]
    fair = iter(corrected([effect.p for one in found for effect in one.effects], correction))
    return tuple(
        replace(one, effects=tuple(replace(effect, p_corrected=next(fair)) for effect in one.effects))
        for one in found
    )


def _one(results: Results, world: str, outcome: str) -> Interacting:
    corners = _corners(results, world, outcome)
    names = results.study.design.varies
    replicates = int((~np.isnan(corners).any(axis=0)).sum())
    draws = len(results.study.draws or ())
    known = whole_draws(corners, draws)
    effects = []
    for places, numbers in factorial_effects(known).items():
        interval = mean_interval(numbers)
        mean = float(numbers.mean()) if len(numbers) else float("nan")
        estimate = Estimate(mean, interval.low, interval.high)
        effects.append(
            FactorialEffect(tuple(names[place] for place in places), estimate, interval.p, interval.p)
        )
    return Interacting(
        world,
        outcome,
        tuple(effects),
        replicates,
        corners.shape[1] - replicates,
        known.shape[1] if repeats(corners, draws) else 0,
    )


def _corners(results: Results, world: str, outcome: str) -> NDArray[np.float64]:
    """Return an outcome where each lever is at one of the levels compared.

    Returns:
        Shape (2 ** levers, replicates); the first lever is the lowest bit of the place of a corner.
    """
    compared = levels_compared(results.study)
    points = [
        sum((factors[name] == high) << bit for bit, (name, (_, high)) in enumerate(compared.items()))
        if all(factors[name] in ends for name, ends in compared.items())
        else None
        for factors in results.study.design.samples()
    ]
    values = by_point(results, world, outcome)
    return values[[points.index(corner) for corner in range(LEVELS ** len(compared))]]
