"""The headline table: what silos, continuity and power change in a few outcomes, for console and page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from math import isnan
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.contrast import Difference, Verdict, contrast
from cocreate.experiments.conclusions.outcome_words import change, level, outcome_named, span
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import BASELINE, REPORTED, THEMES
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.page import Column
from cocreate.viz.report.page import Table as PageTable

if TYPE_CHECKING:
    from rich.table import Table

HEADLINE = ("structural_per_region", "share_structural", "mean_users_voice")
"""Outcomes that the table shows."""

CLEAR = "*"
"""Stands behind a difference that stays clear after correction."""


def differences_of(results: Results) -> tuple[Difference, ...]:
    """Return how far the worlds of all themes are from the default world, in all reported outcomes.

    Args:
        results: Results of :func:`~cocreate.experiments.themes.theme_study`.
    """
    worlds = [world.name for theme in THEMES for world in theme.worlds]
    return contrast(results, BASELINE.name, worlds, list(REPORTED))


def table_rows(differences: Sequence[Difference], break_: str = " ") -> list[tuple[str, ...]]:
    """Return the rows: the default world's levels, then each world's differences with their intervals.

    Args:
        differences: Differences from the default world.
        break_: What stands between a difference and its interval.
    """
    found = {(one.arm, one.outcome): one for one in differences}
    first = THEMES[0].opened.name
    units = {name: outcome_named(name).unit for name in HEADLINE}
    levels = [level(units[name], found[first, name].mean_baseline) for name in HEADLINE]
    rows: list[tuple[str, ...]] = [(_capital(BASELINE.title), *levels)]
    for world in (world for theme in THEMES for world in theme.worlds):
        cells = [_cell(found[world.name, name], units[name], break_) for name in HEADLINE]
        rows.append((_capital(world.title), *cells))
    return rows


def _cell(one: Difference, unit: str, break_: str) -> str:
    mark = CLEAR if one.verdict in (Verdict.MORE, Verdict.LESS) else ""
    if isnan(one.low):
        return change(unit, one.difference)
    shown = change(unit, one.difference, (one.low, one.high))
    return f"{shown}{mark}{break_}({span(unit, one.low, one.high)})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def note(differences: Sequence[Difference]) -> str:
    """Return how to read the table."""
    return (
        "The first row holds levels, the others differences from it with their 95 % intervals: numbers of"
        f" services, and percentage points. {CLEAR} stays clear after correction for all"
        f" {len(differences)} comparisons."
    )


def console_table(differences: Sequence[Difference]) -> Table:
    """Return the table for the console; it fits 80 columns."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("World", no_wrap=True)
    for name in HEADLINE:
        table.add_column(_capital(REPORTED[name]), justify="right")
    for row in table_rows(differences, "\n"):
        table.add_row(*row)
    return table


def page_table(differences: Sequence[Difference]) -> PageTable:
    """Return the table for a page, with all comparisons as a file in it."""
    told = [{**asdict(one), "verdict": str(one.verdict)} for one in differences]
    columns = (Column("World"), *(Column(_capital(REPORTED[name]), numeric=True) for name in HEADLINE))
    file = csv_file("contrasts.csv", told, "All comparisons in full precision (CSV)")
    caption = f"The themes, one by one, compared with the default world. {note(differences)}"
    return PageTable(caption.rstrip("."), columns, tuple(table_rows(differences)), file)
