"""What tests ask of a drawn figure: its marks by name, its texts, and where they stand."""

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text


def named(figure: Figure, name: str) -> list[Artist]:
    """Return all marks of a name."""
    return figure.findobj(lambda one: one.get_gid() == name)


def texts_of(figure: Figure) -> list[Text]:
    """Return all texts that a reader sees."""
    figure.draw_without_rendering()
    hidden = {id(label) for axes in figure.axes for label in _hidden(axes)}
    found = (one for one in figure.findobj(Text) if isinstance(one, Text))
    return [one for one in found if one.get_visible() and one.get_text().strip() and id(one) not in hidden]


def _hidden(axes: Axes) -> list[Text]:
    """Return labels of ticks that are not drawn: those of a hidden axis, and those beyond its ends."""
    (left, right), (low, high) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    x = [label for label in axes.get_xticklabels() if not left <= label.get_position()[0] <= right]
    y = [label for label in axes.get_yticklabels() if not low <= label.get_position()[1] <= high]
    return [*x, *y] if axes.axison else [*axes.get_xticklabels(), *axes.get_yticklabels()]


def off_the_sheet(figure: Figure) -> list[str]:
    """Return texts that reach over an edge of the figure, by more than a dot."""
    edge = figure.bbox.padded(1)
    boxes = {one.get_text(): one.get_window_extent() for one in texts_of(figure)}
    return [
        text
        for text, box in boxes.items()
        if not (edge.x0 <= box.x0 and box.x1 <= edge.x1 and edge.y0 <= box.y0 and box.y1 <= edge.y1)
    ]
