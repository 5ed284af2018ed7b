"""Figures of interactions: what levers do to outcomes, alone and together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.conclusions.interactions import Interacting
from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named, unit_of_change
from cocreate.viz.grid import panel_grid
from cocreate.viz.theme import BLUE, GREY, VERMILION, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = 0.34
"""Height of a row, in inches."""


def interactions(found: Sequence[Interacting]) -> Figure:
    """Return a panel for each outcome with a row for each effect: single levers, then levers together.

    Circles are single levers, squares what levers do together beyond that. A filled mark stays after
    correction for the number of tests.

    Args:
        found: Effects on outcomes around one world, one or more.
    """
    rows = [one.title for one in found[0].effects]
    with styled():
        figure, panels = panel_grid([one.outcome for one in found], rows, {}, ROW)
        for one in found:
            axes, unit = panels[one.outcome], outcome_named(one.outcome).unit
            axes.axvline(0, color=GREY, linewidth=1.2)
            axes.set_xlabel(f"Effect, {unit_of_change(unit)}", fontsize=9)
            scale = factor_of(unit)
            for row, effect in enumerate(one.effects):
                colour, marker = (BLUE, "o") if len(effect.changes) == 1 else (VERMILION, "s")
                ends = [effect.effect.low * scale, effect.effect.high * scale]
                axes.plot(ends, [row, row], color=colour, linewidth=2)
                axes.plot(
                    [effect.effect.value * scale],
                    [row],
                    marker,
                    color=colour,
                    markersize=6.5,
                    markerfacecolor=colour if effect.p_corrected < 1 - CONFIDENCE else "white",
                    gid=f"{effect.title}:{one.outcome}",
                )
    return figure
