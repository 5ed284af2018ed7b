"""Factorials: effects that were put in are found, and nothing else."""

import numpy as np
import pytest

from cocreate.experiments.analysis.attribution import attribute
from cocreate.experiments.analysis.contrast import compare_pairs
from cocreate.experiments.analysis.corners import Change, corners, worth
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.factorial import factorial, factorial_effects
from cocreate.experiments.analysis.interval import mean_interval
from cocreate.experiments.study.spec import Cell
from cocreate.experiments.study.worlds import World
from tests.analysis.worlds import Made
from tests.conclusions.made import made, study

BASE = World(name="now")
CHANGES = (Change("a"), Change("b"), Change("c"))
MADE = np.arange(8)[:, None] >> np.arange(3) & 1


def results(replicates: int = 40, noise: float = 0.5) -> Made:
    """Return worlds with main effects 1, 0 and -2, an interaction of a and c of 3, and shared luck."""
    draws = np.random.default_rng(6)
    truth = MADE @ np.array([1.0, 0, -2]) + 3.0 * MADE[:, 0] * MADE[:, 2]
    luck = draws.normal(0, 5, replicates)
    values = truth[:, None] + luck + draws.normal(0, noise, (8, replicates))
    return Made({one.name: row for one, row in zip(corners(BASE, CHANGES), values, strict=True)})


def test_effects_that_were_put_in_come_out() -> None:
    exact = factorial(results(noise=0.0), BASE, CHANGES, "trust")
    # in the mean over c, a brings 1 + 3/2, and c likewise -2 + 3/2
    known = {"a": 2.5, "b": 0, "c": -0.5, "a × b": 0, "a × c": 3, "b × c": 0, "a × b × c": 0}  # noqa: RUF001
    assert {one.title: round(one.effect.value, 9) for one in exact.effects} == known


def test_only_what_was_put_in_is_told_from_chance() -> None:
    # seven tests at a joint level of 5 % by Holm: a false alarm has a chance below 1 in 20 (seed fixed)
    found = factorial(results(), BASE, CHANGES, "trust")
    assert [one.title for one in found.effects if one.p_corrected < 0.05] == ["a", "c", "a × c"]  # noqa: RUF001
    seen = found.of("c", "a")
    assert seen.effect.low < 3 < seen.effect.high
    assert found.table["order"].tolist() == [1, 1, 1, 2, 2, 2, 3]


def test_a_single_change_is_a_paired_contrast() -> None:
    draws = np.random.default_rng(3)
    one, two = draws.normal(0, 1, 12), draws.normal(1, 1, 12)
    found = factorial(Made({"now": one, "now + a": two}), BASE, CHANGES[:1], "trust").of("a")
    known = compare_pairs(one, two)
    assert (found.effect.value, found.effect.low, found.p) == pytest.approx(
        (known.difference, known.low, known.p)
    )


def test_an_interaction_of_two_is_the_difference_of_differences() -> None:
    values = np.random.default_rng(1).normal(0, 1, (4, 6))
    none, one, other, both = values
    assert factorial_effects(values)[0, 1] == pytest.approx((both - other) - (one - none))


def test_replicates_that_repeat_a_draw_of_uncertain_levers_count_once() -> None:
    changes = (Change("a", {"facilitation": 0.9}), Change("b", {"training": 0.9}))
    draws = tuple({"turbulence": 0.01 + 0.001 * place} for place in range(10))

    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float]:
        made_here = "a" in cell.point.world.name.split(" + ")
        return {"trust": made_here * (cell.replicate % 10 / 20 + draws.normal(0, 0.01))}

    asked = study(worlds=corners(BASE, changes), draws=draws, replicates=30)
    results = made(asked, rule)
    values = factorial_effects(worth(results, BASE, changes, "trust"))[0,]
    known = mean_interval(np.array([values[draw::10].mean() for draw in range(10)]))
    found = factorial(results, BASE, changes, "trust")
    effect, part = found.of("a").effect, attribute(results, BASE, changes, "trust").parts[0]
    assert (effect.low, effect.high) == pytest.approx((known.low, known.high))
    assert (part.low, part.high) == pytest.approx((known.low, known.high))
    assert (found.replicates, found.dropped, found.draws) == (30, 0, 10)


def test_effects_that_are_nothing_but_rounding_are_none() -> None:
    base = np.random.default_rng(2).normal(0.4, 0.1, 20)
    corners_of = np.stack([base, base + 0.1, base + 0.2, base + 0.1 + 0.2])
    found = factorial_effects(corners_of)
    assert not found[0, 1].any()
    assert found[0,] == pytest.approx(0.1, abs=1e-12)
    assert np.ptp(found[0,]) == 0


def test_what_is_no_factorial_is_refused() -> None:
    with pytest.raises(AnalysisError, match="was given 5"):
        factorial_effects(np.zeros((5, 2)))
    with pytest.raises(AnalysisError, match="There is no effect of a and z; the effects are a, b"):
        factorial(results(), BASE, CHANGES, "trust").of("a", "z")
