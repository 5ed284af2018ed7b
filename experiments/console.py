"""What the command line prints: tables of levers, presets and outcomes, and the end of a run."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from cocreate.experiments.errors import nearest
from cocreate.experiments.presets import Preset
from cocreate.experiments.trial import BASES, WORLDS, Move, ends_of
from cocreate.experiments.words import counted, in_words
from cocreate.model.levers import Lever
from cocreate.model.outcomes import OUTCOMES, Outcome
from cocreate.model.parameters import LEVERS, ParameterError

if TYPE_CHECKING:
    from cocreate.experiments.runs import Record

MOST_MOVES = 12
"""Outcomes told of a trial."""

CLEAR = 3.0
"""Paired difference over its standard error from which a move is called clear: with six pairs, chance alone
makes one in about thirty outcomes look so."""

DIRECTIONS = {1: "more is better", -1: "less is better", 0: ""}
KEPT = {
    "month": "each month",
    "region": "each month; each year for regions",
    "end": "at the end",
}


def table(*columns: str, title: str = "") -> Table:
    """Return an empty table in the one style of the command line; the title may be left out."""
    made = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in columns:
        made.add_column(name, overflow="fold")
    return made


def value_in_words(value: float, unit: str) -> str:
    """Return a number as a reader wants it.

    >>> value_in_words(0.25, "share"), value_in_words(3.0, "count"), value_in_words(float("nan"), "share")
    ('0.250', '3', '-')
    """
    if math.isnan(value):
        return "-"
    return f"{value:,.0f}" if unit in ("count", "flag") else f"{value:.3f}"


def end_state(record: Record) -> Table:
    """Return every outcome at the end of a run as a table."""
    made = table("What", "Outcome", "Value", "Unit", title=f"After {counted(record.months, 'month')}")
    made.columns[2].justify = "right"
    for name, value in record.outcomes.items():
        declared = OUTCOMES[name]
        made.add_row(declared.meaning, name, value_in_words(value, declared.unit), declared.unit)
    return made


def headline(record: Record) -> str:
    """Return in two sentences what became of a run's pilots."""
    end = record.outcomes
    pilots = int(end["pilots"])
    if pilots == 0:
        return "No pilot was started."
    structural, left, partly, ended = (
        in_words(int(end[name])) if end[name] else "none"
        for name in ("structural_ever", "structural", "partly", "pilots_ended")
    )
    proposed = counted(int(end["initiatives"]), "initiative")
    return (
        f"Of {proposed}, {in_words(pilots)} reached a pilot. Of these, {structural} became structural"
        f" ({left} still there), {partly} went on in part, {ended} ended."
    )


def levers_table(group: str = "") -> Table:
    """Return all levers, or those of a group, as a table.

    Raises:
        ParameterError: There is no such group.
    """
    groups = list(dict.fromkeys(declared.group for declared in LEVERS.values()))
    if group and group not in groups:
        raise ParameterError(
            f"There is no group of levers {group!r}.{nearest(group, groups)} There are {', '.join(groups)}."
        )
    made = table("Group", "Lever", "Default", "Allowed", "Unit", "Meaning")
    for declared in LEVERS.values():
        if group in ("", declared.group):
            made.add_row(
                declared.group,
                declared.name,
                str(declared.default),
                declared.allowed,
                declared.unit,
                declared.meaning,
            )
    return made


def lever_lines(declared: Lever) -> Table:
    """Return everything declared about one lever."""
    made = Table.grid(padding=(0, 2))
    for what, text in (
        ("Lever", declared.name),
        ("Meaning", declared.meaning),
        ("Default", str(declared.default)),
        ("Allowed", declared.allowed),
        ("Unit", declared.unit),
        ("Group", declared.group),
        ("Source", declared.source),
    ):
        made.add_row(what, text)
    return made


def moves_table(declared: Lever, moves: list[Move]) -> Table:
    """Return what moved in a trial of a lever, the clearest first."""
    low, high = ends_of(declared)
    base = ", ".join(f"{name} = {value}" for name, value in BASES.get(declared.name, {}).items())
    worlds = f"{WORLDS} pairs of small worlds{f' with {base}' if base else ''}"
    made = table(
        "What",
        "Outcome",
        f"at {low}",
        f"at {high}",
        "Clear",
        title=f"What moves most, in {worlds} (a first look, not a finding)",
    )
    for move in moves[:MOST_MOVES]:
        declared_outcome = OUTCOMES[move.outcome]
        unit = declared_outcome.unit if declared_outcome.unit != "count" else "mean"
        made.add_row(
            declared_outcome.meaning,
            move.outcome,
            value_in_words(move.low, unit),
            value_in_words(move.high, unit),
            "yes" if abs(move.clear) >= CLEAR else "hardly",
        )
    if not moves:
        made.add_row("nothing in these worlds", "", "", "", "")
    return made


def presets_table(presets: Iterable[Preset]) -> Table:
    """Return presets with what they stand for."""
    made = table("Preset", "World", "What it stands for")
    for preset in presets:
        people = preset.parameters
        here = people.citizens_per_region + people.professionals_per_region + people.politicians_per_region
        size = f"{people.regions * here:,} people in {counted(people.regions, 'region')}"
        made.add_row(preset.name, f"{preset.title}; {size}", f"{preset.meaning} {preset.illustration}")
    return made


def outcomes_table(outcomes: Iterable[Outcome]) -> Table:
    """Return the declarations of outcomes."""
    made = table("Outcome", "Meaning", "Unit", "Direction", "Kept")
    for outcome in outcomes:
        made.add_row(
            outcome.name, outcome.meaning, outcome.unit, DIRECTIONS[outcome.better], KEPT[outcome.scope]
        )
    return made
