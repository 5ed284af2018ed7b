"""Figures of lifelines: how long services go on, and what became of pilots, theme by theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.lifelines import fates, lifeline
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import BASELINE, Theme
from cocreate.experiments.words import counted
from cocreate.viz.survival import FEWEST_AT_RISK, LineStyle, fate_bar, fate_key, survival_line
from cocreate.viz.theme import (
    CLOSED,
    DEFAULT,
    MARKERS,
    OPENED,
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

STYLES = {
    "opened": LineStyle(OPENED, "-", MARKERS["opened"]),
    "default": LineStyle(DEFAULT, ":", MARKERS["default"]),
    "closed": LineStyle(CLOSED, "--", MARKERS["closed"]),
}
"""How the lines of a theme look."""


def lifelines(results: Results, themes: Sequence[Theme]) -> Figure:
    """Return the share of services still going by months since their pilot started.

    One panel for each theme, with the default world in each; bands are 95 % intervals from drawing whole
    worlds again. A line stops where fewer than
    :data:`~cocreate.viz.survival.FEWEST_AT_RISK` services are observed.

    Args:
        results: All runs, with their pilots; holds the worlds of the themes and the default.
        themes: Themes, from left to right.
    """
    note = study_note(results)
    bottom = 0.6 + foot_height(note)
    with styled():
        figure = new_figure(13, 4.6 + bottom)
        panels = figure.subplots(1, len(themes), squeeze=False, sharey=True, sharex=True)[0]
        place(figure, left=0.95, right=0.25, top=1.3, bottom=bottom)
        for axes, theme in zip(panels, themes, strict=True):
            _panel(axes, results, theme)
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
        foot(figure, note)
    return figure


def _panel(axes: Axes, results: Results, theme: Theme) -> None:
    plain_axis(axes, grid="y")
    axes.set_title(theme.label, fontsize=12)
    for kind, world in (("opened", theme.opened), ("default", BASELINE), ("closed", theme.closed)):
        found = lifeline(results.of(world.name), results.study.seed)
        label = f"{world.title} ({counted(found.pilots, 'pilot', digits=True)})"
        survival_line(axes, found, label, STYLES[kind])
    axes.set_xlabel("Years since the pilot started")
    axes.legend(loc="upper right")


def fate_bars(results: Results, themes: Sequence[Theme]) -> Figure:
    """Return what became of pilots by the horizon: a stacked bar for each world.

    The whisker is the 95 % interval of the share that ever became structural, from drawing whole worlds
    again.

    Args:
        results: All runs, with their pilots; holds the worlds of the themes and the default.
        themes: Themes, from top to bottom, below the default world.
    """
    worlds = [BASELINE, *(world for theme in themes for world in theme.worlds)]
    places = _rows(len(themes))
    note = study_note(results)
    bottom = 0.6 + foot_height(note)
    with styled():
        figure = new_figure(11, 0.46 * (places[-1] + 1) + 1.4 + bottom)
        axes = figure.subplots()
        place(figure, left=2.75, right=1.35, top=1.4, bottom=bottom)
        plain_axis(axes)
        for row, world in zip(places, worlds, strict=True):
            found = fates(results.of(world.name), results.study.seed)
            fate_bar(axes, row, found)
            axes.text(102, row, f"{found.pilots_per_world:.0f}", va="center", fontsize=9.5, clip_on=False)
        axes.set_yticks(places, [world.title[:1].upper() + world.title[1:] for world in worlds])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(places[-1] + 0.6, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Pilots, %")
        _keys(axes)
        head(
            figure,
            "What became of the pilots by the end of the simulated time",
            "All pilots of all worlds of a setting. Whiskers: 95 % interval of the share that ever became"
            " structural,\nfrom drawing whole worlds again.",
        )
        foot(figure, note)
    return figure


def _rows(themes: int) -> list[float]:
    """Return the heights of bars: the default, and two for each theme after a gap."""
    return [0.0, *(1.5 + 2.5 * theme + setting for theme in range(themes) for setting in range(2))]


def _keys(axes: Axes) -> None:
    """Name the parts of the bars above them, and the numbers beside them."""
    handles, names = fate_key(axes)
    axes.legend(
        handles,
        names,
        loc="lower left",
        bbox_to_anchor=(-0.36, 1.0),
        ncols=len(names),
        handlelength=1.8,
        columnspacing=1.2,
    )
    axes.text(
        1.02, 1.02, "Pilots\nper world", transform=axes.transAxes, va="bottom", fontsize=9.5, clip_on=False
    )
