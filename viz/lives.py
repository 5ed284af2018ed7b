"""The figure of initiatives: the life of each pilot of a run, and how far all initiatives came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cocreate.agents.initiative import State
from cocreate.experiments.runs import Run
from cocreate.model.diary import Kind
from cocreate.viz.run_notes import record_note
from cocreate.viz.sheet import Sheet, sheet, size_of
from cocreate.viz.survival import YEAR
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import BLACK, BLUE, GREY, ORANGE, PALE, VERMILION, plain_axis, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 90
"""Pilots that have a row of their own; of more, evenly spaced ones in order of their start."""

THICK = 0.78
"""Height of a bar, in rows."""

SPANS = {"before": (PALE, ""), "piloting": (ORANGE, "////"), "structural": (BLUE, "")}
"""Colour and hatch of each part of a life."""

ENDS = {"ended": ("x", BLACK), "partly": ("P", VERMILION), "going_on": (">", BLUE)}
"""Mark and colour of what a life comes to."""

PART_OF = {State.PILOTING: "piloting", State.STRUCTURAL: "structural"}
"""States that are a part of their own; all before the pilot are one."""


@dataclass(frozen=True)
class Life:
    """The life of an initiative that became a pilot.

    Attributes:
        number: Its number.
        spans: Each part of it as name (a key of :data:`SPANS`), first month, and month after the last.
        end: What it came to by the end of the run: a key of :data:`ENDS`.
    """

    number: int
    spans: tuple[tuple[str, int, int], ...]
    end: str


def lives_of(run: Run) -> list[Life]:
    """Return the lives of all initiatives that became pilots, in order of the pilots' start."""
    changes = run.events[run.events["kind"] == int(Kind.STATE)]
    steps: dict[int, list[tuple[int, State]]] = {}
    rows = zip(changes["initiative"], changes["month"], changes["detail"], strict=True)
    for number, month, state in rows:
        steps.setdefault(int(number), []).append((int(month), State(int(state))))
    pilots = run.initiatives[run.initiatives["piloted"] >= 0].sort_values("piloted", kind="stable")
    proposed = pilots["proposed"].to_dict()
    return [_life(int(n), int(proposed[n]), steps[int(n)], run.months) for n in pilots.index]


def _life(number: int, proposed: int, steps: list[tuple[int, State]], months: int) -> Life:
    spans: list[tuple[str, int, int]] = []
    part, since = "before", proposed
    for month, state in [*steps, (months, State.ENDED)]:
        over = state in (State.ENDED, State.PARTLY)
        entered = "over" if over else PART_OF.get(state, "before")
        if entered != part:
            spans.append((part, since, month))
            part, since = entered, month
        if over:
            break
    last = steps[-1][1]
    end = "ended" if last is State.ENDED else "partly" if last is State.PARTLY else "going_on"
    return Life(number, tuple(spans), end)


def stages_of(run: Run) -> dict[str, int]:
    """Return how many initiatives came at least so far, from proposals to services still there."""
    rows = run.initiatives
    there = (rows["became_structural"] >= 0) & (rows["finished"] < 0)
    return {
        "proposed": len(rows),
        "met": int((rows["sessions"] > 0).sum()),
        "piloted": int((rows["piloted"] >= 0).sum()),
        "structural": int((rows["became_structural"] >= 0).sum()),
        "lasting": int(there.sum()),
    }


def lives(run: Run, *, projector: bool = False, texts: Texts = ENGLISH) -> Figure:
    """Return a row for the life of each pilot over the years, and bars of how far all initiatives came.

    Args:
        run: A run of at least one month.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.
    """
    found, stages = lives_of(run), stages_of(run)
    shown = [found[row] for row in _thinned(len(found))]
    written = (
        texts("lives.title", **stages),
        texts("lives.how")
        + (texts("lives.thinned", shown=len(shown), all=len(found)) if shown != found else ""),
        record_note(run, texts),
    )
    with styled(size_of(projector=projector)):
        page = sheet(written, 11, 6.6, projector=projector)
        left, right = page.figure.subplots(1, 2, width_ratios=[3, 1])
        page.place(left=0.65, right=0.45, top=0.55, bottom=0.55)
        page.figure.subplots_adjust(wspace=0.5 if projector else 0.42)
        _rows(left, shown, page, run.months, texts)
        _stages(right, stages, page, texts)
    return page.figure


def _thinned(count: int) -> list[int]:
    spaced = np.linspace(0, count - 1, min(count, MOST_ROWS))
    return [int(row) for row in spaced.astype(int)]


def _rows(axes: Axes, shown: list[Life], page: Sheet, months: int, texts: Texts) -> None:
    plain_axis(axes)
    for name, (colour, hatch) in SPANS.items():
        spans = [
            (row, begin / YEAR, (end - begin) / YEAR)
            for row, life in enumerate(shown)
            for part, begin, end in life.spans
            if part == name
        ]
        rows, starts, widths = zip(*spans, strict=True) if spans else ((), (), ())
        axes.barh(
            rows, widths, THICK, starts, color=colour, hatch=hatch, edgecolor=BLACK, linewidth=0.3,
            label=texts(f"lives.{name}"), gid=name,
        )  # fmt: skip
    for name, (marker, colour) in ENDS.items():
        ends = [(life.spans[-1][2] / YEAR, row) for row, life in enumerate(shown) if life.end == name]
        x, y = zip(*ends, strict=True) if ends else ((), ())
        size = min(6.0, max(3.0, 240 / max(len(shown), 1)))
        axes.plot(
            x, y, marker, color=colour, markersize=size, linestyle="none", clip_on=False,
            markeredgewidth=1.2 if marker == "x" else 0.3, label=texts(f"lives.{name}"), gid=name,
        )  # fmt: skip
    axes.set_xlim(0, max(months / YEAR, 1 / YEAR))
    axes.set_ylim(max(len(shown), 1) - 0.3, -0.7)
    axes.set_yticks([])
    axes.set_ylabel(texts("lives.rows"))
    axes.set_xlabel(texts("axis.years"))
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=6, columnspacing=0.9, handlelength=1.3,
        handletextpad=0.4, borderaxespad=0.2, fontsize=page.points(8.2),
    )  # fmt: skip


def _stages(axes: Axes, stages: dict[str, int], page: Sheet, texts: Texts) -> None:
    names = list(stages)
    axes.barh(
        range(len(names)), list(stages.values()), 0.62, color=[GREY, GREY, ORANGE, BLUE, BLUE], gid="stages"
    )
    for row, count in enumerate(stages.values()):
        axes.annotate(
            texts.number(count), (count, row), xytext=(4, 0), textcoords="offset points", va="center",
            weight="bold", fontsize=page.points(10),
        )  # fmt: skip
    axes.set_yticks(range(len(names)), [texts(f"lives.stage.{name}") for name in names])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(0, max(1, 1.15 * max(stages.values())))
    axes.set_xlabel(texts("axis.initiatives"))
    axes.set_title(texts("lives.stages"), fontsize=page.points(10))
    plain_axis(axes)
