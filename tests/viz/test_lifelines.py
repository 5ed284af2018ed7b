"""Figures of lifelines and fates: what their axes hold."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from cocreate.experiments.analysis.lifelines import FATES, fates, lifeline
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import THEMES
from cocreate.viz.lifelines import AFTER, fate_bars, fates_title, lifelines, lifelines_title
from cocreate.viz.survival import FEWEST_AT_RISK


def test_each_panel_draws_its_three_worlds_from_a_hundred_percent_on(
    results: Results,
) -> None:
    panels = lifelines(results, THEMES).axes
    assert [axes.get_title(loc="left") for axes in panels] == [theme.label for theme in THEMES]
    for axes, theme in zip(panels, THEMES, strict=True):
        labels = [line.get_label() for line in axes.get_lines()]
        assert labels == [
            f"{name} (360 pilots)" for name in (theme.opened.label, "default world", theme.closed.label)
        ]
        for line in axes.get_lines():
            height = np.asarray(line.get_ydata(), float)
            assert height[0] == 100
            assert (np.diff(height) <= 1e-12).all()
        assert axes.get_xlabel() == "Years since the pilot started"


def test_a_line_holds_the_estimate_and_stops_where_few_are_observed(results: Results) -> None:
    line = lifelines(results, THEMES).axes[0].get_lines()[0]
    drawn = lifeline(results.of("silos_opened"), results.study.seed)
    shown = drawn.at_risk >= FEWEST_AT_RISK
    assert 0 < shown.sum() < len(shown)
    assert np.asarray(line.get_ydata(), float)[1:] == pytest.approx(100 * drawn.alive[shown])
    assert np.asarray(line.get_xdata(), float)[1:] == pytest.approx((drawn.months[shown] + 1) / 12)


def test_lines_of_a_panel_differ_in_style_and_marker(results: Results) -> None:
    lines = lifelines(results, THEMES).axes[0].get_lines()
    assert len({line.get_linestyle() for line in lines}) == 3
    assert len({str(line.get_marker()) for line in lines}) == 3


def test_bars_are_as_long_as_the_shares_of_fates(results: Results) -> None:
    axes = fate_bars(results, THEMES).axes[0]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    worlds = results.study.worlds
    expected = [100 * share for world in worlds for share in fates(results.of(world.name)).shares.values()]
    assert [bar.get_width() for bar in bars] == pytest.approx(expected)
    for k in range(len(worlds)):
        assert sum(bar.get_width() for bar in bars[k * len(FATES) : (k + 1) * len(FATES)]) == pytest.approx(
            100
        )


def test_the_key_names_every_fate_once_and_each_has_its_own_look(results: Results) -> None:
    axes = fate_bars(results, THEMES).axes[0]
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == list(FATES.values())
    looks = {(bar.get_facecolor(), bar.get_hatch()) for bar in axes.patches}
    assert len(looks) == len(FATES)


def test_titles_name_the_worlds_with_the_most_and_the_fewest(results: Results) -> None:
    names = [world.name for world in results.study.worlds]
    found = {name: fates(results.of(name), results.study.seed) for name in names}
    ever = {name: one.shares["structural"] + one.shares["structural_ended"] for name, one in found.items()}
    most, fewest = max(ever, key=ever.__getitem__), min(ever, key=ever.__getitem__)
    title = fates_title(found)
    assert title.startswith(f"With {most}, {100 * ever[most]:.0f} % of the pilots")
    assert title.endswith(f"with {fewest}, {100 * ever[fewest]:.0f} %")
    assert fate_bars(results, THEMES).get_suptitle()


def test_the_title_of_lifelines_says_nothing_that_was_not_observed(results: Results) -> None:
    lines = {world.name: lifeline(results.of(world.name), 4) for world in results.study.worlds}
    assert results.of("default")[0].months <= AFTER * 12
    assert lifelines_title(lines).startswith("Too few services are observed")
