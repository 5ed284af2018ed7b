"""Rows of a table file (CSV, Parquet or GraphML) as text and numbers, with the place of each."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import DataError


@dataclass(frozen=True)
class Row:
    """One row of a file.

    Attributes:
        place: Where it stands, such as ``line 7``.
        cells: Values by column; cells that are empty are left out.
    """

    place: str
    cells: dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """All rows of a file.

    Attributes:
        file: Name of the file.
        columns: Columns in their order.
        rows: The rows.
    """

    file: str
    columns: tuple[str, ...]
    rows: list[Row]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_rows(path: Path) -> Rows:
    """Return the rows of a CSV or Parquet file, by the ending of its name.

    CSV may be separated by commas, semicolons or tabs, and must be in UTF-8.

    Raises:
        DataError: The file is missing, empty, or not in the format its name says.
    """
    kind = path.suffix.lower()
    if kind not in (".csv", ".parquet", ".graphml"):
        raise DataError([f"{path.name}: the name must end in .csv, .parquet or .graphml."])
    try:
        if kind == ".csv":
            return _checked(_read_csv(path))
        return _checked(_read_parquet(path) if kind == ".parquet" else _read_graphml(path))
    except OSError as error:
        raise DataError([f"{path} cannot be read: {error.strerror or error}."]) from None
    except UnicodeDecodeError:
        raise DataError([f"{path.name} is not in UTF-8: save it again with that encoding."]) from None


def _checked(rows: Rows) -> Rows:
    doubled = sorted({name for name in rows.columns if rows.columns.count(name) > 1})
    if doubled:
        raise DataError([f"{rows.file}: the column {name!r} is there twice." for name in doubled])
    if not rows.rows:
        raise DataError(
            [f"{rows.file} is empty: it needs a row of column names, and one row for each entry."]
        )
    return rows


def _read_csv(path: Path) -> Rows:
    text = path.read_text("utf-8-sig")
    lines = text.splitlines()
    head = lines[0] if lines else ""
    separator = max(",;\t", key=head.count)
    try:
        reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
        columns = tuple(name.strip() for name in next(reader, []))
        rows = [
            _csv_row(path.name, columns, reader.line_num, cells)
            for cells in reader
            if any(map(str.strip, cells))
        ]
    except csv.Error as error:
        raise DataError([f"{path.name} is no valid CSV: {error}."]) from None
    return Rows(path.name, columns, rows)


def _csv_row(file: str, columns: Sequence[str], line: int, cells: list[str]) -> Row:
    if len(cells) != len(columns):
        raise DataError(
            [f"{file}, line {line}: there are {len(cells)} values for {len(columns)} columns; mend the row."]
        )
    values = {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
    return Row(f"line {line}", {name: cell for name, cell in values.items() if cell})


def _read_parquet(path: Path) -> Rows:
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import parquet  # noqa: PLC0415

    try:
        table = parquet.read_table(path)
    except pa.ArrowException as error:
        raise DataError([f"{path.name} is no valid Parquet file: {error}."]) from None
    rows = [
        Row(f"row {number}", {name: value for name, value in cells.items() if not _is_missing(value)})
        for number, cells in enumerate(table.to_pylist(), 1)
    ]
    return Rows(path.name, tuple(table.column_names), rows)


def _is_missing(value: Any) -> bool:
    return value is None or value != value or value == ""  # noqa: PLR0124 - NaN differs from itself


def _read_graphml(path: Path) -> Rows:
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415 - rarely needed

    import networkx as nx  # noqa: PLC0415 - heavy

    try:
        graph: Any = nx.read_graphml(path)
    except (ParseError, nx.NetworkXError, KeyError, ValueError) as error:
        raise DataError([f"{path.name} is no valid GraphML: {error}."]) from None
    rows = [
        Row(
            f"edge {number}",
            {"source": str(one), "target": str(two), **{k: v for k, v in cells.items() if k == "layer"}},
        )
        for number, (one, two, cells) in enumerate(graph.edges(data=True), 1)
    ]
    return Rows(path.name, ("source", "target", "layer"), rows)
