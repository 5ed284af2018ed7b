"""Findings in plain words: what the command line prints."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import Effect, Standing

if TYPE_CHECKING:
    from rich.table import Table

FORESEEN = {
    Standing.HOLDS: "as the lesson says",
    Standing.FAILS: "not as the lesson says",
    Standing.OPEN: "open",
}
"""What a boundary shows, compared with what was foreseen."""


KINDS = {"essential": "Essential: ", "validity": "Validity: ", "": ""}
"""Mark before a claim whose standing decides more than that of others."""


def kind_of(claim: Claim) -> str:
    """Return ``essential``, ``validity``, or nothing for any other claim."""
    return "validity" if claim.validity else "essential" if claim.essential else ""


def number(outcome: str, value: float, digits: int | None = None) -> str:
    """Return an effect on a measure with its sign: percentage points for shares.

    >>> number("trust", 0.0123), number("structural_per_region", -0.5)
    ('+1.2', '-0.50')
    """
    if isnan(value):
        return "unknown"
    is_share = MEASURES[outcome].unit == "share"
    places = digits if digits is not None else (1 if is_share else 2)
    return f"{100 * value if is_share else value:+.{places}f}"


def effect_words(outcome: str, effect: Effect) -> str:
    """Return an effect with its interval and unit, such as ``+1.2 points [+0.4, +2.0]``."""
    unit = {"share": " points", "count": ""}.get(MEASURES[outcome].unit, f" {MEASURES[outcome].unit}")
    small = MEASURES[outcome].unit != "share" and not abs(effect.high) + abs(effect.low) >= 1
    digits = 3 if small else None
    low, high = (number(outcome, end, digits) for end in (effect.low, effect.high))
    return f"{number(outcome, effect.mean, digits)}{unit} [{low}, {high}]"


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


def claims_table(finding: Finding) -> Table:
    """Return claims and boundaries of a finding as a table for the console.

    Args:
        finding: The finding.
    """
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Claim", "Outcome", "Expected"):
        table.add_column(name)
    table.add_column(f"Effect [interval for {finding.effect.tests} tests]")
    table.add_column("It")
    for one in finding.claims:
        says = f"{KINDS[kind_of(one.claim)]}{one.claim.says}"
        _add(table, says, one.claim.outcome, one.claim.expected, one.effect, one.standing.value)
    for bound in finding.boundaries:
        claim = bound.boundary.claim
        says = f"Boundary: {claim.says}"
        settled = bound.foreseen is not Standing.OPEN
        stands = f"{bound.standing}: {FORESEEN[bound.foreseen]}" if settled else bound.standing.value
        _add(table, says, claim.outcome, bound.boundary.foreseen, bound.effect, stands)
    return table


def _add(table: Table, says: str, outcome: str, expected: Expected, effect: Effect, stands: str) -> None:
    table.add_row(says, MEASURES[outcome].label, expected.value, effect_words(outcome, effect), stands)


def summary_table(findings: Sequence[Finding]) -> Table:
    """Return a table with a row for each finding: id, title, effect of its leading claim, verdict.

    Args:
        findings: The findings.
    """
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="Verdicts", title_justify="left")
    for name in ("", "Lesson", "Leading effect", "Verdict"):
        table.add_column(name)
    for one in findings:
        table.add_row(one.id, one.title, effect_words(one.outcome, one.effect), one.judgement.words)
    return table
