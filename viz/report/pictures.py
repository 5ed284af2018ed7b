"""Figures as blocks of a page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cocreate.viz.report.page import Picture
from cocreate.viz.report.svg import inline_svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def picture(figure: Figure, name: str, title: str, caption: str, description: str) -> Picture:
    """Return a figure as a block.

    Args:
        figure: The figure.
        name: Letters, digits and ``-``; unique in the page.
        title: What to see in it.
        caption: How to read it, and where its numbers come from.
        description: The same for those who cannot see it.
    """
    short = f"f{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    return Picture(inline_svg(figure, short, description), title, caption, description)
