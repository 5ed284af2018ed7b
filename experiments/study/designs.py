"""Designs: which points of the space of levers a study visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel

from cocreate.experiments.study.worlds import FROZEN, World
from cocreate.model.parameters import Value


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


class Single(BaseModel):
    """Every world as it is, each on its own."""

    model_config = FROZEN
    kind: Literal["single"] = "single"

    def samples(self) -> Iterator[dict[str, Value]]:
        """Give the settings of the factors, one mapping a point."""
        yield {}


class Paired(BaseModel):
    """Every world against a baseline, in pairs that share their seed.

    Attributes:
        baseline: Name of the world to compare with; the first one when empty.
    """

    model_config = FROZEN
    kind: Literal["paired"] = "paired"
    baseline: str = ""

    def samples(self) -> Iterator[dict[str, Value]]:
        """Give the settings of the factors, one mapping a point."""
        yield {}


type Design = Single | Paired


def points(worlds: Sequence[World], design: Design) -> Iterator[Point]:
    """Give every world with every sample of the design, worlds one after the other."""
    number = 0
    for world in worlds:
        for factors in design.samples():
            yield Point(number, world, factors)
            number += 1
