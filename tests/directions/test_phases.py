"""Each phase of a month goes the way that the design says when a lever or a column is high and not low.

Both worlds of a pair share every draw, and the values lie far apart. What is asked for are mechanisms, one
step from cause to effect; what follows from many of them together is left to the model.
"""

import pytest

from cocreate.agents.compiled import is_interpreted
from tests.directions.scenes import SCENES, ends_of_cause, play, seen

pytestmark = pytest.mark.skipif(is_interpreted(), reason="takes long without compilation")

WAYS: tuple[tuple[str, str, str, str], ...] = (
    # scene, effect, causes of more of it, causes of less of it
    (
        "proposed", "state.recruiting",
        "regions.support regions.incentive regions.infrastructure lever.local_slack lever.advance_proposed",
        "",
    ),
    (
        "proposed", "state.ended",
        "lever.end_proposed", "regions.support regions.incentive regions.infrastructure lever.local_slack",
    ),
    ("recruiting", "state.cocreating", "initiatives.members lever.advance_recruiting", ""),
    ("recruiting", "state.ended", "lever.end_recruiting", "initiatives.members"),
    (
        "co-creating", "nation.votes",
        "initiatives.acceptability initiatives.sessions lever.advance_cocreating", "initiatives.opposition",
    ),
    ("co-creating", "state.ended", "initiatives.opposition lever.end_cocreating", ""),
    ("co-creating", "initiatives.legal_anchor", "lever.legal_anchor lever.mandate", ""),
    ("co-creating", "initiatives.committed_until", "lever.commitment", ""),
    (
        "votes", "nation.agreements",
        "lever.acceptance_radius people.openness", "lever.quota initiatives.opposition",
    ),
    ("promise kept", "people.trust", "lever.follow_gain", ""),
    ("promise kept", "citizens.experience", "citizens.experience", ""),
    ("promise broken", "people.trust", "", "lever.follow_loss"),
    (
        "decided", "state.piloting",
        "politicians.support regions.incentive lever.local_slack lever.advance_decided people.spanner "
        "initiatives.sponsors",
        "initiatives.opposition regions.lobbying lever.political_silo",
    ),
    (
        "decided", "state.ended",
        "initiatives.opposition regions.lobbying lever.political_silo lever.end_decided",
        "politicians.support regions.incentive lever.local_slack initiatives.sponsors people.spanner",
    ),
    (
        "piloting", "state.structural",
        "politicians.support organisations.adopted initiatives.result lever.local_slack initiatives.capacity "
        "initiatives.embedding regions.infrastructure initiatives.community lever.advance_piloting "
        "people.spanner",
        "initiatives.opposition regions.lobbying lever.political_silo lever.trial_months",
    ),
    (
        "piloting on a routine", "state.structural", "lever.routine_weight lever.evidence_weight", "",
    ),
    (
        "piloting", "state.ended",
        "initiatives.opposition regions.lobbying lever.end_piloting",
        "regions.support initiatives.community initiatives.result",
    ),
    (
        "end of money", "state.partly",
        "people.know_how initiatives.community regions.infrastructure initiatives.embedding "
        "initiatives.capacity", "",
    ),
    (
        "structural", "state.ended",
        "regions.lobbying lever.end_structural",
        "regions.support initiatives.community initiatives.legal_anchor initiatives.embedding "
        "lever.local_slack",
    ),
    (
        "election", "state.ended",
        "lever.election_cancel lever.estrangement_weight",
        "regions.support initiatives.community initiatives.legal_anchor initiatives.sponsors "
        "lever.local_slack initiatives.committed_until politicians.party initiatives.sponsor_reach",
    ),
    (
        "election of friends", "state.ended",
        "lever.election_cancel",
        "regions.support initiatives.community initiatives.legal_anchor initiatives.sponsors "
        "lever.local_slack",
    ),
    ("election of sponsors", "state.ended", "lever.turnover", ""),
    (
        "invitations", "nation.acceptances",
        "people.trust people.know_how people.openness politicians.support citizens.experience "
        "regions.infrastructure",
        "people.weariness",
    ),
    ("invitations", "hard.seats", "lever.communication_channels lever.community_reporting", ""),
    ("invitations", "initiatives.citizens", "lever.end_user_seats", ""),
    (
        "meetings", "nation.gini",
        "lever.power_imbalance lever.transfer_pace lever.crowding",
        "lever.facilitation regions.practice_months",
    ),
    (
        "meetings", "nation.users_voice",
        "lever.facilitation regions.practice_months initiatives.inclusion", "lever.power_imbalance",
    ),
    ("meetings", "nation.hard_voice", "lever.community_reporting", ""),
    ("meetings", "people.know_how", "lever.learning_rate", ""),
    ("meetings", "people.trust", "lever.trust_gain lever.facilitation", ""),
    ("meetings", "people.weariness", "lever.fatigue", "regions.results"),
    ("meetings", "people.openness", "people.tolerance people.know_how", "people.expected_voice"),
    (
        "meetings", "nation.backlashes",
        "people.expected_voice", "people.tolerance people.know_how lever.expectation_rate",
    ),
    ("meetings", "regions.lobbying", "people.expected_voice", "people.tolerance"),
    ("leaving", "initiatives.left", "lever.leaving people.weariness", ""),
    ("meetings", "professionals.view", "lever.view_learning", ""),
    ("meetings", "initiatives.acceptability", "lever.fit_width", ""),
    ("meetings", "initiatives.community", "lever.tie_growth", "lever.tie_decay"),
    ("meetings", "initiatives.capacity", "lever.asset_based", ""),
    ("meetings", "initiatives.sessions", "", "regions.infrastructure"),
    ("everyday", "people.know_how", "", "lever.forgetting"),
    ("everyday", "people.trust", "people.disposition", ""),
    ("everyday, unlike", "people.know_how", "lever.exchange regions.infrastructure", "lever.forgetting"),
    ("everyday, unlike", "people.trust", "lever.trust_return", ""),
    (
        "proposals", "nation.initiatives",
        "lever.proposal_rate regions.support lever.eu_funding regions.award lever.mandate "
        "regions.infrastructure people.trust people.openness politicians.support",
        "people.weariness regions.active",
    ),
    ("busy proposals", "nation.initiatives", "lever.admin_capacity", "lever.tied_to_infrastructure"),
    (
        "proposals", "initiatives.inclusion",
        "lever.inclusion lever.guidance lever.mandate nation.adopted people.know_how", "",
    ),
    ("proposals", "initiatives.budget_end", "lever.project_length lever.local_slack", ""),
    ("proposals", "initiatives.funded_outside", "lever.eu_funding", ""),
    (
        "councils", "politicians.support",
        "regions.results regions.incentive regions.engaged regions.adopted lever.admin_capacity "
        "lever.local_slack",
        "regions.lobbying regions.active",
    ),
    ("money", "regions.incentive", "lever.eu_funding lever.mandate regions.award nation.adopted", ""),
    ("a year of money", "regions.award", "lever.award", ""),
    (
        "adoption", "organisations.adopted",
        "organisations.practice lever.practice_weight", "organisations.threshold lever.lapse",
    ),
    (
        "adoption", "regions.adopted",
        "regions.support lever.spread_rate lever.local_adoption lever.national_push nation.adopted",
        "lever.lapse lever.novelty_fades",
    ),
    ("nation", "nation.adopted", "", "lever.national_threshold"),
    ("transfer", "nation.initiatives", "lever.transfer_rate lever.ecosystem regions.support", ""),
    ("transfer", "initiatives.mode", "regions.know_how", "lever.copying"),
    ("staff", "people.know_how", "lever.training", "lever.staff_turnover"),
    (
        "standing group", "regions.infrastructure",
        "lever.support_infrastructure lever.tied_to_infrastructure", "",
    ),
)  # fmt: skip

CASES = [
    (scene, cause, effect, sign)
    for scene, effect, more, less in WAYS
    for sign, causes in ((1, more), (-1, less))
    for cause in causes.split()
]


@pytest.mark.parametrize(("scene", "cause", "effect", "sign"), CASES)
def test_more_of_the_cause_moves_the_effect_the_way_that_the_design_says(
    scene: str, cause: str, effect: str, sign: int
) -> None:
    low, high = (seen(play(SCENES[scene], cause, value), effect) for value in ends_of_cause(cause))
    assert (high - low) * sign > 0, f"{effect} is {low:g} at a low {cause} and {high:g} at a high one"
