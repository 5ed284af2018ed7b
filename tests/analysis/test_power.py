"""Power against tables, a library and simulation."""

import numpy as np
import pytest
from scipy import stats

from cocreate.experiments.analysis.contrast import compare_pairs
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.power import (
    outlook,
    pairs_for_interval,
    pairs_for_power,
    power_of,
    smallest_effect,
)


def gains(mean: float, pairs: int, deviation: float = 1.0) -> np.ndarray:
    """Return differences with exactly this mean and standard deviation."""
    drawn = np.random.default_rng(4).normal(0, 1, pairs)
    return mean + deviation * (drawn - drawn.mean()) / drawn.std(ddof=1)


@pytest.mark.parametrize(("effect", "pairs"), [(0.2, 199), (0.5, 34), (0.8, 15)])
def test_pairs_for_small_medium_and_large_effects_are_those_of_the_tables(effect: float, pairs: int) -> None:
    # 80 % power at 5 %, two-sided, as G*Power 3.1 gives them for Cohen's three effects
    assert pairs_for_power(effect, 1.0) == pairs


def test_power_agrees_with_statsmodels_wherever_that_has_a_number() -> None:
    power = pytest.importorskip("statsmodels.stats.power").TTestPower()
    compared = 0
    for pairs in (2, 5, 20, 100, 1_000):
        for effect in (0.05, 0.2, 0.5, 1.0, 3.0):
            for level in (0.05, 0.005):
                known = power.power(effect, pairs, level)
                if not np.isnan(known):
                    assert power_of(effect, pairs, level) == pytest.approx(known, abs=1e-5)
                    compared += 1
    assert compared > 35


def test_power_agrees_with_simulated_tests() -> None:
    # 20,000 tests: standard error 0.35 points at most, tolerance four of them (1 in 16,000 by chance)
    drawn = np.random.default_rng(9).normal(0.6, 1, (20_000, 18))
    seen = (stats.ttest_1samp(drawn, 0, axis=1).pvalue < 0.05).mean()
    assert power_of(0.6, 18) == pytest.approx(seen, abs=0.014)


def test_an_effect_as_large_as_the_smallest_one_is_seen_with_the_power_asked_for() -> None:
    for pairs, deviation, power in ((3, 1.0, 0.8), (40, 2.0, 0.9), (500, 0.1, 0.5)):
        smallest = smallest_effect(pairs, deviation, power)
        assert power_of(smallest / deviation, pairs) == pytest.approx(power)


def test_the_interval_leaves_out_zero_from_the_number_named_on_and_not_before() -> None:
    pairs = pairs_for_interval(0.3, 1.0)
    assert pairs is not None
    assert compare_pairs(np.zeros(pairs), gains(0.3, pairs)).low > 0
    assert compare_pairs(np.zeros(pairs - 1), gains(0.3, pairs - 1)).low <= 0


def test_the_outlook_names_the_replicates_that_are_missing() -> None:
    found = outlook(compare_pairs(np.zeros(20), gains(0.3, 20)))
    # t tables: half an interval at a deviation of 1 is 2.0154 / sqrt(45) = .3004, 2.0141 / sqrt(46) = .2970.
    # G*Power 3.1: 90 pairs see .3 with a chance of 80 %, and 20 pairs see .66.
    assert (found.settled, found.for_interval, found.for_power) == (False, 46 - 20, 90 - 20)
    assert found.sentence == (
        "26 more replicates would settle it if the effect stays as it is; 70 more see such an effect with a"
        " chance of 80 %. 20 pairs see a difference of 0.66 with a chance of 80 %."
    )


def test_more_replicates_are_named_where_some_are_lost() -> None:
    lost = np.where(np.arange(40) < 20, np.nan, 0.0)
    found = outlook(compare_pairs(lost, np.concatenate([np.zeros(20), gains(0.3, 20)])))
    assert found.for_interval == 2 * 26


def test_a_family_of_tests_needs_more_replicates_than_one() -> None:
    seen = compare_pairs(np.zeros(20), gains(0.5, 20))
    assert outlook(seen).settled
    assert outlook(seen).sentence.startswith("Settled")
    many = outlook(seen, tests=20)
    assert not many.settled
    assert many.for_interval is not None
    assert many.for_interval > 0


def test_nothing_is_promised_where_nothing_is_seen() -> None:
    assert outlook(compare_pairs(np.zeros(20), gains(1e-9, 20))).sentence.startswith(
        "No number of replicates"
    )
    assert outlook(compare_pairs(np.zeros(9), np.zeros(9))).sentence.startswith("All pairs agree")
    assert outlook(compare_pairs(np.zeros(1), np.ones(1))).sentence.startswith("Too few pairs")


@pytest.mark.parametrize(("tests", "power"), [(0, 0.8), (1, 0.05), (1, 1.0)])
def test_impossible_demands_are_refused(tests: int, power: float) -> None:
    with pytest.raises(AnalysisError, match="at least 1 test and a power between"):
        outlook(compare_pairs(np.zeros(9), gains(1, 9)), tests, power)


def test_a_few_pairs_that_differ_by_the_same_are_not_called_settled() -> None:
    found = outlook(compare_pairs(np.zeros(3), np.ones(3)))
    assert not found.settled
    assert found.for_interval == 3
    assert "3 more replicates would settle it" in found.sentence
    assert outlook(compare_pairs(np.zeros(6), np.ones(6))).settled


def test_pairs_that_could_not_be_measured_are_told_from_pairs_not_simulated() -> None:
    lost = outlook(compare_pairs(np.full(5, np.nan), np.ones(5))).sentence
    assert "only 0 of 5 could be measured, as 5 failed or had nothing to measure" in lost
    assert "simulate at least 2" in outlook(compare_pairs(np.zeros(1), np.ones(1))).sentence


def test_more_worlds_of_the_same_draws_do_not_settle_what_differs_between_draws() -> None:
    chance = np.random.default_rng(6)
    between = chance.normal(0, 1, 12)[np.arange(36) % 12]
    within = chance.normal(0, 1, 36)
    between, within = between - between.mean(), within - within.mean()
    stuck = outlook(compare_pairs(np.zeros(36), 0.2 + between + 0.01 * within, draws=12))
    assert not stuck.settled
    assert stuck.for_interval is None
    slow = outlook(compare_pairs(np.zeros(36), 0.2 + 0.01 * between + within, draws=12))
    assert not slow.settled
    assert slow.for_interval


def test_pairs_of_a_single_draw_are_too_few_however_many_they_are() -> None:
    found = outlook(compare_pairs(np.zeros(8), gains(0.3, 8), draws=1))
    assert (found.pairs, found.independent, found.settled) == (8, 1, False)
    assert (found.for_interval, found.for_power) == (None, None)
    assert np.isnan(found.smallest_effect)
    assert found.sentence == (
        "Too few draws to tell: all 8 pairs start from the same draw of uncertain levers, and more replicates"
        " start from it again; it takes 2 draws or more."
    )
    lost = np.where(np.arange(9) % 3, np.nan, 0.0)  # only the first of three draws could be measured
    assert (
        "all 3 pairs start from the same draw" in outlook(compare_pairs(lost, gains(1, 9), draws=3)).sentence
    )


def test_equal_means_of_few_draws_are_not_settled_by_more_worlds_of_them() -> None:
    found = outlook(compare_pairs(np.zeros(12), np.ones(12), draws=3))
    assert (found.settled, found.for_interval) == (False, None)
    assert "all 3 draws of uncertain levers agree to the last digit" in found.sentence
    assert outlook(compare_pairs(np.zeros(12), np.ones(12), draws=6)).settled
