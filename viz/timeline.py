"""The figure of one run: what was there in each month, and what happened."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.initiative import State
from cocreate.experiments.runs import Run
from cocreate.experiments.words import counted
from cocreate.model.diary import Kind
from cocreate.model.parameters import LEVERS
from cocreate.viz.theme import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    PURPLE,
    SKY_BLUE,
    VERMILION,
    foot,
    foot_height,
    head,
    new_figure,
    place,
    plain_axis,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

YEAR = 12

SMOOTHED = 12
"""Months over which the share of voice is averaged, weighted by sessions held."""


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


def timeline(run: Run) -> Figure:
    """Return the course of a run in five panels over the years.

    From top to bottom: events, services and initiatives under way, what became of the pilots so far,
    trust, and voice.

    Args:
        run: A run of at least one month.
    """
    years = (run.series["month"].to_numpy() + 1) / YEAR
    tracks = event_tracks(run)
    with styled():
        note = run_note(run)
        bottom = 0.65 + foot_height(note)
        figure = new_figure(11, 11.3 + bottom)
        heights = [0.26 * len(tracks) + 0.3, 1.7, 1.9, 1.6, 1.6]
        panels = figure.subplots(
            len(heights), 1, sharex=True, gridspec_kw={"height_ratios": heights, "hspace": 0.33}
        )
        place(figure, left=2.05, right=2.15, top=1.25, bottom=bottom)
        _events(panels[0], tracks)
        _services(panels[1], run, years)
        _fates(panels[2], run, years)
        _trust(panels[3], run, years)
        _voice(panels[4], run, years)
        _interventions(panels, run)
        panels[-1].set_xlabel("Years from the start")
        panels[-1].set_xlim(0, max(years[-1], 1.0))
        head(
            figure,
            "One simulated world: what took root, who was heard and what happened",
            f"{counted(run.parameters.regions, 'region', digits=True)},"
            f" {counted(len(run.series), 'month', digits=True)}, one possible course of many: another seed"
            " gives another course.",
        )
        foot(figure, note)
    return figure


def run_note(run: Run) -> str:
    """Return a footer with settings that differ from the defaults, numbered changes, seed and version."""
    values = run.parameters.model_dump()
    changed = [f"{name} {value}" for name, value in values.items() if value != LEVERS[name].default]
    lines = _wrapped(", ".join(changed) if changed else "all levers at their defaults")
    changes = [f"{n} (month {m}): {text}" for n, (m, text) in enumerate(changes_by_month(run).items(), 1)]
    lines += _wrapped("; ".join(changes)) if changes else []
    preset = f" · preset {run.preset}" if run.preset else ""
    return "\n".join(
        [
            *lines,
            f"cocreate {run.version} · seed {run.seed}{preset}",
            "A simulation that illustrates mechanisms; it predicts no place.",
        ]
    )


def _wrapped(text: str, width: int = 150, most: int = 3) -> list[str]:
    return textwrap.wrap(text, width, max_lines=most, placeholder=" … (all levers: levers.toml of the run)")


def event_tracks(run: Run) -> list[Track]:
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
        Track("Elections", "|", BLACK, months(Kind.ELECTION)),
        Track("Government changes side", "X", PURPLE, months(Kind.GOVERNMENT_CHANGED)),
        Track("Service becomes structural", "^", BLUE, month[is_state & (detail == int(State.STRUCTURAL))]),
        Track("Structural service ends", "v", VERMILION, month[ended & had_service]),
        Track("Pilot ends, wholly or in part", "x", GREY, month[ended & ~had_service]),
        Track("Council adopts principles", "s", GREEN, months(Kind.COUNCIL_ADOPTED)),
        Track("Council gives them up", "D", ORANGE, months(Kind.COUNCIL_LAPSED)),
        Track("Nation adopts principles", "*", GREEN, months(Kind.NATION_ADOPTED)),
        Track("Nation gives them up", "P", ORANGE, months(Kind.NATION_LAPSED)),
    ]


def _events(axes: Axes, tracks: list[Track]) -> None:
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
            1.015, row, str(len(track.months)), transform=axes.get_yaxis_transform(), va="center", fontsize=9
        )
    axes.set_yticks(range(len(tracks)), [track.label for track in tracks], fontsize=9)
    axes.tick_params(axis="both", length=0)
    axes.grid(visible=True, axis="y")
    axes.set_ylim(len(tracks) - 0.4, -0.6)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.text(-0.265, -0.85, "Events", transform=axes.get_yaxis_transform(), weight="bold", fontsize=11)
    axes.text(1.015, -0.85, "Number", transform=axes.get_yaxis_transform(), fontsize=9)


def _services(axes: Axes, run: Run, years: NDArray[np.float64]) -> None:
    series = run.series
    pilots_now = (
        series["pilots"] - series["structural_ever"] - series["partly"] - series["pilots_ended"]
    ).to_numpy()
    lines = (
        ("structural services", series["structural"].to_numpy(), BLUE, "-", "^"),
        ("pilots running", pilots_now, ORANGE, "--", "o"),
        ("initiatives under way,\npilots included", series["active"].to_numpy(), GREY, ":", "s"),
    )
    _lines(axes, years, lines, steps=True)
    axes.set_title("Services and initiatives now")
    axes.set_ylabel("Number")
    _from_zero(axes, 1)
    _whole_numbers(axes)


def _fates(axes: Axes, run: Run, years: NDArray[np.float64]) -> None:
    series = run.series
    structural_now = series["structural_ever"] - series["structural_ended"]
    known = series["structural_ever"] + series["partly"] + series["pilots_ended"]
    bands = (
        ("structural now", structural_now, BLUE, ""),
        ("structural, ended later", series["structural_ended"], SKY_BLUE, "///"),
        ("partly continued", series["partly"], ORANGE, "..."),
        ("ended", series["pilots_ended"], PALE, ""),
        ("still a pilot", series["pilots"] - known, "#FFFFFF", "xxx"),
    )
    base = np.zeros(len(years))
    handles = []
    for label, column, colour, hatch in bands:
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
            label=label,
        )
        handles.append(area)
        base = top
    _outside_key(axes, handles[::-1])
    axes.set_title("What became of the pilots started so far")
    axes.set_ylabel("Pilots")
    _from_zero(axes, 1)
    _whole_numbers(axes)


def _trust(axes: Axes, run: Run, years: NDArray[np.float64]) -> None:
    lines = (
        ("all citizens", 100 * run.series["trust"].to_numpy(), BLUE, "-", "o"),
        ("hard-to-reach citizens", 100 * run.series["trust_hard_to_reach"].to_numpy(), VERMILION, "--", "s"),
    )
    _lines(axes, years, lines)
    axes.set_title("Trust in institutions")
    axes.set_ylabel("Mean trust, %")


def _voice(axes: Axes, run: Run, years: NDArray[np.float64]) -> None:
    lines = (
        ("citizens", 100 * smoothed_voice(run, "users_voice"), BLUE, "-", "o"),
        ("hard-to-reach citizens", 100 * smoothed_voice(run, "hard_to_reach_voice"), VERMILION, "--", "s"),
    )
    _lines(axes, years, lines)
    axes.set_title(f"Voice in sessions, over the last {SMOOTHED} months")
    axes.set_ylabel("Share of voice, %")
    _from_zero(axes, 5)


def smoothed_voice(run: Run, column: str) -> NDArray[np.float64]:
    """Return a share of voice over the last months, weighted by sessions.

    Args:
        run: The run.
        column: ``users_voice`` or ``hard_to_reach_voice``.

    Returns:
        Shape (months,); NaN where no session was held in those months.
    """
    held = run.series["sessions"].to_numpy(dtype=float)
    voiced = np.concatenate([[0.0], np.cumsum(run.series[column].to_numpy(dtype=float) * held)])
    sessions = np.concatenate([[0.0], np.cumsum(held)])
    end = np.arange(1, len(held) + 1)
    start = np.maximum(0, end - SMOOTHED)
    total = sessions[end] - sessions[start]
    mean = np.full(len(held), np.nan)
    np.divide(voiced[end] - voiced[start], total, out=mean, where=total > 0)
    return mean


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
    for number, month in enumerate(changes_by_month(run), start=1):
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


def changes_by_month(run: Run) -> dict[int, str]:
    """Return the levers that changed during a run in words, by the month of the change."""
    found: dict[int, list[str]] = {}
    for change in run.interventions:
        found.setdefault(change.month, []).append(f"{change.lever} → {change.value}")
    return {month: ", ".join(changes) for month, changes in found.items()}
