"""Running named experiments: one study for all their worlds, then a finding for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

import cocreate
from cocreate.experiments.hypotheses.claim import Boundary, Claim
from cocreate.experiments.hypotheses.estimate import FEWEST, estimate, more_pairs, reach_of
from cocreate.experiments.hypotheses.finding import Finding, Provenance, WorldMean
from cocreate.experiments.hypotheses.hypothesis import Hypothesis
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import JudgedBoundary, JudgedClaim, judge, standing
from cocreate.experiments.study.engines.engine import Engine
from cocreate.experiments.study.results import Progress, Results, WorldRun, run_in_memory
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.model.parameters import Value

QUICK, FULL = 50, 250
"""Replicates of each world, for a first look and for a result."""

type Values = Callable[[str, str], NDArray[np.float64]]
"""Gives a measure in every replicate of a world, by the names of world and measure."""


def run_hypotheses(
    hypotheses: Sequence[Hypothesis],
    replicates: int = QUICK,
    seed: int = 1,
    *,
    draws: tuple[Mapping[str, Value], ...] | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> tuple[Finding, ...]:
    """Simulate experiments and judge them.

    Worlds that experiments share are simulated once. Replicate ``i`` has the same seed, and the same draw
    of uncertain levers, in all worlds.

    Args:
        hypotheses: The experiments.
        replicates: Runs of each world; experiments with many worlds take their share of it.
        seed: Seed of the study, 0 or larger.
        draws: Draws of uncertain levers, such as a posterior; None for the default point.
        engine: Who simulates; this process when None.
        progress: Called with runs done and all runs.

    Returns:
        A finding for each hypothesis, in their order.
    """
    groups = [
        (count, tuple(members))
        for count, members in groupby(
            sorted(hypotheses, key=lambda one: -one.share), key=lambda one: _replicates(one, replicates)
        )
    ]
    studies = [study_of(members, count, seed, draws) for count, members in groups]
    sizes = [len({cell.task.key for cell in study.cells()}) for study in studies]
    found: dict[str, Finding] = {}
    for place, ((_, members), study) in enumerate(zip(groups, studies, strict=True)):
        before, total = sum(sizes[:place]), sum(sizes)
        told = None if progress is None else _shifted(progress, before, total)
        results = run_in_memory(study, engine, told)
        found |= {one.id: finding_of(one, results) for one in members}
    return tuple(found[one.id] for one in hypotheses)


def _replicates(hypothesis: Hypothesis, replicates: int) -> int:
    return max(1, round(hypothesis.share * replicates))


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    return lambda done, _: progress(before + done, total)


def study_of(
    hypotheses: Sequence[Hypothesis],
    replicates: int,
    seed: int = 1,
    draws: tuple[Mapping[str, Value], ...] | None = None,
) -> Study:
    """Return the study that simulates all worlds of some experiments.

    Args:
        hypotheses: The experiments.
        replicates: Runs of each world, at least 1.
        seed: Seed of the study.
        draws: Draws of uncertain levers; None for the default point.

    Raises:
        ParameterError: A lever of a world is unknown or its value not allowed.
    """
    return Study(
        name="hypotheses" if len(hypotheses) > 1 else hypotheses[0].id,
        question="; ".join(one.title for one in hypotheses),
        worlds=tuple(
            world.model_copy(update={"name": _place(one, world.name)})
            for one in hypotheses
            for world in one.worlds
        ),
        replicates=replicates,
        seed=seed,
        draws=draws,
        keep=Keep(pilots=True),
    )


def _place(hypothesis: Hypothesis, world: str) -> str:
    return f"{hypothesis.id}/{world}"


def finding_of(hypothesis: Hypothesis, results: Results) -> Finding:
    """Judge an experiment by the runs of its worlds.

    Args:
        hypothesis: The experiment.
        results: Results of a study made by :func:`study_of`.
    """
    runs = {world.name: results.of(_place(hypothesis, world.name)) for world in hypothesis.worlds}

    def values(world: str, measure: str) -> NDArray[np.float64]:
        value = MEASURES[measure].value
        return np.array([np.nan if run.failure else value(run) for run in runs[world]])

    claims = tuple(_judged(claim, values, hypothesis.tests) for claim in hypothesis.claims)
    boundaries = tuple(_judged_boundary(one, values, hypothesis.tests) for one in hypothesis.boundaries)
    return Finding(
        id=hypothesis.id,
        title=hypothesis.title,
        lesson=hypothesis.lesson,
        source=hypothesis.source,
        levers=hypothesis.levers,
        refuted_if=hypothesis.refuted_if,
        claims=claims,
        boundaries=boundaries,
        judgement=judge(claims, boundaries),
        worlds=tuple(_means(hypothesis, values)),
        provenance=_provenance(hypothesis, results.study, runs),
    )


def _judged(claim: Claim, values: Values, tests: int) -> JudgedClaim:
    effect = estimate(claim.weights, {name: values(name, claim.outcome) for name in claim.weights}, tests)
    return JudgedClaim(
        claim, effect, standing(effect, claim.expected, claim.smallest), more_pairs(effect, claim)
    )


def _judged_boundary(boundary: Boundary, values: Values, tests: int) -> JudgedBoundary:
    judged = _judged(boundary.claim, values, tests)
    foreseen = standing(judged.effect, boundary.foreseen, boundary.claim.smallest)
    return JudgedBoundary(boundary, judged.effect, judged.standing, foreseen)


def _means(hypothesis: Hypothesis, values: Values) -> list[WorldMean]:
    """Return the mean of each world in each outcome that its figure draws."""
    outcomes = [one.claim.outcome for one in hypothesis.boundaries]
    outcomes += [claim.outcome for claim in hypothesis.claims]
    if hypothesis.axis is not None:
        outcomes.append(hypothesis.axis.outcome)
    return [
        _mean(world.name, world.title, outcome, values(world.name, outcome))
        for outcome in dict.fromkeys(outcomes)
        for world in hypothesis.worlds
    ]


def _mean(world: str, label: str, outcome: str, found: NDArray[np.float64]) -> WorldMean:
    known = found[~np.isnan(found)]
    if len(known) < FEWEST:
        mean = float(known.mean()) if len(known) else np.nan
        return WorldMean(world, label, outcome, len(known), mean, np.nan, np.nan)
    mean, reach = float(known.mean()), reach_of(float(known.std(ddof=1)), len(known), tests=1)
    return WorldMean(world, label, outcome, len(known), mean, mean - reach, mean + reach)


def _provenance(hypothesis: Hypothesis, study: Study, runs: Mapping[str, tuple[WorldRun, ...]]) -> Provenance:
    return Provenance(
        seed=study.seed,
        replicates=study.replicates,
        failures=sum(bool(run.failure) for found in runs.values() for run in found),
        settings={world.title: dict(world.levers) for world in hypothesis.worlds},
        draws=len(study.draws or ()),
        version=cocreate.__version__,
    )
