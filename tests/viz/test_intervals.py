"""In every figure of numbers, each mark stands at the label of its row, with its interval from end to end."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from cocreate.experiments.analysis.contrast import Difference, contrast
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.factorial import FactorialEffect
from cocreate.experiments.analysis.hazard import ElectionHazard
from cocreate.experiments.analysis.lifelines import Fates, Lifeline
from cocreate.experiments.analysis.morris import FactorEffects, MorrisResult
from cocreate.experiments.analysis.sobol import FactorShares, SobolResult, Step
from cocreate.experiments.conclusions.courses import Course
from cocreate.experiments.conclusions.interactions import Interacting
from cocreate.experiments.conclusions.levels import Level
from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named
from cocreate.experiments.conclusions.responses import Response
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import REPORTED, THEMES
from cocreate.viz.contrasts import forest
from cocreate.viz.courses import courses
from cocreate.viz.durations import durations, fate_bars
from cocreate.viz.effects import effects
from cocreate.viz.hazards import hazards
from cocreate.viz.interactions import interactions
from cocreate.viz.levels import levels
from cocreate.viz.responses import responses
from cocreate.viz.sensitivity import morris_figure, sobol_figure
from tests.conclusions.made import OUTCOMES, made, shifted, study
from tests.viz.intervals import Marked, band_at, marked, points_of

TITLES = {"default": "Default world", "open": "Open silos", "shut": "Shut silos"}
SCALES = {"structural_per_region": 1.0, "trust": 100.0}


def titled(outcome: str) -> str:
    """Return what stands above the panel of an outcome."""
    meaning = outcome_named(outcome).meaning
    return meaning[:1].upper() + meaning[1:]


def agrees(seen: Marked, label: str, value: float, ends: Sequence[float]) -> None:
    """Check what a reader sees of a mark."""
    assert seen.label == label
    assert seen.value == pytest.approx(value)
    assert seen.ends is not None
    assert seen.ends == pytest.approx(tuple(ends))
    assert seen.ends[0] < seen.value < seen.ends[1]


def level_of(world: str, outcome: str, mean: float, **others: Any) -> Level:
    """Return a level with an interval that is wider above than below."""
    values = np.array([mean - 0.05, mean, mean + 0.05])
    return Level(world, outcome, 3, 0, mean, mean - 0.1, mean + 0.2, 0.05, values, **others)


def test_effects_have_a_row_a_world_and_a_panel_an_outcome() -> None:
    worlds = [*study().worlds, study().worlds[1].model_copy(update={"name": "shut"})]
    found = contrast(made(study(worlds=tuple(worlds)), shifted(0.5)), "default", ["open", "shut"], OUTCOMES)
    figure = effects(found, TITLES)
    assert len(found) == 4
    for one in found:
        seen, scale = marked(figure, f"{one.arm}:{one.outcome}"), SCALES[one.outcome]
        assert seen.label == TITLES[one.arm]
        assert seen.value == pytest.approx(scale * one.difference)
        assert seen.ends == pytest.approx((scale * one.low, scale * one.high))
        assert titled(one.outcome).startswith(seen.title.split("\n")[0])


def test_levels_have_a_row_a_world_and_a_panel_an_outcome() -> None:
    found = [level_of(world, name, 0.3) for world in ("default", "open") for name in OUTCOMES]
    found[0] = level_of("default", OUTCOMES[0], 0.6)
    figure = levels(found, TITLES)
    for one in found:
        seen, scale = marked(figure, f"{one.world}:{one.outcome}"), SCALES[one.outcome]
        agrees(seen, TITLES[one.world], scale * one.mean, (scale * one.low, scale * one.high))
        assert titled(one.outcome).startswith(seen.title.split("\n")[0])


def test_responses_have_a_point_with_an_interval_at_the_label_of_each_level() -> None:
    means = tuple(level_of("default", "trust", mean) for mean in (0.3, 0.5, 0.4))
    found = [
        Response("default", "trust", name, ("low", "middle", "high"), means)
        for name in ("sector_silo", "turnover")
    ]
    figure = responses(found)
    for one in found:
        for seen, label, mean in zip(
            points_of(figure, f"{one.factor}:trust"), one.labels, means, strict=True
        ):
            agrees(seen, label, 100 * mean.mean, (100 * mean.low, 100 * mean.high))
            assert seen.title == one.factor


def test_interactions_have_a_row_an_effect_and_a_panel_an_outcome() -> None:
    changes = (("sector_silo",), ("commitment",), ("sector_silo", "commitment"))
    found = [
        Interacting(
            "default",
            outcome,
            tuple(
                FactorialEffect(one, Estimate(size + place, size + place - 0.1, size + place + 0.3), 0.1, 0.1)
                for place, one in enumerate(changes)
            ),
            9,
            0,
        )
        for outcome, size in (("structural_per_region", 0.2), ("trust", -0.4))
    ]
    figure = interactions(found)
    for one in found:
        for effect in one.effects:
            seen, scale = marked(figure, f"{effect.title}:{one.outcome}"), SCALES[one.outcome]
            size = effect.effect
            label = effect.title[:1].upper() + effect.title[1:]
            agrees(seen, label, scale * size.value, (scale * size.low, scale * size.high))
            assert titled(one.outcome).startswith(seen.title.split("\n")[0])


def test_sobol_shares_have_a_row_a_lever_with_an_interval_each() -> None:
    factors = tuple(
        FactorShares(
            name,
            Estimate(total / 2, total / 2 - 0.05, total / 2 + 0.08),
            Estimate(total, total - 0.1, total + 0.2),
            0.1,
            clear=True,
        )
        for name, total in (("turnover", 0.2), ("sector_silo", 0.7))
    )
    figure = sobol_figure(SobolResult(factors, (), 8, 0, (), 0.1, (Step(8, 0.2, (0.2, 0.7)),), 0.05))
    for one in factors:
        for share, name in ((one.total, "total"), (one.first, "first order")):
            agrees(marked(figure, f"{one.name}:{name}"), one.name, share.value, (share.low, share.high))


def test_elementary_effects_have_a_row_a_lever_with_an_interval() -> None:
    factors = tuple(
        FactorEffects(name, Estimate(size, size - 0.1, size + 0.2), -0.2, 0.05, 0.05, 8, 0.01, clear=True)
        for name, size in (("turnover", 0.2), ("sector_silo", 0.5))
    )
    figure = morris_figure(MorrisResult(factors, 8, 0, (), 0.1, 0.1), "share")
    for one in factors:
        size = one.mu_star
        seen = marked(figure, f"{one.name}:mean size of the effect")
        agrees(seen, one.name, 100 * size.value, (100 * size.low, 100 * size.high))


def test_the_forest_has_a_row_an_outcome_with_an_interval_for_each_world(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    figure = forest(results, THEMES, differences)
    for one in differences:
        seen = marked(figure, f"{one.arm}:{one.outcome}")
        named, scale = REPORTED[one.outcome], factor_of(outcome_named(one.outcome).unit)
        assert seen.label.startswith(f"{named[:1].upper()}{named[1:]} (")
        assert seen.value == pytest.approx(scale * one.difference)
        assert seen.ends == pytest.approx((scale * one.low, scale * one.high))


def test_hazards_have_an_interval_at_each_month() -> None:
    values, counts = np.array([0.03, 0.2, 0.02]), np.array([5, 5, 5])
    rate = Estimate(0.2, 0.1, 0.3)
    found = ElectionHazard(
        np.array([-1, 0, 1]), values, values - 0.01, values + 0.03, counts, counts, rate, rate, rate, 3
    )
    figure = hazards({"open": found}, TITLES)
    for offset, value in zip((-1, 0, 1), values, strict=True):
        seen = marked(figure, f"month:{offset}", upright=True)
        assert seen.value == pytest.approx(100 * value)
        assert seen.ends == pytest.approx((100 * (value - 0.01), 100 * (value + 0.03)))


def test_lifelines_have_a_band_from_end_to_end_of_their_interval() -> None:
    months = np.arange(24)
    alive = 1 - months / 40
    found = {
        name: Lifeline(months, alive - by, alive - by - 0.05, alive - by + 0.1, np.full(24, 99), 99, 9)
        for name, by in (("default", 0.0), ("open", 0.2))
    }
    (axes,) = durations(found, TITLES).axes
    for number, one in enumerate(found.values()):
        for month in (3, 20):
            ends = (100 * one.low[month], 100 * one.high[month])
            low, high = band_at(axes, number, (month + 1) / 12)
            # a band in steps holds the ends of the month before as well at a month's end
            before = (100 * one.low[month - 1], 100 * one.high[month - 1])
            assert (low, high) == pytest.approx((min(ends[0], before[0]), max(ends[1], before[1])))


def test_fates_have_a_whisker_from_end_to_end_of_their_interval_at_their_bar() -> None:
    shares = {"structural": 0.3, "structural_ended": 0.1, "partly": 0.2, "ended": 0.3, "piloting": 0.1}
    found = {
        name: Fates(shares, low, high, 99, 9)
        for name, low, high in (("default", 0.3, 0.45), ("open", 0.35, 0.6))
    }
    (axes,) = fate_bars(found, TITLES).axes
    whiskers = [line for line in axes.lines if line.get_marker() == "|"]
    for row, (line, one) in enumerate(zip(whiskers, found.values(), strict=True)):
        assert np.asarray(line.get_xdata(), float) == pytest.approx([100 * one.low, 100 * one.high])
        assert np.all(np.abs(np.asarray(line.get_ydata(), float) - row) < 0.5)
    labels = [" ".join(text.get_text().split()) for text in axes.get_yticklabels()]
    assert labels == ["Default world", "Open silos"]


def test_courses_have_a_band_from_end_to_end_of_their_runs() -> None:
    median = np.array([0.4, 0.5, 0.6])
    found = [
        Course(name, outcome, 9, median - 0.1, median + by, median + 0.2)
        for outcome in ("trust", "know_how")
        for name, by in (("default", 0.0), ("open", 0.05))
    ]
    figure = courses(found, TITLES, {})
    for one, (panel, number) in zip(found, ((0, 0), (0, 1), (1, 0), (1, 1)), strict=True):
        axes = figure.axes[panel]
        assert titled(one.outcome).startswith(axes.get_title(loc="left").split("\n")[0])
        for month in range(3):
            ends = (100 * one.low[month], 100 * one.high[month])
            assert band_at(axes, number, (month + 1) / 12) == pytest.approx(ends)
