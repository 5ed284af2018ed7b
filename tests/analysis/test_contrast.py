"""Statistics of paired worlds: known answers."""

import numpy as np
import pytest
from scipy import stats

from cocreate.experiments.analysis.contrast import Verdict, compare_pairs, contrast
from cocreate.experiments.analysis.correction import Correction, corrected
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.interval import RESAMPLES, Interval, mean_interval
from tests.analysis.worlds import Made


def study_of(values: dict[str, list[float]]) -> Made:
    """Return results whose worlds have the given values of one outcome; NaN marks a failed run."""
    return Made({name: np.array(row) for name, row in values.items()})


def test_a_worked_example_gives_the_difference_interval_and_p_of_a_paired_t_test() -> None:
    one = np.array([1.0, 2.0, 3.0, 4.0])
    two = one + np.array([1.0, 2.0, 3.0, 2.0])
    found = compare_pairs(one, two)
    # differences 1, 2, 3, 2: mean 2, standard deviation sqrt(2/3), error sqrt(1/6), t(3, 97.5 %) = 3.182446
    assert found.difference == 2
    assert found.low == pytest.approx(2 - 3.182446 / np.sqrt(6), abs=1e-5)
    assert found.high == pytest.approx(2 + 3.182446 / np.sqrt(6), abs=1e-5)
    assert found.p == pytest.approx(stats.ttest_rel(two, one).pvalue)
    assert (found.more, found.less, found.pairs, found.dropped) == (4, 0, 4, 0)
    assert (found.mean_baseline, found.mean_arm) == (2.5, 4.5)


def test_the_effect_is_in_standard_deviations_between_worlds() -> None:
    one = np.array([0.0, 2.0, 4.0])  # variance 4
    two = np.array([3.0, 3.0 + 4, 3.0 + 8])  # variance 16, mean 7
    assert compare_pairs(one, two).effect == pytest.approx((7 - 2) / np.sqrt((4 + 16) / 2))


def test_variance_reduction_is_all_when_worlds_only_shift_and_below_zero_when_they_move_apart() -> None:
    one = np.array([1.0, 2.0, 3.0])
    assert compare_pairs(one, one + 5).variance_reduction == pytest.approx(1)
    assert compare_pairs(one, 5 - one).variance_reduction == pytest.approx(-1)


def test_identical_arms_give_exactly_zero_and_the_verdict_same() -> None:
    values = np.array([0.1, 0.7, 0.3])
    found = compare_pairs(values, values.copy())
    assert (found.difference, found.low, found.high, found.effect) == (0, 0, 0, 0)
    assert (found.p, found.more, found.less) == (1, 0, 0)
    assert found.verdict is Verdict.SAME


def test_a_constant_difference_has_an_interval_without_width_and_the_p_of_the_sign_test() -> None:
    found = compare_pairs(np.zeros(6), np.full(6, 0.5))
    assert (found.low, found.high) == (0.5, 0.5)
    assert found.p == pytest.approx(stats.binomtest(6, 6).pvalue)
    assert np.isnan(found.effect)
    assert found.verdict is Verdict.MORE


def test_pairs_without_a_value_are_dropped_and_counted() -> None:
    one = np.array([1.0, np.nan, 3.0, 4.0])
    two = np.array([2.0, 5.0, np.nan, 6.0])
    found = compare_pairs(one, two)
    assert (found.pairs, found.dropped) == (2, 2)
    assert found.difference == pytest.approx(1.5)
    assert found.mean_baseline == pytest.approx(2.5)


@pytest.mark.parametrize("pairs", [0, 1])
def test_fewer_than_two_pairs_say_nothing(pairs: int) -> None:
    found = compare_pairs(np.zeros(pairs), np.ones(pairs))
    assert found.verdict is Verdict.UNKNOWN
    assert np.isnan(found.low)
    assert np.isnan(found.p)


def test_the_interval_covers_the_true_difference_in_95_of_100_studies() -> None:
    # 4,000 studies of 10 pairs: the standard error of the coverage is 0.34 points, so leaving
    # 95 +- 1.4 points has a chance of 1 in 20,000 if the interval is right (and the seed is fixed).
    draws = np.random.default_rng(20_231)
    covered = 0
    for _ in range(4_000):
        shared = draws.normal(0, 3, 10)
        found = compare_pairs(shared + draws.normal(0, 1, 10), shared + 0.7 + draws.normal(0, 1, 10))
        covered += found.low <= 0.7 <= found.high
    assert 0.936 < covered / 4_000 < 0.964


