"""The forest plot: what its axes hold."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from cocreate.experiments.analysis.contrast import Difference, Verdict
from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import BANDS, REPORTED, THEMES
from cocreate.viz.contrasts import forest, forest_title


def marks(panels: list[Axes]) -> dict[str, Line2D]:
    """Return all marks by world and outcome."""
    lines = [line for axes in panels for line in axes.get_lines()]
    return {str(line.get_gid()): line for line in lines if line.get_gid()}


def factor(one: Difference) -> float:
    """Return by what a difference is multiplied to be drawn."""
    return factor_of(outcome_named(one.outcome).unit)


def test_each_mark_stands_at_its_difference_and_is_filled_if_it_survives_the_correction(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    found = marks(forest(results, THEMES, differences).axes)
    assert len(found) == len(differences)
    for one in differences:
        mark = found[f"{one.arm}:{one.outcome}"]
        assert np.asarray(mark.get_xdata(), float) == pytest.approx([one.difference * factor(one)])
        assert (mark.get_markerfacecolor() == "white") == (one.p_corrected >= 0.05)
    assert {mark.get_markerfacecolor() == "white" for mark in found.values()} == {True, False}
    assert any(one.p < 0.05 <= one.p_corrected for one in differences)


def test_each_interval_is_drawn_from_end_to_end(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    figure = forest(results, THEMES, differences)
    lines = [line for axes in figure.axes for line in axes.get_lines()]
    drawn = {tuple(np.round(np.asarray(line.get_xdata(), float), 9)) for line in lines}
    for one in differences:
        assert (round(one.low * factor(one), 9), round(one.high * factor(one), 9)) in drawn


def test_settings_differ_by_shape_as_well_as_by_colour(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    found = marks(forest(results, THEMES, differences).axes)
    for theme in THEMES:
        opened = {str(mark.get_marker()) for key, mark in found.items() if key.startswith(theme.opened.name)}
        closed = {str(mark.get_marker()) for key, mark in found.items() if key.startswith(theme.closed.name)}
        assert len(opened) == len(closed) == 1
        assert opened != closed


def test_axes_name_their_unit_and_panels_side_by_side_share_their_range(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    panels = np.array(forest(results, THEMES, differences).axes).reshape(len(BANDS), len(THEMES))
    for row, band in zip(panels, BANDS, strict=True):
        unit = "number per region" if band == "Counts" else "percentage points"
        assert all(axes.get_xlabel() == f"Difference, {unit}" for axes in row)
        assert len({axes.get_xlim() for axes in row}) == 1
    assert [axes.get_title(loc="left") for axes in panels[0]] == [theme.label for theme in THEMES]


def test_the_footer_names_seed_worlds_settings_and_version(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    text = " ".join(one.get_text() for one in forest(results, THEMES, differences).texts)
    for part in ("study seed 4", "12 worlds", "cocreate 0.", "sector_silo 0.2", "predicts no place"):
        assert part in text


def test_the_title_counts_what_stays_clear_and_names_the_largest_filled_mark_of_a_unit(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    clear = [one for one in differences if one.verdict in (Verdict.MORE, Verdict.LESS)]
    inflated = [replace(one, effect=1000.0) if one.outcome == "trust" else one for one in differences]
    title = forest_title(results, inflated)
    assert title.startswith(f"{len(clear)} of {len(differences)} comparisons")
    shown = marks(forest(results, THEMES, inflated).axes)
    in_points = [one for one in clear if outcome_named(one.outcome).unit != "count"]
    filled = {
        one: abs(float(np.asarray(shown[f"{one.arm}:{one.outcome}"].get_xdata())[0])) for one in in_points
    }
    first = max(filled, key=filled.__getitem__)
    assert "in percentage points is that of" in title
    assert next(world.title for world in results.study.worlds if world.name == first.arm) in title
    assert f"in {REPORTED[first.outcome]}: " in title
    assert f"{filled[first]:.1f}" in title
    nothing = [one for one in differences if one not in clear]
    assert forest_title(results, nothing).endswith("stay clear")


def test_a_larger_number_of_another_unit_does_not_take_the_title(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    size = {"share_structural": 0.02, "regions_reached": -0.04, "backlashes_per_region": 900.0}
    one_world = [one for one in differences if one.arm == differences[0].arm and one.outcome in size]
    told = [replace(one, difference=size[one.outcome], p=1e-9, p_corrected=1e-9) for one in one_world]
    assert forest_title(results, told).endswith("in regions reached: \N{MINUS SIGN}4.0")
    counted = [one for one in told if one.outcome == "backlashes_per_region"]
    assert "in number per region is that" in forest_title(results, counted)


def test_outcomes_without_a_band_stand_with_those_of_their_unit(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    other = {"trust": "structural", "trust_hard_to_reach": "equity_spread"}
    asked = [replace(one, outcome=other.get(one.outcome, one.outcome)) for one in differences]
    panels = np.array(forest(results, THEMES, asked).axes).reshape(len(BANDS) + 2, len(THEMES))
    assert [axes.get_xlabel() for axes in panels[-2:, 0]] == [
        "Difference, number",
        "Difference, percentage points",
    ]
