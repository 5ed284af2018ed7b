"""Figures of lifelines: how long services go on, and what became of pilots, theme by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cocreate.experiments.analysis.lifelines import Fates, Lifeline, fates, lifeline
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import BASELINE, Theme
from cocreate.experiments.words import counted
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.survival import FEWEST_AT_RISK, YEAR, LineStyle, fate_bar, fate_key, survival_line
from cocreate.viz.theme import CLOSED, DEFAULT, MARKERS, OPENED, plain_axis, study_note, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLES = {
    "opened": LineStyle(OPENED, "-", MARKERS["opened"]),
    "default": LineStyle(DEFAULT, ":", MARKERS["default"]),
    "closed": LineStyle(CLOSED, "--", MARKERS["closed"]),
}
"""How the lines of a theme look."""

AFTER = 5
"""Years after which the title says how many services still go on."""


def lifelines(results: Results, themes: Sequence[Theme], *, projector: bool = False) -> Figure:
    """Return the share of services still going by months since their pilot started.

    One panel for each theme, with the default world in each; bands are 95 % intervals from drawing whole
    worlds again. A line stops where fewer than
    :data:`~cocreate.viz.survival.FEWEST_AT_RISK` services are observed.

    Args:
        results: All runs, with their pilots; holds the worlds of the themes and the default.
        themes: Themes, from left to right.
        projector: Whether to draw a slide with large letters.
    """
    worlds = [BASELINE, *(world for theme in themes for world in theme.worlds)]
    found = {world.name: lifeline(results.of(world.name), results.study.seed) for world in worlds}
    written = (
        lifelines_title({world.title: found[world.name] for world in worlds}),
        "Share of services still going as a pilot or a structural service (Kaplan-Meier estimate). Bands:"
        " 95 % intervals, from drawing whole worlds again. A line stops where fewer than"
        f" {FEWEST_AT_RISK} services are observed for that long.",
        study_note(results),
    )
    with styled(size_of(projector=projector)):
        page = sheet(written, 13, 4.3, projector=projector)
        figure = page.figure
        panels = figure.subplots(1, len(themes), squeeze=False, sharey=True, sharex=True)[0]
        page.place(left=0.8, right=0.25, top=0.45, bottom=0.6)
        for axes, theme in zip(panels, themes, strict=True):
            _panel(axes, found, theme, page)
        panels[0].set_ylabel("Services still going, %")
        panels[0].set_ylim(0, 100)
        panels[0].set_xlim(0, None)
    return figure


def lifelines_title(found: Mapping[str, Lifeline]) -> str:
    """Return in a sentence where most and fewest services still go on, given lines by titles of worlds."""
    shares = {world: _still_going(line) for world, line in found.items()}
    known = {world: share for world, share in shares.items() if not np.isnan(share)}
    if not known:
        return f"Too few services are observed for {AFTER} years to compare how long they go on"
    most, fewest = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    if most == fewest:
        return f"After {AFTER} years, {100 * known[most]:.0f} % of services still go on ({most})"
    return (
        f"After {AFTER} years, {100 * known[most]:.0f} % of services still go on with {most},"
        f" {100 * known[fewest]:.0f} % with {fewest}"
    )


def _still_going(line: Lifeline) -> float:
    """Return the share still going after :data:`AFTER` years, NaN where too few are observed for so long."""
    month = AFTER * YEAR - 1
    seen = month < len(line.alive) and line.at_risk[month] >= FEWEST_AT_RISK
    return float(line.alive[month]) if seen else float("nan")


def _panel(axes: Axes, found: Mapping[str, Lifeline], theme: Theme, page: Sheet) -> None:
    plain_axis(axes, grid="y")
    axes.set_title(theme.label, fontsize=page.points(12))
    for kind, world in (("opened", theme.opened), ("default", BASELINE), ("closed", theme.closed)):
        label = f"{world.title} ({counted(found[world.name].pilots, 'pilot', digits=True)})"
        survival_line(axes, found[world.name], label, STYLES[kind])
    axes.set_xlabel("Years since the pilot started")
    axes.legend(loc="upper right", fontsize=page.points(8.5))


def fate_bars(results: Results, themes: Sequence[Theme], *, projector: bool = False) -> Figure:
    """Return what became of pilots by the horizon: a stacked bar for each world.

    The whisker is the 95 % interval of the share that ever became structural, from drawing whole worlds
    again.

    Args:
        results: All runs, with their pilots; holds the worlds of the themes and the default.
        themes: Themes, from top to bottom, below the default world.
        projector: Whether to draw a slide with large letters.
    """
    worlds = [BASELINE, *(world for theme in themes for world in theme.worlds)]
    places = _rows(len(themes))
    shares = {world.name: fates(results.of(world.name), results.study.seed) for world in worlds}
    written = (
        fates_title({world.title: shares[world.name] for world in worlds}),
        "All pilots of all worlds of a setting. Whiskers: 95 % interval of the share that ever became"
        " structural, from drawing whole worlds again.",
        study_note(results),
    )
    with styled(size_of(projector=projector)):
        page = sheet(written, 11, 0.46 * (places[-1] + 1) + 1.1, projector=projector)
        axes = page.figure.subplots()
        page.place(left=1.85, right=0.9, top=0.5, bottom=0.6)
        plain_axis(axes)
        for row, (name, found) in zip(places, shares.items(), strict=True):
            fate_bar(axes, row, found, page.points(9.5))
            axes.text(102, row, f"{found.pilots_per_world:.0f}", va="center", fontsize=page.points(9.5))
            axes.texts[-1].set_gid(f"pilots:{name}")
        axes.set_yticks(places, [world.title[:1].upper() + world.title[1:] for world in worlds])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(places[-1] + 0.6, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Pilots, %")
        _keys(axes, page)
    return page.figure


def fates_title(found: Mapping[str, Fates]) -> str:
    """Return in a sentence where most and fewest pilots became structural, given fates by titles."""
    ever = {
        world: one.shares["structural"] + one.shares["structural_ended"]
        for world, one in found.items()
        if one.pilots_per_world > 0
    }
    if not ever:
        return "No pilot was started in these worlds"
    most, fewest = max(ever, key=ever.__getitem__), min(ever, key=ever.__getitem__)
    return (
        f"With {most}, {100 * ever[most]:.0f} % of the pilots ever became structural services; with"
        f" {fewest}, {100 * ever[fewest]:.0f} %"
    )


def _rows(themes: int) -> list[float]:
    """Return the heights of bars: the default, and two for each theme after a gap."""
    return [0.0, *(1.5 + 2.5 * theme + setting for theme in range(themes) for setting in range(2))]


def _keys(axes: Axes, page: Sheet) -> None:
    """Name the parts of the bars above them, and the numbers beside them."""
    handles, names = fate_key(axes)
    axes.legend(
        handles, names, loc="lower left", bbox_to_anchor=(-0.2, 1.0), ncols=len(names), handlelength=1.6,
        columnspacing=0.9, handletextpad=0.5, fontsize=page.points(8.2),
    )  # fmt: skip
    axes.text(
        1.02, 1.02, "Pilots\nper world", transform=axes.transAxes, va="bottom", fontsize=page.points(8.5)
    )