def test_common_random_numbers_save_the_share_of_variance_that_worlds_have_in_common() -> None:
    # True value: shared variance 9 of 10 in each arm, so 0.9; its standard error over 2,000 pairs is
    # about 0.005, and the tolerance four times that (error rate 1 in 15,000).
    draws = np.random.default_rng(5)
    shared = draws.normal(0, 3, 2_000)
    found = compare_pairs(shared + draws.normal(0, 1, 2_000), shared + draws.normal(0, 1, 2_000))
    assert found.variance_reduction == pytest.approx(0.9, abs=0.02)


def test_holm_agrees_with_an_example_worked_by_hand() -> None:
    # sorted .005 .01 .03 .04 times 4 3 2 1: .02 .03 .06 .04, made not to fall: .02 .03 .06 .06
    assert corrected([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_holm_stops_at_one_and_leaves_out_what_is_not_known() -> None:
    found = corrected([0.6, float("nan"), 0.9])
    assert found[0] == found[2] == 1
    assert np.isnan(found[1])


def test_the_correction_is_over_all_tests_of_a_contrast() -> None:
    draws = np.random.default_rng(8)
    base = draws.normal(0, 1, 12)
    rows = {"default": base, "a": base + draws.normal(1, 1, 12), "b": base + draws.normal(0, 1, 12)}
    study = study_of({name: list(row) for name, row in rows.items()})
    found = contrast(study, "default", ["a", "b"], ["trust"])
    assert [one.p_corrected for one in found] == pytest.approx(corrected([one.p for one in found]))
    assert [one.arm for one in found] == ["a", "b"]
    single = contrast(study, "default", ["a"], ["trust"])[0]
    assert single.p_corrected == single.p


def test_a_difference_that_does_not_survive_the_correction_is_only_perhaps_one() -> None:
    draws = np.random.default_rng(3)
    gain = draws.normal(0, 1, 20)
    gain = 0.55 + (gain - gain.mean()) / gain.std(ddof=1)  # t = 0.55 sqrt(20) = 2.46 with 19 degrees
    p = compare_pairs(np.zeros(20), gain).p
    assert 0.005 < p < 0.05
    rows = {"default": [0.0] * 20, "arm": list(gain), **{f"other {k}": [0.0] * 20 for k in range(9)}}
    found = contrast(study_of(rows), "default", list(rows)[1:], ["trust"])
    assert found[0].verdict is Verdict.PERHAPS_MORE
    assert contrast(study_of(rows), "default", ["arm"], ["trust"])[0].verdict is Verdict.MORE


def test_swapping_the_arms_turns_more_into_less() -> None:
    draws = np.random.default_rng(4)
    one = draws.normal(0, 1, 30)
    two = one + draws.normal(1, 0.5, 30)
    there, back = compare_pairs(one, two), compare_pairs(two, one)
    assert (there.verdict, back.verdict) == (Verdict.MORE, Verdict.LESS)
    assert there.difference == -back.difference
    assert (there.more, there.less) == (back.less, back.more)


def test_a_failed_world_takes_its_pair_along() -> None:
    study = study_of({"default": [0.1, 0.2, 0.3], "arm": [0.2, float("nan"), 0.5]})
    found = contrast(study, "default", ["arm"], ["trust"])[0]
    assert (found.pairs, found.dropped) == (2, 1)


def test_benjamini_and_hochberg_agrees_with_an_example_worked_by_hand() -> None:
    # sorted .005 .01 .03 .04 times 4/1 4/2 4/3 4/4: .02 .02 .04 .04
    found = corrected([0.01, 0.04, 0.03, 0.005], Correction.BH)
    assert found == pytest.approx([0.02, 0.04, 0.04, 0.02])


def test_a_contrast_corrects_by_the_method_asked_for() -> None:
    draws = np.random.default_rng(8)
    base = draws.normal(0, 1, 12)
    rows = {"default": base, **{name: base + draws.normal(0.8, 1, 12) for name in "abc"}}
    study = study_of({name: list(row) for name, row in rows.items()})
    holm, bh = (contrast(study, "default", list("abc"), ["trust"], one) for one in Correction)
    assert [one.p_corrected for one in bh] == pytest.approx(corrected([one.p for one in bh], Correction.BH))
    assert any(two.p_corrected < one.p_corrected for one, two in zip(holm, bh, strict=True))


def test_a_bootstrap_interval_covers_a_skewed_mean_and_leans_to_the_longer_tail() -> None:
    # Exponential, 60 replicates: the percentile interval covers about 93 in 100. Over 120 studies the
    # standard error is 2.3 points, so below 85 % comes up by chance in about 1 of 3,000.
    draws = np.random.default_rng(17)
    covered, leaning = 0, 0
    for seed in range(120):
        values = draws.exponential(1.0, 60)
        found = mean_interval(values, Interval.BOOTSTRAP, seed)
        covered += found.low <= 1 <= found.high
        leaning += bool(found.high - values.mean() > values.mean() - found.low)
    assert covered / 120 > 0.85
    assert leaning > 100


def test_the_bootstrap_p_is_small_exactly_where_its_interval_leaves_out_zero() -> None:
    values = np.random.default_rng(2).normal(0, 1, 25)
    shifts = np.linspace(-1, 1, 41)
    found = [mean_interval(values - values.mean() + shift, Interval.BOOTSTRAP) for shift in shifts]
    beyond = [one.low > 0 or one.high < 0 for one in found]
    assert [one.p < 0.05 for one in found] == beyond
    assert {True, False} == set(beyond)


def test_the_bootstrap_p_is_never_less_than_its_resamples_can_tell() -> None:
    values = np.linspace(5, 6, 10)  # no resample has a mean near zero
    for one in (values, -values):
        assert mean_interval(one, Interval.BOOTSTRAP).p == pytest.approx(2 / (RESAMPLES + 1))


def test_a_bootstrap_contrast_is_the_same_for_the_same_seed_only() -> None:
    draws = np.random.default_rng(8)
    one, two = draws.normal(0, 1, 12), draws.normal(1, 1, 12)
    first = compare_pairs(one, two, interval=Interval.BOOTSTRAP, seed=1)
    assert first == compare_pairs(one, two, interval=Interval.BOOTSTRAP, seed=1)
    assert first.low != compare_pairs(one, two, interval=Interval.BOOTSTRAP, seed=2).low


def test_worlds_that_do_not_come_in_pairs_are_refused() -> None:
    with pytest.raises(AnalysisError, match="fast has 3 worlds and slow has 2"):
        compare_pairs(np.zeros(2), np.zeros(3), ("fast", "slow", "trust"))


def test_a_few_pairs_that_differ_by_the_same_are_too_few_to_tell() -> None:
    assert compare_pairs(np.zeros(5), np.ones(5)).verdict is Verdict.UNKNOWN
    assert compare_pairs(np.zeros(6), np.ones(6)).verdict is Verdict.MORE
    # of many pairs that start from a few draws, only draws are independent
    assert compare_pairs(np.zeros(20), np.ones(20), draws=5).verdict is Verdict.UNKNOWN
    assert compare_pairs(np.zeros(20), np.ones(20), draws=6).verdict is Verdict.MORE


def test_constant_outcomes_have_no_effect_in_standard_deviations() -> None:
    found = compare_pairs(np.full(7, 0.1), np.full(7, 0.3))
    assert np.isnan(found.effect)
    assert np.isnan(found.variance_reduction)


def test_differences_of_mere_rounding_are_none() -> None:
    base = np.linspace(0.1, 0.9, 9)
    found = compare_pairs(base, base * 3 / 3 + 0.1 - 0.1)
    assert found.verdict is Verdict.SAME
    assert found.difference == 0


def test_worlds_that_repeat_draws_are_averaged_within_them_before_the_interval() -> None:
    chance = np.random.default_rng(3)
    gains = chance.normal(0.5, 1, 10)[np.arange(24) % 10] + chance.normal(0, 0.2, 24)
    found = compare_pairs(np.zeros(24), gains, draws=10)
    means = np.array([gains[draw::10].mean() for draw in range(10)])
    interval = stats.ttest_1samp(means, 0).confidence_interval()
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert (found.pairs, found.draws, found.independent) == (24, 10, 10)
    assert found.mean_arm - found.mean_baseline == pytest.approx(found.difference)
    alone = compare_pairs(np.zeros(10), gains[:10])
    once = compare_pairs(np.zeros(10), gains[:10], draws=10)
    assert (once.low, once.high, once.draws) == (alone.low, alone.high, 0)
