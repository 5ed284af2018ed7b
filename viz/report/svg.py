"""Figures as drawings inside a page: small, equal from run to run, and without clashing names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING

from cocreate.viz.theme import FOOT_SIZE, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.text import Text

DECIMALS = 2
"""Digits kept after the point of coordinates, in points (1/72 inch) and smaller."""

MARGIN = 0.08
"""Inches around a drawing whose title and footer were left out."""

FONT = "DejaVu Sans"

_FONT = re.compile(rf"'{FONT}'(, [\w' -]+)*")
_PLACES = re.compile(r'\bd="[^"]*"|translate\([^)]*\)')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_NAME = re.compile(r'\sid="([^"]+)"|\bhref="#([^"]+)"|url\(#([^)]+)\)')
_ONLY_FOR_FILES = (
    re.compile(r"^.*?(?=<svg)", re.DOTALL),
    re.compile(r"<metadata>.*?</metadata>", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<style[^>]*>.*?</style>", re.DOTALL),  # would hold for the whole page
    re.compile(r'\sxmlns(:\w+)?="[^"]*"'),
)


def head_of(figure: Figure) -> tuple[str, str]:
    """Return what a figure says above itself, each in a line: its title, and how to read it."""
    title = figure.get_suptitle()
    below = [text.get_text() for text in figure.texts if _at_head(text) and text.get_text() != title]
    return " ".join(title.split()), " ".join(" ".join(below).split())


def _at_head(text: Text) -> bool:
    return text.get_verticalalignment() == "top"


@contextmanager
def _without_frame(figure: Figure) -> Iterator[bool]:
    """Hide the title, explanation and footer of a figure, and tell whether there are any."""
    frame = [text for text in figure.texts if _at_head(text) or text.get_fontsize() == FOOT_SIZE]
    for text in frame:
        text.set_visible(False)
    try:
        yield bool(frame)
    finally:
        for text in frame:
            text.set_visible(True)


def inline_svg(figure: Figure, name: str, description: str) -> str:
    """Return a figure as an SVG element for a page of HTML.

    Text stays text: it can be found and read aloud, and takes a fifth of the space of outlines. Where the
    font of the figures is missing, others stand in that are as wide or narrower. Names inside start with
    ``name``, since all drawings of a page share one set of names. Title, explanation and footer are left
    out with their space: the page says these.

    Args:
        figure: The figure.
        name: Letters, digits and ``-``; unique in the page.
        description: What a reader is told who cannot see it.
    """
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    with styled(), mpl.rc_context({"svg.fonttype": "none"}), _without_frame(figure) as framed:
        file = io.StringIO()
        cut = "tight" if framed else None
        figure.savefig(
            file, format="svg", facecolor="white", metadata={"Date": None}, bbox_inches=cut, pad_inches=MARGIN
        )
    return _for_page(file.getvalue(), name, description)


def _for_page(text: str, name: str, description: str) -> str:
    """Return the SVG of a file without what only files need."""
    for pattern in _ONLY_FOR_FILES:
        text = pattern.sub("", text)
    text = text.replace("xlink:href", "href")
    text = _FONT.sub(f"'{FONT}', Verdana, sans-serif", text)
    text = _PLACES.sub(lambda place: _LONG_NUMBER.sub(_rounded, place[0]), text)
    used = dict.fromkeys(found[2] or found[3] for found in _NAME.finditer(text))
    short = {old: f"{name}-{number}" for number, old in enumerate(used)}
    text = _NAME.sub(lambda found: _renamed(found, short), text)
    text = re.sub(r">\s+<", "><", text)
    head, _, rest = text.strip().partition(">")
    size = re.compile(r'\s(width|height)="[^"]*"')  # the view box keeps the shape, the page sets the size
    width = float(head.partition('viewBox="')[2].split()[2])
    least = f'style="min-width:{width:.0f}px"'  # narrower, its letters could not be read
    return f'{size.sub("", head)} {least} role="img" aria-label="{escape(description)}">{rest}'


def _rounded(found: re.Match[str]) -> str:
    short = f"{float(found[0]):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _renamed(found: re.Match[str], short: Mapping[str | None, str]) -> str:
    """Return a name or a link as it is in the page; names that nothing links to are left out."""
    own, linked, drawn = found.groups()
    if own is not None:
        return f' id="{short[own]}"' if own in short else ""
    return f'href="#{short[linked]}"' if linked is not None else f"url(#{short[drawn]})"
