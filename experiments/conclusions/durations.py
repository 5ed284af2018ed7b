"""Durations, carried out on the pilots of a study: how long services go on, and what elections do to them."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.hazard import ElectionHazard, around_elections, term_of
from cocreate.experiments.analysis.lifelines import Fates, Lifeline, fates, lifeline
from cocreate.experiments.analysis.log_rank import LogRank, log_rank
from cocreate.experiments.study import conclude as wanted
from cocreate.experiments.study.results import Results


@dataclass(frozen=True, eq=False)
class Duration:
    """What became of the pilots of a world, and how long they went on.

    Attributes:
        world: Name of the world.
        lifeline: Share of services still going by age.
        fates: What became of them by the horizon.
        against_baseline: Whether services go on longer than in the baseline; None for the baseline, and
            where nothing can be said.
        elections: How likely services are to end around elections; None unless asked for, and where
            nothing can be said.
        problems: Why something cannot be said, one sentence each.
    """

    world: str
    lifeline: Lifeline
    fates: Fates
    against_baseline: LogRank | None
    elections: ElectionHazard | None
    problems: tuple[str, ...]


def durations(results: Results, asked: wanted.Survival | None = None) -> tuple[Duration, ...]:
    """Return what became of the pilots of each world that had any.

    Args:
        results: Runs whose pilots were kept.
        asked: Months around elections to tell the hazard for; None to leave elections out.
    """
    return tuple(
        _one(results, world.name, asked)
        for world in results.study.worlds
        if any(len(run.pilots) for run in results.of(world.name))
    )


def _one(results: Results, world: str, asked: wanted.Survival | None) -> Duration:
    runs, seed = results.of(world), results.study.seed
    problems: list[str] = []
    against, elections = None, None
    baseline = results.study.baseline.name
    if world != baseline:
        try:
            against = log_rank(runs, results.of(baseline), seed)
        except AnalysisError as error:
            problems.append(str(error))
    if asked is not None:
        try:
            elections = around_elections(runs, term_of(results.study, world), asked.window, seed=seed)
        except AnalysisError as error:
            problems.append(str(error))
    return Duration(world, lifeline(runs, seed), fates(runs, seed), against, elections, tuple(problems))
