"""Designs that sample ranges of levers: Latin hypercube, Sobol and Morris."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from importlib import import_module
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator, model_validator

from cocreate.experiments.study.base import Part
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.factors import Factor, Ranges, check_size, check_varied, factor_of
from cocreate.model.parameters import Value


class Sampled(Part, ABC):
    """What designs share that sample ranges of levers.

    Attributes:
        factors: Smallest and largest value of each lever, or the words of a choice; all that is allowed
            for a lever that is only named. Words and whole numbers come equally often, as far as the
            number of points allows.
        seed: Seed of the sample; the worlds drawn at its points have seeds of their own.

    Raises:
        StudyError: Also if a factor would have one and the same value at all points.
    """

    factors: Ranges
    seed: int = Field(default=1, ge=0)

    @model_validator(mode="after")
    def _all_vary(self) -> Self:
        check_size(self.size)
        check_varied(self.samples(), self.varies)
        return self

    @property
    @abstractmethod
    def size(self) -> int:
        """Number of points."""

    @property
    def varies(self) -> tuple[str, ...]:
        """Names of the factors, in the order of the columns of :attr:`matrix`."""
        return tuple(self.factors)

    @property
    def problem(self) -> dict[str, Any]:
        """The factors as SALib describes them, with the bounds of :attr:`matrix`."""
        names = list(self.varies)
        return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}

    @property
    @abstractmethod
    def matrix(self) -> NDArray[np.float64]:
        """The sample as shares of the ranges, from 0 to 1, drawn anew; shape (points, factors)."""

    @cached_property
    def columns(self) -> dict[str, list[Value]]:
        """Values of each factor at all points, as the model gets them."""
        ranges = [factor_of(name, limits) for name, limits in self.factors.items()]
        shares = self.matrix
        return {one.lever: self._values(one, shares[:, place]) for place, one in enumerate(ranges)}

    def samples(self) -> Iterator[dict[str, Value]]:
        """Give the settings of the factors, one mapping a point."""
        for values in zip(*self.columns.values(), strict=True):
            yield dict(zip(self.varies, values, strict=True))

    def _values(self, factor: Factor, shares: NDArray[np.float64]) -> list[Value]:
        return factor.spread(shares)


class LatinHypercube(Sampled):
    """Points spread so that each factor's range is covered evenly (McKay, Beckman and Conover 1979).

    Attributes:
        kind: Name of the design.
        points: Number of points.
    """

    kind: Literal["latin_hypercube"] = "latin_hypercube"
    points: int = Field(default=100, ge=2)

    @property
    def size(self) -> int:
        """Number of points."""
        return self.points

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The sample as shares of the ranges, from 0 to 1; shape (points, factors)."""
        from scipy.stats import qmc  # noqa: PLC0415 - heavy

        return qmc.LatinHypercube(len(self.factors), rng=self.seed).random(self.points)


class Sobol(Sampled):
    """Blocks of points for Sobol's indices (Saltelli 2002).

    A block has two points more than there are factors, or than twice as many with second-order effects.

    Attributes:
        kind: Name of the design.
        base: Number of blocks, a power of two.
        second_order: Whether effects of pairs of factors are wanted too.
    """

    kind: Literal["sobol"] = "sobol"
    base: int = Field(default=256, ge=2)
    second_order: bool = False

    @field_validator("base")
    @classmethod
    def _power_of_two(cls, base: int) -> int:
        if base & (base - 1):
            below = 1 << (base.bit_length() - 1)
            raise StudyError(
                f"it must be a power of two, since Sobol's sequence covers ranges evenly only then, but is"
                f" {base}: take {below} or {2 * below}."
            )
        return base

    @property
    def block(self) -> int:
        """Points of a block."""
        return (2 if self.second_order else 1) * len(self.factors) + 2

    @property
    def size(self) -> int:
        """Number of points."""
        return self.base * self.block

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The sample as shares of the ranges, from 0 to 1, block by block; shape (points, factors)."""
        sobol: Any = import_module("SALib.sample.sobol")  # heavy
        drawn = sobol.sample(self.problem, self.base, calc_second_order=self.second_order, seed=self.seed)
        return np.asarray(drawn, float)


class Morris(Sampled):
    """Trajectories that change one factor at a time (Morris 1991).

    Attributes:
        kind: Name of the design.
        trajectories: Number of trajectories; each has one point more than there are factors.
        levels: Levels of the grid that trajectories move on, an even number.
    """

    kind: Literal["morris"] = "morris"
    trajectories: int = Field(default=20, ge=2)
    levels: int = Field(default=4, ge=2)

    @field_validator("levels")
    @classmethod
    def _even(cls, levels: int) -> int:
        if levels % 2:
            raise StudyError(f"it must be an even number, but is {levels}: take {levels + 1}.")
        return levels

    @property
    def block(self) -> int:
        """Points of a trajectory."""
        return len(self.factors) + 1

    @property
    def size(self) -> int:
        """Number of points."""
        return self.trajectories * self.block

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The sample as shares of the ranges, from 0 to 1, by trajectory; shape (points, factors)."""
        morris: Any = import_module("SALib.sample.morris")  # heavy
        generator = np.random.default_rng(self.seed)  # SALib takes a seed of 0 for none
        drawn = morris.sample(self.problem, self.trajectories, num_levels=self.levels, seed=generator)
        return np.asarray(drawn, float)

    def _values(self, factor: Factor, shares: NDArray[np.float64]) -> list[Value]:
        return factor.on_grid(shares)
