"""The report on named experiments: verdicts first, then each lesson with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING

from cocreate.experiments.conclusions.outcome_words import change, number, p_value, span, unit_of_change
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import Effect, Verdict
from cocreate.viz.report.badges import STANDINGS, verdict_badge
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.lever_tables import lever_definitions, settings_table
from cocreate.viz.report.page import (
    Answer,
    Answers,
    Block,
    Column,
    Definitions,
    Link,
    Page,
    Points,
    Section,
    Table,
    Text,
)
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.render import render
from cocreate.viz.report.standing_texts import LIMITS, READING, WHAT_IT_IS, ending

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEADLINES = ("silos", "continuity", "power", "interaction")
"""Findings that a page begins with, if it has them."""

CLAIM_COLUMNS = (
    Column("Claim"),
    Column("Measured by"),
    Column("Expected"),
    Column("Effect", numeric=True),
    Column("Interval", numeric=True),
    Column("Unit"),
    Column("In standard deviations", numeric=True),
    Column("p, corrected", numeric=True),
    Column("Pairs", numeric=True),
    Column("Says"),
)


def report_findings(
    findings: Sequence[Finding],
    figures: Mapping[str, Figure] | None = None,
    command: str = "cocreate test all",
) -> str:
    """Return a self-contained page of HTML on findings of named experiments.

    Args:
        findings: The findings, one or more.
        figures: A figure for each finding by its id; findings without one have none.
        command: How to run the experiments again.
    """
    return render(findings_page(findings, figures or {}, command))


def findings_page(findings: Sequence[Finding], figures: Mapping[str, Figure], command: str) -> Page:
    """Return the page as data; see :func:`report_findings`."""
    ordered = sorted(findings, key=lambda one: _place(one, findings))
    first = findings[0].provenance
    return Page(
        title="What simulated worlds say about co-creation",
        kicker="Findings of a simulation of co-created public services",
        lead=(
            "Lessons on co-creation, each made precise enough to be wrong, and put to the test in pairs of"
            " simulated worlds that differ in nothing but the levers concerned."
        ),
        facts=(
            ("Lessons tested", str(len(findings))),
            *_tally(findings),
            ("Replicates", _range([one.provenance.replicates for one in findings])),
            ("Failed runs", f"{sum(one.provenance.failures for one in findings):,}"),
            ("Version", first.version),
        ),
        sections=(
            Section("answer", "The answer first", (Answers(tuple(map(_answer, _leading(ordered)))),)),
            Section("model", "What this is, and what it is not", (Text(WHAT_IT_IS),)),
            Section("verdicts", "All verdicts", (Text(_HOW_TO_READ), _verdicts(ordered))),
            Section(
                "lessons",
                "Lesson by lesson",
                parts=tuple(_lesson(one, figures.get(one.id)) for one in ordered),
            ),
            Section("judging", "How verdicts are made", (Points(_JUDGING), Points(READING))),
            Section("words", "Words and measures", (_glossary(ordered),)),
            Section("limits", "Limits", (Points(LIMITS),)),
            Section("again", "Where this comes from, and how to run it again", _origin(findings, command)),
        ),
        ending=ending(),
    )


_HOW_TO_READ = (
    "The effect is that of the leading claim of each lesson, with an interval that allows for all tests of"
    " the"
    " lesson. A lesson can have more claims, and boundaries at which it should no longer hold: see the"
    " lesson.",
)

_JUDGING = (
    "A lesson states its claims, the smallest effect that counts, and what would refute it, before anything"
    " is"
    " simulated. One rule turns the numbers into a verdict; no verdict is written by hand.",
    "Supported: the whole interval of each claim lies on the expected side, beyond the smallest effect that"
    " counts.",
    "Refuted: the claims fail. The whole interval lies on the other side, or so near to zero that any effect"
    " would be too small to count.",
    "Depends on …: the claims hold in some stated conditions and fail in others.",
    "Undecided: the runs do not settle it. The number of further replicates that probably would is named.",
)


def _place(one: Finding, findings: Sequence[Finding]) -> int:
    """Return where a finding stands: headlines first, the others as given."""
    return HEADLINES.index(one.id) if one.id in HEADLINES else len(HEADLINES) + list(findings).index(one)


def _leading(ordered: Sequence[Finding]) -> list[Finding]:
    headlines = [one for one in ordered if one.id in HEADLINES]
    return headlines or list(ordered)


def _tally(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    counts = {verdict: sum(one.verdict is verdict for one in findings) for verdict in Verdict}
    names = {Verdict.DEPENDS: "Depends"}
    return [(names.get(one, one.value.capitalize()), str(count)) for one, count in counts.items() if count]


def _range(numbers: Sequence[int]) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def anchor(finding: Finding) -> str:
    """Return the identity of a finding's section: letters and digits of its id."""
    return "lesson-" + "".join(letter if letter.isalnum() else "-" for letter in finding.id.lower())


def _answer(one: Finding) -> Answer:
    return Answer(
        verdict_badge(one.judgement), f"{one.title}.", f"{one.reason} {_effect_sentence(one)}", anchor(one)
    )


def _effect_sentence(one: Finding) -> str:
    """Return the effect of the leading claim in a sentence."""
    effect, unit = one.effect, unit_of(one.outcome)
    if isnan(effect.low):
        return "Too few replicates for an interval."
    words = unit_of_change(unit)
    return (
        f"Leading effect, on {label_of(one.outcome)}: {change(unit, effect.mean)} {words} (interval"
        f" {span(unit, effect.low, effect.high)}; {number(effect.standardised)} standard deviations between"
        " runs;"
        f" {effect.pairs:,} pairs)."
    )


