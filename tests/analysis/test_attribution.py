"""Attribution: games with known values, corners of worlds, and the model itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cocreate.experiments.analysis.attribution import (
    attribute,
    shapley_interactions,
    shapley_values,
)
from cocreate.experiments.analysis.corners import Change, changes_between, corners
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.run_until import InMemory
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from tests.analysis.worlds import Made

BASE = World(name="closed")


def members(players: int) -> np.ndarray:
    """Return which players take part in each coalition, shape (coalitions, players)."""
    return np.arange(2**players)[:, None] >> np.arange(players) & 1


def test_an_additive_game_gives_everybody_what_they_bring() -> None:
    brought = np.array([3.0, -1.0, 0.5, 0.0])
    game = 7 + members(4) @ brought
    assert shapley_values(game) == pytest.approx(brought)
    assert all(value == pytest.approx(0) for value in shapley_interactions(game).values())


def test_a_game_that_all_must_play_is_shared_alike() -> None:
    game = members(3).all(axis=1).astype(float)
    assert shapley_values(game) == pytest.approx([1 / 3] * 3)
    # of the two settings of the third player, the pair makes the difference in one
    assert list(shapley_interactions(game).values()) == pytest.approx([0.5] * 3)


def test_two_players_who_only_work_together_have_that_as_their_interaction() -> None:
    game = np.array([0.0, 0, 0, 4])
    assert shapley_values(game) == pytest.approx([2, 2])
    assert shapley_interactions(game)[0, 1] == 4


def test_the_owner_of_the_only_left_glove_gets_two_thirds() -> None:
    held = members(3)
    game = np.minimum(held[:, 0], held[:, 1] + held[:, 2]).astype(float)
    assert shapley_values(game) == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    # the right gloves can stand in for one another: their interaction is -1/2, worked by hand
    assert shapley_interactions(game)[1, 2] == pytest.approx(-0.5)


@given(some.lists(some.floats(-1e3, 1e3), min_size=16, max_size=16))
def test_parts_sum_to_the_total_and_do_not_depend_on_the_order_of_players(worths: list[float]) -> None:
    game = np.array(worths)
    values = shapley_values(game)
    assert values.sum() == pytest.approx(game[-1] - game[0], abs=1e-9)
    turned = game.reshape(2, 2, 2, 2).transpose().ravel()  # the players in reverse
    assert shapley_values(turned) == pytest.approx(values[::-1], abs=1e-9)


def test_a_number_of_coalitions_that_is_no_power_of_two_is_refused() -> None:
    for worths in (1, 3, 6):
        with pytest.raises(AnalysisError, match=f"was given {worths}"):
            shapley_values(np.zeros(worths))


def test_corners_make_every_combination_of_changes_once_in_the_order_of_bits() -> None:
    start = World(name="now", preset="village", levers={"commitment": 3})
    stop = Intervention(12, "commitment", 0)
    changes = (Change("power", {"interprofessional_gap": 0.9}), Change("stop", interventions=(stop,)))
    found = corners(start, changes)
    assert [one.name for one in found] == ["now", "now + power", "now + stop", "now + power + stop"]
    assert found[0] is start
    assert [dict(one.levers) for one in found[1:3]] == [
        {"commitment": 3, "interprofessional_gap": 0.9},
        {"commitment": 3},
    ]
    assert (found[1].interventions, found[3].interventions) == ((), (stop,))
    assert {one.preset for one in found} == {"village"}


def test_changes_between_worlds_are_their_differing_levers() -> None:
    end = World(name="open", levers={"commitment": 24, "term_length": 60})
    levers = {"term_length": 60}
    alone = changes_between(World(name="shut", levers=levers), end)
    assert {one.name: dict(one.levers) for one in alone} == {"commitment": {"commitment": 24}}
    groups = {"council": ("commitment", "term_length")}
    grouped = changes_between(World(name="default"), end, groups)
    assert [dict(one.levers) for one in grouped] == [{"commitment": 24, "term_length": 60}]


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"council": ("commitment",)}, "No group holds term_length"),
        ({"council": ("commitment", "term_length", "turnover")}, "A group holds turnover, which are alike"),
        ({"one": ("commitment", "term_length"), "two": ("commitment",)}, "Two changes set commitment"),
    ],
)
def test_groups_that_leave_out_or_repeat_a_lever_are_refused(
    groups: dict[str, tuple[str, ...]], message: str
) -> None:
    end = World(name="open", levers={"commitment": 24, "term_length": 60})
    with pytest.raises(AnalysisError, match=message):
        corners(BASE, changes_between(BASE, end, groups))


def test_worlds_that_cannot_be_divided_are_refused() -> None:
    with pytest.raises(AnalysisError, match="Nothing differs between"):
        changes_between(BASE, World(name="same"))
    moved = World(name="moved", interventions=(Intervention(3, "commitment", 24),))
    with pytest.raises(AnalysisError, match="differ in interventions"):
        changes_between(BASE, moved)
    with pytest.raises(AnalysisError, match="these were given: none"):
        corners(BASE, ())
    with pytest.raises(AnalysisError, match="Between 1 and 10 changes"):
        corners(BASE, [Change(f"change {k}") for k in range(11)])


def test_incomplete_replicates_are_left_out_and_intervals_are_over_the_others() -> None:
    changes = (Change("a"), Change("b"))
    names = [one.name for one in corners(BASE, changes)]
    gains = np.array([1.0, 2.0, np.nan, 3.0])
    made = Made(dict(zip(names, (np.zeros(4), gains, np.ones(4), 1 + gains), strict=True)))
    found = attribute(made, BASE, changes, "trust")
    assert (found.replicates, found.dropped) == (3, 1)
    assert found.parts[0].value == pytest.approx(2)
    assert found.parts[0].high == pytest.approx(2 + 4.302653 / np.sqrt(3))  # t(2 degrees, 97.5 %)
    assert (found.parts[1].low, found.parts[1].high) == (1, 1)
    assert found.share("a") == pytest.approx(2 / 3)
    assert found.table["part"].sum() == pytest.approx(found.total.value)
    nothing = Made(dict.fromkeys(names, np.full(4, np.nan)))
    with pytest.raises(AnalysisError, match="In none of 4 replicates"):
        attribute(nothing, BASE, changes, "trust")


def test_in_the_model_parts_sum_to_the_total_and_a_lever_without_effect_gets_exactly_nothing() -> None:
    # no programme pays anything, so what part of its money has to build standing support cannot matter
    start = World(name="start", levers={"regions": 2, "horizon": 60, "eu_funding": 0.0})
    changes = (
        Change("standing support", {"support_infrastructure": 1.0}),
        Change("elections", {"term_length": 12, "turnover": 0.9}),
        Change("strings", {"tied_to_infrastructure": 0.9}),
    )
    results = InMemory()(Study(worlds=corners(start, changes), replicates=5))
    found = attribute(results, start, changes, "support")
    assert (found.parts[2].value, found.parts[2].low, found.parts[2].high) == (0, 0, 0)
    assert found.parts[1].value != 0
    assert sum(one.value for one in found.parts) == pytest.approx(found.total.value)
    assert found.interactions["standing support", "strings"].value == 0
