"""Conclusions: what a study asks for is carried out, and what cannot be said is said so."""

import numpy as np
import pytest

from cocreate.experiments.analysis.contrast import Verdict, contrast
from cocreate.experiments.analysis.correction import Correction
from cocreate.experiments.analysis.interval import mean_interval
from cocreate.experiments.conclusions.conclude import conclude
from cocreate.experiments.conclusions.levels import level_of, within_range
from cocreate.experiments.study.conclude import Conclude, Contrasts, Precision, Survival
from cocreate.experiments.study.spec import Cell
from cocreate.experiments.study.tasks import Keep
from tests.conclusions.made import OUTCOMES, made, shifted, study


def test_pairs_are_compared_with_the_baseline_as_the_analysis_does() -> None:
    results = made(study(), shifted(0.5))
    found = conclude(results)
    assert found.differences == contrast(results, "default", ["open"], OUTCOMES)
    assert found.differences[0].verdict is Verdict.MORE
    assert found.differences[1].verdict is Verdict.SAME


def test_the_correction_is_the_one_that_the_study_asks_for() -> None:
    asked = study(conclude=Conclude(contrasts=Contrasts(correction="bh")))
    found = conclude(made(asked, shifted(0.1)))
    assert found.correction is Correction.BH
    assert found.differences == contrast(found.results, "default", ["open"], OUTCOMES, Correction.BH)


def test_a_study_of_one_world_has_levels_and_no_differences() -> None:
    asked = study(worlds=study().worlds[:1])
    found = conclude(made(asked, shifted(0)))
    assert found.differences == ()
    assert [(one.world, one.outcome) for one in found.levels] == [("default", name) for name in OUTCOMES]


def test_failed_runs_are_left_out_and_counted() -> None:
    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float] | str:
        if cell.point.world.name == "open" and cell.replicate < 4:
            return "boom"
        return {"structural_per_region": draws.normal(), "trust": 0.5}

    found = conclude(made(study(), rule))
    assert [(one.pairs, one.dropped) for one in found.differences] == [(26, 4), (26, 4)]
    assert [(one.runs, one.missing) for one in found.levels if one.world == "open"] == [(26, 4), (26, 4)]


def test_runs_that_all_failed_leave_nothing_to_say_and_raise_nothing() -> None:
    found = conclude(made(study(keep=Keep(pilots=True)), lambda *_: "boom"))
    assert all(one.verdict is Verdict.UNKNOWN for one in found.differences)
    assert all(np.isnan(one.mean) for one in found.levels)
    assert found.durations == ()


def test_an_interval_is_cut_to_what_a_share_can_be() -> None:
    values = np.array([0.0, 0.0, 0.0, 0.0, 0.9])
    whole = level_of(values, "default", "trust")
    assert whole.low < 0
    cut = within_range(whole)
    assert (cut.low, cut.high, cut.mean) == (0.0, whole.high, whole.mean)
    assert within_range(level_of(values, "default", "effectiveness_gap")).low == whole.low
    assert np.isnan(within_range(level_of(values[:1], "default", "trust")).low)


def test_an_interval_from_the_least_to_the_most_that_a_share_can_be_narrows_nothing() -> None:
    wide, narrow = (
        within_range(level_of(np.array(one), "default", "trust")) for one in ([0.1, 0.9], [0.5, 0.51])
    )
    assert (wide.low, wide.high, wide.narrows) == (0, 1, False)
    assert narrow.narrows
    half = within_range(level_of(np.array([0.1, 0.1, 0.5]), "default", "trust"))
    assert (half.low, half.high < 1, half.narrows) == (0, True, True)


def test_services_are_followed_and_elections_looked_at_only_when_asked() -> None:
    keep = Keep(pilots=True)
    usual = conclude(made(study(keep=keep), shifted(0)))
    assert [one.world for one in usual.durations] == ["default", "open"]
    assert all(one.elections is None for one in usual.durations)
    baseline, other = conclude(
        made(study(keep=keep, conclude=Conclude(survival=Survival(window=6))), shifted(0))
    ).durations
    assert baseline.against_baseline is None
    assert other.against_baseline is not None
    assert other.against_baseline.pairs == 30
    assert other.elections is not None
    assert other.elections.offsets.tolist() == list(range(-6, 7))


