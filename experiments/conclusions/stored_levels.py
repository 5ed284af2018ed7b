"""Where the runs of each world of a study in a store end, without reading all that is kept of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.conclusions.levels import Level, levels
from cocreate.experiments.study.readers import connect
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.study_folder import StudyFolder

ROWS = 50_000
"""Runs that are taken from the store at a time."""


class StoredOutcomes:
    """Some outcomes of the runs of a study in a store: eight bytes each.

    Attributes:
        study: The study as the store holds it.
    """

    def __init__(self, store: Store, name: str, outcomes: Sequence[str]) -> None:
        """Read outcomes.

        Args:
            store: The store.
            name: Name of the study.
            outcomes: Names of outcomes.

        Raises:
            UnknownStudyError: The store does not hold the study, or it was stopped before its first run.
            PartError: A file is not as it was written.
        """
        self.study: Study = StudyFolder(store, name).study()
        self._table = {outcome: np.full(self.study.size, np.nan) for outcome in outcomes}
        columns = ", ".join(("point", "replicate", *outcomes))
        with connect(store, name) as connection:
            reader = connection.sql(f"SELECT {columns} FROM results").to_arrow_reader(ROWS)
            for batch in reader:
                point, replicate, *found = (column.to_numpy(zero_copy_only=False) for column in batch.columns)
                self._place(point, replicate, found)

    def _place(
        self, point: NDArray[np.int64], replicate: NDArray[np.int64], found: list[NDArray[np.float64]]
    ) -> None:
        """Put outcomes in the places of their runs."""
        asked = replicate < self.study.replicates
        places = (point * self.study.replicates + replicate)[asked]
        for table, values in zip(self._table.values(), found, strict=True):
            table[places] = values[asked]

    def values(self, world: str, outcome: str, /) -> NDArray[np.float64]:
        """Return an outcome of every run of a world in order, not to be changed; NaN where there is none."""
        number = [one.name for one in self.study.worlds].index(world)
        runs = self.study.design.size * self.study.replicates
        return self._table[outcome][number * runs : (number + 1) * runs]


def stored_levels(store: Store, name: str, outcomes: Sequence[str]) -> tuple[Level, ...]:
    """Return each outcome of each world of a study in a store, as a report on it has them.

    Args:
        store: The store.
        name: Name of the study.
        outcomes: Names of outcomes.

    Returns:
        Outcomes in their order, and worlds in theirs within.

    Raises:
        UnknownStudyError: The store does not hold the study, or it was stopped before its first run.
        PartError: A file is not as it was written.
    """
    found = levels(StoredOutcomes(store, name, outcomes), outcomes)
    return tuple(one for outcome in outcomes for one in found if one.outcome == outcome)
