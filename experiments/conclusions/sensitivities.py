"""Sensitivity, carried out on the points of a study: which factors matter for which outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.interval import draw_means, repeats
from cocreate.experiments.analysis.missing_runs import comparable
from cocreate.experiments.analysis.morris import MorrisResult, morris
from cocreate.experiments.analysis.sample_checks import SensitivityError
from cocreate.experiments.analysis.sobol import SobolResult, sobol
from cocreate.experiments.conclusions.points import by_point, simulated_shares
from cocreate.experiments.study import conclude as wanted
from cocreate.experiments.study.designs import Morris, Sobol
from cocreate.experiments.study.results import Results


@dataclass(frozen=True)
class Sensitive:
    """Which factors matter for an outcome around a world.

    Attributes:
        world: Name of the world.
        outcome: Name of the outcome.
        found: Shares of the variance, or elementary effects; None where nothing can be said.
        problem: Why nothing can be said, empty where something can.
    """

    world: str
    outcome: str
    found: SobolResult | MorrisResult | None
    problem: str = ""


def sensitivities(results: Results, asked: wanted.Sensitivity) -> tuple[Sensitive, ...]:
    """Return which factors matter for each outcome around each world.

    Args:
        results: Runs of a Sobol or Morris design.
        asked: How many resamples are behind each interval.
    """
    return tuple(
        _one(results, world.name, outcome, asked.resamples)
        for world in results.study.worlds
        for outcome in results.study.outcomes
    )


def _one(results: Results, world: str, outcome: str, resamples: int) -> Sensitive:
    try:
        return Sensitive(world, outcome, _analysed(results, world, outcome, resamples))
    except SensitivityError as error:
        return Sensitive(world, outcome, None, str(error))


def _analysed(results: Results, world: str, outcome: str, resamples: int) -> SobolResult | MorrisResult:
    design, seed = results.study.design, results.study.seed
    values = by_point(results, world, outcome)
    if isinstance(design, Sobol | Morris):
        values = _by_draw(values, design.block, len(results.study.draws or ()))
    if isinstance(design, Sobol):
        shares = simulated_shares(design)
        return sobol(design.problem, shares, values, design.second_order, seed=seed, resamples=resamples)
    if isinstance(design, Morris):
        shares = simulated_shares(design)
        return morris(design.problem, shares, values, design.levels, seed=seed, resamples=resamples)
    raise SensitivityError(f"A design of kind {design.kind!r} has no indices: take 'sobol' or 'morris'.")


def _by_draw(values: NDArray[np.float64], block: int, draws: int) -> NDArray[np.float64]:
    """Return means over the replicates of each draw of uncertain levers, as only draws are independent.

    A replicate that lacks a point of a block is left out of the whole block, so that points are compared on
    the same random worlds; what it adds at all points is taken off then, so that blocks can be compared, too.

    Args:
        values: Shape (points, replicates); NaN where there is none.
        block: Points of a block.
        draws: Draws that replicates take in turn; 0 for none.
    """
    if not repeats(values, draws):
        return values
    blocks = comparable(values).reshape(-1, block, values.shape[1])
    whole = np.where(np.isnan(blocks).any(axis=1, keepdims=True), np.nan, blocks)
    return draw_means(whole, draws).reshape(len(values), -1)
