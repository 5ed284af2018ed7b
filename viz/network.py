"""The figure of the network: one region layer by layer, and all regions with their services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.person import CITIZEN, POLITICIAN, PROFESSIONAL
from cocreate.model.bonds import CLOSE
from cocreate.model.model import CoCreationModel, UnknownNameError
from cocreate.model.networks import Layer
from cocreate.model.world import World
from cocreate.viz.links import Ends, bond_ends, once, standing_ends
from cocreate.viz.places import people_places, sectors_of
from cocreate.viz.region_map import broken, draw_regions, map_key
from cocreate.viz.run_notes import model_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import BLACK, BLUE, GREY, VERMILION, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PEOPLE = {
    "citizen": ("o", BLUE, BLUE),
    "hard": ("o", "white", BLUE),
    "professional": ("s", VERMILION, VERMILION),
    "politician": ("^", BLACK, BLACK),
}
"""Marker, filling and edge of each kind of people."""


def ties_of(world: World, layer: Layer) -> tuple[Ends, Ends]:
    """Return the ties of a layer, each once; of bonds made at tables those that are close now."""
    return once(*(bond_ends(world, CLOSE) if layer is Layer.INITIATIVES else standing_ends(world, layer)))


def crossing(world: World, layer: Layer, one: Ends, other: Ends) -> NDArray[np.bool_]:
    """Return which ties cross the line that matters in their layer.

    Friends: between easy and hard to reach. Colleagues: between sectors. Service contacts: with a
    hard-to-reach citizen. Council: between politicians of both sides. Made at tables: between a citizen and
    an official.

    Args:
        world: The world.
        layer: The layer.
        one: One end of each tie.
        other: The other end.
    """
    people = world.people
    hard, role = people["hard_to_reach"] == 1, people["role"]
    if layer is Layer.FRIENDS:
        return np.asarray(hard[one] != hard[other])
    if layer is Layer.COLLEAGUES:
        sector = sectors_of(world)
        return np.asarray(sector[one] != sector[other])
    if layer is Layer.SERVICE:
        return np.asarray(hard[one] | hard[other])
    if layer is Layer.COUNCIL:
        both = (role[one] == POLITICIAN) & (role[other] == POLITICIAN)
        left = np.zeros(len(people), bool)
        seats = role == POLITICIAN
        left[seats] = world.politicians["party"][people["role_row"][seats]] < 0.0
        return np.asarray(both & (left[one] != left[other]))
    return np.asarray((role[one] == CITIZEN) != (role[other] == CITIZEN))


def network(
    model: CoCreationModel, region: int = 0, *, projector: bool = False, texts: Texts = ENGLISH
) -> Figure:
    """Return the ties of one region in a panel for each layer, and a map of all regions.

    A slide has colleagues and the map only.

    Args:
        model: A model, at any month.
        region: Number of the region, from 0 on.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.

    Raises:
        UnknownNameError: There is no such region.
    """
    regions = len(model.world.regions)
    if not 0 <= region < regions:
        raise UnknownNameError("region", region, (f"regions 0 to {regions - 1}",))
    layers = [Layer.COLLEAGUES] if projector else list(Layer)
    shares = {layer: _share(model.world, layer, region) for layer in (Layer.COLLEAGUES, Layer.SERVICE)}
    title = texts(
        "network.title", region=region + 1, share=texts.percent(shares[Layer.COLLEAGUES]),
        reach=texts.percent(shares[Layer.SERVICE]),
    )  # fmt: skip
    with styled(size_of(projector=projector)):
        page = sheet((title, texts("network.how"), model_note(model, texts)), 11, 8.3, projector=projector)
        panels = list(page.figure.subplots(*((1, 2) if projector else (2, 3))).flat)
        page.place(left=0.15, right=0.15, top=0.4, bottom=0.8)
        page.figure.subplots_adjust(wspace=0.05, hspace=0.12)
        for axes, layer in zip(panels, layers, strict=False):
            _layer(axes, model.world, layer, region)
            axes.set_title(_heading(model.world, layer, region, texts), fontsize=page.points(9.5))
        draw_regions(panels[-1], model)
        _bare(panels[-1], 1.42)
        panels[-1].set_title(texts("network.regions"), fontsize=page.points(9.5))
        _key(page, texts)
    return page.figure


def _heading(world: World, layer: Layer, region: int, texts: Texts) -> str:
    share, name = _share(world, layer, region), f"network.{layer.name.lower()}"
    return texts(f"{name}_none") if np.isnan(share) else texts(name, share=texts.percent(share))


def _share(world: World, layer: Layer, region: int) -> float:
    """Return the share of a region's ties that cross, NaN where it has none."""
    one, other = _here(world, layer, region)
    return float(crossing(world, layer, one, other).mean()) if len(one) else float("nan")


