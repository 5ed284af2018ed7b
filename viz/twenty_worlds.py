"""The figure of a comparison: two settings in pairs of worlds, world by world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.contrast import Difference, compare_pairs
from cocreate.experiments.conclusions.outcome_words import (
    change_in_text,
    factor_of,
    outcome_named,
    span,
    unit_of_level,
)
from cocreate.experiments.errors import nearest
from cocreate.experiments.study.results import Results
from cocreate.viz.sheet import sheet, size_of
from cocreate.viz.survival import YEAR
from cocreate.viz.texts import ENGLISH, Texts
from cocreate.viz.theme import plain_axis, study_note, styled
from cocreate.viz.thin_lines import FIRST, SECOND, draw_pairs, draw_worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class NoSeriesError(CocreateError, LookupError):
    """A study kept no monthly values of an outcome, so that its course cannot be drawn."""

    def __init__(self, outcome: str, kept: tuple[str, ...]) -> None:
        """Name the outcome and what there is.

        Args:
            outcome: The outcome that was asked for.
            kept: Outcomes with a value for each month.
        """
        there = f"it kept those of {', '.join(kept)}" if kept else "it kept none"
        super().__init__(
            f"The study kept no monthly values of {outcome!r}; {there}.{nearest(outcome, kept)}"
            f" Set keep=Keep(series=({outcome!r},)) and run it again."
        )

    def __str__(self) -> str:
        """Return the message itself, without the quotes that LookupErrors of a key may add."""
        return str(self.args[0])


def twenty_worlds(
    results: Results,
    worlds: tuple[str, str],
    outcome: str,
    *,
    projector: bool = False,
    texts: Texts = ENGLISH,
) -> Figure:
    """Return two settings over the years, a thin line a world and their medians, and the ends pair by pair.

    Args:
        results: Results of a study that keeps monthly values of the outcome; its worlds come in pairs that
            share their random draws. About twenty of each setting are easy to read.
        worlds: Names of the world that is compared with, and of the other one.
        outcome: Name of a monthly outcome.
        projector: Whether to draw a slide with large letters.
        texts: Texts of the figure.

    Raises:
        NoSeriesError: The study kept no monthly values of the outcome.
        StudyError: There is no such world or outcome.
    """
    if outcome not in results.study.keep.series:
        raise NoSeriesError(outcome, results.study.keep.series)
    ends = np.stack([results.values(name, outcome) for name in worlds])
    found = compare_pairs(ends[0], ends[1], (worlds[1], worlds[0], outcome))
    titles = {world.name: world.title for world in results.study.worlds}
    first, second = (titles[name] for name in worlds)
    declared = outcome_named(outcome)
    written = (
        _title(found, second, first, texts),
        texts("pairs.how") + " " + _interval(found, declared.unit, texts),
        study_note(results),
    )
    scale, unit = factor_of(declared.unit), unit_of_level(declared.unit)
    unit = texts("axis.number") if unit == "count" else unit
    with styled(size_of(projector=projector)):
        page = sheet(written, 11, 4.6, projector=projector)
        left, right = page.figure.subplots(1, 2, width_ratios=[3, 1.1], sharey=True)
        page.place(left=0.8, right=0.4, top=0.3, bottom=0.65)
        page.figure.subplots_adjust(wspace=0.3)
        _courses(left, results, dict(zip(worlds, (first, second), strict=True)), outcome, scale)
        plain_axis(right, grid="y")
        draw_pairs(right, scale * ends)
        right.set_xticks([0, 1], [_broken(name) for name in (first, second)])
        right.set_xlim(-0.35, 1.35)
        right.set_xlabel(texts("pairs.ends"))
        left.set_xlabel(texts("axis.years"))
        left.set_ylabel(f"{declared.meaning[:1].upper()}{declared.meaning[1:]}, {unit}", wrap=True)
        left.legend(loc="upper left", handlelength=3)
    return page.figure


def _title(found: Difference, second: str, first: str, texts: Texts) -> str:
    names = {"outcome": outcome_named(found.outcome).meaning, "second": second, "first": first}
    names["outcome"] = names["outcome"][:1].upper() + names["outcome"][1:]
    if not found.pairs:
        return texts("pairs.nothing", **names)
    if found.more == found.less == 0:
        return texts("pairs.alike", worlds=found.pairs, **names)
    key = "pairs.higher" if found.more >= found.less else "pairs.lower"
    return texts(key, more=found.more, less=found.less, worlds=found.pairs, **names)


def _interval(found: Difference, unit: str, texts: Texts) -> str:
    if np.isnan(found.low):
        return texts("pairs.no_interval")
    return texts(
        "pairs.interval",
        change=change_in_text(unit, found.difference, (found.low, found.high)),
        span=span(unit, found.low, found.high),
    )


def _courses(axes: Axes, results: Results, titles: dict[str, str], outcome: str, scale: float) -> None:
    plain_axis(axes, grid="y")
    for (name, title), look in zip(titles.items(), (FIRST, SECOND), strict=True):
        lines = scale * lines_of(results, name, outcome)
        years = (np.arange(lines.shape[1]) + 1) / YEAR
        draw_worlds(axes, years, lines, look, f"{name}:{outcome}")
        axes.plot(
            [], [], color=look.colour, linestyle=look.dash, linewidth=3, marker=look.marker, label=title
        )
        axes.set_xlim(0, years[-1])


def lines_of(results: Results, world: str, outcome: str) -> NDArray[np.float64]:
    """Return a monthly outcome of every run of a world; shape (runs, months)."""
    rows = results.series[results.series["world"] == world]
    table = rows.pivot(index=["point", "replicate"], columns="month", values=outcome)
    return np.asarray(table.to_numpy(float))


def _broken(text: str) -> str:
    return text.replace(" ", "\n", 1)
