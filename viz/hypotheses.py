"""Figures of named experiments: what each claim found, and the worlds that it was found in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from cocreate.experiments.conclusions.outcome_words import unit_of_level
from cocreate.experiments.hypotheses.claim import SMALLEST, Claim
from cocreate.experiments.hypotheses.finding import Finding, WorldMean
from cocreate.experiments.hypotheses.hypothesis import Axis, Hypothesis
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import Effect, Standing, Verdict
from cocreate.viz.theme import (
    BLUE,
    GREY,
    ORANGE,
    PALE,
    VERMILION,
    foot,
    foot_height,
    head,
    new_figure,
    origin,
    plain_axis,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, LINE, TOP, BOTTOM = 13.0, 0.19, 0.8, 0.75
"""Width of a figure, height of a line of text, room above and below the panels, in inches."""

CLAIM_LETTERS, WORLD_LETTERS, REASON_LETTERS, NOTE_LETTERS = 50, 40, 165, 205
"""Letters in a line of a claim, of a world's name, of the reason, and of the footer."""

MOST_SETTINGS = 10
"""Worlds whose settings a footer has room for."""

LOOKS = {Standing.HOLDS: ("o", BLUE), Standing.FAILS: ("s", VERMILION), Standing.UNSETTLED: ("D", GREY)}
"""Mark and colour of a claim by what the numbers say about it."""

WORDS = {
    Verdict.SUPPORTED: "supported",
    Verdict.REFUTED: "refuted",
    Verdict.DEPENDS: "it depends",
    Verdict.UNDECIDED: "undecided",
}
"""Verdicts in titles."""


@dataclass(frozen=True)
class Row:
    """A row of the panel of claims.

    Attributes:
        claim: The claim.
        effect: What was found.
        standing: What that says.
        boundary: Whether it is a boundary.
    """

    claim: Claim
    effect: Effect
    standing: Standing
    boundary: bool

    @property
    def lines(self) -> list[str]:
        """The claim in lines of text."""
        return wrap(("At the boundary: " if self.boundary else "") + self.claim.says, CLAIM_LETTERS)


def finding_figure(finding: Finding, hypothesis: Hypothesis) -> Figure:
    """Return the figure of an experiment: its claims on the left, its worlds on the right.

    Args:
        finding: What was found.
        hypothesis: Its hypothesis, which says how worlds are drawn.
    """
    rows = rows_of(finding)
    shown = worlds_shown(finding, hypothesis)
    reason = wrap(finding.reason, REASON_LETTERS)
    claim_lines = sum(len(row.lines) + 1 for row in rows)
    world_lines = 14 if hypothesis.axis else 2 * len(shown)
    inner = max(claim_lines, world_lines, 12) * LINE
    note = provenance_note(finding)
    top, bottom = TOP + 0.17 * len(reason), BOTTOM + foot_height(note)
    with styled():
        figure = new_figure(WIDTH, inner + top + bottom)
        height = inner + top + bottom
        left = figure.add_axes((4.2 / WIDTH, bottom / height, 2.6 / WIDTH, inner / height))
        label = 0.9 if hypothesis.axis else 2.95
        right = figure.add_axes(
            ((7.05 + label) / WIDTH, bottom / height, (5.75 - label) / WIDTH, inner / height)
        )
        _claims(left, rows)
        if hypothesis.axis is not None:
            _levels(right, hypothesis.axis, shown)
        else:
            _worlds(right, shown)
        _heading(figure, 0.012, left, "What it claims, and what was found")
        shown_as = "band" if hypothesis.axis else "line"
        _heading(figure, 7.1 / WIDTH, right, f"The worlds that are compared ({shown_as}: 95 % interval)")
        head(
            figure,
            f"{finding.id[:1].upper()}{finding.id[1:]}: {finding.title}: {WORDS[finding.verdict]}",
            "\n".join(reason),
        )
        foot(figure, note)
    return figure


def _heading(figure: Figure, left: float, axes: Axes, text: str) -> None:
    """Write what a panel shows above it, from the left edge of its labels on."""
    top = axes.get_position().y1 + 0.08 / float(figure.get_figheight())
    figure.text(left, top, text, weight="bold", fontsize=10.5, va="bottom")


def rows_of(finding: Finding) -> list[Row]:
    """Return the claims and boundaries of a finding as rows."""
    claims = [Row(one.claim, one.effect, one.standing, boundary=False) for one in finding.claims]
    return claims + [
        Row(one.boundary.claim, one.effect, one.standing, boundary=True) for one in finding.boundaries
    ]


def worlds_shown(finding: Finding, hypothesis: Hypothesis) -> list[WorldMean]:
    """Return the means that the right panel draws: one outcome, in the order of the worlds."""
    outcome = hypothesis.axis.outcome if hypothesis.axis else finding.outcome
    return [one for one in finding.worlds if one.outcome == outcome]


