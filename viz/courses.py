"""Figures of courses: how outcomes move from month to month in each world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

from cocreate.experiments.conclusions.courses import Course
from cocreate.experiments.conclusions.outcome_words import factor_of, outcome_named, unit_of_level
from cocreate.viz.durations import LINES
from cocreate.viz.grid import WIDTH, two_lines
from cocreate.viz.theme import new_figure, place, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHT, BETWEEN, KEY, LINE = 1.75, 0.55, 0.24, 0.17
"""Height of a panel, between two of them, of a row of the key, and of a second line in it, in inches."""

LETTERS = 44
"""Letters of a line of a world's name."""

IN_A_ROW = 2
"""Worlds in a row of the key."""

YEAR = 12


def courses(
    found: Sequence[Course], titles: Mapping[str, str], changes: Mapping[str, Sequence[int]]
) -> Figure:
    """Return a panel for each outcome with a line for each world over the years, and the band of its runs.

    Args:
        found: Courses, one or more.
        titles: Names of worlds in text by their name.
        changes: Months in which levers change by name of the world; each is a thin line in the colour and the
            dashes of its world.
    """
    outcomes = list(dict.fromkeys(one.outcome for one in found))
    worlds = list(dict.fromkeys(one.world for one in found))
    looks = dict(zip(worlds, cycle(LINES), strict=False))
    labels = [two_lines(titles.get(world, world), LETTERS) for world in worlds]
    top = 0.4 + _key_height(labels)
    with styled():
        figure = new_figure(WIDTH, len(outcomes) * (HEIGHT + BETWEEN) - BETWEEN + top + 0.6)
        panels = figure.subplots(len(outcomes), 1, squeeze=False, sharex=True)[:, 0]
        place(figure, left=0.85, right=0.25, top=top, bottom=0.6)
        figure.subplots_adjust(hspace=BETWEEN / HEIGHT)
        for outcome, axes in zip(outcomes, panels, strict=True):
            _head(axes, outcome)
        for one in found:
            label = labels[worlds.index(one.world)]
            _line(panels[outcomes.index(one.outcome)], one, label, looks[one.world])
        for axes in panels:
            for world in worlds:
                for month in changes.get(world, ()):
                    colour, dash, _ = looks[world]
                    axes.axvline(month / YEAR, color=colour, linestyle=dash, linewidth=0.9)
            axes.set_xlim(0, max(len(one.median) for one in found) / YEAR)
        panels[-1].set_xlabel("Years from the start")
        handles, named = panels[0].get_legend_handles_labels()
        figure.legend(handles, named, loc="upper left", ncols=IN_A_ROW, handlelength=3.2)
    return figure


def _key_height(labels: Sequence[str]) -> float:
    """Return the height of the key in inches; a key fills one column after the other."""
    rows = -(-len(labels) // IN_A_ROW)
    columns = [labels[start : start + rows] for start in range(0, len(labels), rows)]
    return max(sum(KEY + LINE * one.count("\n") for one in column) for column in columns)


def _head(axes: Axes, outcome: str) -> None:
    declared = outcome_named(outcome)
    plain_axis(axes, grid="y")
    axes.set_title(two_lines(declared.meaning, 90), fontsize=9.5)
    unit = unit_of_level(declared.unit)
    axes.set_ylabel(unit[:1].upper() + unit[1:])


def _line(axes: Axes, one: Course, label: str, look: tuple[str, object, str]) -> None:
    colour, dash, _ = look
    scale = factor_of(outcome_named(one.outcome).unit)
    years = (np.arange(len(one.median)) + 1) / YEAR
    axes.fill_between(years, one.low * scale, one.high * scale, color=colour, alpha=0.13, linewidth=0)
    axes.plot(
        years, one.median * scale, color=colour, linestyle=dash, linewidth=2, label=label,
        gid=f"{one.world}:{one.outcome}",
    )  # fmt: skip
