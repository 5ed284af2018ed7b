"""Trials: what moves with a lever, and which values are tried."""

import pytest

from cocreate.experiments.trial import NEEDS_COMPILING, ends_of, try_out
from cocreate.model.parameters import LEVERS, Parameters, Value


@pytest.mark.parametrize("name", sorted(set(LEVERS) - NEEDS_COMPILING))
def test_both_values_of_a_trial_are_allowed_and_differ(name: str) -> None:
    low, high = ends_of(LEVERS[name])
    assert low != high
    for value in (low, high):
        others: dict[str, Value] = {"eu_funding_start": 0, "eu_funding_end": 600, "null_world": "yes"}
        assert getattr(Parameters.of({**others, name: value}), name) == value


def test_a_trial_shows_what_a_lever_moves_the_clearest_first() -> None:
    moves = try_out(LEVERS["hard_to_reach_share"], worlds=3)
    assert "trust" in {move.outcome for move in moves}
    clear = [abs(move.clear) for move in moves]
    assert clear == sorted(clear, reverse=True)
