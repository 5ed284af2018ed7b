"""Sensitivity: functions whose indices are known, and samples that say nothing."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cocreate.experiments.analysis.elementary import by_salib, by_steps, even, steps_of
from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.morris import morris
from cocreate.experiments.analysis.sample_checks import SensitivityError
from cocreate.experiments.analysis.sobol import sobol

morris_sample, sobol_sample = load("SALib.sample.morris"), load("SALib.sample.sobol")
Ishigami, Sobol_G = load("SALib.test_functions.Ishigami"), load("SALib.test_functions.Sobol_G")

ISHIGAMI = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
LINEAR = {"num_vars": 3, "names": ["strong", "weak", "none"], "bounds": [[0, 1], [-5, 5], [2, 4]]}

type Rows = NDArray[np.float64]


def ishigami(blocks: int = 256, second_order: bool = False) -> tuple[Rows, Rows]:
    sample = sobol_sample.sample(ISHIGAMI, blocks, calc_second_order=second_order, seed=3)
    return sample, Ishigami.evaluate(sample)


def linear(trajectories: int = 10) -> tuple[Rows, Rows]:
    sample = morris_sample.sample(LINEAR, trajectories, num_levels=4, seed=5)
    return sample, 3 * sample[:, 0] - 0.1 * sample[:, 1]


def test_sobol_indices_of_the_ishigami_function_are_the_known_ones() -> None:
    sample, outcomes = ishigami(4096, second_order=True)
    found = sobol(ISHIGAMI, sample, outcomes, second_order=True)
    # Exact: Ishigami and Homma 1990 with a = 7, b = 0.1. Estimates of 4096 blocks err by about 0.01.
    assert [one.first.value for one in found.factors] == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert [one.total.value for one in found.factors] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    shares = {one.names: one.share.value for one in found.pairs}
    assert shares[("a", "c")] == pytest.approx(0.2437, abs=0.04)
    assert shares[("a", "b")] == pytest.approx(0, abs=0.04)
    assert found.table["factor"].tolist() == ["a", "b", "c"]


def test_sobol_intervals_cover_the_known_indices_and_shrink_with_the_sample() -> None:
    sample, outcomes = ishigami(1024)
    found = sobol(ISHIGAMI, sample, outcomes)
    exact = {"a": 0.5576, "b": 0.4424, "c": 0.2437}
    # Percentile intervals of 95 %; Sobol points err less than the independent ones they assume.
    assert all(one.total.low <= exact[one.name] <= one.total.high for one in found.factors)
    widths = [step.widest for step in found.steps]
    assert [step.blocks for step in found.steps] == [128, 256, 512, 1024]
    assert widths[-1] < widths[0] / 2  # 1 / sqrt(8) = 0.35 of it
    assert found.steps[-1].totals == tuple(one.total.value for one in found.factors)


def test_sobol_indices_of_the_g_function_rank_its_factors_as_known() -> None:
    weights = np.array([0.0, 1.0, 9.0, 99.0])
    problem = {"num_vars": 4, "names": ["first", "second", "third", "fourth"], "bounds": [[0, 1]] * 4}
    sample = sobol_sample.sample(problem, 4096, calc_second_order=False, seed=1)
    found = sobol(problem, sample, Sobol_G.evaluate(sample, weights))
    exact = Sobol_G.total_sensitivity_index(weights)
    assert [one.total.value for one in found.factors] == pytest.approx(list(exact), abs=0.02)
    assert found.factors[3].total.value < 0.001


def test_a_small_sample_is_called_not_converged_and_says_how_many_blocks_it_needs() -> None:
    found = sobol(ISHIGAMI, *ishigami(64), narrow=0.15)
    assert not found.converged
    assert "Not converged" in found.sentence
    enough = int(found.sentence.split("About ")[1].split()[0])
    assert enough > 64
    later = sobol(ISHIGAMI, *ishigami(enough), narrow=0.2)  # the forecast itself errs by a third at most
    assert later.converged
    assert "Converged" in later.sentence


def test_same_seed_same_intervals_with_seed_zero_too() -> None:
    sample, outcomes = ishigami()
    zero, again, one = (sobol(ISHIGAMI, sample, outcomes, seed=seed).factors for seed in (0, 0, 1))
    assert zero == again
    assert zero != one


def test_a_missing_run_drops_its_whole_block_and_nothing_else() -> None:
    sample, outcomes = ishigami()
    broken = outcomes.copy()
    broken[[7, 8, 40]] = np.nan  # two rows of block 1, one of block 8, of five rows each
    found = sobol(ISHIGAMI, sample, broken)
    kept = ~np.isin(np.arange(len(sample)) // 5, [1, 8])
    assert found.factors == sobol(ISHIGAMI, sample[kept], outcomes[kept]).factors
    assert (found.blocks, found.dropped, found.missing_rows) == (254, 2, (7, 8, 40))
    assert "2 incomplete blocks" in found.sentence


def test_one_failed_replicate_costs_that_replicate_of_its_block_only() -> None:
    sample, outcomes = ishigami(64)
    twice = np.stack([outcomes, outcomes + 5], axis=1)  # the second seed shifts every row alike
    twice[12, 0] = np.nan
    found = sobol(ISHIGAMI, sample, twice)
    assert (found.blocks, found.dropped, found.missing_rows) == (64, 0, (12,))
    shifted = outcomes + 2.5
    shifted[10:15] += 2.5  # all five rows of block 2 rest on the second seed
    same = sobol(ISHIGAMI, sample, shifted).factors
    assert [one.total.value for one in found.factors] == pytest.approx([one.total.value for one in same])


def test_rows_without_outcomes_are_named_when_too_few_blocks_are_left() -> None:
    sample, outcomes = ishigami(8)
    outcomes[::5] = np.nan
    with pytest.raises(SensitivityError, match=r"Only 0 of 8 blocks .* rows 0, 5, 10, 15, 20, 25, 30, 35\."):
        sobol(ISHIGAMI, sample, outcomes)
    many, known = ishigami(16)
    known[:] = np.nan
    with pytest.raises(SensitivityError, match=r"rows 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 70 more\."):
        sobol(ISHIGAMI, many, known)


def test_a_constant_outcome_has_no_indices() -> None:
    sample, outcomes = ishigami()
    with pytest.raises(SensitivityError, match="The outcome is 1 in all 1280 rows"):
        sobol(ISHIGAMI, sample, np.ones_like(outcomes))
    walk, _ = linear()
    with pytest.raises(SensitivityError, match="The outcome is 0 in all 40 rows"):
        morris(LINEAR, walk, np.zeros(40))


@pytest.mark.parametrize("analysis", [sobol, morris])
def test_a_factor_that_never_varied_is_named(analysis: Any) -> None:
    sample, outcomes = ishigami()
    sample[:, 1] = sample[:, 1] > -4  # a cast to yes or no that is always yes
    with pytest.raises(SensitivityError, match=r"^b never varied"):
        analysis(ISHIGAMI, sample, outcomes)


def test_a_sample_that_does_not_fit_its_problem_is_refused() -> None:
    sample, outcomes = ishigami()
    with pytest.raises(SensitivityError, match="one column for each of the 3 factors"):
        sobol(ISHIGAMI, sample[:, :2], outcomes)
    with pytest.raises(SensitivityError, match="1280 rows, but there are outcomes for 1279"):
        sobol(ISHIGAMI, sample, outcomes[:-1])
    with pytest.raises(SensitivityError, match="blocks of 8, and 1275 rows"):
        sobol(ISHIGAMI, sample[:-5], outcomes[:-5], second_order=True)
    sample[3, 0] = np.nan
    with pytest.raises(SensitivityError, match=r"lacks values in rows 3\."):
        sobol(ISHIGAMI, sample, outcomes)


def test_noise_between_replicates_is_told_and_is_what_a_factor_without_effect_shows() -> None:
    problem = {"num_vars": 2, "names": ["real", "none"], "bounds": [[0, 1]] * 2}
    sample = sobol_sample.sample(problem, 2048, calc_second_order=False, seed=1)
    noise = np.random.default_rng(2).normal(0, 0.5, (len(sample), 4))
    seeds = np.array([0.0, 10.0, -3.0, 7.0])  # what a seed does to all rows alike is no noise
    found = sobol(problem, sample, sample[:, :1] + noise + seeds)
    share = (0.25 / 4) / (1 / 12 + 0.25 / 4)
    # Standard errors at this size: about 0.01 for the share, 0.02 for the index.
    assert found.noise_share == pytest.approx(share, abs=0.03)
    assert found.factors[1].total.value == pytest.approx(share, abs=0.06)
    assert "chance between replicates" in found.sentence
    assert np.isnan(sobol(problem, sample, sample[:, 0]).noise_share)


def test_elementary_effects_of_a_linear_function_are_its_slopes_over_the_range() -> None:
    sample, outcomes = linear()
    found = morris(LINEAR, sample, np.stack([outcomes, outcomes], axis=1))
    assert [one.mu_star.value for one in found.factors] == pytest.approx([3, 1, 0])
    assert [one.mu for one in found.factors] == pytest.approx([3, -1, 0])
    assert [one.sigma for one in found.factors] == pytest.approx([0, 0, 0], abs=1e-12)
    assert found.mattering == ("strong", "weak")
    assert found.converged
    assert found.table["factor"].tolist() == ["strong", "weak", "none"]


def test_an_interaction_shows_as_spread_of_elementary_effects() -> None:
    sample, _ = linear(20)
    found = morris(LINEAR, sample, sample[:, 0] * (sample[:, 2] - 3))
    effects = {one.name: one for one in found.factors}
    assert abs(effects["strong"].mu) < effects["strong"].mu_star.value
    assert effects["strong"].sigma > 0.5
    assert effects["weak"].mu_star.value == 0


def test_a_missing_run_drops_its_trajectory() -> None:
    sample, outcomes = linear()
    outcomes[[4, 5, 39]] = np.nan
    found = morris(LINEAR, sample, outcomes)
    assert (found.trajectories, found.dropped, found.missing_rows) == (8, 2, (4, 5, 39))
    assert [one.mu_star.value for one in found.factors] == pytest.approx([3, 1, 0])
    assert "2 incomplete trajectories" in found.sentence


def test_chance_alone_gives_a_factor_without_effect_no_more_than_the_noise_floor() -> None:
    sample, outcomes = linear(400)
    noise = np.random.default_rng(7).normal(0, 0.6, (len(sample), 9))
    found = morris(LINEAR, sample, outcomes[:, None] + noise)
    effects = {one.name: one.mu_star.value for one in found.factors}
    # Error of a deviation is 0.2, of a difference 0.28; its mean size over a step of 2/3: 0.3385. The mean
    # of 400 such effects errs by 0.013.
    assert [one.noise_floor for one in found.factors] == pytest.approx([0.3385] * 3, abs=0.01)
    assert effects["none"] == pytest.approx(0.3385, abs=0.05)
    assert "none" not in found.mattering
    assert found.mattering == ("strong", "weak")


def rounded(seed: int = 5) -> Rows:
    """Return trajectories of a choice of two, one of three, a whole number from 0 to 5, and a share."""
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0, 1]] * 4}
    sample = np.asarray(morris_sample.sample(problem, 40, num_levels=4, seed=seed))
    steps = np.array([1, 2, 5])
    sample[:, :3] = np.floor(sample[:, :3] * steps + 0.5) / steps
    return sample


def test_effects_over_rounded_steps_are_the_slopes_and_keep_their_order() -> None:
    problem = {"num_vars": 4, "names": ["two", "three", "six", "share"], "bounds": [[0, 1]] * 4}
    sample = rounded()
    found = morris(problem, sample, sample @ [1.0, -1.1, 1.2, 1.3])
    assert [one.mu_star.value for one in found.factors] == pytest.approx([1, 1.1, 1.2, 1.3])
    assert [one.mu for one in found.factors] == pytest.approx([1, -1.1, 1.2, 1.3])
    assert [one.sigma for one in found.factors] == pytest.approx([0] * 4, abs=1e-12)
    assert found.table["factor"].tolist() == ["share", "six", "three", "two"]


def test_chance_gives_each_factor_as_much_as_its_own_steps_let_it() -> None:
    problem = {"num_vars": 4, "names": list("abcd"), "bounds": [[0, 1]] * 4}
    sample = np.concatenate([rounded(seed) for seed in range(20)])
    noise = np.random.default_rng(3).normal(0, 0.5, (len(sample), 4))
    found = morris(problem, sample, noise, resamples=50)
    # A difference of two means errs by 0.354, its mean size is 0.282: over the whole range for a choice of
    # two, over 2/3 of it for a share. 800 effects err by 2.7 % of that.
    floors = {one.name: one.noise_floor for one in found.factors}
    assert floors["a"] == pytest.approx(0.282, rel=0.02)
    assert floors["d"] == pytest.approx(0.423, rel=0.02)
    for one in found.factors:
        assert one.mu_star.value == pytest.approx(one.noise_floor, rel=0.11)


def test_effects_over_even_steps_are_those_of_salib() -> None:
    sample, outcomes = linear(20)
    curved = outcomes**2 + sample[:, 2] * sample[:, 0]
    walks = sample.reshape(20, 4, 3)
    steps = steps_of(LINEAR, walks)
    assert even(steps, 4)
    known = by_salib(LINEAR, walks, curved, 4, 4000, 1)
    ours = by_steps(walks, curved, steps, 4000, 1)
    assert ours.mu_star == pytest.approx(known.mu_star)
    assert ours.mu == pytest.approx(known.mu)
    assert ours.sigma == pytest.approx(known.sigma)
    assert ours.error == pytest.approx(known.error, rel=0.1)  # of other resamples: each errs by 1.1 %
    assert not even(steps * 1.01, 4)


def test_one_replicate_names_no_factor_and_says_why() -> None:
    sample, outcomes = linear()
    noise = np.random.default_rng(1).normal(size=len(sample))
    blocks, known = ishigami(64)
    for found in (morris(LINEAR, sample, outcomes + noise), sobol(ISHIGAMI, blocks, known, resamples=50)):
        assert found.mattering == ()
        assert found.sentence.startswith("Without two replicates of the same points, effects cannot be told")


@pytest.mark.parametrize(("factors", "trajectories"), [(6, 20), (15, 10)])
def test_studies_of_noise_seldom_name_any_factor_in_morris_screening(factors: int, trajectories: int) -> None:
    problem = {"num_vars": factors, "names": [f"x{k}" for k in range(factors)], "bounds": [[0, 1]] * factors}
    sample = morris_sample.sample(problem, trajectories, num_levels=4, seed=1)
    draws = np.random.default_rng(2)
    alarms = sum(
        bool(morris(problem, sample, draws.normal(size=(len(sample), 10)), resamples=100).mattering)
        for _ in range(150)
    )
    # At a rate of 5 % in all, 150 studies name one in 7.5 on average, and in 18 or more once in 1,600 such
    # tests. At 5 % a lever, they did so in 13 % and 28 %: 20 and 42 studies.
    assert alarms < 18


def test_studies_of_noise_seldom_name_any_factor_in_sobol_indices() -> None:
    problem = {"num_vars": 6, "names": [f"x{k}" for k in range(6)], "bounds": [[0, 1]] * 6}
    sample = sobol_sample.sample(problem, 16, calc_second_order=False, seed=1)
    draws = np.random.default_rng(3)
    found = [sobol(problem, sample, draws.normal(size=(len(sample), 4)), resamples=100) for _ in range(100)]
    alarms = sum(bool(one.mattering) for one in found)
    assert alarms < 14  # at 5 % in all, 14 or more of 100 once in 2,000 such tests
    quiet = next(one for one in found if not one.mattering)
    assert quiet.sentence.startswith("No factor stands out.")
    # a lever with an effect is still found: slope 3 over its range against noise of 0.1
    told = sobol(problem, sample, 3 * sample[:, :1] + draws.normal(0, 0.2, (len(sample), 4)))
    assert told.mattering == ("x0",)
    assert "x0 explains most" in told.sentence


def test_a_step_that_rounding_swallowed_tells_nothing_and_costs_no_other_factor() -> None:
    sample, outcomes = linear()
    sample[:4, 2] = 3.0
    found = morris(LINEAR, sample, outcomes)
    assert [one.steps for one in found.factors] == [10, 10, 9]
    assert [one.mu_star.value for one in found.factors] == pytest.approx([3, 1, 0])
    sample[:28, 2] = 3.0
    with pytest.raises(SensitivityError, match=r"^none must move in 4 trajectories or more"):
        morris(LINEAR, sample, outcomes)


def test_a_sample_of_another_design_has_no_trajectories() -> None:
    sample = np.random.default_rng(1).random((40, 3))
    with pytest.raises(SensitivityError, match="has no Morris trajectories"):
        morris(LINEAR, sample, sample[:, 0])
    both = np.tile([[0.0, 0, 0], [1, 1, 0], [1, 1, 0], [1, 1, 1]], (10, 1))
    with pytest.raises(SensitivityError, match="several factors at once"):
        morris(LINEAR, both, both[:, 0])
