"""People of your own: read from CSV or Parquet, checked, and sorted as the model needs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.person import Role
from cocreate.experiments.errors import DataError
from cocreate.experiments.schema_check import Problems, check_columns, read_cells, schema
from cocreate.experiments.tabular import Row, read_rows
from cocreate.experiments.words import SECTORS
from cocreate.model.own_data import OwnData
from cocreate.model.parameters import LEVERS, Parameters

ROLES = tuple(role.name.lower() for role in Role)
OF_ROLES = ("sector", "party", "support")
COLUMNS = tuple(name for name in schema("people")["properties"] if name not in ("id", "role", "region"))


@dataclass(frozen=True)
class OwnPeople:
    """People read from a file.

    Attributes:
        data: What the model takes.
        ids: Id of each person, in the model's order.
        regions: Label of each region, in the model's order.
        drawn: Attributes that are drawn for everybody, because the file does not have them.
        partly_drawn: Attributes that are drawn for those whose cell is empty.
    """

    data: OwnData
    ids: tuple[str, ...]
    regions: tuple[str, ...]
    drawn: tuple[str, ...]
    partly_drawn: tuple[str, ...]


def read_people(path: Path, parameters: Parameters) -> OwnPeople:
    """Read people from a CSV or Parquet file.

    Args:
        path: The file; see ``cocreate schema people``.
        parameters: The levers: how many sectors there are, and whether a kind of people may be missing.

    Raises:
        DataError: Something in the file is not as it must be; up to ten problems are told at once.
    """
    rows = read_rows(path)
    problems = Problems(rows.file)
    columns = check_columns(rows, "people", problems)
    people: list[dict[str, Any]] = []
    first_place: dict[str, str] = {}
    for row, values in read_cells(rows, "people", problems):
        _check_id(values, row, first_place, problems)
        _check_role(values, row, problems)
        _read_sector(values, row, parameters.sectors, problems)
        people.append(values)
    problems.stop()
    labels = _sorted_labels({one["region"] for one in people})
    _check_regions(people, labels, parameters, problems)
    problems.stop()
    rank = {label: number for number, label in enumerate(labels)}
    people.sort(key=lambda one: (rank[one["region"]], ROLES.index(one["role"])))
    return _as_data(people, rank, [name for name in COLUMNS if name in columns])


def _check_id(values: Mapping[str, Any], row: Row, first_place: dict[str, str], problems: Problems) -> None:
    name = values.get("id")
    if name is None:
        return
    if name in first_place:
        problems.add(
            f"{name!r} is already in {first_place[name]}; each person needs an id of its own.",
            row.place,
            "id",
        )
    first_place.setdefault(name, row.place)


def _check_role(values: Mapping[str, Any], row: Row, problems: Problems) -> None:
    role = values.get("role")
    for name in OF_ROLES:
        only = schema("people")["properties"][name]["appliesTo"]
        if name in values and role is not None and role != only:
            problems.add(f"is for a {only} only; leave it empty for a {role}.", row.place, name)


def _read_sector(values: dict[str, Any], row: Row, sectors: int, problems: Problems) -> None:
    given = values.get("sector")
    if given is None:
        return
    names = list(SECTORS[:sectors])
    if given.lower() in names:
        values["sector"] = names.index(given.lower())
    elif given.isdecimal() and int(given) < sectors:
        values["sector"] = int(given)
    else:
        problems.add(
            f"must be one of {', '.join(names)}, or a number from 0 to {sectors - 1}, but is {given!r};"
            " the lever 'sectors' sets how many there are.",
            row.place,
            "sector",
        )


def _sorted_labels(labels: set[str]) -> list[str]:
    """Return labels in order: by number where all are numbers, otherwise by text."""
    order: Callable[[str], Any] = int if all(label.isdecimal() for label in labels) else str
    return sorted(labels, key=lambda label: (order(label), label))


def _check_regions(
    people: list[dict[str, Any]], labels: list[str], parameters: Parameters, problems: Problems
) -> None:
    most = LEVERS["regions"].high
    assert most is not None
    if len(labels) > most:
        problems.add(f"there are {len(labels)} regions, but at most {most:g} are possible.")
    if parameters.null_world == "yes":
        return
    there = {(one["region"], one["role"]) for one in people}
    for label in labels:
        missing = [role for role in ROLES if (label, role) not in there]
        if missing:
            problems.add(
                f"region {label!r} has no {' and no '.join(missing)}: add one,"
                " or set null_world=yes to study a world without."
            )


def _as_data(people: list[dict[str, Any]], rank: dict[str, int], given: list[str]) -> OwnPeople:
    def column(name: str) -> NDArray[np.float64]:
        return np.array([one.get(name, np.nan) for one in people], np.float64)

    columns = {name: column(name) for name in given if name not in OF_ROLES}
    data = OwnData(
        region=np.array([rank[one["region"]] for one in people], np.int64),
        role=np.array([ROLES.index(one["role"]) for one in people], np.int64),
        columns=columns,
        sector=np.nan_to_num(column("sector"), nan=-1.0).astype(np.int64),
        party=column("party"),
        support=column("support"),
    )
    return OwnPeople(
        data=data,
        ids=tuple(one["id"] for one in people),
        regions=tuple(rank),
        drawn=tuple(name for name in COLUMNS if name not in given),
        partly_drawn=tuple(name for name in given if _has_gaps(people, name)),
    )


def _has_gaps(people: list[dict[str, Any]], name: str) -> bool:
    only = schema("people")["properties"][name].get("appliesTo")
    return any(name not in one for one in people if only in (None, one["role"]))


def check_levers(given: Mapping[str, object]) -> None:
    """Refuse levers that a people file already answers.

    Args:
        given: Levers that the user has set.

    Raises:
        DataError: One of them says how many regions or people there are.
    """
    taken = ("regions", "citizens_per_region", "professionals_per_region", "politicians_per_region")
    both = [name for name in taken if name in given]
    if both:
        raise DataError(
            [f"{' and '.join(both)} cannot be set together with --people: the file says who there is."]
        )
