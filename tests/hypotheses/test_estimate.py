"""Effects are weighted sums over paired worlds, with intervals that allow for several tests."""

import numpy as np
import pytest
from scipy import stats

from cocreate.experiments.hypotheses.claim import interaction
from cocreate.experiments.hypotheses.estimate import estimate, more_pairs
from tests.hypotheses.made import claim, judged, paired

WEIGHTS = {"with": 1.0, "without": -1.0}


def test_a_difference_has_the_interval_of_the_paired_t_test() -> None:
    values = paired(0.5, pairs=25)
    found = estimate(WEIGHTS, values)
    known = stats.ttest_rel(values["with"], values["without"])
    interval = known.confidence_interval()
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.p == pytest.approx(known.pvalue)


def test_an_interval_for_several_tests_is_that_of_a_level_shared_out_over_them() -> None:
    values = paired(0.5, pairs=25)
    interval = stats.ttest_rel(values["with"], values["without"]).confidence_interval(1 - 0.05 / 7)
    found = estimate(WEIGHTS, values, tests=7)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.p == pytest.approx(min(1.0, 7 * estimate(WEIGHTS, values).p))


def test_an_interaction_is_what_two_changes_do_beyond_their_sum() -> None:
    base = np.arange(10.0)
    values = {"neither": base, "one": base + 1, "other": base + 2, "both": base + 7}
    found = estimate(interaction("both", "one", "other", "neither"), values)
    assert (found.mean, found.low, found.high) == pytest.approx((4.0, 4.0, 4.0))


def test_replicates_without_a_value_in_one_world_are_left_out_and_counted() -> None:
    values = paired(0.5, pairs=10)
    values["with"][3] = np.nan
    found = estimate(WEIGHTS, values)
    assert (found.pairs, found.dropped) == (9, 1)


def test_the_standardised_effect_is_in_standard_deviations_between_runs() -> None:
    values = {"without": np.array([0.0, 2.0, 4.0]), "with": np.array([1.0, 3.0, 5.0])}
    assert estimate(WEIGHTS, values).standardised == pytest.approx(0.5)


def test_the_replicates_it_asks_for_would_just_settle_the_claim() -> None:
    one = judged(paired(0.35, pairs=12, noise=0.8), claim(), tests=3)
    assert one.more_pairs
    effect, margin = one.effect, 0.2 * one.effect.spread
    level = 1 - 0.05 / 6

    def low_end(pairs: int) -> float:
        return effect.mean - float(stats.t.ppf(level, pairs - 1)) * effect.deviation / float(np.sqrt(pairs))

    needed = effect.pairs + one.more_pairs
    assert low_end(needed) > margin >= low_end(needed - 1)


def test_no_number_is_named_where_the_effect_equals_the_smallest_that_counts() -> None:
    draws = paired(0.0, pairs=12, noise=0.8)
    spread = estimate(WEIGHTS, draws).spread
    for _ in range(30):  # the spread moves a little with the effect
        draws["with"] += 0.2 * spread - estimate(WEIGHTS, draws).mean
        spread = estimate(WEIGHTS, draws).spread
    effect = estimate(WEIGHTS, draws)
    assert more_pairs(effect, claim()) is None
