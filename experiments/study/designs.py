"""Designs: which points of the space of levers a study visits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from cocreate.experiments.study.base import Part
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.factors import Levels, check_size, check_varied
from cocreate.experiments.study.sampled import LatinHypercube, Morris, Sampled, Sobol
from cocreate.experiments.study.settings import Levers, settings_from_file
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

__all__ = [
    "Design", "Factorial", "FromTable", "LatinHypercube", "Morris", "Paired", "Point", "Sampled", "Single",
    "Sobol", "points",
]  # fmt: skip


@dataclass(frozen=True)
class Point:
    """A world with the factors of a design set.

    Attributes:
        number: Number of the point in its study, from 0 on.
        world: The world that it starts from.
        factors: Levers that the design sets, in the order of its factors.
    """

    number: int
    world: World
    factors: dict[str, Value] = field(default_factory=dict)


class Plain(Part):
    """What designs share that leave every world as it is."""

    @property
    def varies(self) -> tuple[str, ...]:
        """Names of the factors: none."""
        return ()

    @property
    def size(self) -> int:
        """Number of points in each world."""
        return 1

    def samples(self) -> Iterator[dict[str, Value]]:
        """Give the settings of the factors, one mapping a point."""
        yield {}


class Single(Plain):
    """Every world as it is, each on its own.

    Attributes:
        kind: Name of the design.
    """

    kind: Literal["single"] = "single"


class Paired(Plain):
    """Every world against a baseline, in pairs that share their seed.

    Attributes:
        kind: Name of the design.
        baseline: Name of the world to compare with; the first one when empty.
    """

    kind: Literal["paired"] = "paired"
    baseline: str = ""


class Factorial(Part):
    """Every combination of the levels of some levers, the last lever changing fastest.

    Attributes:
        kind: Name of the design.
        factors: Levels of each lever; all words for a choice that is only named.
    """

    kind: Literal["factorial"] = "factorial"
    factors: Levels

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        check_size(self.size)
        return self

    @property
    def varies(self) -> tuple[str, ...]:
        """Names of the factors."""
        return tuple(self.factors)

    @property
    def size(self) -> int:
        """Number of combinations."""
        return math.prod(len(levels) for levels in self.factors.values())

    def samples(self) -> Iterator[dict[str, Value]]:
        """Give the settings of the factors, one mapping a point."""
        for values in product(*self.factors.values()):
            yield dict(zip(self.varies, values, strict=True))


class FromTable(Part):
    """Points of your own, one a row.

    Attributes:
        kind: Name of the design.
        rows: Settings of the same levers in every row. In their place, ``file`` can name a CSV or Parquet
            file with a column for each lever.
    """

    shorthands = ("file",)

    kind: Literal["table"] = "table"
    rows: tuple[Levers, ...] = Field(min_length=1)

    @classmethod
    def spelled_out(cls, entries: dict[str, Any]) -> dict[str, Any]:
        """Return entries with the rows of the file, if one is named."""
        if "file" not in entries:
            return entries
        file = entries.pop("file")
        if "rows" in entries:
            raise StudyError("There are both 'file' and 'rows': leave one of them out.")
        return {**entries, "rows": settings_from_file(file)}

    @model_validator(mode="after")
    def _same_levers(self) -> Self:
        for number, row in enumerate(self.rows, 1):
            if row.keys() != self.rows[0].keys():
                odd = ", ".join(sorted(row.keys() ^ self.rows[0].keys()))
                raise StudyError(f"Row {number} and row 1 set other levers: {odd}. Set the same in each row.")
        if not self.rows[0]:
            raise StudyError("The rows set no lever: name at least one in each.")
        if len(self.rows) > 1:
            check_varied(self.rows, self.varies)
        return self

    @property
    def varies(self) -> tuple[str, ...]:
        """Names of the factors, sorted."""
        return tuple(self.rows[0])

    @property
    def size(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def samples(self) -> Iterator[dict[str, Value]]:
        """Give the settings of the factors, one mapping a point."""
        yield from map(dict, self.rows)


type Design = Annotated[
    Single | Paired | Factorial | LatinHypercube | Sobol | Morris | FromTable, Field(discriminator="kind")
]
"""Any design."""


def points(worlds: Sequence[World], design: Design) -> Iterator[Point]:
    """Give every world with every sample of the design, worlds one after the other."""
    number = 0
    for world in worlds:
        for factors in design.samples():
            yield Point(number, world, factors)
            number += 1
