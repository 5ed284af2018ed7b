"""Slides: what twenty pairs of worlds say, as a picture for a presentation, with all that it rests on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import numpy as np

import cocreate
from cocreate.viz.app.charts import DRAWN_AS, MONTHS_A_YEAR, Side, lines_of
from cocreate.viz.app.ensembles import Ensembles, together
from cocreate.viz.app.language import language_of
from cocreate.viz.app.played import EVERY
from cocreate.viz.app.result import sides_of
from cocreate.viz.app.shares import worlds_in
from cocreate.viz.app.state import as_query
from cocreate.viz.app.verdicts import (
    OFFERED,
    compared,
    number_text,
    on_chance,
    sentence,
    typical,
    values_of,
)
from cocreate.viz.app.words import Words
from cocreate.viz.saving import rendered
from cocreate.viz.sheet import SLIDE_HEIGHT, SLIDE_WIDTH
from cocreate.viz.theme import GREY, new_figure, styled
from cocreate.viz.thin_lines import FIRST, SECOND, draw_pairs, draw_worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS = 144
"""Dots an inch of the PNG: 1920 by 1080."""

LOOK = {"before": FIRST, "now": SECOND}
"""How the first and the second setting look."""

_drawing = threading.Lock()  # matplotlib's settings belong to the process


def slide(query: str, kind: str) -> bytes:
    """Return a slide on the worlds that an address describes.

    Args:
        query: Query of the address: one world, to be compared with its starting world, or two.
        kind: ``"png"`` or ``"pdf"``.
    """
    entries = parse_qs(query)
    words = Words(language_of(entries.get("lang", [""])[-1]).name)
    outcome = entries.get("outcome", [""])[-1]
    first, second, both = worlds_in(query)
    keys = ("compare.first", "compare.second") if both else ("explore.before", "explore.now")
    names = (words(keys[0]), words(keys[1]))
    *_, found = together((first, second), lambda: False)
    with _drawing, styled():
        figure = drawn(words, found, names, outcome if outcome in OFFERED else OFFERED[0])
        return rendered(figure, kind, DOTS)


def drawn(words: Words, found: Ensembles, names: tuple[str, str], outcome: str) -> Figure:
    """Return the slide as a figure: the sentence on top, a thin line for each world, and the middles.

    Args:
        words: Language of the slide.
        found: Worlds of both settings.
        names: What the settings are called.
        outcome: Name of the outcome.
    """
    result = compared(found.played[0], found.played[1], outcome)
    sides = sides_of(found, names)
    figure = new_figure(SLIDE_WIDTH, SLIDE_HEIGHT)
    axes = figure.add_axes((0.08, 0.2, 0.74, 0.56))
    figure.text(0.04, 0.93, sentence(words, result), size=22, weight="bold", va="top", wrap=True)
    figure.text(0.04, 0.83, f"{typical(words, result)} {on_chance(words, result)}", size=14, va="top")
    (_lines if outcome in DRAWN_AS else _pairs)(axes, words, sides, outcome)
    axes.set_ylabel(words(f"outcome.{outcome}.label"), size=14)
    axes.yaxis.set_major_formatter(lambda value, _: number_text(words, outcome, round(value, 10)))
    axes.tick_params(labelsize=13)
    axes.grid(axis="y")
    figure.text(0.04, 0.1, words("chart.thin"), size=12, color=GREY)
    figure.text(0.04, 0.03, _caption(words, found, names), size=9.5, color=GREY, wrap=True)
    return figure


def _lines(axes: Axes, words: Words, sides: Sequence[Side], outcome: str) -> None:
    for side in sides:
        lines = lines_of(side, outcome)
        years = np.arange(1, lines.shape[1] + 1) * EVERY / MONTHS_A_YEAR
        look = LOOK[side.css]
        end = draw_worlds(axes, years, lines, look, side.css)
        axes.annotate(
            side.name,
            (years[-1], end),
            xytext=(10, 0),
            textcoords="offset points",
            size=14,
            weight="bold",
            color=look.colour,
            va="center" if side.css == "now" else "top",
            annotation_clip=False,
        )
    axes.set_xlabel(words("chart.years"), size=14)


def _pairs(axes: Axes, words: Words, sides: Sequence[Side], outcome: str) -> None:
    ends = np.stack([values_of(side.played, outcome) for side in sides])
    draw_pairs(axes, ends)
    axes.set_xticks([0, 1], [side.name for side in sides], size=14)
    axes.set_xlim(-0.3, 1.3)
    axes.set_xlabel(words("slide.pairs"), size=13)


def _caption(words: Words, found: Ensembles, names: tuple[str, str]) -> str:
    """Return what the slide rests on: worlds, seeds, settings and version."""
    first, second = found.settings
    settings = "; ".join(
        f"{name}: {as_query((one, '')).replace('&', ', ') or words('slide.usual')}"
        for name, one in zip(names, (first, second), strict=True)
    )
    return words(
        "slide.caption",
        settings=settings,
        seeds=f"{first.seed}–{first.seed + found.worlds - 1}",  # noqa: RUF001 - a range
        version=cocreate.__version__,
    )
