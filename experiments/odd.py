"""Generated parts of documents: tables and formulas of the ODD+D document, counts of levers in the README.

``python -m cocreate.experiments.odd`` rewrites ``docs/odd.md`` and ``README.md`` in place. What stands
between ``<!-- generated: NAME ... -->`` and ``<!-- end -->`` is generated; the rest is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cocreate.agents.columns import Column
from cocreate.agents.errors import CocreateError
from cocreate.agents.initiative import TRANSITIONS
from cocreate.experiments.odd_formulas import formula, number_lines
from cocreate.experiments.odd_life import REASONS, STATES, WHY
from cocreate.experiments.words import in_words
from cocreate.model.interventions import FIXED
from cocreate.model.levers import ASSUMPTION, Lever
from cocreate.model.month import PHASES
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import LEVERS
from cocreate.model.streams import Stream
from cocreate.model.world import ACTORS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "odd.md"
GENERATED = (DOCUMENT, ROOT / "README.md")
"""Documents with generated parts."""

BLOCK = re.compile(r"<!-- generated: ([^>]*?) -->\n(.*?)<!-- end -->", re.DOTALL)
SCOPES = {"region": "month; region and year", "month": "month", "end": "end of run"}
LEVEL = "level: "
"""How the source of a lever begins that gives its size, too."""

SIGNS = {1: "more", -1: "less", 0: "-"}


class DocumentError(CocreateError, ValueError):
    """A document asks for something that cannot be generated."""


def render(text: str) -> str:
    """Return a document with everything between its markers generated anew.

    Args:
        text: The document.

    Raises:
        DocumentError: A marker names nothing that can be generated, or has no end.
        FormulaError: A marker asks for a formula that the code does not have.
    """
    opened = text.count("<!-- generated:")
    blocks = list(BLOCK.finditer(text))
    if opened != len(blocks) or any("<!-- generated:" in block[2] for block in blocks):
        raise DocumentError(
            "A marker '<!-- generated: ... -->' has no '<!-- end -->' before the next one: add it."
        )
    return BLOCK.sub(lambda block: f"<!-- generated: {block[1]} -->\n{_made(block[1])}\n<!-- end -->", text)


def _made(what: str) -> str:
    name, *arguments = what.split()
    if name == "formula" and arguments:
        return f"```text\n{formula(*arguments)}\n```"
    if name == "numbers" and len(arguments) > 1:
        return f"```text\n{number_lines(*arguments)}\n```"
    if name not in TABLES or arguments:
        allowed = ", ".join([*TABLES, "formula FUNCTION [NAME ...]", "numbers MODULE NAME ..."])
        raise DocumentError(f"There is no {what!r} to generate; there are {allowed}.")
    return TABLES[name]()


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def levers_table() -> str:
    """Return one table of levers for each group, with a heading."""
    groups = dict.fromkeys(lever.group for lever in LEVERS.values())
    parts = []
    for group in groups:
        mine = [lever for lever in LEVERS.values() if lever.group == group]
        head = ("Lever", "Default", "Range", "Unit", "Meaning", "Source")
        parts.append(f"**{group.capitalize()}**\n\n{_table(head, map(_lever_row, mine))}")
    return "\n\n".join(parts)


def lever_counts() -> str:
    """Return how many levers there are and how well they are founded, as an item of a list."""
    assumed = sum(one.source == ASSUMPTION for one in LEVERS.values())
    sized = sum(one.source.startswith(LEVEL) for one in LEVERS.values())
    return (
        f"- Of {len(LEVERS)} levers, {assumed} are marked as assumptions."
        f" The other {len(LEVERS) - assumed} name a source, mostly for the direction or\n"
        f"  the form of what they do; {in_words(sized)} name one for their size."
    )


def _lever_row(lever: Lever) -> tuple[str, ...]:
    allowed = ", ".join(lever.choices) if lever.choices else f"{lever.low:g} to {lever.high:g}"
    if lever.whole:
        allowed += ", whole"
    return f"`{lever.name}`", str(lever.default), allowed, lever.unit, lever.meaning, lever.source


def fixed_table() -> str:
    """Return the levers that cannot change during a run, as a sentence."""
    return ", ".join(f"`{name}`" for name in LEVERS if name in FIXED) + "."


def state_tables() -> str:
    """Return one table of state variables for each class that declares some, with a heading."""
    parts = []
    for actor in ACTORS:
        head = ("Variable", "Type", "Unit", "Range", "Meaning")
        rows = [_column_row(column) for column in actor.columns.values() if column.table == actor.table_name]
        parts.append(f"**{actor.__name__}** (table `{actor.table_name}`)\n\n{_table(head, rows)}")
    return "\n\n".join(parts)


def _column_row(column: Column) -> tuple[str, ...]:
    kind = "number" if column.kind.startswith("f") else "whole number"
    if column.shape:
        kind += f", one for each of {' and '.join(map(str, column.shape))}"
    low = "" if column.low is None else f"{column.low:g}"
    high = "" if column.high is None else f"{column.high:g}"
    span = f"{low} to {high}" if low and high else f"{low} or more" if low else "any"
    return f"`{column.name}`", kind, column.unit, span, column.meaning


def outcomes_table() -> str:
    """Return the table of outcomes."""
    rows = [
        (f"`{one.name}`", one.meaning, one.unit, SCOPES[one.scope], SIGNS[one.better])
        for one in OUTCOMES.values()
    ]
    return _table(("Outcome", "Meaning", "Unit", "Measured each", "Better"), rows)


def phases_table() -> str:
    """Return the phases of a month in their order, with the file of each and what it does."""
    rows = []
    for place, (name, phase) in enumerate(PHASES.items(), 1):
        does = (phase.__doc__ or "").strip().splitlines()[0]
        rows.append(
            (place, name, f"`{phase.__module__.removeprefix('cocreate.').replace('.', '/')}.py`", does)
        )
    return _table(("#", "Phase", "File", "What it does"), rows)


def states_table() -> str:
    """Return the states of an initiative."""
    rows = [(int(state), state.name.lower(), meaning) for state, meaning in STATES.items()]
    return _table(("Code", "State", "Meaning"), rows)


def transitions_table() -> str:
    """Return every change of state that may happen, with its reasons."""
    rows = [
        (
            before.name.lower(),
            after.name.lower(),
            ", ".join(why.name.lower() for why in sorted(WHY[before, after])),
        )
        for before in TRANSITIONS
        for after in sorted(TRANSITIONS[before])
    ]
    return _table(("From", "To", "Reasons"), rows)


def reasons_table() -> str:
    """Return the reasons for a change of state."""
    rows = [(int(why), why.name.lower(), meaning) for why, meaning in REASONS.items()]
    return _table(("Code", "Reason", "Meaning"), rows)


def streams_table() -> str:
    """Return the names of the random streams, as a sentence."""
    return ", ".join(stream.name.lower().replace("_", " ") for stream in Stream) + "."


TABLES: dict[str, Callable[[], str]] = {
    "levers": levers_table,
    "counts": lever_counts,
    "fixed": fixed_table,
    "state": state_tables,
    "outcomes": outcomes_table,
    "phases": phases_table,
    "states": states_table,
    "transitions": transitions_table,
    "reasons": reasons_table,
    "streams": streams_table,
}
"""What a marker can ask for, besides formulas and named numbers."""


def main(path: Path = DOCUMENT) -> None:
    """Rewrite a document in place.

    Raises:
        DocumentError: There is no such document, or a marker of it is wrong.
    """
    if not path.exists():
        raise DocumentError(f"There is no {path}: run this in a checkout, or name a document.")
    path.write_text(render(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    try:
        for name in sys.argv[1:] or GENERATED:
            main(Path(name))
    except CocreateError as error:
        sys.exit(f"Error: {error}")
