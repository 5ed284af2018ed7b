"""Precision: what a look counts, and what it takes for equal."""

from collections.abc import Callable

import numpy as np
import pytest

from cocreate.experiments.conclusions.precision import Precise, precision
from cocreate.experiments.conclusions.precision_words import look_sentence
from cocreate.experiments.study.conclude import Precision
from cocreate.experiments.study.spec import Cell
from tests.conclusions.made import made, study

ASKED = Precision(outcome="trust", half_width=0.05, budget=50)
"""Looks after 10, 20, 30, 40 and 50 replicates."""


def look(replicates: int, gain: Callable[[int], float], draws: int = 0) -> Precise:
    """Return what is known of two worlds that differ by a gain in each replicate."""

    def rule(cell: Cell, chance: np.random.Generator) -> dict[str, float]:
        usual = chance.normal(0.5, 0.1)
        return {"trust": usual if cell.point.world.name == "default" else usual + gain(cell.replicate)}

    uncertain = tuple({"forgetting": 0.01 * (1 + draw)} for draw in range(draws))
    return precision(made(study(replicates=replicates, draws=uncertain or None), rule), ASKED)


@pytest.mark.parametrize("draws", [0, 5])
def test_runs_beyond_a_look_wait_for_the_next_one(draws: int) -> None:
    def gain(replicate: int) -> float:
        return 100.0 if replicate >= 20 else 0.01 * (replicate % 5)

    early, late = look(20, gain, draws), look(29, gain, draws)
    assert late.replicates == 20
    assert late.differences["open"].value == pytest.approx(0.02)
    assert late.differences == early.differences
    assert late.reached


@pytest.mark.parametrize("gain", [0.1, 1e-6, 0.0])
def test_differences_that_are_equal_but_for_rounding_are_not_precise_before_the_budget_is_used_up(
    gain: float,
) -> None:
    early, last = look(20, lambda _: gain), look(50, lambda _: gain)
    assert (early.reached, early.next_look) == (False, 30)
    assert (last.reached, last.next_look) == (True, None)
    assert last.differences["open"].width == 0
    assert last.differences["open"].value == pytest.approx(gain, abs=1e-15)


def test_too_few_draws_are_told_from_too_few_pairs() -> None:
    one = look(20, lambda replicate: 0.01 * replicate, draws=2)
    assert (one.draws, one.reached) == (2, False)
    assert "too few draws of uncertain levers for an interval" in look_sentence(one)
    pairs = look(20, lambda replicate: np.nan if replicate > 1 else 0.1)
    assert pairs.draws == 0
    assert "too few pairs of runs for an interval" in look_sentence(pairs)
