"""Tables of levers: where worlds differ, in words."""

from __future__ import annotations

from collections.abc import Mapping

from cocreate.model.levers import Lever
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.report.page import Column, Table

SIDE_BY_SIDE = 8
"""Worlds up to which each has a column; more get a row each."""

FEW_COLUMNS = 3
"""Worlds up to which columns have room to be wide."""

MOST_ROWS = 24
"""Worlds up to which a table is shown at once; a longer one is folded in."""

BREAKABLE = "_\N{ZERO WIDTH SPACE}"
"""An underscore after which a line may break."""

SHORT = 5
"""Characters up to which a value is told in full; longer ones have three digits."""


def value_words(value: Value | None) -> str:
    """Return a lever's value as text; None is a lever that is not the same in all runs.

    >>> value_words(0.25), value_words(2 / 3), value_words(100_000), value_words("copy"), value_words(None)
    ('0.25', '0.667', '100,000', 'copy', 'varies')
    """
    if value is None:
        return "varies"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if len(f"{value:g}") <= SHORT else f"{value:.3g}"


def lever_words(declared: Lever) -> str:
    """Return what a lever means, with its unit and its name."""
    unit = "" if declared.choices else f", {declared.unit}"
    return f"{declared.meaning} ({declared.name}{unit})"


def settings_table(settings: Mapping[str, Mapping[str, Value | None]], caption: str) -> Table | None:
    """Return the levers that differ from the defaults in at least one world.

    Args:
        settings: Levers that differ from the defaults, by title of the world; None for one that varies.
        caption: Caption of the table.

    Returns:
        The table, or None if all worlds are at the defaults.
    """
    names = [name for name in LEVERS if any(name in levers for levers in settings.values())]
    if not names:
        return None
    titles = list(settings)
    if len(titles) <= SIDE_BY_SIDE:
        columns = (Column("Lever"), Column("Default", numeric=True), *(Column(one, True) for one in titles))
        rows = tuple(
            (
                lever_words(LEVERS[name]),
                value_words(LEVERS[name].default),
                *(value_words(settings[title].get(name, LEVERS[name].default)) for title in titles),
            )
            for name in names
        )
        return Table(caption, columns, rows, dense=len(titles) > FEW_COLUMNS)
    columns = (Column("World"), *(Column(name.replace("_", BREAKABLE), numeric=True) for name in names))
    rows = tuple(
        (title, *(value_words(settings[title].get(name, LEVERS[name].default)) for name in names))
        for title in titles
    )
    return Table(caption, columns, rows, folded=len(rows) > MOST_ROWS, dense=True)


def lever_definitions(names: list[str]) -> tuple[tuple[str, str], ...]:
    """Return names and meanings of levers, with default, range and source."""
    entries = []
    for name in names:
        one = LEVERS[name]
        entries.append(
            (name, f"{one.meaning}. Default {value_words(one.default)}, {one.allowed}. {_source(one)}")
        )
    return tuple(entries)


def _source(one: Lever) -> str:
    return "An assumption." if one.source == "assumption" else f"Source: {one.source}."
