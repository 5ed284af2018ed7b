"""Spread, thresholds, lives of pilots, learning and labels with other numbers than the published ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.agents.compiled import is_interpreted
from cocreate.experiments.docking_learning import idle_check, practice_check, rule_checks
from cocreate.experiments.docking_life import Rates, life_checks, mean_life
from cocreate.experiments.docking_null import label_checks
from cocreate.experiments.docking_spread import (
    adopters_in_the_end,
    spread_checks,
    spreading_world,
    start_with_one,
    threshold_equilibrium,
)
from cocreate.model.month import PHASES

pytestmark = [pytest.mark.docking, pytest.mark.core]

compiled_only = pytest.mark.skipif(is_interpreted(), reason="takes very long without compilation")


@compiled_only
@pytest.mark.parametrize(
    ("regions", "rate", "months"), [(6, 0.5, (2, 8)), (35, 0.9, (3, 6)), (2, 1.0, (1, 4))]
)
def test_principles_spread_as_the_markov_chain_says(
    regions: int, rate: float, months: tuple[int, ...]
) -> None:
    """Each of the three comparisons fails by chance in 27 of 10,000 sets of seeds; the seed is fixed."""
    checks = spread_checks(regions, rate, months, runs=800, seed=8)
    assert not [check for check in checks if not check.passed]


def test_the_phase_by_itself_spreads_principles_as_whole_months_do() -> None:
    stepped, phased = (spreading_world(12, 0.6, seed=5) for _ in range(2))
    for model in (stepped, phased):
        start_with_one(model)
    for month in range(30):
        stepped.step()
        phased.table("nation")["month"] = month
        PHASES["adoption"](phased.world)
        assert np.array_equal(stepped.table("regions")["adopted"], phased.table("regions")["adopted"])
    assert stepped.series["councils"][0] < 1.0
    assert stepped.series["councils"][-1] == 1.0


@given(st.lists(st.integers(0, 100), min_size=80, max_size=80))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_organisations_adopt_up_to_the_first_gap_in_their_thresholds(hundredths: list[int]) -> None:
    thresholds = np.sort(np.array(hundredths) ** 2 / 1e4)  # squared, so that some cascades go far
    assert adopters_in_the_end(thresholds, 4) == threshold_equilibrium(thresholds)


def test_cascades_of_thresholds_stop_nowhere_halfway_and_at_the_end() -> None:
    ladder = np.arange(80) / 80
    broken = ladder.copy()
    broken[40:] += 0.02
    ends = [threshold_equilibrium(x) for x in (ladder, broken, ladder + 0.001)]
    assert ends == [80, 40, 0]
    assert [adopters_in_the_end(x, 4) for x in (ladder, broken, ladder + 0.001)] == ends


@compiled_only
@pytest.mark.parametrize(
    "rates",
    [
        Rates(advance=(0.5, 0.4, 0.3, 0.2), end=(0.1, 0.05, 0.02, 0.01)),
        Rates(advance=(0.3, 0.3, 0.2, 0.1), end=(0.0, 0.01, 0.02, 0.03), term=9, cancel=0.3),
    ],
)
def test_pilots_live_as_the_markov_chain_of_their_stages_says(rates: Rates) -> None:
    """Each of the two comparisons fails by chance in 27 of 10,000 sets of seeds; the seed is fixed."""
    checks = life_checks(rates, regions=800, seed=3)
    assert not [check for check in checks if not check.passed]


def test_elections_cost_pilots_their_lives_in_the_closed_form() -> None:
    shares = [mean_life(Rates(term=16, cancel=cancel))[0] for cancel in (0.0, 0.5, 1.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == pytest.approx(mean_life(Rates())[0])


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 300))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_know_how_grows_to_a_ceiling_and_decays_geometrically(start: float, rate: float, months: int) -> None:
    assert all(check.passed for check in rule_checks(start, rate, months))


@pytest.mark.parametrize("rate", [0.01, 0.3, 1.0])
def test_know_how_in_the_model_follows_the_closed_forms(rate: float) -> None:
    assert practice_check(rate, months=18, seed=6).passed
    assert idle_check(rate, months=18, seed=6).passed


@compiled_only
def test_labels_of_regions_and_sectors_change_no_distribution() -> None:
    """Each of fourteen comparisons fails by chance in at most 1 of 1,000 sets of seeds; seeds are fixed."""
    checks = label_checks(runs=60, seed=700, pairs=((1, 8), (2, 5)))
    assert len(checks) == 14
    assert not [check for check in checks if not check.passed]
