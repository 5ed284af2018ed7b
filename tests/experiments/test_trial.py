"""Trials: what moves with a lever, and which values are tried."""

import numpy as np
import pytest

from cocreate.agents.compiled import is_interpreted
from cocreate.experiments.console import moves_table
from cocreate.experiments.trial import NEEDS_COMPILING, ends_of, try_out
from cocreate.model.parameters import LEVERS, Parameters, Value
from cocreate.model.world import World, empty_world

OTHERS: dict[str, Value] = {"eu_funding_start": 0, "eu_funding_end": 600, "null_world": "yes"}
"""Levers that allow the values of the others."""


def layout(name: str, value: Value) -> list[np.dtype[np.void]]:
    """Return the types of all tables of a world, which its machine code is made for."""
    levers = Parameters.of({**OTHERS, "regions": 2, name: value})
    world = empty_world(levers, np.zeros((1, 2), np.int64), np.ones((levers.regions, 3), np.int64))
    return [getattr(world, table).dtype for table in World.table_names()]


def test_the_levers_that_need_compiling_are_those_that_change_the_layout_of_a_table() -> None:
    found = set()
    for name, declared in LEVERS.items():
        low, high = ends_of(declared)
        if layout(name, low) != layout(name, high):
            found.add(name)
    assert found == NEEDS_COMPILING


@pytest.mark.parametrize("name", sorted(set(LEVERS) - NEEDS_COMPILING))
def test_both_values_of_a_trial_are_allowed_and_differ(name: str) -> None:
    low, high = ends_of(LEVERS[name])
    assert low != high
    for value in (low, high):
        assert getattr(Parameters.of({**OTHERS, name: value}), name) == value


def test_a_trial_shows_what_a_lever_moves_the_clearest_first() -> None:
    moves = try_out(LEVERS["hard_to_reach_share"], worlds=3)
    assert "trust" in {move.outcome for move in moves}
    clear = [abs(move.clear) for move in moves]
    assert clear == sorted(clear, reverse=True)


@pytest.mark.skipif(is_interpreted(), reason="takes long without compilation")
def test_a_lever_that_matters_only_with_another_is_tried_with_it_and_that_is_told() -> None:
    moves = try_out(LEVERS["quota"])
    assert "decision_success" in {move.outcome for move in moves}
    title = str(moves_table(LEVERS["quota"], moves).title)
    assert "with decision_rule = supermajority, acceptance_radius = 0.6" in title
    assert " with " not in str(moves_table(LEVERS["turnover"], []).title)
