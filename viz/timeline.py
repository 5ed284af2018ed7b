"""The figure of one run: what was there in each month, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.initiative import State
from cocreate.experiments.runs import Run
from cocreate.model.diary import Kind
from cocreate.viz.run_notes import changes_by_month, record_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.smoothing import SMOOTHED, smoothed
from cocreate.viz.survival import FATE_STYLES, YEAR
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Track:
    """One row of events in the figure.

    Attributes:
        label: Name of the row.
        marker: Shape of a mark.
        colour: Colour of a mark.
        months: Month of each event, from 0 on.
    """

    label: str
    marker: str
    colour: str
    months: NDArray[np.int64]


def timeline(run: Run, *, projector: bool = False, texts: Texts = ENGLISH) -> Figure:
    """Return the course of a run in five panels over the years.

    From top to bottom: events, services and initiatives under way, what became of the pilots so far,
    trust, and voice. A slide has events and services only.

    Args:
        run: A run of at least one month.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.
    """
    years = (run.series["month"].to_numpy() + 1) / YEAR
    tracks = event_tracks(run, texts)
    heights = [0.26 * len(tracks) + 0.3, 1.7, 1.9, 1.6, 1.6]
    parts = [_services, _fates, _trust, _voice]
    if projector:
        heights, parts = heights[:2], parts[:1]
    written = (
        _title(run, texts),
        texts("timeline.how", regions=run.parameters.regions, months=len(run.series)),
        record_note(run, texts),
    )
    with styled(size_of(projector=projector)):
        page = sheet(written, 11, 11.0, projector=projector)
        panels = page.figure.subplots(
            len(heights), 1, sharex=True, gridspec_kw={"height_ratios": heights, "hspace": 0.33}
        )
        page.place(left=2.05, right=2.15, top=0.5, bottom=0.65)
        _events(panels[0], tracks, page, texts)
        for axes, draw in zip(panels[1:], parts, strict=True):
            draw(axes, run, years, texts)
        _interventions(panels, run)
        panels[-1].set_xlabel(texts("axis.years"))
        panels[-1].set_xlim(0, max(years[-1], 1.0))
    return page.figure


def _title(run: Run, texts: Texts) -> str:
    """Return what became of the pilots, in a sentence."""
    last = run.series.iloc[-1]
    names = {"pilots": "pilots", "structural": "structural_ever", "there": "structural"}
    counts = {name: int(last[column]) for name, column in names.items()}
    return texts("timeline.title", **counts) if counts["pilots"] else texts("timeline.no_pilots")


def event_tracks(run: Run, texts: Texts = ENGLISH) -> list[Track]:
    """Return the rows of events that the figure shows, from top to bottom."""
    events = run.events
    kind = events["kind"].to_numpy()
    month = events["month"].to_numpy()

    def months(one: Kind) -> NDArray[np.int64]:
        return np.asarray(month[kind == int(one)], np.int64)

    is_state = kind == int(Kind.STATE)
    detail = events["detail"].to_numpy()
    started = run.initiatives["piloted"].to_numpy() >= 0
    taken_up = run.initiatives["became_structural"].to_numpy() >= 0
    which = np.where(is_state, events["initiative"].to_numpy(), 0)
    had_pilot = is_state & (started[which] if len(started) else False)
    had_service = is_state & (taken_up[which] if len(taken_up) else False)
    ended = had_pilot & np.isin(detail, [int(State.ENDED), int(State.PARTLY)])
    return [
        Track(texts("timeline.event.elections"), "|", BLACK, months(Kind.ELECTION)),
        Track(texts("timeline.event.government"), "X", PURPLE, months(Kind.GOVERNMENT_CHANGED)),
        Track(
            texts("timeline.event.structural"), "^", BLUE, month[is_state & (detail == int(State.STRUCTURAL))]
        ),
        Track(texts("timeline.event.service_ends"), "v", VERMILION, month[ended & had_service]),
        Track(texts("timeline.event.pilot_ends"), "x", GREY, month[ended & ~had_service]),
        Track(texts("timeline.event.council_adopts"), "s", GREEN, months(Kind.COUNCIL_ADOPTED)),
        Track(texts("timeline.event.council_lapses"), "D", ORANGE, months(Kind.COUNCIL_LAPSED)),
        Track(texts("timeline.event.nation_adopts"), "*", GREEN, months(Kind.NATION_ADOPTED)),
        Track(texts("timeline.event.nation_lapses"), "P", ORANGE, months(Kind.NATION_LAPSED)),
    ]


def _events(axes: Axes, tracks: list[Track], page: Sheet, texts: Texts) -> None:
    for row, track in enumerate(tracks):
        axes.plot(
            (track.months + 1) / YEAR,
            np.full(len(track.months), row),
            linestyle="none",
            marker=track.marker,
            color=track.colour,
            markersize=9 if track.marker in "*|" else 5.5,
            markeredgewidth=1.3 if track.marker in "x|" else 0.4,
            markeredgecolor=track.colour if track.marker in "x|" else "white",
            alpha=0.85,
            gid=track.label,
            clip_on=False,
        )
        axes.text(
            1.015,
            row,
            str(len(track.months)),
            transform=axes.get_yaxis_transform(),
            va="center",
            fontsize=page.points(9),
        )
    axes.set_yticks(range(len(tracks)), [track.label for track in tracks], fontsize=page.points(9))
    axes.tick_params(axis="both", length=0)
    axes.grid(visible=True, axis="y")
    axes.set_ylim(len(tracks) - 0.4, -0.6)
    axes.spines[["left", "bottom"]].set_visible(False)
    across = axes.get_yaxis_transform()
    axes.text(
        -0.265, -0.85, texts("timeline.events"), transform=across, weight="bold", fontsize=page.points(11)
    )
    axes.text(1.015, -0.85, texts("timeline.number"), transform=across, fontsize=page.points(9))


def _services(axes: Axes, run: Run, years: NDArray[np.float64], texts: Texts) -> None:
    series = run.series
    pilots_now = (
        series["pilots"] - series["structural_ever"] - series["partly"] - series["pilots_ended"]
    ).to_numpy()
    lines = (
        (texts("timeline.structural_now"), series["structural"].to_numpy(), BLUE, "-", "^"),
        (texts("timeline.pilots_now"), pilots_now, ORANGE, "--", "o"),
        (texts("timeline.active"), series["active"].to_numpy(), GREY, ":", "s"),
    )
    _lines(axes, years, lines, steps=True)
    axes.set_title(texts("timeline.services"))
    axes.set_ylabel(texts("timeline.number"))
    _from_zero(axes, 1)
    _whole_numbers(axes)


def _fates(axes: Axes, run: Run, years: NDArray[np.float64], texts: Texts) -> None:
    series = run.series
    structural_now = series["structural_ever"] - series["structural_ended"]
    known = series["structural_ever"] + series["partly"] + series["pilots_ended"]
    bands = {
        "structural": structural_now,
        "structural_ended": series["structural_ended"],
        "partly": series["partly"],
        "ended": series["pilots_ended"],
        "piloting": series["pilots"] - known,
    }
    base = np.zeros(len(years))
    handles = []
    for name, column in bands.items():
        colour, hatch, _ = FATE_STYLES[name]
        top = base + column.to_numpy(dtype=float)
        area = axes.fill_between(
            years,
            base,
            top,
            step="post",
            facecolor=colour,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.5,
            label=texts(f"fate.{name}"),
        )
        handles.append(area)
        base = top
    _outside_key(axes, handles[::-1])
    axes.set_title(texts("timeline.fates"))
    axes.set_ylabel(texts("timeline.pilots"))
    _from_zero(axes, 1)
    _whole_numbers(axes)


def _trust(axes: Axes, run: Run, years: NDArray[np.float64], texts: Texts) -> None:
    lines = (
        (texts("timeline.all"), 100 * run.series["trust"].to_numpy(), BLUE, "-", "o"),
        (texts("timeline.hard"), 100 * run.series["trust_hard_to_reach"].to_numpy(), VERMILION, "--", "s"),
    )
    _lines(axes, years, lines)
    axes.set_title(texts("timeline.trust"))
    axes.set_ylabel(texts("timeline.mean_trust"))


def _voice(axes: Axes, run: Run, years: NDArray[np.float64], texts: Texts) -> None:
    lines = (
        (texts("timeline.citizens"), 100 * smoothed(run.series, "users_voice"), BLUE, "-", "o"),
        (texts("timeline.hard"), 100 * smoothed(run.series, "hard_to_reach_voice"), VERMILION, "--", "s"),
    )
    _lines(axes, years, lines)
    axes.set_title(texts("timeline.voice", months=SMOOTHED))
    axes.set_ylabel(texts("timeline.share"))
    _from_zero(axes, 5)


def _lines(
    axes: Axes,
    years: NDArray[np.float64],
    lines: tuple[tuple[str, NDArray[Any], str, str, str], ...],
    *,
    steps: bool = False,
) -> None:
    plain_axis(axes, grid="y")
    for number, (label, values, colour, style, marker) in enumerate(lines):
        axes.plot(
            years,
            values,
            color=colour,
            linestyle=style,
            linewidth=1.8,
            drawstyle="steps-post" if steps else "default",
            marker=marker,
            markersize=5,
            markevery=(YEAR - 1 + 4 * number, 2 * YEAR),
            label=label,
        )
    _outside_key(axes)


def _outside_key(axes: Axes, handles: list[Any] | None = None) -> None:
    axes.legend(handles=handles, loc="center left", bbox_to_anchor=(1.01, 0.5), handlelength=2.2)


def _from_zero(axes: Axes, least: float) -> None:
    """Let an axis start at zero and reach at least some value, so that an empty panel has sensible ticks."""
    axes.set_ylim(0, max(least, axes.get_ylim()[1]))


def _whole_numbers(axes: Axes) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - heavy

    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))


def _interventions(panels: Sequence[Axes], run: Run) -> None:
    """Mark the months in which levers changed by lines through all panels, numbered on top."""
    for number, month in enumerate(changes_by_month(run.interventions), start=1):
        for axes in panels:
            axes.axvline(month / YEAR, color=PURPLE, linewidth=1.2, linestyle=(0, (4, 2)))
        panels[0].annotate(
            str(number),
            (month / YEAR, -0.6),
            xytext=(0, 3),
            textcoords="offset points",
            color=PURPLE,
            weight="bold",
            ha="center",
            annotation_clip=False,
        )
