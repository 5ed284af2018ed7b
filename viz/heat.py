"""Heat maps with a number in each cell, so that nobody has to read a colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

DARK = 0.5
"""Share of the colour scale above which text in a cell is white."""

COLOURS = "cividis_r"
"""Looks alike to people with and without colour blindness, and in grey (Nunez et al. 2018)."""


def heat_map(
    axes: Axes, values: NDArray[np.float64], words: Sequence[Sequence[str]], top: float, size: float
) -> AxesImage:
    """Draw values as colours with a text on each; cells without a value stay white.

    Args:
        axes: Where.
        values: Shape (rows, columns), from 0 on.
        words: Texts of the cells.
        top: Value of the darkest colour.
        size: Size of the letters in points.

    Returns:
        The image, for a colour bar.
    """
    image = axes.imshow(values, cmap=COLOURS, vmin=0, vmax=max(top, 1e-9), aspect="auto")
    for row, line in enumerate(words):
        for column, word in enumerate(line):
            colour = "white" if values[row, column] > DARK * top else "black"
            axes.text(column, row, word, ha="center", va="center", fontsize=size, color=colour)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    return image