def unit_of(outcome: str) -> str:
    """Return the unit of a measure, empty for an unknown one."""
    return MEASURES[outcome].unit if outcome in MEASURES else ""


def label_of(outcome: str) -> str:
    """Return what a measure is called in text."""
    return MEASURES[outcome].label if outcome in MEASURES else outcome


def _verdicts(ordered: Sequence[Finding]) -> Table:
    columns = (
        Column("Lesson"),
        Column("Verdict"),
        Column("Measured by"),
        Column("Expected"),
        Column("Effect", numeric=True),
        Column("Interval", numeric=True),
        Column("Unit"),
        Column("p, corrected", numeric=True),
        Column("Pairs", numeric=True),
    )
    rows = tuple(
        (
            Link(f"{one.id}: {one.title}", anchor(one)),
            verdict_badge(one.judgement, short=True),
            label_of(one.outcome),
            one.expected,
            *_numbers(one.outcome, one.effect),
            p_value(one.effect.p),
            f"{one.effect.pairs:,}",
        )
        for one in ordered
    )
    told = [row for one in ordered for row in one.rows()]
    file = csv_file("findings.csv", told, "All claims and boundaries in full precision (CSV)")
    return Table("Verdicts on all lessons, with the leading effect of each", columns, rows, file)


def _numbers(outcome: str, effect: Effect) -> tuple[str, str, str]:
    unit = unit_of(outcome)
    return change(unit, effect.mean), span(unit, effect.low, effect.high), unit_of_change(unit)


def _lesson(one: Finding, figure: Figure | None) -> Section:
    blocks: list[Block] = [
        Text(
            (
                f"The lesson: {one.lesson}",
                f"Source: {one.source}.",
                f"It would be refuted if {one.refuted_if}.",
            )
        ),
        Answers((Answer(verdict_badge(one.judgement), one.reason, _effect_sentence(one)),)),
        _claims(one),
    ]
    if one.boundaries:
        blocks.append(_boundaries(one))
    if figure is not None:
        caption = f"{_settings_note(one)} Intervals: 95 %."
        title = f"{one.title}: what the worlds show"
        blocks.append(picture(figure, anchor(one), title, caption, f"{one.title}. {_effect_sentence(one)}"))
    settings = settings_table(
        one.provenance.settings, "Levers of the worlds compared; all others are as usual"
    )
    blocks += [settings] if settings is not None else []
    heading = one.title if one.id in HEADLINES else f"{one.id}: {one.title}"
    badge = verdict_badge(one.judgement, short=True)
    return Section(anchor(one), heading, tuple(blocks), badge=badge, short=one.id)


def _settings_note(one: Finding) -> str:
    where = one.provenance
    base = f"{where.draws:,} draws of uncertain levers" if where.draws else "the default levers"
    return (
        f"Seed {where.seed}, {where.replicates:,} replicates of each world, from {base}; version"
        f" {where.version}."
    )


def _claims(one: Finding) -> Table:
    rows = tuple(
        (
            judged.claim.says,
            label_of(judged.claim.outcome),
            judged.claim.expected.value,
            *_numbers(judged.claim.outcome, judged.effect),
            number(judged.effect.standardised),
            p_value(judged.effect.p),
            f"{judged.effect.pairs:,}",
            STANDINGS[judged.standing],
        )
        for judged in one.claims
    )
    return Table("Claims, and what the runs say about each", CLAIM_COLUMNS, rows)


def _boundaries(one: Finding) -> Table:
    rows = tuple(
        (
            judged.boundary.claim.says,
            label_of(judged.boundary.claim.outcome),
            judged.boundary.foreseen.value,
            *_numbers(judged.boundary.claim.outcome, judged.effect),
            number(judged.effect.standardised),
            p_value(judged.effect.p),
            f"{judged.effect.pairs:,}",
            STANDINGS[judged.standing],
        )
        for judged in one.boundaries
    )
    caption = (
        "Boundaries: the same effect where a condition is taken away, and whether the lesson holds there"
    )
    return Table(caption, CLAIM_COLUMNS, rows)


def _glossary(ordered: Sequence[Finding]) -> Definitions:
    claims = [judged.claim.outcome for one in ordered for judged in one.claims]
    claims += [judged.boundary.claim.outcome for one in ordered for judged in one.boundaries]
    measures = [
        (label_of(name), f"{name}; unit: {unit_of(name) or 'none'}") for name in dict.fromkeys(claims)
    ]
    levers = list(dict.fromkeys(name for one in ordered for name in one.levers))
    return Definitions((*measures, *lever_definitions(levers)))


def _origin(findings: Sequence[Finding], command: str) -> tuple[Block, ...]:
    columns = (
        Column("Lesson"), Column("Seed", True), Column("Replicates", True), Column("Draws", True),
        Column("Failed runs", True), Column("Version"),
    )  # fmt: skip
    rows = tuple(
        (
            one.id,
            str(one.provenance.seed),
            f"{one.provenance.replicates:,}",
            f"{one.provenance.draws:,}" if one.provenance.draws else "defaults",
            f"{one.provenance.failures:,}",
            one.provenance.version,
        )
        for one in findings
    )
    again = f"To run it again: {command}. The same version, seed and replicates give the same numbers."
    return Text((again,)), Table("Seeds and sizes", columns, rows)
