"""Figures of effects: how far worlds differ from a baseline, an outcome a panel, with intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.contrast import Difference
from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named, unit_of_change
from cocreate.viz.grid import panel_grid
from cocreate.viz.theme import BLUE, GREY, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.32
"""Height of a row, in inches."""


def effects(differences: Sequence[Difference], titles: Mapping[str, str]) -> Figure:
    """Return a panel for each outcome with a row for each world: the difference and its interval.

    A filled mark stays after correction for the number of tests, a hollow one does not.

    Args:
        differences: What was found, one or more.
        titles: Names of worlds in text by their name.
    """
    outcomes = list(dict.fromkeys(one.outcome for one in differences))
    worlds = list(dict.fromkeys(one.arm for one in differences))
    with styled():
        figure, panels = panel_grid(outcomes, worlds, titles, ROW)
        for outcome, axes in panels.items():
            axes.axvline(0, color=GREY, linewidth=1.2)
            axes.set_xlabel(f"Difference, {unit_of_change(outcome_named(outcome).unit)}", fontsize=9)
            axes.margins(x=0.1)
        for one in differences:
            if one.pairs:
                _mark(panels[one.outcome], worlds.index(one.arm), one)
    return figure


def _mark(axes: Axes, row: int, one: Difference) -> None:
    factor = factor_of(outcome_named(one.outcome).unit)
    axes.plot([one.low * factor, one.high * factor], [row, row], color=BLUE, linewidth=2)
    axes.plot(
        [one.difference * factor],
        [row],
        marker="o",
        markersize=7,
        color=BLUE,
        markerfacecolor=BLUE if one.p_corrected < 1 - CONFIDENCE else "white",
        linestyle="none",
        gid=f"{one.arm}:{one.outcome}",
    )
