"""Sources: what analyses need to know of a study, whoever simulated it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table


class Outcomes(Protocol):
    """Anything that knows the outcomes of runs, such as the results of a study."""

    def values(self, world: str, outcome: str, /) -> NDArray[np.float64]:
        """Return an outcome of every run of a world in order; NaN where there is none."""
        ...


class PilotRun(Protocol):
    """One run with its pilots.

    Attributes:
        number: Number of the replicate; runs of one number share their seed.
        pilots: A row for each pilot, with ``state``, ``piloted``, ``became_structural`` and ``finished``
            at least; months count from 0 on, -1 for never.
        months: Months simulated.
        failure: What went wrong, empty for a run that reached its horizon.
    """

    @property
    def number(self) -> int: ...  # noqa: D102 - described above, as are the next ones
    @property
    def pilots(self) -> Table: ...  # noqa: D102
    @property
    def months(self) -> int: ...  # noqa: D102
    @property
    def failure(self) -> str: ...  # noqa: D102
