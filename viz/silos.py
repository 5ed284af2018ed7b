"""The figure of silos: to which sectors the ties of professionals go, world by world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.person import PROFESSIONAL
from cocreate.model.model import CoCreationModel
from cocreate.model.networks import Layer
from cocreate.viz.heat import heat_map
from cocreate.viz.links import LEAST, bond_ends, standing_ends
from cocreate.viz.places import sectors_of
from cocreate.viz.run_notes import model_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import BLACK, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage

NAMED = 4
"""Sectors that have a name of their own in the texts; the others have numbers."""


def tie_counts(model: CoCreationModel) -> NDArray[np.int64]:
    """Return the ends of professionals' ties: from the row's sector to the column's.

    Standing ties between colleagues count, and bonds made at tables between professionals.

    Returns:
        Shape (sectors, sectors).
    """
    world = model.world
    standing, bonds = standing_ends(world, Layer.COLLEAGUES), bond_ends(world, LEAST)
    one, other = (np.concatenate(ends) for ends in zip(standing, bonds, strict=True))
    both = (world.people["role"][one] == PROFESSIONAL) & (world.people["role"][other] == PROFESSIONAL)
    sector, sectors = sectors_of(world), model.parameters.sectors
    counts = np.zeros((sectors, sectors), np.int64)
    np.add.at(counts, (sector[one[both]], sector[other[both]]), 1)
    return counts


def silos(
    models: Mapping[str, CoCreationModel], *, projector: bool = False, texts: Texts = ENGLISH
) -> Figure:
    """Return a heat map for each world: where the ties of a sector's professionals go, in per cent.

    Args:
        models: Models by what their world is called, one or more, such as one with open and one with closed
            silos; with equal numbers of sectors. The footer is that of each.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.
    """
    counts = {name: tie_counts(model) for name, model in models.items()}
    sectors = len(next(iter(counts.values())))
    written = (
        _title(counts, texts),
        texts("silos.how", blind=texts.percent(1 - 1 / sectors)),
        "\n".join(dict.fromkeys(_notes(models, texts))),
    )
    with styled(size_of(projector=projector)):
        page = sheet(written, 2.6 + 3.6 * len(models), 4.4, projector=projector)
        panels = page.figure.subplots(
            1, len(models) + 1, width_ratios=[*[1] * len(models), 0.05], squeeze=False
        )[0]
        page.place(left=1.35, right=0.7, top=0.5, bottom=0.65)
        page.figure.subplots_adjust(wspace=0.1)
        images = [
            _panel(axes, name, found, page, texts)
            for axes, (name, found) in zip(panels, counts.items(), strict=False)
        ]
        named = [sector_text(number, texts) for number in range(sectors)]
        panels[0].set_yticks(range(sectors), named)
        panels[0].set_ylabel(texts("silos.from"))
        page.figure.colorbar(images[-1], cax=panels[-1], label=texts("silos.scale"))
    return page.figure


def sector_text(number: int, texts: Texts) -> str:
    """Return what a sector is called."""
    return texts(f"sector.{number}") if number < NAMED else texts("silos.sector", number=number + 1)


def _notes(models: Mapping[str, CoCreationModel], texts: Texts) -> list[str]:
    """Return the lines of the footers, settings first, each under the name of its world."""
    parts = [(name, model_note(model, texts).split("\n")) for name, model in models.items()]
    settings = [f"{name}: {line}" for name, lines in parts for line in lines[:-2]]
    return [*settings, *(line for _, lines in parts for line in lines[-2:-1]), parts[0][1][-1]]


def _leaving(counts: NDArray[np.int64]) -> float:
    """Return the share of ties that leave their sector, NaN where there are none."""
    total = int(counts.sum())
    return 1.0 - float(np.trace(counts)) / total if total else float("nan")


def _title(counts: Mapping[str, NDArray[np.int64]], texts: Texts) -> str:
    shares = {name: _leaving(found) for name, found in counts.items()}
    known = {name: share for name, share in shares.items() if not np.isnan(share)}
    if not known:
        return texts("silos.no_title")
    if len(known) == 1:
        ((world, share),) = known.items()
        return texts("silos.title", share=texts.percent(share), world=world)
    low, high = min(known.values()), max(known.values())
    return texts("silos.title_two", low=texts.percent(low), high=texts.percent(high))


def _panel(axes: Axes, name: str, counts: NDArray[np.int64], page: Sheet, texts: Texts) -> AxesImage:
    rows = counts.sum(axis=1, keepdims=True)
    shares = np.where(rows > 0, 100 * counts / np.maximum(1, rows), np.nan)
    words = [[texts.number(value) for value in row] for row in shares]
    image = heat_map(axes, shares, words, 100, page.points(10))
    for place in range(len(counts)):
        frame = [place - 0.5, place + 0.5]
        axes.fill_between(
            frame, place - 0.5, place + 0.5, facecolor="none", edgecolor=BLACK, linewidth=1.8, clip_on=False
        )
    index = 2.0 * _leaving(counts) - 1.0
    title = texts("silos.panel", world=name[:1].upper() + name[1:], index=texts.number(index, 2))
    axes.set_title(title, fontsize=page.points(10.5))
    named = [sector_text(number, texts) for number in range(len(counts))]
    axes.set_xticks(
        range(len(counts)), [text.replace(" ", "\n") for text in named], fontsize=page.points(8.5)
    )
    axes.set_yticks([])
    axes.set_xlabel(texts("silos.to"))
    return image
