"""Levers move outcomes of whole small worlds the way that the design says, where that way is short.

Both worlds of a pair share every draw that they can. What a lever does by many ways at once, some against the
others, is a question for the experiments and for no test.
"""

from functools import cache

import numpy as np
import pytest

from cocreate.agents.compiled import is_interpreted
from cocreate.experiments.trial import ends_of
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import LEVERS, Parameters, Value

pytestmark = pytest.mark.skipif(is_interpreted(), reason="takes very long without compilation")

SEEDS = (1, 2, 3, 4)

WORLD: dict[str, Value] = {
    "regions": 8,
    "horizon": 96,
    "citizens_per_region": 40,
    "proposal_rate": 2.0,
    "term_length": 24,
    "advance_piloting": 0.2,
    "trial_months": 2,
}
"""A world in which much begins, few are there to ask, and elections are frequent."""

WAYS = {
    # outcome: levers of which more gives more of it, and levers of which more gives less
    "initiatives": ("proposal_rate eu_funding", ""),
    "active": ("admin_capacity", ""),
    "pilots": (
        "acceptance_radius advance_recruiting advance_cocreating advance_decided local_slack",
        "end_recruiting end_cocreating end_decided",
    ),
    "structural_ever": ("", "trial_months"),
    "partly": ("", "project_length"),
    "share_structural": ("advance_piloting", "end_piloting"),
    "share_lasting": ("", "end_structural"),
    "election_hazard": (
        "election_cancel estrangement_weight ideological_distance", "legal_anchor mandate commitment",
    ),
    "decision_success": ("acceptance_radius", ""),
    "weariness": ("fatigue", ""),
    "effort": ("", "leaving"),
    "mean_voice_gini": ("power_imbalance transfer_pace crowding", "facilitation"),
    "mean_users_voice": ("end_user_seats inclusion guidance", "power_imbalance"),
    "users_seats": ("end_user_seats", ""),
    "mean_effective_voices": ("group_size", ""),
    "mean_hard_to_reach_voice": ("community_reporting", ""),
    "know_how": ("learning_rate training", "forgetting"),
    "trust": ("trust_gain follow_gain", "follow_loss"),
    "backlashes": ("", "tolerance_mean"),
    "infrastructure": ("support_infrastructure", ""),
    "effectiveness": ("fit_width", "lived_experience_gap need_spread turbulence"),
    "effectiveness_gap": ("group_offset", ""),
    "adopters": ("practice_weight", "threshold_high"),
    "councils": ("spread_rate local_adoption", "lapse"),
    "reached_adapted": ("transfer_rate", ""),
    "sectors_joined": ("", "sector_silo"),
    "cross_sector_index": ("boundary_spanners", "sector_silo"),
    "sector_modularity": ("sector_silo", ""),
    "ties_per_person": ("friends colleagues contacts", ""),
    "bonds_per_person": ("tie_growth", "tie_decay"),
}  # fmt: skip

CASES = [
    (lever, outcome, sign)
    for outcome, (more, less) in WAYS.items()
    for sign, levers in ((1, more), (-1, less))
    for lever in levers.split()
]


@cache
def outcomes_of(lever: str, value: Value, seed: int) -> dict[str, float]:
    model = CoCreationModel(Parameters.of({**WORLD, lever: value}), rng=seed)
    model.run()
    return model.outcomes()


@pytest.mark.parametrize(("lever", "outcome", "sign"), CASES)
def test_more_of_the_lever_moves_the_outcome_the_way_that_the_design_says(
    lever: str, outcome: str, sign: int
) -> None:
    low, high = (
        [outcomes_of(lever, value, seed)[outcome] for seed in SEEDS] for value in ends_of(LEVERS[lever])
    )
    assert np.nanmean(np.subtract(high, low)) * sign > 0, f"{outcome} goes from {low} to {high}"
