"""Rows, points and bands of a drawn figure: the label of a mark, and the ends of its interval."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from tests.viz.pictures import named

NEAR = 0.45
"""How far a mark may stand from the tick of its row, in rows."""


@dataclass(frozen=True)
class Marked:
    """A mark with an interval, as a reader takes it from a figure.

    Attributes:
        label: What is written at the tick next to it, in one line; empty where there is none.
        title: What is written above its panel.
        value: Where it stands on the scale.
        ends: Where its interval begins and ends; None where none is drawn.
    """

    label: str
    title: str
    value: float
    ends: tuple[float, float] | None


def line_of(figure: Figure, name: str) -> Line2D:
    """Return the only mark of a name."""
    found = named(figure, name)
    assert len(found) == 1, f"{len(found)} marks are called {name}"
    line = found[0]
    assert isinstance(line, Line2D)
    return line


def marked(figure: Figure, name: str, *, upright: bool = False) -> Marked:
    """Return what a reader sees of a mark: its label, its value and its interval.

    Args:
        figure: The figure.
        name: Name (gid) of the mark.
        upright: Whether the scale goes upwards and labels stand below, and not to the left.
    """
    (value,), (place,) = _along_and_across(line_of(figure, name), upright=upright)
    return _at(_axes_of(figure, name), value, place, upright=upright)


def points_of(figure: Figure, name: str) -> list[Marked]:
    """Return what a reader sees of each point of a line, from left to right."""
    values, places = _along_and_across(line_of(figure, name), upright=True)
    axes = _axes_of(figure, name)
    return [_at(axes, value, place, upright=True) for value, place in zip(values, places, strict=True)]


def band_at(axes: Axes, number: int, x: float) -> tuple[float, float]:
    """Return how low and how high a band reaches at a place.

    Args:
        axes: The panel.
        number: Which band, in the order of drawing.
        x: The place.
    """
    bands = [one for one in axes.collections if isinstance(one, PolyCollection)]
    corners = np.asarray(bands[number].get_paths()[0].vertices)
    heights = corners[np.isclose(corners[:, 0], x), 1]
    return float(heights.min()), float(heights.max())


def _axes_of(figure: Figure, name: str) -> Axes:
    axes = line_of(figure, name).axes
    assert isinstance(axes, Axes)
    return axes


def _at(axes: Axes, value: float, place: float, *, upright: bool) -> Marked:
    title = axes.get_title() or axes.get_title(loc="left")
    return Marked(
        _label_at(axes, place, upright=upright), title, value, _ends_at(axes, place, upright=upright)
    )


def _label_at(axes: Axes, place: float, *, upright: bool) -> str:
    axis = axes.xaxis if upright else axes.yaxis
    spots = axis.get_ticklocs()  # panels side by side share labels, which only the first one shows
    labels = axis.get_major_formatter().format_ticks(list(spots))
    near = {abs(spot - place): text for spot, text in zip(spots, labels, strict=True)}
    return " ".join(near[min(near)].split()) if near and min(near) < NEAR else ""


def _ends_at(axes: Axes, place: float, *, upright: bool) -> tuple[float, float] | None:
    found = []
    for line in axes.lines:
        along, across = _along_and_across(line, upright=upright)
        drawn_on_scale = line.get_transform() == axes.transData
        if drawn_on_scale and len(along) == 2 and across == [place, place] and line.get_linestyle() == "-":
            found.append((along[0], along[1]))
    assert len(found) <= 1, f"{len(found)} intervals stand at {place}"
    return found[0] if found else None


def _along_and_across(line: Line2D, *, upright: bool) -> tuple[list[float], list[float]]:
    x, y = ([float(one) for one in np.ravel(np.asarray(data, float))] for data in line.get_data())
    return (y, x) if upright else (x, y)
