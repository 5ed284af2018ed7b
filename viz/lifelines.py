"""Figures of lifelines: how long services go on, and what became of pilots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate.experiments.analysis.lifelines import FATES, Lifeline, fates, lifeline
from cocreate.experiments.replicates import Arm, Study
from cocreate.experiments.themes import BASELINE, Theme
from cocreate.viz.numbers import counted
from cocreate.viz.theme import (
    BLUE,
    CLOSED,
    DEFAULT,
    GREY,
    MARKERS,
    OPENED,
    ORANGE,
    PALE,
    SKY_BLUE,
    foot,
    foot_height,
    head,
    new_figure,
    place,
    plain_axis,
    study_note,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FEWEST_AT_RISK = 20
"""Services under observation below which a lifeline is not drawn on."""

YEAR = 12
BAR = 0.62
"""Height of a bar, in rows."""

FATE_STYLES = {
    "structural": (BLUE, "", "white"),
    "structural_ended": (SKY_BLUE, "///", "black"),
    "partly": (ORANGE, "...", "black"),
    "ended": (PALE, "", "black"),
    "piloting": ("#FFFFFF", "xxx", "black"),
}
"""Colour, hatch and colour of the number of each fate."""


def lifelines(study: Study, themes: Sequence[Theme]) -> Figure:
    """Return the share of services still going by months since their pilot started.

    One panel for each theme, with the default world in each; bands are 95 % intervals from drawing whole
    worlds again. A line stops where fewer than :data:`FEWEST_AT_RISK` services are observed.

    Args:
        study: All worlds; holds the arms of the themes and the default.
        themes: Themes, from left to right.
    """
    drawn = {arm.name: lifeline(study.of(arm.name), study.seed) for arm in study.arms}
    bottom = 0.6 + foot_height(study_note(study))
    with styled():
        figure = new_figure(13, 4.6 + bottom)
        panels = figure.subplots(1, len(themes), squeeze=False, sharey=True, sharex=True)[0]
        place(figure, left=0.95, right=0.25, top=1.3, bottom=bottom)
        for axes, theme in zip(panels, themes, strict=True):
            plain_axis(axes, grid="y")
            axes.set_title(theme.label, fontsize=12)
            _line(axes, theme.opened, drawn[theme.opened.name], "opened")
            _line(axes, BASELINE, drawn[BASELINE.name], "default")
            _line(axes, theme.closed, drawn[theme.closed.name], "closed")
            axes.set_xlabel("Years since the pilot started")
            axes.legend(loc="upper right")
        panels[0].set_ylabel("Services still going, %")
        panels[0].set_ylim(0, 100)
        panels[0].set_xlim(0, None)
        head(
            figure,
            "How long services go on that started as co-created pilots",
            "Share of services still going as a pilot or a structural service (Kaplan-Meier estimate). Bands:"
            " 95 % intervals, from drawing whole worlds again.\nA line stops where fewer than"
            f" {FEWEST_AT_RISK} services are observed for that long.",
        )
        foot(figure, study_note(study))
    return figure


def _line(axes: Axes, arm: Arm, drawn: Lifeline, kind: str) -> None:
    colour = {"opened": OPENED, "closed": CLOSED, "default": DEFAULT}[kind]
    style: Any = {"opened": "-", "closed": "--", "default": ":"}[kind]
    shown = drawn.at_risk >= FEWEST_AT_RISK
    # alive[m] holds at the end of month m, so the line starts at 100 % and steps down after each month
    years = np.concatenate([[0.0], (drawn.months[shown] + 1) / YEAR])
    alive = np.concatenate([[1.0], drawn.alive[shown]]) * 100
    low = np.concatenate([[1.0], drawn.low[shown]]) * 100
    high = np.concatenate([[1.0], drawn.high[shown]]) * 100
    axes.fill_between(years, low, high, step="post", color=colour, alpha=0.15, linewidth=0)
    axes.step(
        years,
        alive,
        where="post",
        color=colour,
        linestyle=style,
        linewidth=2,
        marker=MARKERS[kind],
        markersize=5.5,
        markevery=(YEAR, 2 * YEAR),
        label=f"{arm.label} ({counted(drawn.pilots, 'pilot')})",
    )


def fate_bars(study: Study, themes: Sequence[Theme]) -> Figure:
    """Return what became of pilots by the horizon: a stacked bar for each arm.

    The whisker is the 95 % interval of the share that ever became structural, from drawing whole worlds
    again.

    Args:
        study: All worlds; holds the arms of the themes and the default.
        themes: Themes, from top to bottom, below the default world.
    """
    arms = [BASELINE, *(arm for theme in themes for arm in theme.arms)]
    places = _rows(len(themes))
    bottom = 0.6 + foot_height(study_note(study))
    with styled():
        figure = new_figure(11, 0.46 * (places[-1] + 1) + 1.4 + bottom)
        axes = figure.subplots()
        place(figure, left=2.75, right=1.35, top=1.4, bottom=bottom)
        plain_axis(axes)
        for y, arm in zip(places, arms, strict=True):
            _bar(axes, y, study, arm)
        axes.set_yticks(places, [arm.label[:1].upper() + arm.label[1:] for arm in arms])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(places[-1] + 0.6, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Pilots, %")
        handles, labels = axes.get_legend_handles_labels()
        first = dict(zip(reversed(labels), reversed(handles), strict=True))
        names = [FATES[name] for name in FATES if FATES[name] in first]
        axes.legend(
            [first[name] for name in names],
            names,
            loc="lower left",
            bbox_to_anchor=(-0.36, 1.0),
            ncols=len(names),
            handlelength=1.8,
            columnspacing=1.2,
        )
        axes.text(
            1.02,
            1.02,
            "Pilots\nper world",
            transform=axes.transAxes,
            va="bottom",
            fontsize=9.5,
            clip_on=False,
        )
        head(
            figure,
            "What became of the pilots by the end of the simulated time",
            "All pilots of all worlds of a setting. Whiskers: 95 % interval of the share that ever became"
            " structural,\nfrom drawing whole worlds again.",
        )
        foot(figure, study_note(study))
    return figure


def _rows(themes: int) -> list[float]:
    """Return the heights of bars: the default, and two for each theme after a gap."""
    return [0.0, *(1.5 + 2.5 * theme + arm for theme in range(themes) for arm in range(2))]


def _bar(axes: Axes, y: float, study: Study, arm: Arm) -> None:
    found = fates(study.of(arm.name), study.seed)
    start = 0.0
    for name, share in found.shares.items():
        colour, hatch, ink = FATE_STYLES[name]
        width = 100 * share
        axes.barh(
            y,
            width,
            BAR,
            start,
            color=colour,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.8,
            label=FATES[name],
        )
        if width >= 4:  # noqa: PLR2004 - room for a number
            axes.text(
                start + width / 2,
                y,
                f"{width:.0f}",
                ha="center",
                va="center",
                fontsize=9.5,
                color=ink,
                bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.2},
            )
        start += width
    if not np.isnan(found.low):
        ends = [100 * found.low, 100 * found.high]
        axes.plot(ends, [y - BAR / 2 - 0.09] * 2, color=GREY, linewidth=2, marker="|", markersize=6)
    axes.text(102, y, f"{found.pilots_per_world:.0f}", va="center", fontsize=9.5, clip_on=False)
