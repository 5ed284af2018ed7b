"""Slides: what twenty pairs of worlds say, as a picture for a presentation, with all that it rests on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import numpy as np
from matplotlib.ticker import MaxNLocator

import cocreate
from cocreate.viz.app.changes import APART, changed
from cocreate.viz.app.charts import (
    DRAWN_AS,
    MONTHS_A_YEAR,
    Scale,
    Side,
    lines_of,
    over_months,
    scale_of,
)
from cocreate.viz.app.ensembles import Ensembles, together
from cocreate.viz.app.language import language_of
from cocreate.viz.app.result import sides_of
from cocreate.viz.app.shares import worlds_in
from cocreate.viz.app.state import as_query
from cocreate.viz.app.verdicts import (
    OFFERED,
    axis_name,
    compared,
    left_out,
    on_chance,
    sentence,
    typical,
    values_of,
)
from cocreate.viz.app.words import Words
from cocreate.viz.saving import rendered
from cocreate.viz.sheet import AIR, EDGE, SLIDE_HEIGHT, SLIDE_WIDTH, Sheet, sheet
from cocreate.viz.theme import place, styled
from cocreate.viz.thin_lines import FIRST, SECOND, draw_pairs, draw_worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS = 144
"""Dots an inch of the PNG: 1920 by 1080."""

ROOM = 0.02
"""Room below the lowest and above the highest value, in parts of the drawing, so that no line is cut."""

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
    first, second, _ = worlds_in(query)
    *_, found = together((first, second), lambda: False)
    with _drawing, styled():
        what = changed(words, query, first, second)
        figure = drawn(words, found, outcome if outcome in OFFERED else OFFERED[0], what)
        return rendered(figure, kind, DOTS)


def drawn(words: Words, found: Ensembles, outcome: str, what: str = "") -> Figure:
    """Return the slide as a figure: the sentence on top, a thin line for each world, and the middles.

    The lines are called what the sentence calls them: before and now.

    Args:
        words: Language of the slide.
        found: Worlds of both settings.
        outcome: Name of the outcome.
        what: What was changed, in a sentence; empty for nothing.
    """
    names = (words("slide.before"), words("slide.now"))
    result = compared(found.played[0], found.played[1], outcome)
    left = left_out(words, result)
    title = sentence(words, result).removesuffix(left).rstrip()
    explained = " ".join(filter(None, (left, typical(words, result), on_chance(words, result))))
    below = "\n".join(filter(None, (what, explained, words("chart.thin"))))
    page = sheet((title, below, _caption(words, found, names)), SLIDE_WIDTH, SLIDE_HEIGHT, projector=True)
    axes = page.figure.add_subplot()
    draw = _lines if outcome in DRAWN_AS else _pairs
    scale = draw(axes, words, sides_of(found, names), outcome)
    axes.set_ylabel(axis_name(words, outcome, "\n"), size=14)
    axes.set_yticks(scale.values(), scale.texts(words, outcome))
    room = ROOM * (scale.high - scale.low)
    axes.set_ylim(scale.low - room, scale.high + room)
    axes.tick_params(labelsize=13)
    axes.grid(axis="y")
    _fill(page, axes)
    return page.figure


def _lines(axes: Axes, words: Words, sides: Sequence[Side], outcome: str) -> Scale:
    """Draw a line for each world, and return the scale that they need."""
    months, drawn = over_months([lines_of(side, outcome) for side in sides])
    years = np.array(months) / MONTHS_A_YEAR
    if months:
        looks = [LOOK[side.css] for side in sides]
        ends = [
            draw_worlds(axes, years, lines, look, side.css)
            for side, lines, look in zip(sides, drawn, looks, strict=True)
        ]
        for side, look, end in zip(sides, looks, ends, strict=True):
            upper = end > min(ends) or (min(ends) == max(ends) and side is sides[-1])
            axes.annotate(
                side.name,
                (years[-1], end),
                xytext=(10, 0),
                textcoords="offset points",
                size=14,
                weight="bold",
                color=look.colour,
                va="bottom" if upper else "top",  # above and below, so that they never cover each other
                annotation_clip=False,
            )
    axes.set_xlim(0, max([1, *years]))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(lambda year, _: words.number(year))
    axes.set_xlabel(words("chart.years"), size=14)
    return scale_of(drawn, outcome)


def _pairs(axes: Axes, words: Words, sides: Sequence[Side], outcome: str) -> Scale:
    """Draw a line for each pair of worlds, and return the scale that they need."""
    ends = np.stack([values_of(side.played, outcome) for side in sides])
    draw_pairs(axes, ends)
    axes.set_xticks([0, 1], [side.name for side in sides], size=14)
    axes.set_xlim(-0.3, 1.3)
    axes.set_xlabel(words("slide.pairs"), size=13)
    return scale_of([ends[:, ~np.isnan(ends).any(axis=0)]], outcome)


def _fill(page: Sheet, axes: Axes) -> None:
    """Let the drawing, with all that is written around it, fill the room between the texts."""
    inner, outer = axes.get_window_extent(), axes.get_tightbbox()
    assert outer is not None
    dots = page.figure.dpi
    place(
        page.figure,
        EDGE + (inner.x0 - outer.x0) / dots,
        EDGE + (outer.x1 - inner.x1) / dots,
        page.top + AIR + (outer.y1 - inner.y1) / dots,
        page.bottom + AIR + (inner.y0 - outer.y0) / dots,
    )


def _caption(words: Words, found: Ensembles, names: tuple[str, str]) -> str:
    """Return what the slide rests on: worlds, seeds, settings and version."""
    first, second = found.settings
    settings = APART.join(
        f"{name}: {as_query((one, '')).replace('&', ', ') or words('slide.usual')}"
        for name, one in zip(names, (first, second), strict=True)
    )
    return words(
        "slide.caption",
        settings=settings,
        seeds=f"{first.seed}–{first.seed + found.worlds - 1}",  # noqa: RUF001 - a range
        version=cocreate.__version__,
    )
