"""Figures of lifelines and fates: what their axes hold."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from cocreate.experiments.analysis.lifelines import FATES, fates, lifeline
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import THEMES
from cocreate.viz.lifelines import fate_bars, lifelines
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
