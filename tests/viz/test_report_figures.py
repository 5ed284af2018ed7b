"""Figures of reports: they show the numbers they are given."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from cocreate.experiments.analysis.boxes import Box, Limit, Quality, Side
from cocreate.experiments.analysis.contrast import contrast
from cocreate.experiments.analysis.discovery import Discovery, LimitFound
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.hazard import ElectionHazard
from cocreate.experiments.analysis.morris import FactorEffects, MorrisResult
from cocreate.experiments.analysis.sobol import FactorShares, SobolResult, Step
from cocreate.experiments.conclusions.conclude import conclude
from cocreate.experiments.conclusions.courses import Course
from cocreate.experiments.conclusions.discoveries import Discovered
from cocreate.experiments.study import conclude as wanted
from cocreate.experiments.study.designs import Factorial
from cocreate.experiments.study.tasks import Keep
from cocreate.viz.boxes import box_figure
from cocreate.viz.courses import courses
from cocreate.viz.durations import durations, fate_bars
from cocreate.viz.effects import effects
from cocreate.viz.hazards import hazards
from cocreate.viz.interventions import interventions
from cocreate.viz.levels import levels
from cocreate.viz.report.svg import head_of, inline_svg
from cocreate.viz.responses import responses
from cocreate.viz.sensitivity import morris_figure, morris_title, sobol_figure, sobol_title
from cocreate.viz.theme import INCH, foot, head, new_figure, place
from tests.conclusions.made import OUTCOMES, made, shifted, study
from tests.viz.pictures import texts_of

TITLES = {"default": "default world", "open": "open silos"}


def mark(figure: Figure, name: str) -> Line2D:
    """Return the mark of a name in a figure."""
    found = figure.findobj(lambda one: one.get_gid() == name)
    assert len(found) == 1, f"{len(found)} marks are called {name}"
    line = found[0]
    assert isinstance(line, Line2D)
    return line


def x_of(line: Line2D) -> list[float]:
    """Return where marks stand along a panel."""
    return [float(x) for x in np.asarray(line.get_xdata(), float)]


def shown(figure: Figure) -> list[Axes]:
    """Return the panels that can be seen."""
    return [axes for axes in figure.axes if axes.get_visible()]


def test_effects_stand_where_the_analysis_puts_them_and_are_filled_when_sure() -> None:
    found = contrast(made(study(), shifted(0.5)), "default", ["open"], OUTCOMES)
    figure = effects(found, TITLES)
    assert len(shown(figure)) == 2
    structural, trust = (mark(figure, f"open:{name}") for name in OUTCOMES)
    assert x_of(structural) == pytest.approx([found[0].difference])
    assert structural.get_markerfacecolor() == structural.get_color()
    assert x_of(trust) == pytest.approx([100 * found[1].difference])
    assert trust.get_markerfacecolor() == "white"


def test_levels_show_each_run_and_the_mean_of_each_world() -> None:
    found = conclude(made(study(), shifted(0.5))).levels
    figure = levels(found, TITLES)
    for one in found:
        scale = 100 if one.outcome == "trust" else 1
        assert x_of(mark(figure, f"{one.world}:{one.outcome}")) == pytest.approx([scale * one.mean])
    dots = [line for line in shown(figure)[0].lines if line.get_marker() == "."]
    assert x_of(dots[1]) == pytest.approx(sorted(found[2].values))


def test_intervals_that_leave_everything_possible_neither_show_nor_stretch_the_axis() -> None:
    design = Factorial(factors={"commitment": (0, 24)})
    asked = study(worlds=study().worlds[:1], design=design, replicates=2, outcomes=("trust",))
    wide = conclude(made(asked, lambda cell, _: {"trust": 0.4 + 0.1 * cell.replicate})).responses
    assert [(one.low, one.high) for one in wide[0].means] == [(0, 1)] * 2
    (axes,) = shown(responses(wide))
    low, high = axes.get_ylim()
    assert 40 < low < 45 < high < 50
    narrow = conclude(made(asked, lambda cell, _: {"trust": 0.4 + 0.01 * cell.replicate})).responses
    assert len(shown(responses(narrow))[0].lines) == len(axes.lines) + 2


def test_durations_begin_at_all_services_and_bars_sum_to_all_pilots() -> None:
    found = conclude(made(study(keep=Keep(pilots=True)), shifted(0))).durations
    lines = shown(durations({one.world: one.lifeline for one in found}, TITLES))[0].lines
    assert [line.get_ydata()[0] for line in lines] == [100.0, 100.0]  # type: ignore[index]
    bars = shown(fate_bars({one.world: one.fates for one in found}, TITLES))[0].patches
    assert sum(bar.get_width() for bar in bars if isinstance(bar, Rectangle)) == pytest.approx(200)


def election_hazard() -> ElectionHazard:
    """Return a hazard that peaks in the month of an election."""
    values = np.array([0.01, 0.2, 0.02])
    counts = np.array([5, 5, 5])
    rate = Estimate(0.2, 0.1, 0.3)
    return ElectionHazard(
        np.array([-1, 0, 1]), values, values - 0.01, values + 0.01, counts, counts, rate, rate, rate, 3
    )


def test_hazards_show_the_share_that_ends_in_each_month() -> None:
    figure = hazards({"open": election_hazard()}, TITLES)
    marks = [line for line in shown(figure)[0].lines if line.get_marker() in {"o", "s"}]
    assert [float(np.asarray(line.get_ydata())[0]) for line in marks] == pytest.approx([1, 20, 2])
    assert [line.get_marker() for line in marks] == ["o", "s", "o"]


@pytest.mark.parametrize("worlds", range(1, 6))
def test_the_lowest_panel_of_each_column_of_hazards_has_a_named_axis_with_numbers(worlds: int) -> None:
    figure = hazards({str(number): election_hazard() for number in range(worlds)}, TITLES)
    panels = shown(figure)
    assert len(panels) == worlds
    figure.canvas.draw()
    columns = {axes.get_position().x0 for axes in panels}
    for left in columns:
        *above, lowest = sorted(
            (axes for axes in panels if axes.get_position().x0 == left),
            key=lambda axes: -axes.get_position().y0,
        )
        assert lowest.get_xlabel() == "Months from an election"
        assert any(text.get_text() and text.get_visible() for text in lowest.get_xticklabels())
        assert not any(axes.get_xlabel() for axes in above)


def test_sobol_figures_rank_levers_by_their_total_share() -> None:
    factors = tuple(
        FactorShares(name, Estimate(total / 2, 0, 1), Estimate(total, 0, 1), total / 10, clear=True)
        for name, total in (("turnover", 0.2), ("sector_silo", 0.7))
    )
    found = SobolResult(factors, (), 8, 0, (), 0.1, (Step(8, 0.2, (0.2, 0.7)),), 0.05)
    figure = sobol_figure(found)
    assert [text.get_text() for text in shown(figure)[0].get_yticklabels()] == ["sector_silo", "turnover"]
    assert x_of(mark(figure, "sector_silo:total")) == [0.7]
    assert x_of(mark(figure, "sector_silo:first order")) == [0.35]
    assert x_of(mark(figure, "sector_silo:what chance adds to the total")) == pytest.approx([0.07, 0.07])
    assert x_of(mark(figure, "turnover:what chance adds to the total")) == pytest.approx([0.02, 0.02])
    assert sobol_title(found).startswith("sector_silo matters most: 70 % of the variance")


def test_morris_figures_show_effects_in_points_of_a_share() -> None:
    factors = (FactorEffects("turnover", Estimate(0.2, 0.1, 0.3), -0.2, 0.05, 0.05, 8, 0.01, clear=True),)
    found = MorrisResult(factors, 8, 0, (), 0.1, 0.1)
    figure = morris_figure(found, "share")
    assert morris_title(found, "share").startswith("turnover moves the outcome most: 20 percentage points")
    assert x_of(mark(figure, "turnover:mean size of the effect")) == [20]
    assert x_of(mark(figure, "turnover:chance alone")) == [1, 1]
    assert "percentage points" in shown(figure)[0].get_xlabel()


def test_titles_name_no_lever_where_none_stands_out_from_chance() -> None:
    chance = (FactorEffects("turnover", Estimate(0.2, 0.1, 0.3), -0.2, 0.05, 0.05, 8, 0.19, clear=False),)
    screened = MorrisResult(chance, 8, 0, (), 1.0, 0.1)
    assert morris_title(screened, "share") == "No lever stands out from chance"
    shares = (FactorShares("turnover", Estimate(0.5, 0, 1), Estimate(1, 0.7, 1.3), np.nan, clear=False),)
    found = SobolResult(shares, (), 8, 0, (), np.nan, (Step(8, 0.6, (1.0,)),), 0.05)
    assert sobol_title(found) == "One replicate cannot tell what levers do from chance"


def test_boxes_show_the_part_of_the_range_that_is_inside() -> None:
    limit = Limit("commitment", Side.ABOVE, 20.0)
    words = Limit("inclusion", Side.AMONG, words=("design", "throughout"))
    limits = (LimitFound(limit, 0.01, 0.9, 15.0, 25.0), LimitFound(words, 0.01, 0.9, np.nan, np.nan))
    discovery = Discovery(Box((limit, words)), Quality(0.9, 0.8, 0.4), limits, 0.01, 40, 20, 10)
    settings = pd.DataFrame({"commitment": [0, 40], "inclusion": ["design", "consulted"]})
    asked = wanted.Discovery(outcome="trust", threshold=0.5)
    found = Discovered("default", asked, discovery, settings, np.zeros(2), np.zeros(2, bool), 0)
    figure = box_figure(found)
    bar = figure.findobj(lambda one: one.get_gid() == "inside:commitment")[0]
    assert isinstance(bar, Rectangle)
    assert (bar.get_x(), bar.get_width()) == (0.5, 0.5)
    assert "design or throughout" in [text.get_text() for text in shown(figure)[0].texts]


def test_interventions_are_numbered_along_the_years() -> None:
    axes = shown(interventions({"cut": [24, 24, 60], "late": [36]}, 120))[0]
    assert [(text.get_text(), text.get_position()) for text in axes.texts] == [
        ("1", (2.0, 0)),
        ("2", (5.0, 0)),
        ("3", (3.0, 1)),
    ]


def test_drawings_in_a_page_keep_their_names_apart_and_load_nothing() -> None:
    figure = new_figure(3, 2)
    figure.subplots().bar([0, 1], [1, 2], hatch="//")
    one, two = inline_svg(figure, "one", "A & B"), inline_svg(figure, "two", "x")
    assert 'aria-label="A &amp; B"' in one
    assert 'id="one-' in one
    assert "url(#one-" in one
    assert two == one.replace("one-", "two-").replace("A &amp; B", "x")
    for text in ("http", "<metadata", "<style", "xmlns", "<!--", "<?xml"):
        assert text not in one


def test_a_page_gets_a_figure_without_what_the_page_says_and_the_figure_stays_whole() -> None:
    figure = new_figure(6, 3)
    axes = figure.subplots()
    place(figure, left=0.6, right=0.2, top=0.9, bottom=0.9)
    axes.set_title("a panel")
    whole = inline_svg(figure, "f", "words")
    head(figure, "What to see", "How to\nread it")
    foot(figure, "where it comes from")
    assert head_of(figure) == ("What to see", "How to read it")
    drawn = inline_svg(figure, "f", "words")
    for said in ("What to see", "read it", "where it comes from"):
        assert said not in drawn
    assert "a panel" in drawn
    height, full = (float(svg.partition('viewBox="')[2].split()[3].rstrip('"')) for svg in (drawn, whole))
    assert height < full - 0.5 * INCH  # their space is left out, too
    assert all(text.get_visible() for text in figure.texts)


def test_a_figure_without_a_head_has_none_to_tell() -> None:
    figure = new_figure(6, 3)
    figure.text(0.1, 0.5, "a group", va="bottom", fontsize=10.5)
    assert head_of(figure) == ("", "")
    assert "a group" in inline_svg(figure, "f", "words")


def test_courses_are_drawn_at_the_end_of_each_month_with_the_changes_of_each_world() -> None:
    values = np.array([0.4, 0.5, 0.6])
    found = [
        Course(name, "trust", 9, values - 0.1, values + shift, values + 0.2)
        for name, shift in (("default", 0.0), ("open", 0.05))
    ]
    figure = courses(found, TITLES, {"open": [1]})
    line = mark(figure, "open:trust")
    assert x_of(line) == pytest.approx([1 / 12, 2 / 12, 3 / 12])
    assert [float(y) for y in np.asarray(line.get_ydata(), float)] == pytest.approx([45, 55, 65])
    upright = [one for one in shown(figure)[0].lines if len(set(x_of(one))) == 1]
    assert [x_of(one)[0] for one in upright] == pytest.approx([1 / 12])
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["Default world", "Open silos"]


@pytest.mark.parametrize("worlds", [1, 3, 6])
def test_long_names_of_worlds_in_the_key_of_courses_leave_the_panels_free(worlds: int) -> None:
    values = np.array([0.4, 0.5, 0.6])
    found = [Course(str(number), "trust", 9, values, values, values) for number in range(worlds)]
    names = {
        one.world: f"world {one.world} with open silos and a lot of channels in between" for one in found
    }
    figure = courses(found, names, {})
    boxes = {one.get_text(): one.get_window_extent() for one in texts_of(figure)}
    (first,) = (box for text, box in boxes.items() if text.startswith("Mean trust"))
    assert all(box.y0 > first.y1 for text, box in boxes.items() if text.startswith("World"))
    assert sum(text.startswith("World") for text in boxes) == worlds
