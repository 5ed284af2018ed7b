"""Figures of durations for reports: how long services go on, and what became of pilots."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

from cocreate.experiments.analysis.lifelines import FATES, Fates, Lifeline
from cocreate.viz.grid import LABEL, WIDTH, two_lines
from cocreate.viz.lifelines import FATE_STYLES, FEWEST_AT_RISK, YEAR
from cocreate.viz.theme import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    VERMILION,
    new_figure,
    place,
    plain_axis,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINES = (
    (BLACK, "-", "D"),
    (BLUE, "--", "o"),
    (VERMILION, "-.", "s"),
    (GREEN, ":", "^"),
    (PURPLE, (0, (5, 1, 1, 1, 1, 1)), "v"),
    (ORANGE, (0, (8, 3)), "P"),
)
"""Colour, dash and mark of each world's line; they begin again after the last."""

BAR = 0.6
"""Height of a bar, in rows."""

ROOM = 5.0
"""Percent of all pilots below which a part of a bar has no number."""


def durations(found: Mapping[str, Lifeline], titles: Mapping[str, str]) -> Figure:
    """Return the share of services still going by years since their pilot began, a line a world.

    Args:
        found: Lifelines by name of the world, one or more.
        titles: Names of worlds in text by their name.
    """
    with styled():
        figure = new_figure(WIDTH, 4.6)
        axes = figure.subplots()
        place(figure, left=0.75, right=0.25, top=0.25, bottom=0.6)
        plain_axis(axes, grid="y")
        for number, ((name, one), style) in enumerate(zip(found.items(), cycle(LINES), strict=False)):
            _line(axes, one, titles.get(name, name), number, style)
        axes.set_ylim(0, 100)
        axes.set_xlim(0, None)
        axes.set_xlabel("Years since the pilot began")
        axes.set_ylabel("Services still going, %")
        axes.legend(loc="upper right", handlelength=3.2)
    return figure


def _line(axes: Axes, one: Lifeline, title: str, number: int, style: tuple[object, ...]) -> None:
    colour, dash, marker = style
    shown = one.at_risk >= FEWEST_AT_RISK
    # alive[m] holds at the end of month m, so the line starts at 100 % and steps down after each month
    years = np.concatenate([[0.0], (one.months[shown] + 1) / YEAR])
    alive, low, high = (
        np.concatenate([[1.0], values[shown]]) * 100 for values in (one.alive, one.low, one.high)
    )
    axes.fill_between(years, low, high, step="post", color=colour, alpha=0.12, linewidth=0)
    axes.step(
        years,
        alive,
        where="post",
        color=colour,
        linestyle=dash,
        linewidth=1.8,
        marker=marker,
        markersize=5,
        markevery=(YEAR // 2 + 4 * number, 2 * YEAR),
        label=f"{two_lines(title, 40)} ({one.pilots:,} pilots)",
    )


def fate_bars(found: Mapping[str, Fates], titles: Mapping[str, str]) -> Figure:
    """Return what became of the pilots of each world: a stacked bar each.

    The whisker is the 95 % interval of the share that ever became structural.

    Args:
        found: Fates by name of the world, one or more.
        titles: Names of worlds in text by their name.
    """
    with styled():
        figure = new_figure(WIDTH, 0.46 * len(found) + 1.45)
        axes = figure.subplots()
        place(figure, left=LABEL, right=0.3, top=0.75, bottom=0.6)
        plain_axis(axes)
        for row, one in enumerate(found.values()):
            _bar(axes, row, one)
        axes.set_yticks(range(len(found)), [two_lines(titles.get(name, name)) for name in found])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(found) - 0.4, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Pilots, %")
        handles, labels = _key(axes)
        axes.legend(
            handles, labels, loc="lower center", bbox_to_anchor=(0.36, 1.0), ncols=3, handlelength=1.8
        )
    return figure


def _bar(axes: Axes, row: int, one: Fates) -> None:
    start = 0.0
    for name, share in one.shares.items():
        colour, hatch, ink = FATE_STYLES[name]
        width = 100 * share
        axes.barh(
            row,
            width,
            BAR,
            start,
            color=colour,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.8,
            label=FATES[name],
        )
        if width >= ROOM:
            axes.text(
                start + width / 2,
                row,
                f"{width:.0f}",
                ha="center",
                va="center",
                fontsize=9,
                color=ink,
                bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.0},
            )
        start += width
    if not np.isnan(one.low):
        ends = [100 * one.low, 100 * one.high]
        axes.plot(ends, [row - BAR / 2 - 0.08] * 2, color=GREY, linewidth=2, marker="|", markersize=6)


def _key(axes: Axes) -> tuple[list[Artist], list[str]]:
    handles, labels = axes.get_legend_handles_labels()
    first = dict(zip(reversed(labels), reversed(handles), strict=True))
    names = [label for label in FATES.values() if label in first]
    return [first[name] for name in names], names
