"""Saving figures: the same figure becomes the same bytes, as SVG, PNG or PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cocreate
from cocreate.agents.errors import CocreateError
from cocreate.experiments.errors import nearest
from cocreate.viz.theme import SETTINGS, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
"""What a figure is saved as where nobody says."""

DOTS_PER_INCH = 200

MADE_BY = f"cocreate {cocreate.__version__}"

METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": MADE_BY},
    "png": {"Software": MADE_BY},
    "pdf": {"CreationDate": None, "Creator": MADE_BY, "Producer": MADE_BY},
}
"""What each kind of file says of itself: who made it, never when, so that equal figures are equal files."""


class FigureFormatError(CocreateError, ValueError):
    """Figures cannot be saved in such a format."""

    def __init__(self, kind: str) -> None:
        """Name the format.

        Args:
            kind: The ending that was asked for.
        """
        named = f"{kind!r} files" if kind else "a file without an ending"
        super().__init__(
            f"Figures are saved as {', '.join(METADATA)}, not as {named}.{nearest(kind, tuple(METADATA))}"
        )


def rendered(figure: Figure, kind: str, dots: int = DOTS_PER_INCH, *, text: bool = False) -> bytes:
    """Return a figure as the content of a file.

    Args:
        figure: The figure.
        kind: ``"svg"``, ``"png"`` or ``"pdf"``.
        dots: Dots an inch, for PNG.
        text: Whether an SVG keeps its text as text instead of outlines. PDF always does.

    Raises:
        FigureFormatError: Another format was asked for.
    """
    if kind not in METADATA:
        raise FigureFormatError(kind)
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    file = io.BytesIO()
    with styled(), mpl.rc_context({"svg.fonttype": "none" if text else SETTINGS["svg.fonttype"]}):
        figure.savefig(file, format=kind, dpi=dots, facecolor="white", metadata=METADATA[kind])
    return file.getvalue()


def save(figure: Figure, path: Path, dots: int = DOTS_PER_INCH, *, text: bool = False) -> Path:
    """Save a figure as a file whose ending says the format.

    Args:
        figure: The figure.
        path: Ends in ``.svg``, ``.png`` or ``.pdf``; its folder exists.
        dots: Dots an inch, for PNG.
        text: Whether an SVG keeps its text as text; then it looks as drawn only where DejaVu Sans is there.

    Returns:
        The path.

    Raises:
        FigureFormatError: The ending is another one.
        OSError: The file cannot be written.
    """
    path.write_bytes(rendered(figure, path.suffix.removeprefix(".").lower(), dots, text=text))
    return path


def save_all(
    figure: Figure, folder: Path, name: str, formats: Sequence[str] = FORMATS, *, text: bool = False
) -> list[Path]:
    """Save a figure in several formats.

    Args:
        figure: The figure.
        folder: An existing folder.
        name: Name of the files without an ending.
        formats: Endings: ``"svg"``, ``"png"``, ``"pdf"``.
        text: Whether an SVG keeps its text as text, see :func:`save`.

    Returns:
        One path for each format.

    Raises:
        FigureFormatError: One of the endings is another one.
        OSError: A file cannot be written.
    """
    return [save(figure, folder / f"{name}.{kind}", text=text) for kind in formats]
