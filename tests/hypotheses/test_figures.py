"""Figures of experiments show the numbers of their findings."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cocreate.experiments.hypotheses.finding import Finding, Provenance, WorldMean
from cocreate.experiments.hypotheses.h06_backlash import BACKLASH
from cocreate.experiments.hypotheses.h13_mandate import MANDATE
from cocreate.experiments.hypotheses.interaction import INTERACTION, SCALE
from cocreate.experiments.hypotheses.opening import grid
from cocreate.experiments.hypotheses.run_hypothesis import run_hypotheses
from cocreate.experiments.hypotheses.verdict import judge
from cocreate.experiments.study.worlds import World
from cocreate.viz.experiment_figures import figures_of
from cocreate.viz.hypotheses import finding_figure, rows_of
from cocreate.viz.interaction import shares_figure, shares_title, surface, surface_figure, surface_title
from cocreate.viz.saving import save_all
from cocreate.viz.sheet import SLIDE_HEIGHT, SLIDE_WIDTH
from tests.hypotheses.made import SMALL, judged
from tests.viz.intervals import band_at, marked
from tests.viz.pictures import off_the_sheet


def in_small(worlds: tuple[World, ...]) -> tuple[World, ...]:
    return tuple(world.model_copy(update={"levers": {**SMALL, **world.levers}}) for world in worlds)


@pytest.fixture(scope="module")
def findings() -> dict[str, Finding]:
    few = [replace(one, worlds=in_small(one.worlds), share=1.0) for one in (MANDATE, BACKLASH)]
    return {one.id: one for one in run_hypotheses(few, 4)}


@pytest.fixture(scope="module")
def together() -> Finding:
    """Return a finding on made-up numbers: themes multiply, with a little noise."""
    draws = np.random.default_rng(2)
    steps = dict(zip([world.name for world in grid()], np.ndindex(4, 4, 4), strict=True))
    values = {
        name: (1 + one) * (2 + two) * (1 + three) / 8 + draws.normal(0, 0.1, 6)
        for name, (one, two, three) in steps.items()
    }
    claims = tuple(judged(values, claim, tests=4) for claim in INTERACTION.claims)
    means = tuple(
        WorldMean(name, name, SCALE, 6, float(found.mean()), float(found.min()), float(found.max()))
        for name, found in values.items()
    )
    return Finding(
        "interaction", "Together", "A lesson.", "a test", (), "", claims, (), judge(claims), means,
        Provenance(1, 6, 0, {}, 0, "0.0"),
    )  # fmt: skip


def marks(figure: Figure, prefix: str) -> dict[str, tuple[float, float]]:
    found = {}
    for axes in figure.axes:
        for line in axes.lines:
            name = str(line.get_gid() or "")
            if name.startswith(prefix):
                found[name.removeprefix(prefix)] = (
                    float(np.ravel(line.get_xdata())[0]),
                    float(np.ravel(line.get_ydata())[0]),
                )
    return found


def test_each_claim_stands_at_its_standardised_effect(findings: dict[str, Finding]) -> None:
    shown = marks(finding_figure(findings["H13"], MANDATE), "claim:")
    for one in findings["H13"].claims:
        if one.effect.spread > 0:
            assert shown[one.claim.says][0] == pytest.approx(one.effect.standardised)
    assert shown


def test_each_world_stands_at_its_mean_in_hundredths(findings: dict[str, Finding]) -> None:
    found = replace(
        findings["H13"],
        worlds=(
            WorldMean("free", "no rule", "lasting_past_money", 4, 0.2, 0.1, 0.3),
            WorldMean("ruled", "rule", "lasting_past_money", 4, 0.4, 0.3, 0.5),
        ),
    )
    shown = marks(finding_figure(found, MANDATE), "world:")
    assert (shown["free"][0], shown["ruled"][0]) == pytest.approx((20.0, 40.0))


def test_each_claim_and_each_world_has_its_interval_from_end_to_end_at_its_own_label(
    findings: dict[str, Finding],
) -> None:
    found = replace(
        findings["H13"],
        worlds=(
            WorldMean("free", "no rule", "lasting_past_money", 4, 0.2, 0.15, 0.3),
            WorldMean("ruled", "a rule", "lasting_past_money", 4, 0.4, 0.3, 0.45),
        ),
    )
    figure = finding_figure(found, MANDATE)
    for world in found.worlds:
        seen = marked(figure, f"world:{world.world}")
        assert seen.label == world.label
        assert seen.ends == pytest.approx((100 * world.low, 100 * world.high))
    drawn = [one for one in rows_of(found) if one.effect.spread > 0]
    assert drawn
    for one in drawn:
        seen = marked(figure, f"claim:{one.claim.says}")
        spread = one.effect.spread
        assert seen.label.endswith(one.claim.says)
        assert seen.ends == pytest.approx((one.effect.low / spread, one.effect.high / spread))
        assert one.effect.low < one.effect.high


def test_lines_of_levels_have_bands_from_end_to_end_of_their_intervals(findings: dict[str, Finding]) -> None:
    means = {one.world: one for one in findings["H6"].worlds if one.outcome == "openness"}
    figure = finding_figure(findings["H6"], BACKLASH)
    axes = next(axes for axes in figure.axes if axes.collections)
    assert BACKLASH.axis is not None
    for number, (_, worlds) in enumerate(BACKLASH.axis.lines):
        for x, world in zip(BACKLASH.axis.levels, worlds, strict=True):
            ends = (100 * means[world].low, 100 * means[world].high)
            assert ends[0] < ends[1]
            assert band_at(axes, number, x) == pytest.approx(ends)


def test_levels_are_drawn_as_one_line_for_each_setting(findings: dict[str, Finding]) -> None:
    figure = finding_figure(findings["H6"], BACKLASH)
    lines = {
        str(line.get_gid()): line
        for axes in figure.axes
        for line in axes.lines
        if str(line.get_gid() or "").startswith("line:")
    }
    assert set(lines) == {"line:untrained officials", "line:trained officials"}
    means = {one.world: one.mean for one in findings["H6"].worlds if one.outcome == "openness"}
    drawn = np.asarray(lines["line:untrained officials"].get_ydata(), dtype=float)
    assert drawn == pytest.approx([100 * means[f"plain_{pace}"] for pace in (1, 6, 12, 24, 60)])


def test_the_title_says_the_verdict_and_the_footer_seed_and_settings(findings: dict[str, Finding]) -> None:
    figure = finding_figure(findings["H13"], MANDATE)
    texts = [text.get_text() for text in figure.texts]
    assert figure.get_suptitle().startswith("H13: A rule on taking part")
    assert any("study seed 1" in text and "mandate 0.9" in text for text in texts)


def test_the_surface_shows_every_world_of_the_grid(together: Finding) -> None:
    middle, _ = surface(together)
    means = {one.world: one.mean for one in together.worlds if one.outcome == SCALE}
    assert middle[0, 3, 1] == means["silos0_continuity3_power1"]
    figure = figures_of(together)["interaction"]
    panels: list[Axes] = figure.axes[:4]
    shown = np.stack([np.asarray(axes.images[0].get_array()) for axes in panels], axis=-1)
    assert shown == pytest.approx(middle)


def test_the_waterfall_climbs_from_all_closed_to_all_open(together: Finding) -> None:
    figure = figures_of(together)["interaction_shares"]
    bars = [bar for bar in figure.axes[0].patches if str(bar.get_gid() or "").startswith("share:")]
    middle, _ = surface(together)
    climbed = sum(bar.get_height() for bar in bars)  # type: ignore[attr-defined] # bars are rectangles
    assert climbed == pytest.approx(middle[-1, -1, -1] - middle[0, 0, 0])


def test_each_step_of_the_waterfall_has_the_interval_of_its_share(together: Finding) -> None:
    (axes,) = figures_of(together)["interaction_shares"].axes
    middle, _ = surface(together)
    start = middle[0, 0, 0]
    for spot, one in enumerate((claim.effect for claim in together.claims[1:]), 1):
        (line,) = [line for line in axes.lines if set(np.ravel(line.get_xdata())) == {spot}]
        assert np.asarray(line.get_ydata(), float) == pytest.approx([start + one.low, start + one.high])
        start += one.mean


def test_the_headline_interaction_fills_a_slide_and_nothing_is_cut_off(together: Finding) -> None:
    for drawn in (surface_figure, shares_figure):
        assert not off_the_sheet(drawn(together))
        slide = drawn(together, projector=True)
        assert tuple(slide.get_size_inches()) == (SLIDE_WIDTH, SLIDE_HEIGHT)
        assert not off_the_sheet(slide)


def test_titles_name_what_the_numbers_say() -> None:
    middle = np.zeros((4, 4, 4))
    middle[-1, -1, -1], middle[0, -1, 0] = 8.0, 2.0
    assert "to 8.0 with all open" in surface_title(middle)
    assert "at most 2.0" in surface_title(middle)
    assert shares_title([1.0, 6.0, 3.0]).startswith("Continuity has the largest share (60 %)")


@pytest.mark.slow
def test_figures_are_saved_without_a_warning(findings: dict[str, Finding], tmp_path: Path) -> None:
    for one in findings.values():
        for name, figure in figures_of(one).items():
            assert all(path.stat().st_size > 1_000 for path in save_all(figure, tmp_path, name))
