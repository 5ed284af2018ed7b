"""Figures as drawings inside a page: small, equal from run to run, and without clashing names."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING

from cocreate.viz.theme import styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DECIMALS = 2
"""Digits kept after the point of coordinates, in points (1/72 inch) and smaller."""

_PATH = re.compile(r'\bd="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_NAME = re.compile(r'\bid="([^"]+)"|\bhref="#([^"]+)"|url\(#([^)]+)\)')
_ONLY_FOR_FILES = (
    re.compile(r"^.*?(?=<svg)", re.DOTALL),
    re.compile(r"<metadata>.*?</metadata>", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<style[^>]*>.*?</style>", re.DOTALL),  # would hold for the whole page
    re.compile(r'\sxmlns(:\w+)?="[^"]*"'),
)


def inline_svg(figure: Figure, name: str, description: str) -> str:
    """Return a figure as an SVG element for a page of HTML.

    Letters are outlines, so the drawing looks alike everywhere. Names inside it start with ``name``, since
    all drawings of a page share one set of names.

    Args:
        figure: The figure.
        name: Letters, digits and ``-``; unique in the page.
        description: What a reader is told who cannot see it.
    """
    with styled():
        file = io.StringIO()
        figure.savefig(file, format="svg", facecolor="white", metadata={"Date": None})
    return _for_page(file.getvalue(), name, description)


def _for_page(text: str, name: str, description: str) -> str:
    """Return the SVG of a file without what only files need."""
    for pattern in _ONLY_FOR_FILES:
        text = pattern.sub("", text)
    text = text.replace("xlink:href", "href")
    text = _PATH.sub(lambda path: _LONG_NUMBER.sub(_rounded, path[0]), text)
    text = _NAME.sub(lambda found: _renamed(found, name), text)
    text = re.sub(r">\s+<", "><", text)
    head, _, rest = text.strip().partition(">")
    size = re.compile(r'\s(width|height)="[^"]*"')  # the view box keeps the shape, the page sets the size
    return f'{size.sub("", head)} role="img" aria-label="{escape(description)}">{rest}'


def _rounded(found: re.Match[str]) -> str:
    short = f"{float(found[0]):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _renamed(found: re.Match[str], name: str) -> str:
    own, linked, used = found.groups()
    if own is not None:
        return f'id="{name}-{own}"'
    return f'href="#{name}-{linked}"' if linked is not None else f"url(#{name}-{used})"
