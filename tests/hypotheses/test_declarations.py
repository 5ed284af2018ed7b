"""Every hypothesis is declared soundly: its worlds exist, its levers move, its claims can be worked out."""

import pytest

from cocreate.experiments.hypotheses.claim import Claim
from cocreate.experiments.hypotheses.hypothesis import Hypothesis
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.registry import (
    ALL,
    HEADLINES,
    HYPOTHESES,
    LESSONS,
    HypothesisError,
    hypotheses_named,
)
from cocreate.experiments.hypotheses.run_hypothesis import QUICK, study_of
from cocreate.model.parameters import Parameters, lever_named

EVERY = pytest.mark.parametrize("one", HYPOTHESES.values(), ids=HYPOTHESES)


def claims_of(one: Hypothesis) -> list[Claim]:
    return [*one.claims, *(boundary.claim for boundary in one.boundaries)]


@EVERY
def test_its_worlds_can_be_simulated_and_differ(one: Hypothesis) -> None:
    seen = set()
    for world in one.worlds:
        parameters, changes = world.resolved({}, {}, {})
        seen.add((parameters, changes))
    assert len(seen) == len(one.worlds)
    assert len({world.name for world in one.worlds}) == len(one.worlds)
    assert len({world.title for world in one.worlds}) == len(one.worlds)


@EVERY
def test_each_lever_it_names_is_one_and_moves_between_its_worlds(one: Hypothesis) -> None:
    for name in one.levers:
        lever_named(name)
        values = {getattr(world.resolved({}, {}, {})[0], name) for world in one.worlds}
        assert len(values) > 1, name


@EVERY
def test_every_lever_that_moves_between_its_worlds_is_named(one: Hypothesis) -> None:
    """Conditions of a boundary may move others, but each world of the claims differs by named levers only."""
    used = {world for claim in one.claims for world in claim.worlds}
    worlds = [world for world in one.worlds if world.name in used]
    for name in Parameters.model_fields:
        values = {getattr(world.resolved({}, {}, {})[0], name) for world in worlds}
        if len(values) > 1:
            assert name in (*one.levers, *CONDITIONS.get(one.id, ())), name


CONDITIONS = {
    "H3": ("boundary_spanners",),
    "H9": ("proposal_rate", "transfer_mode"),
}
"""Levers that make a condition or a point of comparison rather than the lesson's own change."""


@EVERY
def test_its_claims_weigh_its_own_worlds_and_sum_to_zero(one: Hypothesis) -> None:
    names = {world.name for world in one.worlds}
    for claim in claims_of(one):
        assert claim.worlds <= names
        for weights in (weights for way in claim.effects for weights in way):
            assert sum(weights.values()) == pytest.approx(0, abs=1e-12)
        assert claim.outcome in MEASURES


@EVERY
def test_every_world_takes_part_in_a_claim_or_a_figure(one: Hypothesis) -> None:
    used = {world for claim in claims_of(one) for world in claim.worlds}
    if one.axis is not None:
        used |= {world for _, worlds in one.axis.lines for world in worlds}
    unused = {world.name for world in one.worlds} - used
    assert unused == set() or one.id in {"interaction", *(head.id for head in HEADLINES)}


@EVERY
def test_its_words_are_sentences(one: Hypothesis) -> None:
    for text in (one.lesson, *(claim.says for claim in claims_of(one))):
        assert text[0].isupper()
        assert text.endswith(".")
    assert not one.refuted_if.endswith(".")
    assert not one.title.endswith(".")


@EVERY
def test_no_two_of_its_claims_say_the_same(one: Hypothesis) -> None:
    says = [claim.says for claim in claims_of(one)]
    assert len(set(says)) == len(says)


@EVERY
def test_an_axis_has_a_world_for_each_level_of_each_line(one: Hypothesis) -> None:
    if one.axis is not None:
        names = {world.name for world in one.worlds}
        for _, worlds in one.axis.lines:
            assert len(worlds) == len(one.axis.levels)
            assert set(worlds) <= names


def test_a_first_look_at_all_experiments_takes_at_most_six_thousand_runs() -> None:
    keys = {
        cell.task.key
        for one in HYPOTHESES.values()
        for cell in study_of([one], round(one.share * QUICK)).cells()
    }
    assert len(keys) <= 6_000


def test_the_fourteen_lessons_and_four_headlines_are_there() -> None:
    assert [one.id for one in HEADLINES] == ["silos", "continuity", "power", "interaction"]
    assert {one.id.rstrip("abc") for one in LESSONS} == {f"H{number}" for number in range(1, 15)}
    assert hypotheses_named([ALL]) == (*HEADLINES, *LESSONS)


def test_an_experiment_is_found_by_its_id_and_by_its_name_in_any_case() -> None:
    assert [one.id for one in hypotheses_named(["h12", "BACKLASH", "H12"])] == ["H12", "H6"]


def test_a_misspelt_experiment_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(HypothesisError, match="continuity"):
        hypotheses_named(["continuty"])
