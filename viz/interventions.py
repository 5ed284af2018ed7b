"""Figures of interventions: when levers change in each world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cocreate.viz.grid import LABEL, WIDTH, two_lines
from cocreate.viz.theme import BLUE, GREY, new_figure, place, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROW = 0.5
"""Height of a row, in inches."""

YEAR = 12


def interventions(changes: Mapping[str, Sequence[int]], horizon: int) -> Figure:
    """Return a line for each world with a numbered mark at each month in which levers change.

    Args:
        changes: Months of change by title of the world, one or more worlds; numbers count on from world to
            world, equal months within a world share theirs.
        horizon: Months simulated.
    """
    with styled():
        figure = new_figure(WIDTH, ROW * len(changes) + 0.75)
        axes = figure.subplots()
        place(figure, left=LABEL, right=0.3, top=0.15, bottom=0.55)
        plain_axis(axes)
        for row, numbered in enumerate(numbered_months(changes).values()):
            axes.plot([0, horizon / YEAR], [row, row], color=GREY, linewidth=1.5)
            for month, number in numbered.items():
                axes.plot([month / YEAR], [row], "o", color=BLUE, markersize=15)
                axes.text(
                    month / YEAR, row, str(number), color="white", weight="bold", fontsize=9,
                    ha="center", va="center_baseline",
                )  # fmt: skip
        axes.set_yticks(range(len(changes)), [two_lines(title) for title in changes])
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(changes) - 0.5, -0.5)
        axes.set_xlim(0, horizon / YEAR)
        axes.set_xlabel("Years from the start")
    return figure


def numbered_months(changes: Mapping[str, Sequence[int]]) -> dict[str, dict[int, int]]:
    """Return the number of each month of change by world.

    >>> numbered_months({"cut": [12, 24, 12], "late cut": [60]})
    {'cut': {12: 1, 24: 2}, 'late cut': {60: 3}}
    """
    numbers: dict[str, dict[int, int]] = {}
    count = 0
    for title, months in changes.items():
        numbers[title] = {}
        for month in sorted(set(months)):
            count += 1
            numbers[title][month] = count
    return numbers
