"""Evidence: the simulated worlds of a pattern, as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunResult


@dataclass(frozen=True, eq=False)
class Evidence:
    """Runs of a study by world; equal places of two worlds share their seed.

    Attributes:
        study: The study.
        runs: Runs of each world in order of replicate; None for one that failed.
        resamples: Draws of worlds for intervals that need them; 0 for no such intervals.
    """

    study: Study
    runs: Mapping[str, Sequence[RunResult | None]]
    resamples: int = 999

    def values(self, world: str, outcome: str) -> NDArray[np.float64]:
        """Return an outcome at the end of every run of a world; NaN for failures."""
        place = KEPT_OUTCOMES.index(outcome)
        return np.array([np.nan if one is None else one.outcomes[place] for one in self.runs[world]])

    def pilots(self, world: str) -> list[Table]:
        """Return the pilots of every run of a world, no rows for failures."""
        nothing = np.zeros(0, PILOT)
        return [nothing if one is None or one.pilots is None else one.pilots for one in self.runs[world]]

    def series(self, world: str, outcome: str) -> NDArray[np.float64]:
        """Return a kept monthly outcome, shape (runs, months); failures are left out."""
        place = self.study.keep.series.index(outcome)
        kept = [
            one.series[:, place] for one in self.runs[world] if one is not None and one.series is not None
        ]
        return np.stack(kept) if kept else np.full((0, 0), np.nan)
