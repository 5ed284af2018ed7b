"""The model itself can support, refute, and make a lesson depend on a condition."""

import pytest

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.h04_lived_experience import LIVED_EXPERIENCE
from cocreate.experiments.hypotheses.run_hypothesis import finding_of, run_hypotheses, study_of
from cocreate.experiments.hypotheses.verdict import Verdict
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.worlds import World
from tests.hypotheses.made import SMALL, hypothesis

VOTING = {**SMALL, "horizon": 84, "term_length": 24, "election_cancel": 0.5}
FREE, RULED = {**VOTING, "legal_anchor": 0.0}, {**VOTING, "legal_anchor": 1.0}
WORLDS = (
    World(name="free", levers=FREE),
    World(name="ruled", levers=RULED),
    World(name="unmoved_free", levers={**FREE, "couplings": 0.0}),
    World(name="unmoved_ruled", levers={**RULED, "couplings": 0.0}),
)
FEWER_ENDS = Claim(
    "A rule lowers the hazard of elections.",
    "election_hazard",
    difference("ruled", "free"),
    Expected.LESS,
)
UNMOVED = Claim(
    "A rule lowers the hazard where nothing moves the base rates.",
    "election_hazard",
    difference("unmoved_ruled", "unmoved_free"),
    Expected.LESS,
)


@pytest.fixture(scope="module")
def results() -> Results:
    return run_study(study_of([hypothesis(WORLDS, [FEWER_ENDS])], 30))


def test_a_rule_that_anchors_services_is_supported(results: Results) -> None:
    assert finding_of(hypothesis(WORLDS[:2], [FEWER_ENDS]), results).verdict is Verdict.SUPPORTED


def test_the_same_lesson_with_its_worlds_swapped_is_refuted(results: Results) -> None:
    swapped = Claim("A rule raises it.", "election_hazard", difference("free", "ruled"), Expected.LESS)
    assert finding_of(hypothesis(WORLDS[:2], [swapped]), results).verdict is Verdict.REFUTED


def test_where_nothing_moves_the_base_rates_the_lesson_is_refuted_as_too_small(results: Results) -> None:
    found = finding_of(hypothesis(WORLDS[2:], [UNMOVED]), results)
    assert found.verdict is Verdict.REFUTED
    assert "too small" in found.reason
    assert found.effect.low == found.effect.high == 0


def test_with_both_it_depends_on_the_condition(results: Results) -> None:
    boundary = Boundary("whether anything moves the base rates", UNMOVED, Expected.SAME)
    found = finding_of(hypothesis(WORLDS, [FEWER_ENDS], [boundary]), results)
    assert found.judgement.words == "depends on whether anything moves the base rates"
    assert found.boundaries[0].foreseen == "holds"


def test_with_hardly_any_worlds_it_is_undecided() -> None:
    found = run_hypotheses([hypothesis(WORLDS[:2], [FEWER_ENDS])], 2)
    assert found[0].verdict is Verdict.UNDECIDED


def test_lived_experience_is_refuted_in_a_world_where_experts_are_always_right() -> None:
    worlds = study_of([LIVED_EXPERIENCE], 12).worlds
    right = [
        world.model_copy(update={"levers": {**world.levers, **SMALL, "lived_experience_gap": 0.0}})
        for world in worlds
    ]
    study = study_of([LIVED_EXPERIENCE], 12).model_copy(update={"worlds": tuple(right)})
    found = finding_of(LIVED_EXPERIENCE, run_study(study))
    assert found.verdict is Verdict.REFUTED
    assert found.claims[2].effect.mean == pytest.approx(0, abs=1e-15)