def _here(world: World, layer: Layer, region: int) -> tuple[Ends, Ends]:
    """Return the ties of a layer between people of one region."""
    one, other = ties_of(world, layer)
    if layer is Layer.COUNCIL:
        both = (world.people["role"][one] == POLITICIAN) & (world.people["role"][other] == POLITICIAN)
        one, other = one[both], other[both]
    inside = (world.people["region"][one] == region) & (world.people["region"][other] == region)
    return one[inside], other[inside]


def _layer(axes: Axes, world: World, layer: Layer, region: int) -> None:
    x, down = people_places(world)
    y = -down
    one, other = _here(world, layer, region)
    crosses = crossing(world, layer, one, other)
    for chosen, look in ((~crosses, (GREY, "-", 0.6, 0.5)), (crosses, (BLACK, (0, (3, 1.5)), 0.9, 0.8))):
        colour, dash, width, alpha = look
        lines = [broken(place[one[chosen]], place[other[chosen]]) for place in (x, y)]
        gid = f"{layer.name.lower()}:{'crossing' if chosen is crosses else 'inside'}"
        axes.plot(*lines, color=colour, linestyle=dash, linewidth=width, alpha=alpha, gid=gid)
    mine = world.people["region"] == region
    for kind, chosen in _kinds(world).items():
        marker, fill, edge = PEOPLE[kind]
        axes.plot(
            x[chosen & mine], y[chosen & mine], marker, color=fill, markeredgecolor=edge, markersize=4.4,
            markeredgewidth=0.9, linestyle="none", gid=kind,
        )  # fmt: skip
    _bare(axes, 1.05)


def _kinds(world: World) -> dict[str, NDArray[np.bool_]]:
    role, hard = world.people["role"], world.people["hard_to_reach"] == 1
    return {
        "citizen": (role == CITIZEN) & ~hard,
        "hard": (role == CITIZEN) & hard,
        "professional": role == PROFESSIONAL,
        "politician": role == POLITICIAN,
    }


def _key(page: Sheet, texts: Texts) -> None:
    """Name people, ties and what the map shows, below the panels."""
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy

    people = [
        Line2D(
            [],
            [],
            marker=marker,
            color=fill,
            markeredgecolor=edge,
            linestyle="none",
            label=texts(f"network.{kind}"),
        )
        for kind, (marker, fill, edge) in PEOPLE.items()
    ]
    ties = [
        Line2D([], [], color=BLACK, linestyle=(0, (3, 1.5)), label=texts("network.crossing")),
        Line2D([], [], color=GREY, linewidth=0.8, label=texts("network.inside")),
    ]
    page.figure.legend(
        handles=[*people, *ties, *map_key(texts)],
        loc="lower center",
        bbox_to_anchor=(0.5, page.bottom / float(page.figure.get_figheight())),
        ncols=4,
        fontsize=page.points(8),
        columnspacing=1.2,
        handletextpad=0.5,
    )


def _bare(axes: Axes, reach: float) -> None:
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-reach, reach)
    axes.set_aspect("equal")
    axes.set_axis_off()
