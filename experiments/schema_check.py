"""The published schemas of people, ties and studies, and the check of rows against them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import MOST_PROBLEMS, DataError, nearest
from cocreate.experiments.tabular import Row, Rows

FOLDER = Path(__file__).parent / "schema"
SCHEMAS = ("people", "ties", "study")


class Problems:
    """Collects what is wrong with a file, and stops when there is enough to tell.

    Attributes:
        found: Sentences so far.
    """

    def __init__(self, file: str) -> None:
        """Collect for a file.

        Args:
            file: Name of the file, as messages call it.
        """
        self.file = file
        self.found: list[str] = []

    def add(self, what: str, place: str = "", column: str = "") -> None:
        """Add a problem.

        Raises:
            DataError: There are now as many problems as are told at once.
        """
        where = [self.file, *([place] if place else []), *([f"column {column}"] if column else [])]
        self.found.append(f"{', '.join(where)}: {what}")
        if len(self.found) >= MOST_PROBLEMS:
            self.found.append("There may be more; these were the first.")
            self.stop()

    def stop(self) -> None:
        """Raise an error if there is any problem.

        Raises:
            DataError: There is.
        """
        if self.found:
            raise DataError(self.found)


@cache
def schema(name: str) -> Mapping[str, Any]:
    """Return a published schema: ``people``, ``ties`` or ``study`` (JSON Schema, draft 2020-12)."""
    loaded: Mapping[str, Any] = json.loads(schema_text(name))
    return loaded


def schema_text(name: str) -> str:
    """Return a published schema as text.

    Raises:
        DataError: There is no schema of that name.
    """
    if name not in SCHEMAS:
        raise DataError(
            [f"There is no schema {name!r}.{nearest(name, SCHEMAS)} There are {', '.join(SCHEMAS)}."]
        )
    return (FOLDER / f"{name}.schema.json").read_text("utf-8")


def check_columns(rows: Rows, name: str, problems: Problems) -> list[str]:
    """Check the columns of a file and return those that count.

    Raises:
        DataError: A column is missing or unknown.
    """
    known = list(schema(name)["properties"])
    used = [column for column in rows.columns if not column.startswith("_")]
    for column in used:
        if column not in known:
            problems.add(
                f"unknown column {column!r}.{nearest(column, known)} Allowed are {', '.join(known)}; a column"
                " whose name starts with an underscore is ignored."
            )
    for column in schema(name)["required"]:
        if column not in used:
            problems.add(f"the column {column!r} is missing. 'cocreate schema {name}' tells what is needed.")
    problems.stop()
    return used


def read_cells(rows: Rows, name: str, problems: Problems) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Give each row with its values as the schema types them; what is wrong goes to ``problems``."""
    declared = schema(name)["properties"]
    required = schema(name)["required"]
    for row in rows.rows:
        for column in required:
            if column not in row.cells:
                problems.add("is empty, but needed: fill it in.", row.place, column)
        values = {}
        for column, cell in row.cells.items():
            if column not in declared:
                continue
            value, allowed = read_cell(cell, declared[column])
            if value is None:
                problems.add(f"must be {allowed}, but is {str(cell)!r}.", row.place, column)
            else:
                values[column] = value
        yield row, values


def read_cell(cell: Any, declared: Mapping[str, Any]) -> tuple[Any, str]:
    """Return a cell's value, None where it is not allowed, and what is allowed in words.

    >>> read_cell("0.5", {"type": ["number", "null"], "minimum": 0, "maximum": 1})
    (0.5, 'a number from 0 to 1')
    >>> read_cell("citizn", {"type": "string", "enum": ["citizen", "professional"]})
    (None, 'one of citizen, professional')
    """
    types = declared["type"] if isinstance(declared["type"], list) else [declared["type"]]
    if "string" in types:
        text = _as_text(cell)
        if "enum" not in declared:
            return text, "a text"
        return text if text in declared["enum"] else None, f"one of {', '.join(declared['enum'])}"
    whole = "integer" in types
    kind = "a whole number" if whole else "a number"
    allowed = f"{kind} from {declared['minimum']:g} to {declared['maximum']:g}"
    number = _as_number(cell)
    if number is None or (whole and number != int(number)):
        return None, allowed
    inside = declared["minimum"] <= number <= declared["maximum"]
    return (number if inside else None), allowed


def _as_text(cell: Any) -> str:
    # a column of numbers with gaps comes out of Parquet as 7.0
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _as_number(cell: Any) -> float | None:
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None
