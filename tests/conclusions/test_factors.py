"""Conclusions on designs that vary factors: which matter, where something happens, how outcomes respond."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pytest

from cocreate.experiments.analysis.clustered import clustered_interval
from cocreate.experiments.analysis.interval import mean_interval
from cocreate.experiments.analysis.morris import MorrisResult
from cocreate.experiments.analysis.sobol import SobolResult
from cocreate.experiments.conclusions.conclude import conclude
from cocreate.experiments.conclusions.interactions import levels_compared
from cocreate.experiments.conclusions.levels import level_of
from cocreate.experiments.conclusions.points import by_point, simulated_shares
from cocreate.experiments.study.conclude import Conclude, Discovery, Sensitivity
from cocreate.experiments.study.designs import Factorial, LatinHypercube, Morris, Sobol
from cocreate.experiments.study.spec import Cell
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value
from tests.conclusions.made import made, study

ONE = (World(name="default", label="default world"),)
RANGES = {"sector_silo": (0.0, 1.0), "turnover": (0.0, 0.5), "commitment": (0, 40), "inclusion": ()}


def linear(cell: Cell, draws: np.random.Generator) -> Mapping[str, float]:
    """Return an outcome to which sector_silo adds 4 over its range, commitment 2, and others nothing."""
    factors = cell.point.factors
    value = 4 * float(factors["sector_silo"]) + 2 * float(factors["commitment"]) / 40
    return {"structural_per_region": value, "trust": 0.5 + 0 * draws.normal()}


def test_sobol_finds_the_shares_of_a_linear_outcome() -> None:
    design = Sobol(factors=RANGES, base=256)
    asked = study(worlds=ONE, design=design, replicates=1, conclude=Conclude(sensitivity=Sensitivity()))
    structural, trust = conclude(made(asked, linear)).sensitivities
    assert isinstance(structural.found, SobolResult)
    totals = {one.name: one.total.value for one in structural.found.factors}
    # Variances of uniform factors are proportional to the squares of their effects, 16 and 4. Steps of the
    # whole lever and 256 blocks leave an error of a few hundredths; the sample is fixed by its seed.
    assert totals["sector_silo"] == pytest.approx(0.8, abs=0.05)
    assert totals["commitment"] == pytest.approx(0.2, abs=0.05)
    assert totals["turnover"] == totals["inclusion"] == 0
    assert trust.found is None
    assert "never varies" in trust.problem


def test_morris_effects_are_those_over_the_whole_range_of_each_lever() -> None:
    design = Morris(factors=RANGES, trajectories=8)
    asked = study(worlds=ONE, design=design, replicates=1, conclude=Conclude(sensitivity=Sensitivity()))
    found = conclude(made(asked, linear)).sensitivities[0].found
    assert isinstance(found, MorrisResult)
    sizes = {one.name: one.mu_star.value for one in found.factors}
    assert sizes["sector_silo"] == pytest.approx(4)
    assert sizes["commitment"] == pytest.approx(2)  # though steps of two thirds of 40 months are rounded
    assert sizes["turnover"] == sizes["inclusion"] == 0


def test_replicates_that_repeat_a_draw_count_once_in_sensitivities() -> None:
    design = Morris(factors={"sector_silo": (0.0, 1.0), "turnover": (0.0, 0.5)}, trajectories=8)

    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float] | str:
        if (cell.point.number, cell.replicate) == (4, 9):
            return "boom"
        luck = np.random.default_rng([cell.point.number, cell.replicate % 4]).normal()
        return {"structural_per_region": float(cell.point.factors["sector_silo"]) + luck}

    def found(replicates: int) -> MorrisResult:
        draws = tuple({"turbulence": 0.01 + 0.001 * place} for place in range(4))
        asked = study(worlds=ONE, design=design, replicates=replicates, draws=draws)
        wanted = asked.model_copy(update={"conclude": Conclude(sensitivity=Sensitivity())})
        one = conclude(made(wanted, rule)).sensitivities[0].found
        assert isinstance(one, MorrisResult)
        return one

    # whatever a draw does, it does in each of its replicates: ten times as many runs tell nothing new
    once, tenfold = found(4), found(40)
    assert tenfold.noise_share == pytest.approx(once.noise_share)
    few, many = (one.table.iloc[:, 1:].to_numpy(float) for one in (once, tenfold))
    assert many == pytest.approx(few)


def test_a_failed_replicate_of_a_draw_moves_no_share() -> None:
    design = Sobol(factors={"sector_silo": (0.0, 1.0), "turnover": (0.0, 0.5)}, base=32)
    draws = tuple({"turbulence": 0.01 + 0.001 * place} for place in range(2))

    def shares(failed: set[tuple[int, int]]) -> list[float]:
        def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float] | str:
            if (cell.point.number, cell.replicate) in failed:
                return "boom"
            return {"trust": float(cell.point.factors["sector_silo"]) + 10 * cell.replicate}

        wanted = Conclude(sensitivity=Sensitivity(resamples=100))
        asked = study(
            worlds=ONE, design=design, replicates=6, draws=draws, conclude=wanted, outcomes=("trust",)
        )
        found = conclude(made(asked, rule)).sensitivities[0].found
        assert isinstance(found, SobolResult)
        return [one.total.value for one in found.factors]

    # replicates 0, 2 and 4 start from one draw: in one block its mean is that of the last two
    assert shares({(9, 0), (30, 3)}) == pytest.approx(shares(set()))


def test_morris_effects_of_choices_rank_as_the_choices_do() -> None:
    sizes = {"region_network": 1.0, "facilitation": 1.3, "training": 0.2}

    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float]:
        factors = cell.point.factors
        value = sizes["region_network"] * (factors["region_network"] == "complete")
        value += sum(sizes[name] * float(factors[name]) for name in ("facilitation", "training"))
        return {"structural_per_region": value}

    ranges: dict[str, tuple[Value, ...]] = {
        "region_network": ("ring", "complete"),
        "facilitation": (0.0, 1.0),
        "training": (0.0, 1.0),
    }
    design = Morris(factors=ranges, trajectories=10)
    wanted = Conclude(sensitivity=Sensitivity())
    asked = study(worlds=ONE, design=design, replicates=2, conclude=wanted)
    found = conclude(made(asked, rule)).sensitivities[0].found
    assert isinstance(found, MorrisResult)
    assert {one.name: one.mu_star.value for one in found.factors} == pytest.approx(sizes)
    assert found.mattering == ("facilitation", "region_network", "training")


def test_shares_are_those_of_the_values_that_the_model_got() -> None:
    design = LatinHypercube(factors={"commitment": (0, 3), "inclusion": ()}, points=12)
    shares = simulated_shares(design)
    assert set(shares[:, 0].round(6)) == {0, 0.333333, 0.666667, 1}
    assert set(shares[:, 1]) == {0, 0.5, 1}
    words = design.columns["inclusion"]
    assert [words[place] == "throughout" for place in range(12)] == (shares[:, 1] == 1).tolist()


@pytest.mark.slow
@pytest.mark.parametrize("side", ["above", "below"])
def test_the_box_in_which_an_outcome_lies_beyond_a_threshold_is_found_around_its_limit(
    side: Literal["above", "below"],
) -> None:
    design = LatinHypercube(factors={"sector_silo": (0.0, 1.0), "turnover": (0.0, 1.0)}, points=100)
    wanted = Discovery(outcome="structural_per_region", threshold=0.5, side=side, method="cart")

    def rule(cell: Cell, draws: np.random.Generator) -> Mapping[str, float]:
        silo = float(cell.point.factors["sector_silo"])
        beyond = 1.0 if side == "above" else 0.0
        value = beyond if silo > 0.7 else 1 - beyond
        on_threshold = 0.1 <= silo < 0.11  # one point, which is on neither side
        return {"structural_per_region": 0.5 if on_threshold else value, "trust": draws.normal()}

    asked = study(worlds=ONE, design=design, replicates=1, conclude=Conclude(discovery=wanted))
    found = conclude(made(asked, rule)).discoveries[0]
    assert (found.values == wanted.threshold).sum() == 1
    assert found.cases.tolist() == [silo > 0.7 for silo in found.settings["sector_silo"]]
    assert found.cases.sum() == 30
    assert found.found is not None
    assert found.found.box is not None
    assert found.found.box.levers == ("sector_silo",)
    # A tree splits half-way between two points, and there is one in each hundredth of the range.
    assert found.found.box.limits[0].value == pytest.approx(0.7, abs=0.02)


def test_points_without_any_run_are_left_out_of_a_discovery_and_counted() -> None:
    design = LatinHypercube(factors={"sector_silo": (0.0, 1.0)}, points=50)

    def rule(cell: Cell, draws: np.random.Generator) -> Mapping[str, float] | str:
        if cell.point.number < 5:
            return "boom"
        return {"structural_per_region": 1.0 + 0 * draws.normal()}

    wanted = Discovery(outcome="structural_per_region", threshold=2.0)
    asked = study(worlds=ONE, design=design, replicates=2, conclude=Conclude(discovery=wanted))
    found = conclude(made(asked, rule)).discoveries[0]
    assert found.dropped == 5
    assert len(found.settings) == 45
    assert found.found is None
    assert "None of the 45" in found.problem


@pytest.mark.parametrize("draws", [None, tuple({"turbulence": 0.01 + 0.001 * place} for place in range(2))])
def test_a_missing_run_moves_no_response(draws: tuple[dict[str, Value], ...] | None) -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 20, 40)})

    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float] | str:
        if (cell.point.number, cell.replicate) in {(0, 3), (1, 3), (4, 0)}:
            return "boom"
        return {"structural_per_region": 10.0 * cell.replicate + cell.point.number}

    asked = study(worlds=ONE, design=design, replicates=4, draws=draws, outcomes=("structural_per_region",))
    silo, commitment, *_ = conclude(made(asked, rule)).responses
    assert [one.mean for one in silo.means] == pytest.approx([16, 19])
    assert [one.mean for one in commitment.means] == pytest.approx([16.5, 17.5, 18.5])
    assert [one.missing for one in silo.means] == [2, 1]


def test_points_that_lack_a_lucky_replicate_stay_on_their_side_of_a_threshold() -> None:
    design = LatinHypercube(factors={"sector_silo": (0.0, 1.0)}, points=50)
    luck = (-3.0, 0.0, 3.0)

    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float] | str:
        if cell.point.number % 7 == cell.replicate or (cell.point.number, cell.replicate) == (20, 2):
            return "boom"
        return {"structural_per_region": float(cell.point.factors["sector_silo"]) + luck[cell.replicate]}

    wanted = Discovery(outcome="structural_per_region", threshold=0.5)
    asked = study(worlds=ONE, design=design, replicates=3, conclude=Conclude(discovery=wanted))
    found = conclude(made(asked, rule)).discoveries[0]
    silo = found.settings["sector_silo"].to_numpy(float)
    assert found.values == pytest.approx(silo)
    assert found.cases.tolist() == (silo > 0.5).tolist()
    assert (found.dropped, found.incomplete) == (0, 23)


def test_outcomes_are_put_at_the_point_they_came_from() -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 20, 40)})
    asked = study(worlds=ONE, design=design, replicates=2)
    values = by_point(made(asked, linear), "default", "structural_per_region")
    assert values.shape == (6, 2)
    assert values[:, 0] == pytest.approx([0.4, 1.4, 2.4, 3.6, 4.6, 5.6])


def test_levers_with_more_levels_are_compared_between_their_lowest_and_highest() -> None:
    def rule(cell: Cell, draws: np.random.Generator) -> Mapping[str, float]:
        silo, power = (float(cell.point.factors[name]) for name in ("sector_silo", "power_imbalance"))
        middle = 5.0 * (silo == 0.5)  # which must not enter
        return {"structural_per_region": -silo * power + middle + draws.normal(0, 0.1), "trust": 0.5}

    levels: dict[str, tuple[Value, ...]] = {
        "sector_silo": (0.5, 0.1, 0.9),
        "power_imbalance": (0.0, 1.5, 3.0),
    }
    asked = study(worlds=ONE, design=Factorial(factors=levels), replicates=6)
    assert levels_compared(asked) == {"sector_silo": (0.1, 0.9), "power_imbalance": (0.0, 3.0)}
    found = conclude(made(asked, rule)).interactions[0]
    effects = {effect.changes: effect.effect.value for effect in found.effects}
    assert effects == pytest.approx(
        {("sector_silo",): -1.2, ("power_imbalance",): -1.5, ("sector_silo", "power_imbalance"): -2.4}
    )
    assert found.replicates == 6


def test_a_choice_of_three_words_has_no_two_ends_to_compare() -> None:
    words = Factorial(factors={"inclusion": (), "sector_silo": (0.1, 0.9)})
    assert levels_compared(study(worlds=ONE, design=words)) == {}
    pair = Factorial(factors={"inclusion": ("throughout", "consulted"), "sector_silo": (0.9, 0.1)})
    assert levels_compared(study(worlds=ONE, design=pair)) == {
        "inclusion": ("throughout", "consulted"),
        "sector_silo": (0.9, 0.1),
    }


def test_responses_are_means_at_each_level_over_all_others() -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 20, 40)})
    asked = study(worlds=ONE, design=design, replicates=2)
    silo, commitment = conclude(made(asked, linear)).responses[:2]
    assert silo.labels == ("0.1", "0.9")
    assert [one.mean for one in silo.means] == pytest.approx([1.4, 4.6])
    assert commitment.labels == ("0", "20", "40")
    assert [one.mean for one in commitment.means] == pytest.approx([2, 3, 4])


def test_a_sampled_range_is_shown_in_equal_parts_of_the_range_of_the_design() -> None:
    design = LatinHypercube(factors={"sector_silo": (0.0, 1.0), "inclusion": ()}, points=50)

    def rule(cell: Cell, draws: np.random.Generator) -> Mapping[str, float]:
        return {
            "structural_per_region": 10 * float(cell.point.factors["sector_silo"]),
            "trust": draws.normal(),
        }

    silo, inclusion = conclude(made(study(worlds=ONE, design=design, replicates=1), rule)).responses[:2]
    assert silo.labels == ("0 to 0.2", "0.2 to 0.4", "0.4 to 0.6", "0.6 to 0.8", "0.8 to 1")
    # A Latin hypercube has one point in each fiftieth of the range, so a mean is off by 0.1 at most.
    assert [one.mean for one in silo.means] == pytest.approx([1, 3, 5, 7, 9], abs=0.1)
    assert [one.runs for one in silo.means] == [10] * 5
    assert inclusion.labels == ("consulted", "design", "throughout")


def test_intervals_over_trajectories_cover_the_mean_about_as_often_as_they_say() -> None:
    # One lever drives the outcome, and its mean is 0.5 at each level of the others. 40 designs with 20
    # trajectories have 640 intervals at 4 levels of 4 levers, as dependent as 200 or so: a coverage of 94 %
    # has a standard error of 1.7 points. With points as if they stood alone it is 80 %.
    levers = ("facilitation", "training", "turnover", "sector_silo", "community_reporting")
    covered = alone = number = 0
    for seed in range(40):
        design = Morris(factors=dict.fromkeys(levers, (0.0, 1.0)), trajectories=20, seed=seed)
        shares = design.matrix
        trajectory = np.arange(design.size) // design.block
        for lever in range(1, 5):
            for share in np.unique(shares[:, lever]):
                there = shares[:, lever] == share
                low, high = clustered_interval(shares[there, 0], trajectory[there])
                covered += low <= 0.5 <= high
                usual = level_of(shares[there, 0])
                alone += usual.low <= 0.5 <= usual.high
                number += 1
    assert 0.89 < covered / number < 0.99
    assert alone / number < 0.87


def test_responses_of_a_morris_design_count_whole_trajectories() -> None:
    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float]:
        return {"trust": float(cell.point.factors["sector_silo"])}

    levers = ("sector_silo", "turnover", "facilitation")
    design = Morris(factors=dict.fromkeys(levers, (0.0, 1.0)), trajectories=10)
    asked = study(worlds=ONE, design=design, replicates=1, outcomes=("trust",))
    silo, turnover, _ = conclude(made(asked, rule)).responses
    assert [one.high - one.low for one in silo.means] == pytest.approx([0] * 4)
    shares, trajectory = design.matrix, np.arange(design.size) // 4
    first = shares[:, 1] == 0
    ends = np.clip(clustered_interval(shares[first, 0], trajectory[first]), 0, 1)
    assert (turnover.means[0].low, turnover.means[0].high) == pytest.approx(tuple(ends))
    assert turnover.means[0].runs == first.sum()


def worlds_of_replicates(cell: Cell, draws: np.random.Generator) -> Mapping[str, float]:
    """Return an outcome that differs by replicate much, by point too, and otherwise hardly."""
    return {"trust": 0.3 + draws.normal(0, 0.02) + 0.2 * (cell.point.number % 2) + cell.point.number / 1e3}


def test_intervals_over_chosen_points_tell_what_chance_does_to_their_mean() -> None:
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "commitment": (0, 20, 40)})
    draws = tuple({"turbulence": 0.01 + 0.001 * place} for place in range(8))
    for replicates, drawn in ((12, None), (24, draws)):
        asked = study(worlds=ONE, design=design, replicates=replicates, draws=drawn, outcomes=("trust",))
        results = made(asked, worlds_of_replicates)
        found = conclude(results)
        values = by_point(results, "default", "trust")
        cases = [(found.levels[0], values), (found.responses[0].means[0], values[:3])]
        for one, there in cases:
            units = there.mean(axis=0)
            if drawn:
                units = np.array([units[draw::8].mean() for draw in range(8)])
            low, high, _ = mean_interval(units)
            assert (one.mean, one.low, one.high) == pytest.approx((units.mean(), low, high))
            assert one.runs == there.size


def test_a_point_that_lacks_a_run_counts_like_the_others() -> None:
    values = np.array([[1.0, 1.1, 0.9, np.nan], [3.0, 3.2, np.nan, 2.8]])
    found = level_of(values)
    # By least squares the first point, which lacks the lowest replicate, is at 0.9375, the other at 2.9875.
    assert found.mean == pytest.approx(1.9625)
    assert (found.runs, found.missing) == (6, 2)
    assert found.low < 2 < found.high
    assert level_of(np.array([[0.0, 10.0], [2.0, np.nan], [4.0, 14.0]])).mean == pytest.approx(7)
    assert np.isnan(level_of(np.full((2, 3), np.nan)).mean)
    assert np.isnan(level_of(np.array([[1.0], [2.0]])).low)  # one replicate at two chosen points


def test_intervals_over_drawn_points_cover_the_mean_about_as_often_as_they_say() -> None:
    # Points, replicates and single runs all differ by chance. A coverage of 95 % has a standard error of 1.1
    # points in 400 studies. Points that stand alone, whatever a replicate shares, cover two thirds.
    draws = np.random.default_rng(4)
    covered = alone = 0
    for _ in range(400):
        points, replicates = draws.normal(0, 1, (20, 1)), draws.normal(0, 1, 5)
        values = points + replicates + draws.normal(0, 0.5, (20, 5))
        found, usual = level_of(values, blocks=np.arange(20)), level_of(values.mean(axis=1))
        covered += found.low <= 0 <= found.high
        alone += usual.low <= 0 <= usual.high
    assert 0.9 < covered / 400 < 0.99
    assert alone / 400 < 0.75


def test_one_replicate_at_drawn_points_has_the_interval_over_these_points() -> None:
    design = LatinHypercube(factors={"sector_silo": (0.0, 1.0)}, points=20)
    asked = study(worlds=ONE, design=design, replicates=1, outcomes=("trust",))
    results = made(asked, worlds_of_replicates)
    found = conclude(results).levels[0]
    low, high, _ = mean_interval(results.values("default", "trust"))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_one_cluster_has_no_interval() -> None:
    assert np.isnan(clustered_interval(np.array([1.0, 2.0]), np.array([3, 3]))).all()


def test_a_study_says_how_many_resamples_are_behind_its_intervals() -> None:
    designs = Sobol(factors=RANGES, base=32), Morris(factors=RANGES, trajectories=8)

    def noisy(cell: Cell, _: np.random.Generator) -> Mapping[str, float]:
        draws = np.random.default_rng(cell.point.number)
        return {"trust": float(cell.point.factors["sector_silo"]) + draws.normal()}

    def intervals(design: Sobol | Morris, resamples: int) -> list[float]:
        wanted = Conclude(sensitivity=Sensitivity(resamples=resamples))
        asked = study(worlds=ONE, design=design, replicates=1, conclude=wanted, outcomes=("trust",))
        found = conclude(made(asked, noisy)).sensitivities[0].found
        assert found is not None
        numbers: list[float] = found.table.dropna(axis=1).iloc[:, 1:].to_numpy().ravel().tolist()
        return numbers

    for design in designs:
        few, many, same = (intervals(design, number) for number in (100, 400, 100))
        assert few == same != many