def _claims(axes: Axes, rows: Sequence[Row]) -> None:
    """Draw standardised effects with intervals, and the range that is too small to count."""
    plain_axis(axes)
    axes.axvspan(-SMALLEST, SMALLEST, color=PALE, alpha=0.6, linewidth=0)
    axes.axvline(0, color=GREY, linewidth=1.2)
    total = sum(len(row.lines) + 1 for row in rows)
    heights, height = [], 0.5
    for row in rows:
        heights.append(height + len(row.lines) / 2)
        height += len(row.lines) + 1
        _effect(axes, row, heights[-1])
    axes.set_yticks(heights, ["\n".join(row.lines) for row in rows], fontsize=9.5)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(total, 0)
    axes.set_xlabel("Effect, standard deviations between worlds\n(grey: too small to count)")
    _key(axes)


def _effect(axes: Axes, row: Row, height: float) -> None:
    mark, colour = LOOKS[row.standing]
    spread = row.effect.spread
    if not spread > 0:
        axes.text(0, height, "no difference between worlds", ha="center", va="center", fontsize=8.5)
        return
    ends = [row.effect.low / spread, row.effect.high / spread]
    axes.plot(ends, [height, height], color=colour, linewidth=2, solid_capstyle="butt")
    axes.plot(
        [row.effect.standardised],
        [height],
        marker=mark,
        markersize=7,
        color=colour,
        markerfacecolor="white" if row.standing is Standing.UNSETTLED else colour,
        linestyle="none",
        gid=f"claim:{row.claim.says}",
    )


def _key(axes: Axes) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - heavy

    marks = [
        Line2D(
            [],
            [],
            marker=mark,
            color=colour,
            linewidth=2,
            markersize=6.5,
            markerfacecolor="white" if standing is Standing.UNSETTLED else colour,
            label=standing.value,
        )
        for standing, (mark, colour) in LOOKS.items()
    ]
    axes.legend(
        handles=marks, loc="lower right", bbox_to_anchor=(1.03, 1.0), ncols=3, borderaxespad=0.2,
        handlelength=1.4, columnspacing=1.0, fontsize=9,
    )  # fmt: skip


def _worlds(axes: Axes, shown: Sequence[WorldMean]) -> None:
    """Draw the mean of each world in a row."""
    plain_axis(axes)
    factor = factor_of(shown[0].outcome)
    for place, one in enumerate(shown):
        axes.plot([one.low * factor, one.high * factor], [place, place], color=BLUE, linewidth=2)
        axes.plot([one.mean * factor], [place], "o", color=BLUE, markersize=6.5, gid=f"world:{one.world}")
    axes.set_yticks(
        range(len(shown)), ["\n".join(wrap(one.label, WORLD_LETTERS)) for one in shown], fontsize=9.5
    )
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlabel("\n".join(wrap(axis_label(shown[0].outcome), WORLD_LETTERS)))


def _levels(axes: Axes, axis: Axis, shown: Sequence[WorldMean]) -> None:
    """Draw a line through worlds that differ by the level of one lever."""
    plain_axis(axes, grid="y")
    means: Mapping[str, WorldMean] = {one.world: one for one in shown}
    factor = factor_of(axis.outcome)
    for (label, worlds), colour, mark in zip(axis.lines, (BLUE, ORANGE), ("o", "s"), strict=False):
        found = [means[name] for name in worlds]
        middle = [one.mean * factor for one in found]
        axes.fill_between(
            axis.levels,
            [one.low * factor for one in found],
            [one.high * factor for one in found],
            color=colour,
            alpha=0.2,
            linewidth=0,
        )
        axes.plot(axis.levels, middle, marker=mark, color=colour, label=label, gid=f"line:{label}")
    axes.set_xlabel(axis.label)
    axes.set_ylabel("\n".join(wrap(axis_label(axis.outcome), WORLD_LETTERS)))
    if len(axis.lines) > 1:
        axes.legend()


def factor_of(outcome: str) -> float:
    """Return by what a measure is multiplied to be shown: 100 for shares and their differences."""
    return 100.0 if MEASURES[outcome].in_hundredths else 1.0


def axis_label(outcome: str) -> str:
    """Return the name of a measure with its unit, as an axis has it.

    >>> axis_label("councils"), axis_label("result")
    ('Councils with the principles, %', 'Gain in fit of pilots, points')
    """
    measure = MEASURES[outcome]
    unit = unit_of_level(measure.unit)
    return f"{measure.label[:1].upper()}{measure.label[1:]}, {unit}"


def provenance_note(finding: Finding) -> str:
    """Return a footer with seed, replicates, settings and version."""
    found = finding.provenance
    settings = [
        f"{title}: {', '.join(f'{name} {value}' for name, value in levers.items())}"
        for title, levers in found.settings.items()
        if levers
    ]
    settings += [f"{title}: {changes}" for title, changes in found.changes.items()]
    if len(settings) > MOST_SETTINGS:
        settings = ["The settings of every world are in findings.json."]
    corrected = f"intervals corrected for {finding.effect.tests} tests"
    last = origin(found.seed, found.replicates, found.draws, found.failures, corrected)
    return "\n".join([*(line for text in settings for line in wrap(text, NOTE_LETTERS)), last])
