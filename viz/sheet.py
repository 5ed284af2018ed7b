"""Sheets: figures with what to see above and where the numbers come from below, in print or on a slide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from cocreate.viz.theme import FOOT_SIZE, INCH, PROJECTOR, new_figure, place

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SLIDE_WIDTH, SLIDE_HEIGHT = 13.33, 7.5
"""Inches of a slide."""

TITLE_SIZE, EXPLANATION_SIZE = 14.0, 10.0

SURE = 0.96
"""Share of a line that is filled; letters on a screen are a little wider than on paper."""

MEASURED = 100
"""Size of letters at which the width of a text is measured."""

LINE = 1.3
"""Height of a line, in parts of the size of its letters."""

EDGE, AIR = 0.14, 0.1
"""Inches at the edge of a sheet, and between two blocks of text."""

MOST_FOOT_LINES = 6
"""Lines of a footer on a slide."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A figure whose title, explanation and footer are in place, and the room between them.

    Attributes:
        figure: The figure.
        top: Inches taken above the panels.
        bottom: Inches taken below the panels.
        size: By what letters are larger than in print.
    """

    figure: Figure
    top: float
    bottom: float
    size: float

    def place(self, left: float, right: float, top: float, bottom: float) -> None:
        """Set the margins of the panels inside the texts, in inches of a print."""
        more = self.size
        place(self.figure, left * more, right * more, self.top + top * more, self.bottom + bottom * more)

    def points(self, size: float) -> float:
        """Return the size of letters, given their size in print."""
        return size * self.size


def size_of(*, projector: bool) -> float:
    """Return by what letters are larger than in print, for :func:`~cocreate.viz.theme.styled`."""
    return PROJECTOR if projector else 1.0


def sheet(texts: tuple[str, str, str], width: float, height: float, *, projector: bool = False) -> Sheet:
    """Return a figure with a title, an explanation and a footer.

    Args:
        texts: The three texts; lines that are too long are broken.
        width: Inches of a print.
        height: Inches of the panels and their labels in print. A print grows with its texts.
        projector: Whether it is a slide to be read across a room, 13.33 by 7.5 inches.
    """
    size = size_of(projector=projector)
    across = SLIDE_WIDTH if projector else width
    blocks = _Blocks.of(texts, across, size)
    foot = blocks.foot
    if projector and len(foot) > MOST_FOOT_LINES:
        blocks = replace(blocks, foot=[*foot[: MOST_FOOT_LINES - 3], "…", *foot[-2:]])
    tall = SLIDE_HEIGHT if projector else height + blocks.above + blocks.below
    figure = new_figure(across, tall)
    blocks.write(figure)
    return Sheet(figure, blocks.above, blocks.below, size)


def framed(figure: Figure, title: str, explanation: str, note: str) -> Figure:
    """Put title, explanation and footer around a figure that has none; it grows by their height.

    Args:
        figure: The figure; it is changed.
        title: What to see.
        explanation: How to read it.
        note: Where its numbers come from.

    Returns:
        The figure.
    """
    from matplotlib.transforms import Bbox  # noqa: PLC0415 - heavy

    height = float(figure.get_figheight())
    blocks = _Blocks.of((title, explanation, note), float(figure.get_figwidth()), 1.0)
    tall = height + blocks.above + blocks.below
    low, share = blocks.below / tall, height / tall
    for axes in figure.axes:
        box = axes.get_position()
        axes.set_position((box.x0, low + box.y0 * share, box.width, box.height * share))
    for text in figure.texts:
        text.set_y(low + text.get_position()[1] * share)
    for legend in figure.legends:
        legend.set_bbox_to_anchor(Bbox.from_bounds(0, low, 1, share), figure.transFigure)
    figure.set_figheight(tall)
    blocks.write(figure)
    return figure


@dataclass(frozen=True)
class _Blocks:
    """Title, explanation and footer in lines that fit a width, at a size of letters."""

    title: list[str]
    explanation: list[str]
    foot: list[str]
    size: float

    @classmethod
    def of(cls, texts: tuple[str, str, str], width: float, size: float) -> _Blocks:
        title, explanation, note = texts
        return cls(
            _lines(title, width, TITLE_SIZE * size, "bold", even=True),
            _lines(explanation, width, EXPLANATION_SIZE * size),
            _lines(note, width, FOOT_SIZE),
            size,
        )

    @property
    def title_height(self) -> float:
        return EDGE + len(self.title) * TITLE_SIZE * self.size * LINE / INCH + AIR

    @property
    def above(self) -> float:
        return self.title_height + len(self.explanation) * EXPLANATION_SIZE * self.size * LINE / INCH

    @property
    def below(self) -> float:
        return EDGE + len(self.foot) * FOOT_SIZE * LINE / INCH

    def write(self, figure: Figure) -> None:
        width, tall = float(figure.get_figwidth()), float(figure.get_figheight())
        left = EDGE / width
        figure.suptitle(
            "\n".join(self.title), x=left, y=1 - EDGE / tall, ha="left", va="top",
            fontsize=TITLE_SIZE * self.size, weight="bold",
        )  # fmt: skip
        figure.text(
            left, 1 - self.title_height / tall, "\n".join(self.explanation), va="top",
            fontsize=EXPLANATION_SIZE * self.size, color="#333333",
        )  # fmt: skip
        foot = "\n".join(self.foot)
        figure.text(left, EDGE / 2 / tall, foot, va="bottom", fontsize=FOOT_SIZE, color="#555555")


def _lines(text: str, width: float, size: float, weight: str = "normal", *, even: bool = False) -> list[str]:
    """Return a text in lines that fit between the edges, of about equal length when ``even``."""
    room = SURE * (width - 2 * EDGE) * INCH / size
    found = _broken(text, room, weight)
    if not even or len(found) == 1:
        return found
    whole = _letters(" ".join(found), weight)
    tries = (
        _broken(text, min(room, more * whole / len(found)), weight) for more in (1.0, 1.05, 1.1, 1.2, 1.4)
    )
    return next((lines for lines in tries if len(lines) == len(found)), found)


def _broken(text: str, room: float, weight: str) -> list[str]:
    """Return a text in lines; a word that is longer than a line stands alone and reaches over the edge."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):  # not at other spaces, which hold numbers and units together
            longer = f"{line} {word}".strip()
            if line and _letters(longer, weight) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


@cache
def _letters(text: str, weight: str) -> float:
    """Return the width of a text in parts of the size of its letters."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415 - heavy
    from matplotlib.textpath import text_to_path  # noqa: PLC0415

    font = FontProperties(family="DejaVu Sans", weight=weight, size=MEASURED)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / MEASURED
