"""Sources: what analyses need to know of a study, whoever simulated it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray


def draws_of(results: object) -> int:
    """Return how many draws of uncertain levers the runs of each world of a study take in turn; 0 for none.

    Args:
        results: Results of a study, or another source, which has none. Nor has a design of many points, whose
            runs of a world do not differ by replicate alone.
    """
    study = getattr(results, "study", None)
    return 0 if study is None or study.design.size > 1 else len(study.draws or ())


class Outcomes(Protocol):
    """Anything that knows the outcomes of runs, such as the results of a study."""

    def values(self, world: str, outcome: str, /) -> NDArray[np.float64]:
        """Return an outcome of every run of a world in order; NaN where there is none."""
        ...
