"""Findings in plain words: sentences and tables that say what the numbers of a contrast say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.contrast import Difference, Verdict
from cocreate.experiments.replicates import Arm
from cocreate.experiments.themes import REPORTED, Theme
from cocreate.viz.numbers import change, interval, level

if TYPE_CHECKING:
    from rich.table import Table

HEADLINE = "share_structural"
"""The outcome that a summary starts with."""

WIDE = 116
"""Characters that a table needs to show each outcome in one line."""

OPENINGS = {
    Verdict.MORE: "a larger share of pilots became structural than in the default world",
    Verdict.LESS: "a smaller share of pilots became structural than in the default world",
    Verdict.PERHAPS_MORE: "perhaps a larger share of pilots became structural than in the default world",
    Verdict.PERHAPS_LESS: "perhaps a smaller share of pilots became structural than in the default world",
    Verdict.NONE: "no difference from the default world can be seen in the share of pilots that became"
    " structural",
    Verdict.SAME: "exactly the same share of pilots became structural as in the default world",
    Verdict.UNKNOWN: "too few worlds can tell whether more pilots became structural",
}

REST = {
    Verdict.MORE: "more: ",
    Verdict.LESS: "less: ",
    Verdict.PERHAPS_MORE: "perhaps more: ",
    Verdict.PERHAPS_LESS: "perhaps less: ",
    Verdict.NONE: "no difference can be seen in ",
    Verdict.SAME: "exactly the same: ",
    Verdict.UNKNOWN: "too few worlds to tell: ",
}


def summary(arm: Arm, differences: Sequence[Difference]) -> str:
    """Return what an arm changes, in one or two sentences made from the numbers alone.

    Args:
        arm: The arm.
        differences: Differences from the default world; those of other arms are passed over.
    """
    mine = {one.outcome: one for one in differences if one.arm == arm.name}
    sentences = []
    if HEADLINE in mine:
        sentences.append(f"With {arm.label}, {opening(mine.pop(HEADLINE))}.")
    parts = []
    for verdict, words in REST.items():
        named = [REPORTED.get(one.outcome, one.outcome) for one in mine.values() if one.verdict is verdict]
        if named:
            parts.append(f"{words}{', '.join(named)}")
    if parts:
        sentences.append(f"{'; '.join(parts)}.")
    return " ".join(text[:1].upper() + text[1:] for text in sentences)


def opening(one: Difference) -> str:
    """Return what a difference in the headline outcome says, without a full stop."""
    words = OPENINGS[one.verdict]
    if one.verdict in (Verdict.UNKNOWN, Verdict.SAME):
        return words
    between = "and" if one.verdict is Verdict.NONE else "instead of"
    return (
        f"{words}: {level(one.outcome, one.mean_arm)} {between}"
        f" {level(one.outcome, one.mean_baseline)} ({change(one.outcome, one.difference)} points, 95 %"
        f" interval {change(one.outcome, one.low)} to {change(one.outcome, one.high)}; {worlds(one)})"
    )


def worlds(one: Difference) -> str:
    """Return in how many worlds an arm had more or less than the baseline, in words.

    Dropped pairs are named, and so are ties.
    """
    more_is_said = one.difference >= 0
    said, count, other = ("more", one.more, one.less) if more_is_said else ("less", one.less, one.more)
    text = f"{said} in {count} of {one.pairs} worlds"
    if one.pairs - count - other:
        text += f", equal in {one.pairs - count - other}"
    if one.dropped:
        text += f", {one.dropped} without a value"
    return text


def theme_table(theme: Theme, differences: Sequence[Difference], width: int = WIDE) -> Table:
    """Return a theme's differences as a table for the console.

    Args:
        theme: The theme.
        differences: Differences from the default world, those of the theme's arms among them.
        width: Characters in a line; below :data:`WIDE` each difference takes two lines.
    """
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    wide = width >= WIDE
    table = Table(
        box=box.SIMPLE_HEAD, title=theme.label, title_justify="left", title_style="bold", pad_edge=False
    )
    table.add_column("Outcome")
    table.add_column("Default", justify="right", no_wrap=True)
    for arm in theme.arms:
        label = arm.label[:1].upper() + arm.label[1:]
        table.add_column(label if wide else f"{label}, worlds", justify="right", no_wrap=True)
        if wide:
            table.add_column("Worlds", justify="right", no_wrap=True)
    found = {(one.arm, one.outcome): one for one in differences}
    for outcome in dict.fromkeys(one.outcome for one in differences):
        pair = [found[arm.name, outcome] for arm in theme.arms]
        cells = [REPORTED.get(outcome, outcome), level(outcome, pair[0].mean_baseline)]
        for one in pair:
            cells += [interval(one) + _mark(one), _agreeing(one)] if wide else [_two_lines(one)]
        table.add_row(*cells)
    return table


def _two_lines(one: Difference) -> str:
    first, _, second = interval(one).partition(" ")
    return f"{first}{_mark(one).strip()}, {_agreeing(one)}\n{second}"


def _mark(one: Difference) -> str:
    """Return a star for a difference that holds after correction, else a space of its width."""
    return "*" if one.verdict in (Verdict.MORE, Verdict.LESS) else " "


def _agreeing(one: Difference) -> str:
    count = one.more if one.difference > 0 else one.less
    return "-" if one.more == one.less == 0 else f"{count}/{one.pairs}"
