"""Columns: how an actor's class declares its state, and how an agent object reads and writes it live."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.errors import StateError

type Table = Any
"""A NumPy structured array. Type checkers cannot name the types of its fields, so they see Any."""

type Sizes = dict[str, int]


@dataclass(eq=False)
class Column:
    """One state variable of an actor: a typed column of the model's table.

    Read on an instance it gives the current value; assigned, it checks the range and writes through.

    Attributes:
        kind: NumPy type code, such as ``"f8"`` or ``"i4"``.
        meaning: What the number stands for, in one phrase.
        unit: Its unit.
        low: Smallest allowed value, or None.
        high: Largest allowed value, or None.
        shape: Lengths of a vector-valued column: numbers, or names of sizes of the world
            (``"dimensions"``, ``"sectors"``).
    """

    kind: str
    meaning: str
    unit: str = "1"
    low: float | None = None
    high: float | None = None
    shape: tuple[int | str, ...] = ()
    name: str = ""
    table: str = ""

    def __set_name__(self, owner: "type[Declared]", name: str) -> None:
        """Register the column with the class that declares it."""
        self.name = name
        self.table = owner.table_name
        if "columns" not in owner.__dict__:
            owner.columns = {}
        owner.columns[name] = self

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        """Return the agent's current value, or the declaration itself when asked on the class."""
        if agent is None:
            return self
        value = agent.model.table(self.table)[self.name][agent.row_in(self.table)]
        return value.copy() if self.shape else value.item()

    def __set__(self, agent: Any, value: Any) -> None:
        """Write the agent's value into the model's table.

        Raises:
            StateError: The value is no number, or lies outside the column's range.
        """
        checked = np.asarray(value, dtype=np.float64)
        if not np.all(np.isfinite(checked)) or self._outside(checked):
            raise StateError(self.name, value, self.low, self.high)
        agent.model.table(self.table)[self.name][agent.row_in(self.table)] = value

    def _outside(self, value: NDArray[np.float64]) -> bool:
        below = self.low is not None and bool(np.any(value < self.low))
        above = self.high is not None and bool(np.any(value > self.high))
        return below or above

    def field(self, sizes: Sizes) -> tuple[str, str] | tuple[str, str, tuple[int, ...]]:
        """Return the column as a field of a NumPy structured type."""
        if not self.shape:
            return (self.name, self.kind)
        lengths = tuple(sizes[part] if isinstance(part, str) else part for part in self.shape)
        return (self.name, self.kind, lengths)


class Declared:
    """A class whose state variables are declared as columns of one table."""

    table_name: ClassVar[str] = ""
    columns: ClassVar[dict[str, Column]] = {}

    @classmethod
    def dtype(cls, sizes: Sizes) -> np.dtype[np.void]:
        """Return the NumPy structured type of this class's own table, aligned for speed."""
        return np.dtype([column.field(sizes) for column in cls.columns.values()], align=True)

    @classmethod
    def allocate(cls, rows: int, sizes: Sizes) -> Table:
        """Return a table of zeros with one row for each actor."""
        return np.zeros(rows, cls.dtype(sizes))
