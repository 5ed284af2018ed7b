"""The look of all figures: one palette, one type, one footer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import cocreate
from cocreate.experiments.study.results import Results
from cocreate.experiments.words import drawn_from

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLACK = "#000000"
ORANGE = "#E69F00"
SKY_BLUE = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#777777"
PALE = "#DDDDDD"
"""Colours that colour-blind people tell apart (Okabe and Ito 2008, "Color universal design"), and greys."""

OPENED, CLOSED, DEFAULT = BLUE, VERMILION, BLACK
MARKERS = {"opened": "o", "closed": "s", "default": "D"}

FOOT_SIZE = 8.0
INCH = 72
"""Points of an inch, the unit of type sizes."""

PROJECTOR = 1.45
"""How much larger letters are on a slide that a room reads from a projector."""

SETTINGS: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib, so a figure looks alike everywhere
    "font.size": 10.0,
    "axes.titlesize": 11.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 10.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": "#E6E6E6",
    "grid.linewidth": 0.8,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "legend.fontsize": 9.5,
    "legend.frameon": False,
    "hatch.linewidth": 0.7,
    "text.parse_math": False,  # a dollar in a name is a dollar
    "svg.hashsalt": "cocreate",  # equal figures become equal files
    "svg.fonttype": "path",  # looks alike also where the font is missing
    "pdf.fonttype": 42,  # TrueType: journals refuse Type 3, and text can be searched and copied
}


@contextmanager
def styled(size: float = 1.0) -> Iterator[None]:
    """Draw and save in the theme of this package, whatever the user's matplotlib settings are.

    Args:
        size: By what letters are larger than in print.
    """
    import matplotlib as mpl  # noqa: PLC0415 - heavy

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)
        for name in (name for name in SETTINGS if name.endswith("size")):
            mpl.rcParams[name] = SETTINGS[name] * size
        yield


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure that belongs to no window.

    Args:
        width: Inches.
        height: Inches.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy

    return Figure(figsize=(width, height))


def head(figure: Figure, title: str, explanation: str) -> None:
    """Write what to see in a figure above it, and how to read it below that.

    Args:
        figure: The figure; leave 0.75 inches free at its top.
        title: One line.
        explanation: One or two lines.
    """
    height = float(figure.get_figheight())
    figure.suptitle(title, x=0.012, y=1 - 0.10 / height, ha="left", va="top", fontsize=14, weight="bold")
    figure.text(0.012, 1 - 0.42 / height, explanation, ha="left", va="top", fontsize=10, color="#333333")


def foot(figure: Figure, text: str) -> None:
    """Write where a figure's numbers come from below it.

    Args:
        figure: The figure; leave room at its bottom, see :func:`foot_height`.
        text: Some lines.
    """
    height = float(figure.get_figheight())
    figure.text(0.012, 0.08 / height, text, ha="left", va="bottom", fontsize=FOOT_SIZE, color="#555555")


def place(figure: Figure, left: float, right: float, top: float, bottom: float) -> None:
    """Set the margins around the panels, in inches."""
    width, height = float(figure.get_figwidth()), float(figure.get_figheight())
    figure.subplots_adjust(
        left=left / width, right=1 - right / width, top=1 - top / height, bottom=bottom / height
    )


def plain_axis(axes: Axes, *, grid: str = "x") -> None:
    """Give a panel light lines to read values by, along one axis."""
    axes.grid(visible=True, axis="x" if grid == "x" else "y")
    axes.tick_params(length=3, color=GREY)


def study_note(results: Results) -> str:
    """Return a footer with seed, replicates, settings and version of a study."""
    study = results.study
    settings = [
        f"{world.title}: {', '.join(f'{name} {value}' for name, value in world.levers.items())}"
        for world in study.worlds
        if world.levers
    ]
    draws = study.draws or ()
    levers, _ = study.baseline.resolved(draws[0] if draws else {}, study.levers, {})
    size = f"{levers.regions} regions, {levers.horizon} months"
    return "\n".join(
        [*settings, origin(study.seed, study.replicates, len(draws), len(results.failures), size)]
    )


def origin(seed: int, replicates: int, draws: int, failures: int, also: str) -> str:
    """Return the last lines of a footer: where numbers come from, and what they are not.

    Args:
        seed: Seed of the study.
        replicates: Runs of each world.
        draws: Draws of uncertain levers that runs start from, 0 for the default point.
        failures: Runs that did not reach their horizon.
        also: What else there is to say.
    """
    start = drawn_from(draws, replicates) if draws else "the default levers"
    failed = f", {failures} runs failed" if failures else ""
    return (
        f"cocreate {cocreate.__version__} · study seed {seed} · {replicates} worlds of each setting on common"
        f" random numbers, starting from {start}{failed} · {also}\n"
        "A simulation that illustrates mechanisms; it predicts no place."
    )


def foot_height(text: str) -> float:
    """Return the height of a footer in inches, with a little air."""
    return (text.count("\n") + 1) * FOOT_SIZE * 1.25 / INCH + 0.15
