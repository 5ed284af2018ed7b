"""Figures of contrasts: how far settings differ from the default world, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cocreate.experiments.analysis.contrast import Difference, Verdict
from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.conclusions.outcome_words import (
    change,
    factor_of,
    level,
    outcome_named,
    unit_of_change,
)
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.tasks import PER_REGION
from cocreate.experiments.themes import BANDS, REPORTED, Theme
from cocreate.experiments.words import some_of
from cocreate.viz.sheet import sheet
from cocreate.viz.theme import CLOSED, GREY, MARKERS, OPENED, plain_axis, study_note, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

APART = 0.17
"""Distance of the marks of a theme's worlds from the middle of a row, in rows."""

ROW, GAP, TOP, BOTTOM = 0.42, 0.95, 0.75, 0.55
"""Heights of a row, between bands, above the panels, and of the lowest axis, in inches."""


def forest(results: Results, themes: Sequence[Theme], differences: Sequence[Difference]) -> Figure:
    """Return a forest plot: a column of panels for each theme, a row for each outcome.

    Outcomes stand in bands with an axis of their own: see :data:`~cocreate.experiments.themes.BANDS`.
    A filled mark means that the difference holds after Holm's correction over all tests.

    Args:
        results: Where the differences come from.
        themes: Themes, from left to right.
        differences: Both worlds of each theme against the default, for each outcome shown.
    """
    found = {(one.arm, one.outcome): one for one in differences}
    bands = _bands(differences)
    baseline = differences[0].baseline
    heights = [(len(outcomes) + 0.2) * ROW for outcomes in bands.values()]
    total = sum(heights) + GAP * (len(bands) - 1)
    written = (
        forest_title(results, differences),
        "Marks: mean difference between worlds in pairs that share every random draw they can; lines: 95 %"
        " intervals. A filled mark stays after Holm's correction for all"
        f" {len(differences)} comparisons, a hollow one does not. In brackets: the mean of the default world."
        " Less is better for the gap in fit and for backlash.",
        study_note(results),
    )
    with styled():
        page = sheet(written, 13, total + TOP + BOTTOM)
        figure = page.figure
        panels = figure.subplots(
            len(bands),
            len(themes),
            squeeze=False,
            sharey="row",
            gridspec_kw={"height_ratios": heights, "hspace": GAP * len(bands) / sum(heights)},
        )
        page.place(left=3.6, right=0.25, top=TOP, bottom=BOTTOM)
        for row, (band, outcomes) in enumerate(bands.items()):
            for column, theme in enumerate(themes):
                _panel(panels[row][column], theme, outcomes, found)
            first: Axes = panels[row][0]
            first.set_yticks(range(len(outcomes)), [_named(results, baseline, name) for name in outcomes])
            top = first.get_position().y1
            figure.text(0.012, top, band, weight="bold", fontsize=10.5, va="bottom")
            _same_range(list(panels[row]))
        for column, theme in enumerate(themes):
            panels[0][column].set_title(theme.label, pad=32, fontsize=12)
            _key(panels[0][column], theme)
    return figure


def forest_title(results: Results, differences: Sequence[Difference]) -> str:
    """Return how many comparisons stay clear, and the largest clear difference of one unit, in a sentence.

    Differences compare only within a unit: the sentence tells of the one in which most of them are clear.
    """
    clear = [one for one in differences if one.verdict in (Verdict.MORE, Verdict.LESS)]
    count = some_of(len(clear), len(differences), "comparisons with the default world", "stay") + " clear"
    if not clear:
        return count
    units = Counter(_unit(one.outcome) for one in clear)
    unit = max(units, key=units.__getitem__)
    first = max((one for one in clear if _unit(one.outcome) == unit), key=lambda one: abs(one.difference))
    title = next(world.title for world in results.study.worlds if world.name == first.arm)
    found = change(outcome_named(first.outcome).unit, first.difference)
    label = REPORTED.get(first.outcome, outcome_named(first.outcome).meaning)
    return f"{count}; the largest of these in {unit} is that of {title} in {label}: {found}"


def _unit(outcome: str) -> str:
    """Return the unit of differences in an outcome, as axes and titles name it."""
    unit = unit_of_change(outcome_named(outcome).unit)
    if unit == "count":
        return "number per region" if outcome in PER_REGION else "number"
    return unit


def _bands(differences: Sequence[Difference]) -> dict[str, list[str]]:
    """Return the outcomes to show by the band that they stand in."""
    outcomes = list(dict.fromkeys(one.outcome for one in differences))
    bands = {band: [name for name in names if name in outcomes] for band, names in BANDS.items()}
    placed = {name for names in bands.values() for name in names}
    for name in (name for name in outcomes if name not in placed):
        bands.setdefault(f"Others, {_unit(name)}", []).append(name)
    return {band: names for band, names in bands.items() if names}


def _named(results: Results, baseline: str, outcome: str) -> str:
    values = results.values(baseline, outcome)
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if len(known) else np.nan
    label = REPORTED.get(outcome, outcome)
    return f"{label[:1].upper()}{label[1:]} ({level(outcome_named(outcome).unit, mean)})"


def _panel(
    axes: Axes, theme: Theme, outcomes: Sequence[str], found: Mapping[tuple[str, str], Difference]
) -> None:
    plain_axis(axes)
    axes.axvline(0, color=GREY, linewidth=1.2)
    rows = np.arange(len(outcomes))
    for world, kind, colour, shift in (
        (theme.opened, "opened", OPENED, -APART),
        (theme.closed, "closed", CLOSED, APART),
    ):
        shown = [found[world.name, name] for name in outcomes]
        _marks(axes, shown, rows + shift, kind, colour)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(outcomes) - 0.4, -0.6)
    axes.set_xlabel(f"Difference, {_unit(outcomes[0])}")


def _marks(axes: Axes, shown: Sequence[Difference], heights: np.ndarray, kind: str, colour: str) -> None:
    for one, y in zip(shown, heights, strict=True):
        factor = factor_of(outcome_named(one.outcome).unit)
        sure = one.p_corrected < 1 - CONFIDENCE
        axes.plot(
            [one.low * factor, one.high * factor], [y, y], color=colour, linewidth=2, solid_capstyle="butt"
        )
        axes.plot(
            [one.difference * factor],
            [y],
            marker=MARKERS[kind],
            markersize=6.5,
            color=colour,
            markerfacecolor=colour if sure else "white",
            linestyle="none",
            gid=f"{one.arm}:{one.outcome}",
        )


def _same_range(panels: Sequence[Axes]) -> None:
    """Give panels side by side one range, so that lengths compare across them."""
    low = min(axes.get_xlim()[0] for axes in panels)
    high = max(axes.get_xlim()[1] for axes in panels)
    for axes in panels:
        axes.set_xlim(low, high)


def _key(axes: Axes, theme: Theme) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy

    marks = [
        Line2D([], [], marker=MARKERS[kind], color=colour, linewidth=2, markersize=6.5, label=world.title)
        for world, kind, colour in (
            (theme.opened, "opened", OPENED),
            (theme.closed, "closed", CLOSED),
        )
    ]
    axes.legend(
        handles=marks,
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=2,
        borderaxespad=0.3,
        handlelength=1.6,
        columnspacing=1.4,
    )
