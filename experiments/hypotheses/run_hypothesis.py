"""Running named experiments: one study for all their worlds, then a finding for each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import cocreate
from cocreate.experiments.analysis.interval import by_draw, mean_interval
from cocreate.experiments.analysis.source import draws_of
from cocreate.experiments.hypotheses.claim import Boundary, Claim
from cocreate.experiments.hypotheses.estimate import judged_claim
from cocreate.experiments.hypotheses.finding import Finding, Provenance, WorldMean
from cocreate.experiments.hypotheses.hypothesis import Hypothesis
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import JudgedBoundary, JudgedClaim, judge, standing
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.engine import Engine
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.progress import Progress
from cocreate.experiments.study.results import Results, WorldRun
from cocreate.experiments.study.settings import POSTERIOR, draws_fingerprint, draws_over
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.model.parameters import Value

QUICK, FULL = 45, 128
"""Replicates of each world, for a first look and for a result."""

NOTED = ("cocreate", "code", "commit", "dirty", "python", "packages", "machine", "platform")
"""What findings say of the environments of their runs; the name of a computer concerns nobody."""

type Values = Callable[[str, str], NDArray[np.float64]]
"""Gives a measure in every replicate of a world, by the names of world and measure."""


def run_hypotheses(
    hypotheses: Sequence[Hypothesis],
    replicates: int = QUICK,
    seed: int = 1,
    *,
    draws: tuple[Mapping[str, Value], ...] | None = None,
    store: Path | None = None,
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
        store: Folder to keep runs in, so that those which are there are not simulated again; None for
            memory only.
        engine: Who simulates; this process when None.
        progress: Called with a tally as runs come.

    Returns:
        A finding for each hypothesis, in their order.
    """
    run = partial(run_study, store=store, engine=engine, progress=progress)
    return judged_by(run, hypotheses, replicates, seed, draws)


def judged_by(
    run: Callable[[Study], Results],
    hypotheses: Sequence[Hypothesis],
    replicates: int = QUICK,
    seed: int = 1,
    draws: tuple[Mapping[str, Value], ...] | None = None,
) -> tuple[Finding, ...]:
    """Judge experiments by runs of your own making; the rest is as in :func:`run_hypotheses`.

    Args:
        run: Simulates a study.
        hypotheses: The experiments.
        replicates: Runs of each world.
        seed: Seed of the study.
        draws: Draws of uncertain levers.
    """
    found: dict[str, Finding] = {}
    for share in sorted({one.share for one in hypotheses}, reverse=True):
        members = [one for one in hypotheses if one.share == share]
        results = run(study_of(members, max(1, round(share * replicates)), seed, draws))
        found |= {one.id: finding_of(one, results) for one in members}
    return tuple(found[one.id] for one in hypotheses)


def usual_draws() -> tuple[Mapping[str, Value], ...]:
    """Return the posterior that comes with this version.

    Raises:
        StudyError: Its file is missing, or not in order.
    """
    draws = draws_over("posterior") if POSTERIOR.exists() else None
    if draws is None:
        raise StudyError(
            f"The draws that uncertain levers start from are missing: there is no file {POSTERIOR}. Install"
            " cocreate again, or keep these levers at their defaults (--at-defaults of 'cocreate test')."
        )
    return draws


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
    asked = ([one.id for one in hypotheses], replicates, seed, draws)
    return Study(
        name=f"hypotheses-{hashlib.sha256(repr(asked).encode()).hexdigest()[:12]}",
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

    draws, tests = draws_of(results), hypothesis.tests
    claims = tuple(_judged(claim, values, tests, draws) for claim in hypothesis.claims)
    boundaries = tuple(_judged_boundary(one, values, tests, draws) for one in hypothesis.boundaries)
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
        worlds=tuple(_means(hypothesis, values, draws)),
        provenance=_provenance(hypothesis, results, runs),
    )


def _judged(claim: Claim, values: Values, tests: int, draws: int) -> JudgedClaim:
    return judged_claim(claim, lambda world: values(world, claim.outcome), tests, draws)


def _judged_boundary(boundary: Boundary, values: Values, tests: int, draws: int) -> JudgedBoundary:
    judged = _judged(boundary.claim, values, tests, draws)
    foreseen = standing(judged.effect, boundary.foreseen, boundary.claim.smallest)
    return JudgedBoundary(boundary, judged.effect, judged.standing, foreseen)


def _means(hypothesis: Hypothesis, values: Values, draws: int) -> list[WorldMean]:
    """Return the mean of each world in each outcome that its figure draws."""
    outcomes = [one.claim.outcome for one in hypothesis.boundaries]
    outcomes += [claim.outcome for claim in hypothesis.claims]
    if hypothesis.axis is not None:
        outcomes.append(hypothesis.axis.outcome)
    return [
        _mean(world.name, world.title, outcome, values(world.name, outcome), draws)
        for outcome in dict.fromkeys(outcomes)
        for world in hypothesis.worlds
    ]


def _mean(world: str, label: str, outcome: str, found: NDArray[np.float64], draws: int) -> WorldMean:
    runs, units = int((~np.isnan(found)).sum()), by_draw(found, draws)
    low, high, _ = mean_interval(units)
    return WorldMean(world, label, outcome, runs, float(units.mean()) if runs else np.nan, low, high)


def _provenance(
    hypothesis: Hypothesis, results: Results, runs: Mapping[str, tuple[WorldRun, ...]]
) -> Provenance:
    study = results.study
    draws = study.draws or ()
    return Provenance(
        seed=study.seed,
        replicates=study.replicates,
        failures=sum(bool(run.failure) for found in runs.values() for run in found),
        settings={world.title: dict(world.levers) for world in hypothesis.worlds},
        draws=len(draws),
        version=cocreate.__version__,
        changes={
            world.title: ", ".join(
                f"{one.lever} {one.value} from month {one.month}" for one in world.interventions
            )
            for world in hypothesis.worlds
            if world.interventions
        },
        drawn=tuple(dict.fromkeys(name for draw in draws for name in draw)),
        draws_fingerprint=draws_fingerprint(draws) if draws else "",
        environments=tuple(
            {name: one[name] for name in NOTED if name in one} for one in results.environments
        ),
    )
