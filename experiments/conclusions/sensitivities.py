"""Sensitivity, carried out on the points of a study: which factors matter for which outcome."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.experiments.analysis.morris import MorrisResult, morris
from cocreate.experiments.analysis.sample_checks import SensitivityError
from cocreate.experiments.analysis.sobol import SobolResult, sobol
from cocreate.experiments.conclusions.points import by_point, simulated_shares
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


def sensitivities(results: Results) -> tuple[Sensitive, ...]:
    """Return which factors matter for each outcome around each world.

    Args:
        results: Runs of a Sobol or Morris design.
    """
    return tuple(
        _one(results, world.name, outcome)
        for world in results.study.worlds
        for outcome in results.study.outcomes
    )


def _one(results: Results, world: str, outcome: str) -> Sensitive:
    try:
        return Sensitive(world, outcome, _analysed(results, world, outcome))
    except SensitivityError as error:
        return Sensitive(world, outcome, None, str(error))


def _analysed(results: Results, world: str, outcome: str) -> SobolResult | MorrisResult:
    design = results.study.design
    values = by_point(results, world, outcome)
    if isinstance(design, Sobol):
        return sobol(
            design.problem, simulated_shares(design), values, design.second_order, seed=results.study.seed
        )
    if isinstance(design, Morris):
        return morris(
            design.problem, simulated_shares(design), values, design.levels, seed=results.study.seed
        )
    raise SensitivityError(f"A design of kind {design.kind!r} has no indices: take 'sobol' or 'morris'.")
