"""A study made of drawn numbers, so that figures and words can be tested without simulating."""

import numpy as np
import pytest

from cocreate.agents.initiative import State
from cocreate.experiments.analysis.contrast import Difference, contrast
from cocreate.experiments.replicates import PILOT_COLUMNS, Replicate, Study
from cocreate.experiments.themes import REPORTED, all_arms
from cocreate.model.parameters import Parameters

WORLDS, MONTHS = 12, 60
FATES = (State.STRUCTURAL, State.ENDED, State.PARTLY, State.ENDED, State.PILOTING)


def drawn_pilots(draws: np.random.Generator) -> np.ndarray:
    """Return 30 pilots with each fate among them."""
    pilots = np.zeros(30, [(name, "i4") for name in PILOT_COLUMNS])
    kind = draws.integers(0, len(FATES), 30)
    pilots["state"] = np.array([int(state) for state in FATES])[kind]
    pilots["piloted"] = draws.integers(0, 20, 30)
    pilots["finished"] = np.where(np.isin(kind, [1, 2, 3]), draws.integers(21, MONTHS, 30), -1)
    pilots["became_structural"] = np.where(kind <= 1, 20, -1)
    return pilots


@pytest.fixture(scope="session")
def study() -> Study:
    """Return a study of the three themes in which the arm's place in the list shifts every outcome."""
    draws = np.random.default_rng(11)
    shared = draws.normal(0.5, 0.1, WORLDS)
    replicates = []
    for place, arm in enumerate(all_arms()):
        for number in range(WORLDS):
            base = shared[number] + 0.05 * place
            outcomes = {name: float(base + draws.normal(0, 0.02)) for name in REPORTED}
            outcomes["councils"] = float(shared[number])  # the same in all arms
            replicates.append(Replicate(arm.name, number, number, outcomes, drawn_pilots(draws), MONTHS))
    return Study(all_arms(), tuple(replicates), 4, Parameters())


@pytest.fixture(scope="session")
def differences(study: Study) -> tuple[Difference, ...]:
    """Return all reported differences of the study from its default world."""
    return contrast(study, "default", [arm.name for arm in all_arms()[1:]], list(REPORTED))