def test_a_term_that_changes_during_the_run_leaves_out_elections_with_a_reason() -> None:
    worlds = [world.model_copy(update={"levers": {"term_length": 48}}) for world in study().worlds]
    asked = study(
        worlds=tuple(worlds),
        draws=({"turbulence": 0.01}, {"turbulence": 0.02}),
        keep=Keep(pilots=True),
        conclude=Conclude(survival=Survival()),
    )
    assert all(not one.problems for one in conclude(made(asked, shifted(0))).durations)
    varied = asked.model_copy(
        update={"worlds": study().worlds, "draws": ({"term_length": 48}, {"term_length": 24})}
    )
    found = conclude(made(varied, shifted(0))).durations[0]
    assert found.elections is None
    assert "term_length" in found.problems[0]


@pytest.mark.parametrize(
    ("replicates", "look", "at", "next_look"),
    [(5, 0, 0, 10), (10, 1, 10, 20), (25, 2, 20, 30), (50, 5, 50, None)],
)
def test_precision_follows_the_schedule_of_looks(
    replicates: int, look: int, at: int, next_look: int | None
) -> None:
    asked = Precision(outcome="structural_per_region", half_width=1e-6, budget=50)
    wanted = study(replicates=replicates, conclude=Conclude(precision=asked))
    found = conclude(made(wanted, shifted(0.5))).precision
    assert found is not None
    assert (found.look, found.replicates, found.next_look, found.reached) == (look, at, next_look, False)


def test_precision_is_reached_when_the_strict_interval_is_narrow_enough() -> None:
    asked = Precision(outcome="structural_per_region", half_width=0.2, budget=50)
    results = made(study(replicates=20, conclude=Conclude(precision=asked)), shifted(0.5))
    found = conclude(results)
    assert found.precision is not None
    assert found.precision.reached
    assert found.precision.next_look is None
    strict, usual = found.precision.differences["open"], found.differences[0]
    assert strict.value == pytest.approx(usual.difference)
    assert strict.width > usual.high - usual.low


def test_runs_that_repeat_a_draw_of_uncertain_levers_are_averaged_before_intervals() -> None:
    draws = tuple({"follow_gain": 0.05 + 0.01 * place} for place in range(10))
    results = made(study(replicates=30, draws=draws), shifted(0.5))
    found = conclude(results)
    base, arm = (results.values(world, "structural_per_region") for world in ("default", "open"))
    means = np.array([(arm - base)[draw::10].mean() for draw in range(10)])
    interval = mean_interval(means)
    first = found.differences[0]
    assert (first.low, first.high, first.draws) == pytest.approx((interval.low, interval.high, 10))
    level = mean_interval(np.array([base[draw::10].mean() for draw in range(10)]))
    assert (found.levels[0].low, found.levels[0].high) == pytest.approx((level.low, level.high))


def test_precision_counts_draws_of_uncertain_levers_where_replicates_repeat_them() -> None:
    draws = tuple({"follow_gain": 0.05 + 0.01 * place} for place in range(10))
    asked = Precision(outcome="structural_per_region", half_width=0.2, budget=30, looks=3)

    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float]:
        by = cell.replicate % 10 * (cell.point.world.name == "open")
        return {"structural_per_region": by + draws.normal(0, 0.1), "trust": 0.5}

    ten, thirty = (
        conclude(made(study(replicates=number, draws=draws, conclude=Conclude(precision=asked)), rule))
        for number in (10, 30)
    )
    assert ten.precision is not None
    assert thirty.precision is not None
    assert thirty.precision.replicates == 30
    before, now = ten.precision.differences["open"], thirty.precision.differences["open"]
    # the draws differ by whole numbers, so two more runs of each tell hardly more than one; the boundary of
    # the second and third look differs from that of the first by a few hundredths (Pocock's spending)
    assert now.width == pytest.approx(before.width, rel=0.1)
    assert not thirty.precision.reached
