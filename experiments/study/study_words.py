"""What the command line prints of studies: how far they are, what failed, how their worlds ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.console import table, value_in_words
from cocreate.experiments.study.progress import Tally, duration
from cocreate.experiments.study.summary import FailureCount, Status
from cocreate.experiments.study.tasks import PER_REGION
from cocreate.model.outcomes import OUTCOMES

if TYPE_CHECKING:
    from rich.table import Table

    from cocreate.experiments.conclusions.levels import Level

MOST_WORLDS = 24
"""Worlds of a table; the rest is left to exported files."""

MOST_FAILURES = 10
"""Kinds of failures that are told at once."""

LONGEST_MESSAGE = 300
"""Letters of a message that are told."""


def session_line(tally: Tally) -> str:
    """Return what a session has done as a sentence.

    >>> session_line(Tally(10, present=10))
    'All 10 runs were there before.'
    """
    if tally.present == tally.total:
        return f"All {_runs(tally.total)} were there before."
    words = f"{_runs(tally.done)} simulated in {duration(tally.seconds)}"
    before = f", {tally.present:,} there before" if tally.present else ""
    failed = f", {tally.failed:,} failed" if tally.failed else ""
    return f"{words}{before}{failed}."


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number:,} runs"


def status_lines(found: Status) -> str:
    """Return how far a study is as lines."""
    done, failed, missing = (
        sum(getattr(world, name) for world in found.worlds) for name in ("done", "failed", "missing")
    )
    lines = [
        f"{found.study.name}: {found.study.question or 'no question given'}",
        f"{done + failed + missing:,} runs, {found.study.replicates:,} at each point: {done:,} done,"
        f" {failed:,} failed, {missing:,} missing.",
        *([f"Processor time so far: {duration(found.processor_seconds)}."] if done else []),
        *(f"At work: {driver}." for driver in found.drivers),
    ]
    if found.per_second:
        left = f", {duration(missing / found.per_second)} left" if missing else ""
        lines.append(f"{found.per_second:,.3g} runs a second lately in this store{left}.")
    return "\n".join(lines)


def worlds_table(found: Status) -> Table:
    """Return how far each world of a study is as a table."""
    made = table("World", "Done", "Failed", "Missing")
    for column in made.columns[1:]:
        column.justify = "right"
    for world in found.worlds[:MOST_WORLDS]:
        made.add_row(world.world, f"{world.done:,}", f"{world.failed:,}", f"{world.missing:,}")
    return made


def failures_table(failures: Sequence[FailureCount]) -> Table:
    """Return what failed as a table, the most frequent first."""
    made = table("Failed", "World", "Why", "One seed", title="Runs that failed")
    made.columns[0].justify = "right"
    for one in failures[:MOST_FAILURES]:
        made.add_row(
            f"{one.number:,}", one.world, f"{one.type}: {one.message}"[:LONGEST_MESSAGE], str(one.seed)
        )
    return made


def means_table(means: Sequence[Level]) -> Table:
    """Return how the worlds ended as a table, outcomes one after the other."""
    title = f"How the worlds ended: means over runs, with {CONFIDENCE:.0%} intervals"
    made = table("Outcome", "World", "Runs", "Mean", "From", "To", title=title)
    for column in made.columns[2:]:
        column.justify = "right"
    worlds = list(dict.fromkeys(one.world for one in means))[:MOST_WORLDS]
    before = ""
    for one in means:
        if one.world not in worlds:
            continue
        numbers = (value_in_words(value, _unit(one.outcome)) for value in (one.mean, one.low, one.high))
        made.add_row(one.outcome if one.outcome != before else "", one.world, f"{one.runs:,}", *numbers)
        before = one.outcome
    return made


def _unit(outcome: str) -> str:
    """Return a unit whose means have decimals, whatever that of a single value."""
    unit = OUTCOMES[PER_REGION.get(outcome, outcome)].unit
    return "mean" if unit in ("count", "flag") else unit
