"""The report on named experiments: verdicts first, then each lesson with its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.conclusions.outcome_words import p_value
from cocreate.experiments.hypotheses.finding import Finding, Provenance
from cocreate.experiments.hypotheses.in_short import in_short
from cocreate.experiments.hypotheses.verdict import Verdict
from cocreate.experiments.hypotheses.words import decided_by
from cocreate.experiments.words import listed
from cocreate.viz.report.badges import verdict_badge
from cocreate.viz.report.environments import UNKNOWN, environment_rows, packages_table, several
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.findings_lesson import (
    HEADLINES,
    anchor,
    effect_sentence,
    lesson,
    measured_by,
    numbers,
)
from cocreate.viz.report.lever_tables import lever_definitions
from cocreate.viz.report.outcome_definitions import measure_definition
from cocreate.viz.report.page import (
    Answer,
    Answers,
    Block,
    Cell,
    Column,
    Definitions,
    Link,
    Page,
    Points,
    Section,
    Table,
    Text,
)
from cocreate.viz.report.render import render
from cocreate.viz.report.standing_texts import LIMITS, READING, WHAT_IT_IS, ending

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def report_findings(
    findings: Sequence[Finding],
    figures: Mapping[str, Mapping[str, Figure]] | None = None,
    command: str = "cocreate test all",
    overview: Sequence[Section] = (),
    also: Sequence[str] = (),
) -> str:
    """Return a self-contained page of HTML on findings of named experiments.

    Args:
        findings: The findings, one or more.
        figures: Figures of each finding by its id, each by its name; some may have none.
        command: How to run the experiments again.
        overview: Sections of your own, shown between the verdicts and the lessons.
        also: Outcomes that these speak of, to be defined at the end with those of the lessons.
    """
    return render(findings_page(findings, figures or {}, command, overview, also))


def findings_page(
    findings: Sequence[Finding],
    figures: Mapping[str, Mapping[str, Figure]],
    command: str,
    overview: Sequence[Section] = (),
    also: Sequence[str] = (),
) -> Page:
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
            *overview,
            Section(
                "lessons",
                "Lesson by lesson",
                parts=tuple(lesson(one, figures.get(one.id, {})) for one in ordered),
            ),
            Section("judging", "How verdicts are made", (Points(_JUDGING), Points(READING))),
            Section("words", "Words and measures", (_glossary(ordered, also),)),
            Section("limits", "Limits", (Points(LIMITS),)),
            Section("again", "Where this comes from, and how to run it again", _origin(findings, command)),
        ),
        ending=ending(),
    )


_HOW_TO_READ = (
    "Each verdict has beside it the claim that decides it, with its effect and an interval that allows for"
    " all tests of the lesson: the one that fails where the lesson is refuted, the one that is unsettled"
    " where it is undecided, the boundary at which it turns, or, where all hold, the leading one. The other"
    " claims stand with the lesson.",
)

_JUDGING = (
    "A lesson states its claims, the smallest effect that counts, and what would refute it, before"
    " anything is simulated. One rule turns the numbers into a verdict; no verdict is written by hand.",
    "A claim holds where the whole interval lies where it expects the effect: for more or less beyond the"
    " smallest effect that counts, for about the same within it. It fails where the whole interval lies"
    " elsewhere, which includes any effect too small to count, and is unsettled otherwise. So it is where"
    " less than half of the replicates could be measured, or where a few replicates all agree and may do so"
    " by chance.",
    "Some claims are essential: if one fails, the lesson is refuted, whatever else holds; while one is"
    " unsettled, the lesson is undecided. Some state what makes the comparison a fair one, such as"
    " equal effort: unless they hold, the lesson is undecided.",
    "Supported: all claims hold, and none of the boundaries that are settled shows otherwise. Boundaries that"
    " are not settled are named.",
    "Refuted: an essential claim fails, or all claims fail, and the effect holds at no boundary either.",
    "Depends on which of its claims is meant: no essential claim fails or is unsettled; some claims hold and"
    " others fail.",
    "Depends on a condition: all claims hold in the usual worlds but the effect fails at a stated boundary,"
    " or the other way round.",
    "Undecided: the runs do not settle it. The number of further replicates that probably would is named,"
    " where there is one.",
    "Where replicates start from the same draw of uncertain levers, they are averaged before the interval is"
    " taken: only draws are independent of each other.",
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


def _answer(one: Finding) -> Answer:
    return Answer(
        verdict_badge(one.judgement), f"{one.title}.", f"{in_short(one)} {effect_sentence(one)}", anchor(one)
    )


def _verdicts(ordered: Sequence[Finding]) -> Table:
    columns = (
        Column("Lesson"),
        Column("Verdict"),
        Column("Decided by"),
        Column("Measured by"),
        Column("Expected"),
        Column("Effect", numeric=True),
        Column("95 % interval, all tests", numeric=True),
        Column("p, corrected", numeric=True),
        Column("Pairs", numeric=True),
    )
    rows = tuple(map(_verdict, ordered))
    told = [row for one in ordered for row in one.rows()]
    file = csv_file("findings.csv", told, "All claims and boundaries in full precision (CSV)")
    caption = "Verdicts on all lessons, each with the effect that decides it"
    return Table(caption, columns, rows, file, dense=True)


def _verdict(one: Finding) -> tuple[Cell, ...]:
    decider = one.deciding[0]
    outcome = decider.claim.outcome
    return (
        Link(f"{one.id}: {one.title}", anchor(one)),
        verdict_badge(one.judgement, short=True),
        decided_by(one),
        measured_by(outcome),
        decider.claim.expected.value,
        *numbers(outcome, decider.effect),
        p_value(decider.effect.p),
        f"{decider.effect.pairs:,}",
    )


def _glossary(ordered: Sequence[Finding], also: Sequence[str]) -> Definitions:
    claims = [judged.claim.outcome for one in ordered for judged in one.claims]
    claims += [judged.boundary.claim.outcome for one in ordered for judged in one.boundaries]
    measures = [measure_definition(name) for name in dict.fromkeys((*claims, *also))]
    levers = list(dict.fromkeys(name for one in ordered for name in (*one.levers, *one.provenance.drawn)))
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
            _draws(one.provenance),
            f"{one.provenance.failures:,}",
            one.provenance.version,
        )
        for one in findings
    )
    first = findings[0].provenance
    again = (
        f"To run it again: {command}. The same code, draws, seed and replicates give the same numbers, on any"
        " number of workers, with the same Python, packages and kind of machine as below."
    )
    return (
        Text((again, *_drawn(first))),
        *several(first.environments),
        Table("Seeds and sizes", columns, rows),
        Table("Provenance", (Column("What"), Column("Value")), tuple(_facts(first))),
        *((packages_table(first.environments),) if first.environments else ()),
    )


def _draws(where: Provenance) -> str:
    """Return how many draws were used, and of how many."""
    if not where.draws:
        return "defaults"
    used = min(where.draws, where.replicates)
    return f"{used:,}" if used == where.draws else f"the first {used:,} of {where.draws:,}"


def _drawn(where: Provenance) -> tuple[str, ...]:
    """Return which levers start from draws, in a sentence."""
    if not where.drawn:
        return ()
    return (
        f"Each replicate starts from a draw of its own of these uncertain levers, as long as there are any,"
        f" the same in all worlds that do not set them: {listed(list(where.drawn))}.",
    )


def _facts(where: Provenance) -> list[tuple[str, str]]:
    rows = environment_rows(where.environments)
    if where.draws:
        rows.append(("Draws of uncertain levers, fingerprint", where.draws_fingerprint or UNKNOWN))
    return rows
