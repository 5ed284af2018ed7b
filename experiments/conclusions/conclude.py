"""What a study was asked to conclude, carried out: from runs to what they say."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.experiments.analysis.contrast import Difference, contrast
from cocreate.experiments.analysis.correction import Correction
from cocreate.experiments.conclusions.courses import Course, courses
from cocreate.experiments.conclusions.discoveries import Discovered, discoveries
from cocreate.experiments.conclusions.durations import Duration, durations
from cocreate.experiments.conclusions.interactions import Interacting, interactions, levels_compared
from cocreate.experiments.conclusions.levels import Level, levels
from cocreate.experiments.conclusions.precision import Precise, precision
from cocreate.experiments.conclusions.responses import Response, responses
from cocreate.experiments.conclusions.sensitivities import Sensitive, sensitivities
from cocreate.experiments.study.designs import Paired
from cocreate.experiments.study.results import Results

FOLLOWED = 3
"""Outcomes whose response to each factor is worked out: the first ones that a study names."""


@dataclass(frozen=True)
class Conclusions:
    """What the runs of a study say.

    Attributes:
        results: The runs.
        levels: Every reported outcome of every world.
        differences: Differences of every world from the baseline; empty without pairs.
        correction: How their p-values are corrected for their number.
        interactions: What levers do alone and together; empty unless a few are combined in
            every way, each at two levels or at numbers, of which the ends are compared.
        precision: Whether differences are known well enough; None unless asked for.
        sensitivities: Which factors matter; empty unless asked for.
        discoveries: Where an outcome lies beyond a threshold; empty unless asked for.
        responses: Means at the levels of each factor, of the first outcomes; empty without factors.
        durations: How long services go on; empty where no pilots were kept.
        courses: Outcomes from month to month; empty where no series were kept.
    """

    results: Results
    levels: tuple[Level, ...]
    differences: tuple[Difference, ...]
    correction: Correction
    interactions: tuple[Interacting, ...]
    precision: Precise | None
    sensitivities: tuple[Sensitive, ...]
    discoveries: tuple[Discovered, ...]
    responses: tuple[Response, ...]
    durations: tuple[Duration, ...]
    courses: tuple[Course, ...]


def conclude(results: Results) -> Conclusions:
    """Carry out what a study asks for.

    Worlds in pairs are compared with the baseline whether or not the study asks for it, and pilots that
    were kept are followed.

    Args:
        results: The runs; failed ones are left out and counted.
    """
    study = results.study
    wanted = study.conclude
    correction = Correction(wanted.contrasts.correction if wanted.contrasts else Correction.HOLM)
    return Conclusions(
        results=results,
        levels=levels(results, study.outcomes),
        differences=_differences(results, correction),
        correction=correction,
        interactions=interactions(results, correction) if levels_compared(study) else (),
        precision=precision(results, wanted.precision) if wanted.precision else None,
        sensitivities=sensitivities(results, wanted.sensitivity) if wanted.sensitivity else (),
        discoveries=discoveries(results, wanted.discovery) if wanted.discovery else (),
        responses=_responses(results),
        durations=durations(results, wanted.survival) if study.keep.pilots else (),
        courses=courses(results) if study.keep.series else (),
    )


def _differences(results: Results, correction: Correction) -> tuple[Difference, ...]:
    study = results.study
    if not isinstance(study.design, Paired):
        return ()
    baseline = study.baseline.name
    others = [world.name for world in study.worlds if world.name != baseline]
    return contrast(results, baseline, others, study.outcomes, correction)


def _responses(results: Results) -> tuple[Response, ...]:
    if not results.study.design.varies:
        return ()
    followed = results.study.outcomes[:FOLLOWED]
    return tuple(one for outcome in followed for one in responses(results, outcome))
