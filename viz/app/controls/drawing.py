"""A line that a visitor draws, by hand or with the keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import solara
from solara.components.component_vue import component_vue


@dataclass(frozen=True)
class Paper:
    """What a line is drawn on.

    Attributes:
        times: Times of the points that can be moved, at equal distances from 0; the last is the right edge.
        highest: Value of the upper edge, a whole number; the lower one is 0.
        digits: Decimals of a value: the line can be drawn through values with so many, and no others, so that
            equal numbers always stand for equal lines.
        known: A line to compare with.
        known_times: Its times.
        years: Label of each point.
        ticks: What stands under the axis: at 0, then at each point.
        labels: Texts by ``label``, ``how``, ``known``, ``yours``, ``axes`` and ``locale``.
    """

    times: Sequence[float]
    highest: float
    digits: int
    known: Sequence[float]
    known_times: Sequence[float]
    years: Sequence[str]
    ticks: Sequence[str]
    labels: Mapping[str, str]


@component_vue("drawing.vue", vuetify=False)
def _Drawing(paper: Mapping[str, Any], value: Sequence[float], event_put: Any) -> None: ...


@solara.component
def Drawing(paper: Paper, value: Sequence[float], on_draw: Callable[[tuple[float, ...]], None]) -> None:
    """Show the line.

    Args:
        paper: What it is drawn on.
        value: Its value at each time.
        on_draw: Called with the values once the visitor lets go of the line.
    """

    def put(data: Any) -> None:
        numbers = isinstance(data, list) and all(
            isinstance(one, int | float) and 0 <= one <= paper.highest for one in data
        )
        if numbers and len(data) == len(paper.times):
            on_draw(tuple(float(one) for one in data))

    _Drawing(paper=asdict(paper), value=list(value), event_put=put)
