"""Sensitivity: functions whose indices are known, and samples that say nothing."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

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
    found = morris(LINEAR, *linear())
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
    assert found.noise_floor == pytest.approx(0.3385, abs=0.01)
    assert effects["none"] == pytest.approx(found.noise_floor, abs=0.05)
    assert "none" not in found.mattering
    assert found.mattering == ("strong", "weak")


def test_a_step_that_rounding_swallowed_is_found() -> None:
    sample, outcomes = linear()
    sample[:, 2] = np.where(np.arange(len(sample)) < 4, np.round(sample[0, 2]), sample[:, 2])
    with pytest.raises(SensitivityError, match=r"^none must move exactly once in every trajectory"):
        morris(LINEAR, sample, outcomes)


def test_a_sample_of_another_design_has_no_trajectories() -> None:
    sample = np.random.default_rng(1).random((40, 3))
    with pytest.raises(SensitivityError, match="must move exactly once"):
        morris(LINEAR, sample, sample[:, 0])
    both = np.tile([[0.0, 0, 0], [1, 1, 0], [1, 1, 0], [1, 1, 1]], (10, 1))
    with pytest.raises(SensitivityError, match="several factors at once"):
        morris(LINEAR, both, both[:, 0])
