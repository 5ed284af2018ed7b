"""Marks of a map of regions: discs on a ring with their services, roads, and initiatives under way."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.initiative import State
from cocreate.model.model import CoCreationModel
from cocreate.viz.links import once
from cocreate.viz.places import ring_of_regions
from cocreate.viz.texts import Texts
from cocreate.viz.theme import BLACK, BLUE, GREEN, GREY, ORANGE, PALE, PURPLE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

LIVING = {"table": ("D", PURPLE), "pilot": ("h", ORANGE)}
"""Marker and colour of living initiatives: before and during their pilot."""

BEFORE_PILOT = (State.PROPOSED, State.RECRUITING, State.COCREATING, State.DECIDED, State.NO_AGREEMENT)

OUTSIDE = 0.29
"""How far living initiatives stand from the middle of their region, in radii of the ring."""

APART = 0.1
"""Angle between two of them, in radians of the ring, where there is room."""


def draw_regions(axes: Axes, model: CoCreationModel) -> None:
    """Draw all regions on a ring with the roads between them, their services and their living initiatives."""
    world = model.world
    count = len(world.regions)
    x, y = ring_of_regions(count)
    start = np.repeat(np.arange(count), np.diff(world.road_start))
    one, other = once(start, world.roads)
    lines = [broken(place[one], place[other]) for place in (x, y)]
    axes.plot(*lines, color=GREY, linewidth=0.8, alpha=0.7, gid="roads", zorder=1)
    size = disc_size(count)
    for region, (services, holds) in enumerate(world.regions[["structural", "adopted"]].tolist()):
        draw_region(axes, (x[region], y[region]), int(services), size, holds=bool(holds))
    _draw_living(axes, model, size)


def disc_size(regions: int, most: float = 26.0) -> float:
    """Return the diameter of a region's disc in points, smaller where there are many."""
    return float(np.clip(10 * most / max(regions, 10), 5.0, most))


def draw_region(axes: Axes, at: tuple[float, float], services: int, size: float, *, holds: bool) -> None:
    """Draw a region as a disc with its number of services, and a ring where the council holds the principles.

    Args:
        axes: Where.
        at: Middle of the disc.
        services: Regular services, written in the disc.
        size: Diameter in points.
        holds: Whether its council holds the principles.
    """
    if holds:
        axes.plot(
            *at, "o", color="white", markersize=size * 1.36, markeredgecolor=GREEN, markeredgewidth=2,
            gid="holds", zorder=2,
        )  # fmt: skip
    fill = BLUE if services else PALE
    axes.plot(
        *at,
        "o",
        color=fill,
        markersize=size,
        markeredgecolor=BLACK,
        markeredgewidth=0.9,
        gid="region",
        zorder=3,
    )
    axes.text(
        *at, str(services), ha="center", va="center_baseline", color="white" if services else "black",
        weight="bold", fontsize=max(4.5, size * 0.48), zorder=4,
    )  # fmt: skip


def _draw_living(axes: Axes, model: CoCreationModel, size: float) -> None:
    """Draw living initiatives outside the ring, beside their region; pilots first."""
    rows = model.initiative_rows
    states = np.array([int(state) for state in BEFORE_PILOT])
    regions = len(model.world.regions)
    for region in range(regions):
        mine = rows[rows["region"] == region]
        counts = {
            "pilot": int((mine["state"] == int(State.PILOTING)).sum()),
            "table": int(np.isin(mine["state"], states).sum()),
        }
        kinds = [kind for kind, count in counts.items() for _ in range(count)]
        step = min(APART, 1.6 * np.pi / (regions * max(1, len(kinds))))
        middle = 2.0 * np.pi * region / regions
        away = 1.0 + OUTSIDE if regions > 1 else 2 * OUTSIDE
        for place, kind in enumerate(kinds):
            angle = middle + step * (place - (len(kinds) - 1) / 2)
            marker, colour = LIVING[kind]
            axes.plot(
                away * np.sin(angle), away * np.cos(angle), marker, color=colour, gid=kind, zorder=4,
                markersize=max(3.0, size * 0.3), markeredgecolor=BLACK, markeredgewidth=0.5,
            )  # fmt: skip


def broken(start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return coordinates of many lines as those of one line with gaps."""
    return np.column_stack([start, end, np.full(len(start), np.nan)]).ravel()


def map_key(texts: Texts) -> list[Line2D]:
    """Return a mark with its name for all that the map shows."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy

    mark = partial(Line2D, [], [], linestyle="none", markeredgecolor=BLACK)
    living = [
        mark(marker=marker, color=colour, markeredgewidth=0.5, label=texts(f"network.{kind}"))
        for kind, (marker, colour) in LIVING.items()
    ]
    holds = mark(marker="o", color="white", markersize=9, label=texts("network.council_holds"))
    holds.set(markeredgecolor=GREEN, markeredgewidth=2)
    return [
        mark(marker="o", color=BLUE, markersize=9, label=texts("network.region")),
        holds,
        *living,
        Line2D([], [], color=GREY, linewidth=1.4, label=texts("network.road")),
    ]
