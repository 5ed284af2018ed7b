"""Figures of durations for reports: how long services go on, and what became of pilots."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.lifelines import Fates, Lifeline
from cocreate.experiments.words import counted
from cocreate.viz.grid import LABEL, WIDTH, two_lines
from cocreate.viz.survival import YEAR, LineStyle, fate_bar, fate_key, survival_line
from cocreate.viz.theme import (
    BLACK,
    BLUE,
    GREEN,
    ORANGE,
    PURPLE,
    VERMILION,
    new_figure,
    place,
    plain_axis,
    styled,
)

if TYPE_CHECKING:
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
        for number, ((name, one), look) in enumerate(zip(found.items(), cycle(LINES), strict=False)):
            style = LineStyle(*look, first_mark=YEAR // 2 + 4 * number)
            title = two_lines(titles.get(name, name), 40)
            survival_line(axes, one, f"{title} ({counted(one.pilots, 'pilot', digits=True)})", style)
        axes.set_ylim(0, 100)
        axes.set_xlim(0, None)
        axes.set_xlabel("Years since the pilot began")
        axes.set_ylabel("Services still going, %")
        axes.legend(loc="upper right", handlelength=3.2)
    return figure


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
            fate_bar(axes, row, one)
        axes.set_yticks(range(len(found)), [two_lines(titles.get(name, name)) for name in found])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(found) - 0.4, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xlabel("Pilots, %")
        handles, labels = fate_key(axes)
        axes.legend(
            handles, labels, loc="lower center", bbox_to_anchor=(0.36, 1.0), ncols=3, handlelength=1.8
        )
    return figure
