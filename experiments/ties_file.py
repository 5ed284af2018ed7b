"""Ties of your own: read from CSV, Parquet or GraphML, and checked against the people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.errors import nearest
from cocreate.experiments.people_file import ROLES, OwnPeople
from cocreate.experiments.schema_check import Problems, check_columns, read_cells, schema
from cocreate.experiments.tabular import Row, read_rows
from cocreate.model.networks import Layer

LAYERS: tuple[str, ...] = tuple(schema("ties")["properties"]["layer"]["enum"])

WHO = {
    "friends": ({"citizen"}, {"citizen"}),
    "colleagues": ({"professional"}, {"professional"}),
    "service": ({"citizen"}, {"professional"}),
    "council": ({"politician"}, set(ROLES)),
}
"""Roles that a tie of each layer joins."""


@dataclass(frozen=True)
class OwnTies:
    """Ties read from a file.

    Attributes:
        ends: Start, end and layer of each tie, as :class:`~cocreate.model.own_data.OwnData` takes them.
        empty: Layers in which the file has no tie, so that nobody is tied there.
    """

    ends: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
    empty: tuple[str, ...]


def read_ties(path: Path, people: OwnPeople) -> OwnTies:
    """Read ties among people who were read before.

    Args:
        path: The file; see ``cocreate schema ties``.
        people: The people.

    Raises:
        DataError: Something in the file is not as it must be; up to ten problems are told at once.
    """
    rows = read_rows(path)
    problems = Problems(rows.file)
    check_columns(rows, "ties", problems)
    index = {name: place for place, name in enumerate(people.ids)}
    ties = []
    for row, values in read_cells(rows, "ties", problems):
        tie = _tie(values, row, index, people, problems)
        if tie is not None:
            ties.append(tie)
    problems.stop()
    start, end, layer = np.array(ties, np.int64).T.copy()
    used = set(layer.tolist())
    empty = tuple(name for name in LAYERS if int(Layer[name.upper()]) not in used)
    return OwnTies((start, end, layer), empty)


def _tie(
    values: dict[str, Any], row: Row, index: dict[str, int], people: OwnPeople, problems: Problems
) -> tuple[int, int, int] | None:
    if len(values) < len(schema("ties")["required"]):
        return None  # said already
    unknown = [column for column in ("source", "target") if values[column] not in index]
    for column in unknown:
        hint = nearest(values[column], list(index)) if len(index) < 10_000 else ""  # noqa: PLR2004 - time
        problems.add(f"there is nobody with the id {values[column]!r}.{hint}", row.place, column)
    if unknown:
        return None
    one, two = index[values["source"]], index[values["target"]]
    if one == two:
        problems.add(f"ties {values['source']!r} to itself; remove the row.", row.place, "target")
        return None
    roles = [ROLES[people.data.role[person]] for person in (one, two)]
    first, second = WHO[values["layer"]]
    if not (roles[0] in first and roles[1] in second) and not (roles[1] in first and roles[0] in second):
        kinds = schema("ties")["properties"]["layer"]["description"]
        problems.add(
            f"{values['layer']!r} cannot join a {roles[0]} and a {roles[1]} ({kinds}).", row.place, "layer"
        )
        return None
    return one, two, int(Layer[values["layer"].upper()])
