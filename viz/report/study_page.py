"""The report on a study: the answer first, then worlds, runs, figures, tables and origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cocreate
from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.outcome_words import outcome_named
from cocreate.experiments.study.provenance import environment
from cocreate.experiments.study.results import Results
from cocreate.experiments.words import counted
from cocreate.viz.report.badges import NOT_TESTED, NOTHING, TOO_FEW
from cocreate.viz.report.interaction_answers import interaction_answers
from cocreate.viz.report.lever_tables import lever_definitions
from cocreate.viz.report.outcome_definitions import definition
from cocreate.viz.report.page import Answer, Answers, Block, Definitions, Note, Page, Points, Section, Text
from cocreate.viz.report.render import render
from cocreate.viz.report.standing_texts import LIMITS, READING, WHAT_IT_IS, ending
from cocreate.viz.report.study_courses import courses_section
from cocreate.viz.report.study_durations import durations_section
from cocreate.viz.report.study_effects import effect_answers, effects_section, levels_section
from cocreate.viz.report.study_factors import (
    discovery_answers,
    discovery_section,
    responses_section,
    sensitivity_answers,
    sensitivity_section,
)
from cocreate.viz.report.study_interactions import interactions_section
from cocreate.viz.report.study_runs import origin_section, runs_section
from cocreate.viz.report.study_worlds import settings_of, worlds_section


def report_study(found: Conclusions, sessions: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return a self-contained page of HTML on a study.

    Args:
        found: What its runs say.
        sessions: What a store notes of each session of a driver; empty for runs in memory.
    """
    return render(study_page(found, sessions, environment()))


def study_page(found: Conclusions, sessions: Sequence[Mapping[str, Any]], now: Mapping[str, Any]) -> Page:
    """Return the page as data; see :func:`report_study`.

    Args:
        found: What the runs say.
        sessions: As there.
        now: Environment of this process.
    """
    results, study = found.results, found.results.study
    failed = len(results.failures)
    return Page(
        title=_title(study.name),
        kicker="Report on a simulation study",
        lead=study.question or "This study states no question of its own; it tells what its worlds do.",
        facts=(
            ("Worlds", f"{len(study.worlds):,}"),
            *((("Points around each", f"{study.design.size:,}"),) if study.design.varies else ()),
            ("Replicates", f"{study.replicates:,}"),
            ("Runs", f"{study.size:,}"),
            ("Failed or missing", f"{failed:,}"),
            ("Seed", str(study.seed)),
            ("Version", cocreate.__version__),
        ),
        sections=(
            Section("answer", "The answer first", _answer(found, failed)),
            Section("model", "What this is, and what it is not", (Text(WHAT_IT_IS),)),
            worlds_section(study),
            runs_section(results),
            *(_shown(found) if failed < study.size else ()),
            Section("reading", "How to read the numbers", (Points(READING),)),
            Section("words", "Words and measures", (_glossary(found),)),
            Section("limits", "Limits", (Points(LIMITS),)),
            origin_section(results, sessions, now),
        ),
        ending=ending(),
    )


def _title(name: str) -> str:
    """Return the name of a study as a title.

    >>> _title("silos-and-power")
    'Silos and power'
    """
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else name


def note(results: Results) -> str:
    """Return seed and settings in a sentence, for captions."""
    study = results.study
    return (
        f"Study {study.name}, seed {study.seed}, {counted(study.replicates, 'replicate', digits=True)},"
        f" cocreate {cocreate.__version__}."
    )


def _answer(found: Conclusions, failed: int) -> tuple[Block, ...]:
    study = found.results.study
    if failed == study.size:
        return (Note("No run reached its end, so nothing can be said. The reasons are listed below."),)
    answers = [
        *effect_answers(found),
        *interaction_answers(found),
        *sensitivity_answers(found),
        *discovery_answers(found),
    ]
    if not answers:
        answers = [_no_answer(found)]
    blocks: list[Block] = [Answers(tuple(answers))]
    unclear = sum(one.p_corrected >= 0.05 for one in found.differences)  # noqa: PLR2004 - the level of all tests
    if found.differences and unclear:
        blocks.append(
            Text(
                (
                    f"Of {len(found.differences)} comparisons, {unclear} do not hold after correction for"
                    " their number. That is no proof that there is no difference: the tables tell how many"
                    " more replicates would settle each.",
                )
            )
        )
    return tuple(blocks)


ASK_SENSITIVITY = "With [conclude.sensitivity] it says which levers matter."
ASK_DISCOVERY = "With [conclude.discovery] it says where an outcome lies beyond a threshold."
MORE_TO_ASK = {
    "factorial": "Effects are tested in a factorial of up to five levers, none of them a choice among three"
    " words or more.",
    "sobol": ASK_SENSITIVITY,
    "morris": ASK_SENSITIVITY,
    "latin_hypercube": ASK_DISCOVERY,
    "table": ASK_DISCOVERY,
}
"""What would test something, by kind of design."""


def _no_answer(found: Conclusions) -> Answer:
    study = found.results.study
    if found.differences:
        few = all(one.verdict is Verdict.UNKNOWN for one in found.differences)
        words = "No difference between the worlds can be seen with so few runs."
        more = "The table tells how many more replicates would settle each."
        return Answer(TOO_FEW if few else NOTHING, words, more, "effects")
    if study.design.varies:
        words = "The study tests no effect of a lever: see how outcomes respond to each."
        return Answer(NOT_TESTED, words, MORE_TO_ASK.get(study.design.kind, ""), "responses")
    words = "Nothing was to be compared: the study tells where its runs end."
    return Answer(NOT_TESTED, words, "See the figure and the table of outcomes.", "levels")


def _shown(found: Conclusions) -> tuple[Section, ...]:
    """Return the sections with figures, those for which there is something to show."""
    words = note(found.results)
    return (
        *((effects_section(found, words),) if found.differences else ()),
        *((interactions_section(found, words),) if found.interactions else ()),
        *((sensitivity_section(found, words),) if found.sensitivities else ()),
        *((discovery_section(found, words),) if found.discoveries else ()),
        *((responses_section(found, words),) if found.responses else ()),
        levels_section(found, words),
        *((courses_section(found, words),) if found.courses else ()),
        *((durations_section(found, words),) if found.durations else ()),
    )


def _glossary(found: Conclusions) -> Definitions:
    study = found.results.study
    outcomes = dict.fromkeys(
        (*study.outcomes, *study.keep.series, *(one.wanted.outcome for one in found.discoveries))
    )
    measured = []
    for name in outcomes:
        one = outcome_named(name)
        measured.append((name, definition(one.meaning, one.unit, one.better)))
    levers = dict.fromkeys(
        name for world in study.worlds for name in (*settings_of(study, world), *_changed(found, world.name))
    )
    return Definitions((*measured, *lever_definitions(list(levers))))


def _changed(found: Conclusions, name: str) -> list[str]:
    study = found.results.study
    world = next(one for one in study.worlds if one.name == name)
    return [one.lever for one in (*world.start.interventions, *world.interventions)]
