"""Interactions, carried out on a factorial study: what each lever does, and what levers do together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cocreate.experiments.analysis.correction import Correction, corrected
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.factorial import FactorialEffect, factorial_effects
from cocreate.experiments.analysis.interval import mean_interval, repeats, whole_draws
from cocreate.experiments.conclusions.points import by_point
from cocreate.experiments.study.designs import Factorial
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study

MOST = 5
"""Factors up to which all effects are worked out: five have 31."""

LEVELS = 2


@dataclass(frozen=True)
class Interacting:
    """What levers do to an outcome around a world, alone and together.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        effects: Main effects, then interactions of two levers, of three and so on. Each is what going from
            the first to the second level does; p-values are corrected over all outcomes and worlds.
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


def two_levels(study: Study) -> bool:
    """Return whether a study combines a few levers, each at two levels, in every way."""
    design = study.design
    if not isinstance(design, Factorial) or len(design.varies) > MOST:
        return False
    return all(len(levels) == LEVELS for levels in design.factors.values())


def interactions(results: Results, correction: Correction) -> tuple[Interacting, ...]:
    """Return what levers do alone and together to each outcome around each world.

    Args:
        results: Runs of a study for which :func:`two_levels` holds.
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
    names = results.study.design.varies
    values = by_point(results, world, outcome)
    # the design changes its last factor fastest; corners are numbered with the first one as the lowest bit
    cube = values.reshape(*[LEVELS] * len(names), -1)
    corners = cube.transpose(*reversed(range(len(names))), len(names)).reshape(len(values), -1)
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
