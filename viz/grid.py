"""Grids of panels for reports: an outcome a panel, a world a row, as wide as a page of text."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.conclusions.outcome_words import outcome_named
from cocreate.viz.theme import new_figure, place, plain_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 8.6
"""Width of figures in a report, in inches."""

BETWEEN, LABEL = 1.0, 2.15
"""Height between rows of panels, and width of the names of worlds, in inches."""

LETTERS = 24
"""Letters of a line of a world's name."""

SIDE_BY_SIDE = 2
"""Panels in a row."""


def panel_grid(
    outcomes: Sequence[str], worlds: Sequence[str], titles: Mapping[str, str], row: float
) -> tuple[Figure, dict[str, Axes]]:
    """Return a figure, and its panels by outcome; world ``i`` has its row at height ``i``.

    Args:
        outcomes: Names of outcomes, one or more.
        worlds: Names of worlds, from top to bottom, one or more.
        titles: Names of worlds in text by their name.
        row: Height of a row in inches.
    """
    columns = min(SIDE_BY_SIDE, len(outcomes))
    lines = -(-len(outcomes) // columns)
    inner = row * len(worlds)
    figure = new_figure(WIDTH, lines * inner + (lines - 1) * BETWEEN + 1.1)
    panels = figure.subplots(lines, columns, squeeze=False, sharey=True)
    place(figure, left=LABEL, right=0.2, top=0.5, bottom=0.6)
    figure.subplots_adjust(hspace=BETWEEN / inner, wspace=0.12)
    for axes in list(panels.flat)[len(outcomes) :]:
        axes.set_visible(False)
    shown = dict(zip(outcomes, panels.flat, strict=False))
    for outcome, axes in shown.items():
        plain_axis(axes)
        axes.tick_params(axis="y", length=0)
        axes.set_title(two_lines(outcome_named(outcome).meaning, 42), fontsize=9.5)
    first = panels[0][0]
    first.set_yticks(range(len(worlds)), [two_lines(titles.get(name, name)) for name in worlds])
    first.set_ylim(len(worlds) - 0.5, -0.5)
    return figure, shown


def two_lines(text: str, letters: int = LETTERS) -> str:
    r"""Return a text that begins with a capital, in at most two lines.

    >>> two_lines("open silos and a lot of channels", 20)
    'Open silos and a lot\nof channels'
    """
    return textwrap.fill(text[:1].upper() + text[1:], letters, max_lines=2, placeholder=" …")
