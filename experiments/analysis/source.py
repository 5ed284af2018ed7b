"""Sources: what analyses need to know of a study, whoever simulated it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Outcomes(Protocol):
    """Anything that knows the outcomes of runs, such as the results of a study."""

    def values(self, world: str, outcome: str, /) -> NDArray[np.float64]:
        """Return an outcome of every run of a world in order; NaN where there is none."""
        ...
