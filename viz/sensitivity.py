"""Figures of sensitivity: which factors matter, by Sobol's shares or by Morris's elementary effects."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.morris import MorrisResult
from cocreate.experiments.analysis.sobol import SobolResult
from cocreate.experiments.conclusions.outcome_words import factor_of, unit_of_change
from cocreate.viz.grid import WIDTH
from cocreate.viz.theme import BLUE, GREY, VERMILION, new_figure, place, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW, LABEL = 0.36, 2.1
"""Height of a row and width of the names of levers, in inches."""

APART = 0.16
"""Distance of two marks from the middle of their row, in rows."""


def sobol_title(found: SobolResult) -> str:
    """Return which factor has the largest total share, in a sentence, or that none stands out.

    Args:
        found: Sobol's indices.
    """
    if not found.mattering:
        return _none_stands_out(found)
    first = next(one for one in found.factors if one.name == found.mattering[0])
    share = f"{100 * first.total.value:.0f} %"
    return f"{first.name} matters most: {share} of the variance, alone and with other levers"


def morris_title(found: MorrisResult, unit: str) -> str:
    """Return which factor has the largest mean effect, in a sentence, or that none stands out.

    Args:
        found: Elementary effects.
        unit: Unit of the outcome.
    """
    if not found.mattering:
        return _none_stands_out(found)
    first = next(one for one in found.factors if one.name == found.mattering[0])
    size = first.mu_star.value * factor_of(unit)
    return f"{first.name} moves the outcome most: {size:.3g} {unit_of_change(unit)} over its whole range"


def _none_stands_out(found: SobolResult | MorrisResult) -> str:
    if isnan(found.noise_share):
        return "One replicate cannot tell what levers do from chance"
    return "No lever stands out from chance"


def sobol_figure(found: SobolResult) -> Figure:
    """Return both shares of each factor with their intervals, the largest total effect on top.

    Args:
        found: Sobol's indices.
    """
    factors = sorted(found.factors, key=lambda one: -one.total.value)
    with styled():
        figure, axes = _rows([one.name for one in factors])
        for row, one in enumerate(factors):
            _mark(axes, row - APART, one.total, BLUE, "o", "total: alone and with other levers", one.name)
            _mark(axes, row + APART, one.first, VERMILION, "s", "first order: alone", one.name)
            _chance(axes, row, one.chance, "what chance adds to the total", one.name)
        axes.set_xlabel("Share of the variance of the outcome")
        axes.set_xlim(left=min(0.0, axes.get_xlim()[0]))
        _legend(axes)
    return figure


def morris_figure(found: MorrisResult, unit: str) -> Figure:
    """Return the mean size of each factor's elementary effects, with interval, beside their spread.

    Args:
        found: Elementary effects.
        unit: Unit of the outcome.
    """
    factors = sorted(found.factors, key=lambda one: -one.mu_star.value)
    scale = factor_of(unit)
    with styled():
        figure, axes = _rows([one.name for one in factors])
        for row, one in enumerate(factors):
            size = Estimate(one.mu_star.value * scale, one.mu_star.low * scale, one.mu_star.high * scale)
            _mark(axes, row - APART, size, BLUE, "o", "mean size of the effect", one.name)
            axes.plot(
                [one.sigma * scale], [row + APART], "s", color=VERMILION, markersize=6,
                markerfacecolor="white", label="spread of the effect: other levers change it",
            )  # fmt: skip
            _chance(axes, row, one.noise_floor * scale, "chance alone", one.name)
        axes.set_xlim(left=0)
        axes.set_xlabel(f"Effect over the lever's whole range, {unit_of_change(unit)}")
        _legend(axes)
    return figure


def _rows(names: list[str]) -> tuple[Figure, Axes]:
    figure = new_figure(WIDTH, ROW * len(names) + 1.3)
    axes = figure.subplots()
    place(figure, left=LABEL, right=0.3, top=0.55, bottom=0.6)
    plain_axis(axes)
    axes.tick_params(axis="y", length=0)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    return figure, axes


def _mark(axes: Axes, y: float, one: Estimate, colour: str, marker: str, label: str, name: str) -> None:
    axes.plot([one.low, one.high], [y, y], color=colour, linewidth=2)
    axes.plot(
        [one.value],
        [y],
        marker,
        color=colour,
        markersize=6,
        label=label,
        gid=f"{name}:{label.partition(':')[0]}",
    )


def _chance(axes: Axes, row: int, size: float, label: str, name: str) -> None:
    """Mark what chance between replicates makes up in the row of a lever; nothing where that is not known."""
    if not isnan(size):
        axes.plot(
            [size] * 2, [row - 0.5, row + 0.5], color=GREY, linestyle=":", linewidth=1.5, label=label,
            gid=f"{name}:{label}",
        )  # fmt: skip


def _legend(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    first = dict(zip(reversed(labels), reversed(handles), strict=True))
    names = list(reversed(first))
    axes.legend(
        [first[name] for name in names],
        names,
        loc="lower left",
        bbox_to_anchor=(-0.25, 1.0),
        ncols=len(names),
    )
