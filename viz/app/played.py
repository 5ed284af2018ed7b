"""What is kept of one world of an ensemble."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.study.tasks import KEPT_OUTCOMES, RunResult

DRAWN = (
    "structural", "regions_reached", "councils", "effectiveness", "effectiveness_gap", "trust",
    "trust_hard_to_reach", "backlashes",
)  # fmt: skip
"""Monthly outcomes that are kept of each world of an ensemble, to draw its line."""

EVERY = 3
"""Months from one kept value to the next."""


@dataclass(frozen=True, eq=False)
class Played:
    """What is kept of one world of an ensemble.

    Attributes:
        seed: Its seed.
        outcomes: Outcomes at the end by name; NaN where there is nothing to take one from.
        lines: Outcomes :data:`DRAWN` at every :data:`EVERY`-th month, shape (times, outcomes).
    """

    seed: int
    outcomes: Mapping[str, float]
    lines: NDArray[np.float32]


def played_from(seed: int, found: RunResult) -> Played:
    """Return what is kept of a run."""
    assert found.series is not None
    outcomes = dict(zip(KEPT_OUTCOMES, found.outcomes.tolist(), strict=True))
    return Played(seed, outcomes, found.series[EVERY - 1 :: EVERY].astype(np.float32))
