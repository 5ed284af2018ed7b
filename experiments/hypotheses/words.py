"""Findings in plain words: what the command line prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.conclusions.outcome_words import digits_apart
from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import Effect, Standing
from cocreate.experiments.words import drawn_from

if TYPE_CHECKING:
    from rich.table import Table

FORESEEN = {
    Standing.HOLDS: "as the lesson says",
    Standing.FAILS: "not as the lesson says",
    Standing.UNSETTLED: "unsettled",
}
"""What a boundary shows, compared with what was foreseen."""


MOST_WORLDS = 16
"""Worlds of which each is told with its levers."""

SMALL = 0.1
"""Numbers below this get a third digit."""

KINDS = {"essential": "Essential: ", "validity": "Validity: ", "": ""}
"""Mark before a claim whose standing decides more than that of others."""


def kind_of(claim: Claim) -> str:
    """Return ``essential``, ``validity``, or nothing for any other claim."""
    return "validity" if claim.validity else "essential" if claim.essential else ""


def decided_by(finding: Finding) -> str:
    """Return what the verdict on a finding hangs on: the first such claim, and how many more there are."""
    first, *rest = finding.deciding
    mark = "Boundary: " if first.kind == "boundary" else KINDS[kind_of(first.claim)]
    return f"{mark}{first.claim.says}{and_more(len(rest))}"


def and_more(rest: int) -> str:
    """Return in brackets how many more there are, with a space before; nothing for none.

    >>> and_more(2), and_more(0)
    (' (and 2 more)', '')
    """
    return f" (and {rest} more)" if rest else ""


def number(outcome: str, value: float, digits: int | None = None) -> str:
    """Return an effect on a measure with its sign: percentage points for shares and their differences.

    >>> number("trust", 0.0123), number("structural_per_region", -0.5)
    ('+1.2', '-0.50')
    """
    if isnan(value):
        return "unknown"
    shown = 100 * value if MEASURES[outcome].in_hundredths else value
    return f"{shown:+.{_usual_digits(outcome) if digits is None else digits}f}"


def _usual_digits(outcome: str) -> int:
    return 1 if MEASURES[outcome].in_hundredths else 2


def effect_words(outcome: str, effect: Effect) -> str:
    """Return an effect with its interval and unit, such as ``+1.2 points [+0.4, +2.0]``."""
    small = not MEASURES[outcome].in_hundredths and not abs(effect.high) + abs(effect.low) >= 1
    mean, low, high = with_interval(outcome, effect.mean, (effect.low, effect.high), 3 if small else None)
    return f"{mean}{_unit(outcome)} [{low}, {high}]"


def with_interval(
    outcome: str, mean: float, interval: tuple[float, float], digits: int | None = None
) -> tuple[str, str, str]:
    """Return an effect on a measure and both ends of its interval as texts with the same decimals.

    Args:
        outcome: The measure.
        mean: The effect.
        interval: Its interval; one that leaves out zero gets the decimals to show that.
        digits: Decimals; None for the usual ones.

    >>> with_interval("trust", 0.0012, (0.0003, 0.0021))
    ('+0.12', '+0.03', '+0.21')
    """
    factor = 100.0 if MEASURES[outcome].in_hundredths else 1.0
    usual = _usual_digits(outcome) if digits is None else digits
    apart = digits_apart(factor * interval[0], factor * interval[1], usual)
    shown = [number(outcome, value, apart) for value in (mean, *interval)]
    return shown[0], shown[1], shown[2]


def heading(finding: Finding) -> str:
    """Return id, title and verdict of a finding in a line."""
    return f"{finding.id}  {finding.title}: {finding.judgement.words.upper()}"


def paragraphs(finding: Finding) -> list[str]:
    """Return what a reader needs before the table of a finding: lesson, levers, what would refute it."""
    return [
        f"Lesson: {finding.lesson} ({finding.source})",
        f"Levers: {', '.join(finding.levers)}",
        f"Refuted if: {finding.refuted_if}.",
    ]


def runs_line(finding: Finding) -> str:
    """Return in a line how many pairs of runs are behind a finding, and from which seed and draws."""
    where = finding.provenance
    effects = [one.effect for one in finding.claims] + [one.effect for one in finding.boundaries]
    fewest, most = (end(effect.pairs for effect in effects) for end in (min, max))
    pairs = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    start = "uncertain levers at their defaults"
    if where.draws:
        start = f"each from one of {drawn_from(where.draws, where.replicates)}"
    return (
        f"Pairs behind each effect: {pairs}, of {where.replicates:,} replicates, whose worlds share their"
        f" random numbers; seed {where.seed}; {start}."
    )


def world_lines(finding: Finding) -> list[str]:
    """Return a line a world with the levers that make it, and their changes during the run.

    Of many worlds, such as a grid, only the first and the last are told.
    """
    worlds = list(finding.provenance.settings.items())
    told = worlds if len(worlds) <= MOST_WORLDS else [worlds[0], worlds[-1]]
    lines = [f"World “{title}”: {_settings(finding, title, levers)}" for title, levers in told]
    if len(told) < len(worlds):
        lines.insert(1, f"{len(worlds) - len(told)} worlds in between are in findings.json.")
    return lines


def _settings(finding: Finding, title: str, levers: Mapping[str, Any]) -> str:
    parts = [", ".join(f"{name} = {value}" for name, value in levers.items()) or "all levers as usual"]
    changes = finding.provenance.changes.get(title)
    return "; ".join([*parts, changes] if changes else parts)


def claims_table(finding: Finding) -> Table:
    """Return claims and boundaries of a finding as a table for the console.

    Args:
        finding: The finding.
    """
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    tests = finding.effect.tests
    about = f"all {tests} tests" if tests > 1 else "one test"
    for name in ("Claim", "Measured by", "Expected", f"Effect [{CONFIDENCE:.0%} interval, {about}]"):
        table.add_column(name)
    for name in ("Smallest that counts", "It"):
        table.add_column(name)
    for one in finding.claims:
        says = f"{KINDS[kind_of(one.claim)]}{one.claim.says}"
        _add(table, says, one.claim, one.claim.expected, one.effect, one.standing.value)
    for bound in finding.boundaries:
        claim = bound.boundary.claim
        says = f"Boundary: {claim.says}"
        settled = bound.foreseen is not Standing.UNSETTLED
        stands = f"{bound.standing}: {FORESEEN[bound.foreseen]}" if settled else bound.standing.value
        _add(table, says, claim, bound.boundary.foreseen, bound.effect, stands)
    return table


def _add(table: Table, says: str, claim: Claim, expected: Expected, effect: Effect, stands: str) -> None:
    outcome = claim.outcome
    table.add_row(
        says,
        f"{MEASURES[outcome].label} ({outcome})",
        expected.value,
        effect_words(outcome, effect),
        margin_words(outcome, claim.smallest * effect.spread),
        stands,
    )


def margin_words(outcome: str, margin: float) -> str:
    """Return the smallest effect that counts with its unit.

    >>> margin_words("trust", 0.0123), margin_words("structural_per_region", 0.021)
    ('1.2 points', '0.021')
    """
    return f"{number(outcome, margin, places(outcome, margin)).lstrip('+')}{_unit(outcome)}"


def _unit(outcome: str) -> str:
    """Return the unit of differences in a measure, to be put behind a number."""
    measure = MEASURES[outcome]
    return " points" if measure.in_hundredths else "" if measure.unit == "count" else f" {measure.unit}"


def places(outcome: str, size: float) -> int | None:
    """Return the decimals of a number that is small for its unit; None for the usual ones."""
    return 3 if not MEASURES[outcome].in_hundredths and not abs(size) >= SMALL else None


def summary_table(findings: Sequence[Finding]) -> Table:
    """Return a table with a row for each finding: id, title, verdict, and the claim that decides it.

    Args:
        findings: The findings.
    """
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="Verdicts", title_justify="left")
    effect = f"Its effect [{CONFIDENCE:.0%} interval, all tests of the lesson]"
    for name in ("", "Lesson", "Verdict", "Decided by", "Expected", effect):
        table.add_column(name)
    for one in findings:
        decider = one.deciding[0]
        table.add_row(
            one.id,
            one.title,
            one.judgement.words,
            decided_by(one),
            decider.claim.expected.value,
            effect_words(decider.claim.outcome, decider.effect),
        )
    return table
