"""Made-up results and pilots, so that analyses can be tested without simulating."""

from dataclasses import dataclass

import numpy as np

from cocreate.agents.initiative import Reason, State
from cocreate.experiments.study.results import WorldRun
from cocreate.experiments.study.tasks import PILOT


@dataclass(frozen=True)
class Made:
    """Outcomes by name of a world, whatever outcome is asked for."""

    by_world: dict[str, np.ndarray]

    def values(self, world: str, outcome: str, /) -> np.ndarray:  # noqa: ARG002 - there is only one
        """Return the outcome of a world."""
        return self.by_world[world]


def run_of(start: np.ndarray, finished: np.ndarray, months: int, number: int = 0, phase: int = 0) -> WorldRun:
    """Return a run whose pilots start and end in given months, -1 for those still there."""
    pilots = np.zeros(len(start), PILOT)
    pilots["piloted"] = start
    pilots["finished"] = finished
    pilots["became_structural"] = -1
    pilots["state"] = np.where(finished >= 0, State.ENDED, State.PILOTING)
    pilots["reason"] = np.where(finished >= 0, Reason.FUNDING_ENDED, Reason.NONE)
    pilots["election_phase"] = phase
    return WorldRun(number, number, {}, pilots, months)


def lives(
    draws: np.random.Generator, pilots: int, months: int, hazard: np.ndarray, number: int = 0, phase: int = 0
) -> WorldRun:
    """Return a run whose pilots end in month ``m`` with the chance ``hazard[m]``, if they live until then."""
    start = draws.integers(0, months // 2, pilots)
    ends = draws.random((pilots, months)) < hazard
    ends &= np.arange(months) > start[:, None]
    finished = np.where(ends.any(axis=1), ends.argmax(axis=1), -1)
    return run_of(start, finished, months, number, phase)
