"""Figures of silos, continuity and power together: the surface of scaling, and the share of each."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.interaction import SCALE
from cocreate.experiments.hypotheses.opening import LEVELS, STEPS, grid_name
from cocreate.experiments.themes import THEMES
from cocreate.viz.heat import heat_map
from cocreate.viz.hypotheses import axis_label, provenance_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.theme import BLUE, GREY, PALE, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.image import AxesImage


def surface(finding: Finding) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the means of all worlds, and half the width of their intervals.

    Returns:
        Two arrays of shape (levels, levels, levels): silos, continuity, power, each from closed to open.
    """
    means = {one.world: one for one in finding.worlds if one.outcome == SCALE}
    shape = (STEPS,) * len(THEMES)
    found = [means[grid_name(steps)] for steps in np.ndindex(*shape)]
    middle = np.array([one.mean for one in found]).reshape(shape)
    half = np.array([(one.high - one.low) / 2 for one in found]).reshape(shape)
    return middle, half


def surface_figure(finding: Finding, *, projector: bool = False) -> Figure:
    """Return heat maps of scaling: silos by continuity, a panel for each level of power.

    Args:
        finding: What the experiment on the interaction found.
        projector: Whether to draw a slide with large letters.
    """
    middle, half = surface(finding)
    written = (surface_title(middle), _explanation(), provenance_note(finding))
    with styled(size_of(projector=projector)):
        page = sheet(written, 13, 4.2, projector=projector)
        panels = page.figure.subplots(1, STEPS + 1, width_ratios=[1] * STEPS + [0.06])
        page.place(left=0.95, right=0.75, top=0.4, bottom=0.6)
        top = float(np.nanmax(middle))
        images = [_heat(panels[k], middle[:, :, k], half[:, :, k], top, page) for k in range(STEPS)]
        for step in range(STEPS):
            panels[step].set_title(f"Power: {LEVELS[step]}")
            panels[step].set_yticks(range(STEPS), LEVELS if step == 0 else [])
        panels[0].set_ylabel("Silos")
        page.figure.colorbar(images[-1], cax=panels[STEPS], label=axis_label(SCALE))
    return page.figure


def surface_title(middle: NDArray[np.float64]) -> str:
    """Return what the surface shows in a sentence, from its corners alone."""
    lowest, highest = middle[0, 0, 0], middle[-1, -1, -1]
    alone = max(middle[-1, 0, 0], middle[0, -1, 0], middle[0, 0, -1])
    return (
        f"From {lowest:.1f} services in a region with all closed to {highest:.1f} with all open;"
        f" opening one alone brings at most {alone:.1f}"
    )


def _explanation() -> str:
    return (
        "Each cell: mean number of regular services in a region at the end of the run, with half the width of"
        " its 95 % interval below.\nLevers of a theme move together in equal steps from closed to open."
    )


def _heat(
    axes: Axes, middle: NDArray[np.float64], half: NDArray[np.float64], top: float, page: Sheet
) -> AxesImage:
    image = heat_map(axes, middle, _cells(middle, half), top, page.points(9))
    axes.invert_yaxis()
    axes.set_xticks(range(STEPS), LEVELS)
    axes.set_xlabel("Continuity")
    return image


def _cells(middle: NDArray[np.float64], half: NDArray[np.float64]) -> list[list[str]]:
    """Return the text of each cell; a single run has no interval."""
    return [
        [
            f"{mean:.1f}" if np.isnan(reach) else f"{mean:.1f}\n±{reach:.1f}"
            for mean, reach in zip(*row, strict=True)
        ]
        for row in zip(middle, half, strict=True)
    ]


def shares_figure(finding: Finding, *, projector: bool = False) -> Figure:
    """Return a waterfall from all closed to all open, with the Shapley share of each theme.

    Args:
        finding: What the experiment on the interaction found.
        projector: Whether to draw a slide with large letters.
    """
    middle, _ = surface(finding)
    shares = [one.effect for one in finding.claims[1:]]
    heights = np.cumsum([float(middle[0, 0, 0]), *(one.mean for one in shares)])
    title = shares_title([one.mean for one in shares])
    written = (title, _shares_note(heights[-1] - heights[0]), provenance_note(finding))
    with styled(size_of(projector=projector)):
        page = sheet(written, 9.5, 4.3, projector=projector)
        axes = page.figure.subplots()
        page.place(left=0.8, right=0.3, top=0.25, bottom=0.45)
        plain_axis(axes, grid="y")
        axes.bar([0, len(shares) + 1], [heights[0], heights[-1]], color=PALE, edgecolor=GREY, width=0.6)
        for spot, (one, start) in enumerate(zip(shares, heights, strict=False), 1):
            axes.bar(spot, one.mean, bottom=start, color=BLUE, width=0.6, gid=f"share:{spot}")
            ends = [start + one.low, start + one.high]
            axes.plot([spot, spot], ends, color="black", linewidth=1.6)
            size = page.points(10)
            axes.text(spot + 0.33, start + one.mean / 2, f"{one.mean:+.1f}", va="center", fontsize=size)
        for spot, (height, _) in enumerate(pairwise([*heights, heights[-1]])):
            axes.plot([spot + 0.3, spot + 0.7], [height, height], color=GREY, linewidth=1)
        names = ["all closed", *(theme.opened.label for theme in THEMES), "all open"]
        axes.set_xticks(range(len(names)), names)
        axes.set_ylabel(axis_label(SCALE))
        axes.margins(y=0.12)
    return page.figure


def shares_title(shares: list[float]) -> str:
    """Return which theme has the largest share, in a sentence."""
    first = int(np.argmax(shares))
    total = sum(shares)
    part = f" ({100 * shares[first] / total:.0f} %)" if total > 0 else ""
    return f"{THEMES[first].label} has the largest share{part} in what opening all three brings"


def _shares_note(total: float) -> str:
    return (
        "Shapley values: the mean of what opening a theme adds, over all orders of opening. They sum to"
        f" {total:+.1f}.\nBlack lines: intervals corrected for the number of tests."
    )
