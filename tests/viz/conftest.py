"""Results made of drawn numbers, so that figures and words can be tested without simulating."""

from dataclasses import replace

import numpy as np
import pytest

from cocreate.agents.initiative import State
from cocreate.experiments.analysis.contrast import Difference, Verdict
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunResult
from cocreate.experiments.themes import theme_study
from cocreate.viz.headline import differences_of

WORLDS, MONTHS = 12, 60
FATES = (State.STRUCTURAL, State.ENDED, State.PARTLY, State.ENDED, State.PILOTING)


def drawn_pilots(draws: np.random.Generator) -> np.ndarray:
    """Return 30 pilots with each fate among them."""
    pilots = np.zeros(30, PILOT)
    kind = draws.integers(0, len(FATES), 30)
    pilots["state"] = np.array([int(state) for state in FATES])[kind]
    pilots["piloted"] = draws.integers(0, 20, 30)
    pilots["finished"] = np.where(np.isin(kind, [1, 2, 3]), draws.integers(21, MONTHS, 30), -1)
    pilots["became_structural"] = np.where(kind <= 1, 20, -1)
    return pilots


@pytest.fixture(scope="session")
def results() -> Results:
    """Return results of the three themes in which the world's place in the list shifts every outcome."""
    draws = np.random.default_rng(11)
    shared = draws.normal(0.5, 0.1, WORLDS)
    study = theme_study(WORLDS, seed=4)
    records = {}
    for cell in study.cells():
        base = shared[cell.replicate] + 0.05 * cell.point.number
        outcomes = base + draws.normal(0, 0.02, len(KEPT_OUTCOMES))
        outcomes[KEPT_OUTCOMES.index("councils")] = shared[cell.replicate]  # the same in all worlds
        records[cell.task.key] = RunResult(cell.task.key, outcomes, MONTHS, 0.1, drawn_pilots(draws))
    return Results(study, records)


@pytest.fixture(scope="session")
def differences(results: Results) -> tuple[Difference, ...]:
    """Return all reported differences from the default world; one of them does not survive the correction."""
    found = differences_of(results)
    weak = next(one for one in found if one.outcome == "share_structural" and one.verdict is Verdict.MORE)
    return tuple(replace(one, p=0.02, p_corrected=0.3) if one is weak else one for one in found)
