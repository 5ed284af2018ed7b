"""The figure of voice: who has the say at tables, what seats are worth, how many voices count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.experiments.runs import run_of
from cocreate.model.model import CoCreationModel
from cocreate.viz.run_notes import model_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.smoothing import SMOOTHED, smoothed
from cocreate.viz.survival import YEAR
from cocreate.viz.table_voices import all_voices, gini, lorenz, median_curve
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import BLACK, BLUE, GREY, ORANGE, VERMILION, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_CURVES = 60
"""Tables whose curve is drawn; of more, evenly spaced ones."""


def voices(model: CoCreationModel, *, projector: bool = False, texts: Texts = ENGLISH) -> Figure:
    """Return four panels on voice and influence at the tables of a run.

    Lorenz curves of voice with the Gini coefficient; citizens' share of seats against their share of voice,
    and people at the table against effective voices, a mark for each initiative that met; and voice over
    the years.
    A slide has the first two panels.

    Args:
        model: A model that has run.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.
    """
    rows = model.initiative_rows
    met = rows[(rows["sessions"] > 0) & (rows["members"] > 0)]
    written = (_title(met, texts), texts("voices.how"), model_note(model, texts))
    with styled(size_of(projector=projector)):
        page = sheet(written, 11, 7.2, projector=projector)
        panels = list(page.figure.subplots(1 if projector else 2, 2).flat)
        page.place(left=0.8, right=0.3, top=0.5, bottom=0.6)
        page.figure.subplots_adjust(hspace=0.5, wspace=0.24)
        _curves(panels[0], model, page, texts)
        _seats(panels[1], met, page, texts)
        if not projector:
            _effective(panels[2], met, page, texts)
            _over_time(panels[3], model, page, texts)
    return page.figure


def _title(met: Table, texts: Texts) -> str:
    if not len(met):
        return texts("voices.no_title")
    voice = float(np.average(met["user_voice"], weights=met["sessions"]))
    seats = float(met["citizens"].sum() / met["members"].sum())
    return texts("voices.title", seats=texts.percent(seats), voice=texts.percent(voice))


def _curves(axes: Axes, model: CoCreationModel, page: Sheet, texts: Texts) -> None:
    plain_axis(axes, grid="y")
    axes.plot([0, 100], [0, 100], ":", color=BLACK, linewidth=1.4, label=texts("voices.equal"))
    found = all_voices(model)
    step = max(1, -(-len(found) // MOST_CURVES))
    for number, voice in enumerate(found[::step]):
        across = np.linspace(0, 100, len(voice) + 1)
        label = texts("voices.each") if number == 0 else ""
        axes.plot(across, 100 * lorenz(voice), color=GREY, linewidth=0.6, alpha=0.45, label=label)
    if found:
        at, middle = median_curve(found)
        typical = float(np.median([gini(voice) for voice in found]))
        label = texts("voices.median", gini=texts.number(typical, 2))
        axes.plot(100 * at, 100 * middle, color=BLUE, linewidth=2.6, label=label, gid="median")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    _name(axes, page, texts, "lorenz", "people", "share")
    axes.legend(loc="upper left", fontsize=page.points(8.5))


def _seats(axes: Axes, met: Table, page: Sheet, texts: Texts) -> None:
    plain_axis(axes, grid="y")
    axes.plot([0, 100], [0, 100], ":", color=BLACK, linewidth=1.4)
    _marks(axes, met, 100 * met["citizens"] / np.maximum(1, met["members"]), 100 * met["user_voice"], texts)
    axes.set_xlim(-2, 102)
    axes.set_ylim(-2, 102)
    _name(axes, page, texts, "influence", "seats", "citizens_voice")
    axes.legend(loc="upper left", fontsize=page.points(8.5))


def _effective(axes: Axes, met: Table, page: Sheet, texts: Texts) -> None:
    plain_axis(axes, grid="y")
    most = float(max(met["members"].max(), met["effective_voices"].max())) if len(met) else 1.0
    axes.plot([0, most], [0, most], ":", color=BLACK, linewidth=1.4)
    _marks(axes, met, met["members"], met["effective_voices"], texts)
    axes.set_xlim(0, 1.04 * most)
    axes.set_ylim(0, 1.04 * most)
    _name(axes, page, texts, "effective", "members", "voices")


def _marks(axes: Axes, met: Table, x: NDArray[np.float64], y: NDArray[np.float64], texts: Texts) -> None:
    piloted = met["piloted"] >= 0
    for name, chosen, colour, marker in (("others", ~piloted, ORANGE, "s"), ("pilots", piloted, BLUE, "o")):
        axes.plot(
            x[chosen], y[chosen], marker, color=colour, markersize=5, markeredgecolor="white", alpha=0.85,
            markeredgewidth=0.5, linestyle="none", label=texts(f"voices.{name}"), gid=name,
        )  # fmt: skip


def _over_time(axes: Axes, model: CoCreationModel, page: Sheet, texts: Texts) -> None:
    plain_axis(axes, grid="y")
    series = run_of(model, model.parameters).series
    years = (series["month"].to_numpy() + 1) / YEAR
    for column, name, colour, dash, marker in (
        ("users_voice", "citizens", BLUE, "-", "o"), ("voice_gini", "gini", VERMILION, "--", "s")
    ):  # fmt: skip
        values = 100 * smoothed(series, column)
        axes.plot(
            years, values, color=colour, linestyle=dash, marker=marker, markersize=5, linewidth=1.8,
            markevery=(YEAR - 1, 2 * YEAR), label=texts(f"voices.{name}"), gid=column,
        )  # fmt: skip
    axes.set_xlim(0, max(model.month, 1) / YEAR)
    axes.set_ylim(0, 100)
    axes.set_title(texts("voices.time", months=SMOOTHED), fontsize=page.points(10))
    axes.set_xlabel(texts("axis.years"))
    axes.set_ylabel(texts("voices.percent_or_gini"))
    axes.legend(loc="upper left", fontsize=page.points(8.5))


def _name(axes: Axes, page: Sheet, texts: Texts, title: str, x: str, y: str) -> None:
    axes.set_title(texts(f"voices.{title}"), fontsize=page.points(10))
    axes.set_xlabel(texts(f"voices.{x}"))
    axes.set_ylabel(texts(f"voices.{y}"))
