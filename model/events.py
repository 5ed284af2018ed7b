"""Events as Python objects: entries of a diary, read from the log."""

from dataclasses import dataclass

import numpy as np

from cocreate.agents.columns import Table
from cocreate.model.diary import Kind


@dataclass(frozen=True)
class Entry:
    """One event.

    Attributes:
        month: When, counted from 0.
        kind: What happened.
        person: Whom it concerns, -1 for nobody.
        initiative: Which initiative, -1 for none.
        region: Where, -1 for the nation.
        detail: A code or index that belongs to the kind: a state, a sector, another person.
        value: A number that belongs to the kind: a reason, a voice, a trust.
    """

    month: int
    kind: Kind
    person: int
    initiative: int
    region: int
    detail: int
    value: float


def entries(rows: Table) -> list[Entry]:
    """Return rows of the log as entries, oldest first."""
    return [
        Entry(
            month=int(row["month"]),
            kind=Kind(int(row["kind"])),
            person=int(row["person"]),
            initiative=int(row["initiative"]),
            region=int(row["region"]),
            detail=int(row["detail"]),
            value=float(row["value"]),
        )
        for row in rows
    ]


def concerning(rows: Table, column: str, index: int) -> Table:
    """Return the rows of the log in which a column has a value, such as a person's index."""
    return rows[np.flatnonzero(rows[column] == index)]
