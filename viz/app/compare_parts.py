"""Parts of the comparison: both ensembles side by side, all outcomes, without-this, and shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape

import solara

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.correction import Correction, corrected
from cocreate.viz.app.adding_up import adding_up
from cocreate.viz.app.background import Progress, use_background
from cocreate.viz.app.charts import chart
from cocreate.viz.app.controls.button import button
from cocreate.viz.app.controls.choice import Choice, Option
from cocreate.viz.app.ensembles import Ensembles, use_ensembles
from cocreate.viz.app.headlines import HEADLINES
from cocreate.viz.app.parts import folded, markup, table, tag
from cocreate.viz.app.result import chance_of, say, sides_of, waited_for, words_of_progress
from cocreate.viz.app.shares import LATER, REST, Part, Shares, key_of, share_out, with_parts
from cocreate.viz.app.state import Setting
from cocreate.viz.app.verdicts import (
    OFFERED,
    compared,
    gap_text,
    gaps_adding_up,
    left_out,
    number_text,
    sentence,
    typical,
    values_table,
)
from cocreate.viz.app.words import Words
from cocreate.viz.app.worlds import WORLDS

WHOLE_PERCENT = 2
"""Decimals of a share that is written as a whole percentage."""


@solara.component
def Gap(words: Words, progress: Progress[Ensembles], names: Sequence[str], outcome: str) -> None:
    """Show the sentence, the two ensembles side by side, and the gap in every outcome."""
    with tag("section", css="cc-card cc-result", aria_label=words("compare.gap")):
        tag("h2", words("compare.gap"))
        if waited_for(words, progress):
            return
        found = progress.value
        assert found is not None
        with tag("div", css="cc-stale" if progress.stale else ""):
            _Found(words, found, names, outcome)
        tag("p", words_of_progress(words, progress), css="cc-busy")


@solara.component
def _Found(words: Words, found: Ensembles, names: Sequence[str], outcome: str) -> None:
    said = say(words, found, outcome)
    sides = sides_of(found, names)
    with solara.Div(classes=["cc-pair"]):
        for side in sides:
            markup(f"<h3>{escape(side.name)}</h3>{chart(words, sides, outcome, said, alone=side)}")
    columns = dict(zip(names, found.played, strict=True))
    label = words(f"outcome.{outcome}.label")
    folded(words("chart.table"), table(*values_table(words, columns, outcome), label))
    folded(words("compare.all_outcomes"), _all_outcomes(words, found, names))


def _all_outcomes(words: Words, found: Ensembles, names: Sequence[str]) -> str:
    """Return a table of all outcomes; what is said of chance allows for their number."""
    results = [compared(found.played[0], found.played[1], name) for name in OFFERED]
    fair = corrected([one.counts.p for one in results], Correction.HOLM)
    rows = []
    for result, p in zip(results, fair, strict=True):
        shown, name = replace(result, p_corrected=p), result.outcome
        chance = chance_of(words, found, shown) or words("verdict.none")
        rows.append(
            [
                words(f"outcome.{name}.label"),
                number_text(words, name, shown.before),
                number_text(words, name, shown.now),
                words.number(shown.counts.more),
                words.number(shown.counts.less),
                f"{chance} {left_out(words, shown)}".rstrip(),
            ]
        )
    last = (words(f"compare.{key}") for key in ("higher", "lower", "chance"))
    heads = [words("result.outcome"), *names, *last]
    return table(heads, rows, words("compare.all_caption", count=found.worlds))


def part_name(words: Words, part: Part) -> str:
    """Return what a change is called."""
    if part.name in (REST, LATER):
        return words(f"compare.{part.name}")
    if part.name in [one.name for one in HEADLINES]:
        return words(f"headline.{part.name}.label")
    return words(f"lever.{part.name}.label")


@solara.component
def Without(words: Words, first: Setting, second: Setting, parts: Sequence[Part], outcome: str) -> None:
    """Show what the second world would be without one of the changes."""
    chosen = solara.use_reactive("")
    left_out = next((part for part in parts if part.name == chosen.value), None)
    with tag("section", css="cc-card", aria_label=words("compare.without")):
        tag("h2", words("compare.without"))
        if not parts:
            same = first.key() == second.key()
            tag("p", words("compare.alike" if same else "compare.not_apart"), css="cc-soft")
            return
        options = [
            Option("", words("compare.with_all")),
            *(Option(p.name, part_name(words, p)) for p in parts),
        ]
        now = left_out.name if left_out else ""
        Choice(words("compare.leave_out"), options, now, chosen.set, words("compare.without_note"))
        if left_out is not None:
            kept = [part for part in parts if part is not left_out]
            try:
                _WithoutOne(words, second, with_parts(first, kept), part_name(words, left_out), outcome)
            except CocreateError:
                tag("p", words("explore.refused"), role="status")


@solara.component
def _WithoutOne(words: Words, full: Setting, less: Setting, name: str, outcome: str) -> None:
    progress = use_ensembles((full, less))
    found = progress.value
    if progress.failed:
        tag("p", words("explore.failed"), css="cc-notice", role="alert")
    elif found is None or progress.stale:
        tag("p", words("explore.waiting"), css="cc-busy", role="status")
    if found is None or progress.stale:
        return
    result = compared(found.played[0], found.played[1], outcome)
    with tag("div", role="status"):
        tag("p", words("compare.without_it", name=name, sentence=sentence(words, result)), css="cc-sentence")
        tag("p", typical(words, result), " ", chance_of(words, found, result))
    tag("p", words_of_progress(words, progress), css="cc-busy")


@solara.component
def SharesOfParts(words: Words, first: Setting, parts: Sequence[Part], outcome: str) -> None:
    """Show what share of the gap each change has, once the visitor asks for it."""
    asked = solara.use_reactive("")
    key = key_of(first, parts, outcome)
    if len(parts) < 2:  # noqa: PLR2004 - one change has it all
        return
    with tag("section", css="cc-card", aria_label=words("compare.shares")):
        tag("h2", words("compare.shares"))
        tag("p", words("compare.shares_note", count=2 ** len(parts)))
        if asked.value != key:
            button(words("compare.work_out"), lambda: asked.set(key))
        else:
            _Shares(words, first, parts, outcome, key)


@solara.component
def _Shares(words: Words, first: Setting, parts: Sequence[Part], outcome: str, key: str) -> None:
    def work(gone: Callable[[], bool]) -> Iterator[Shares | CocreateError]:
        return share_out(first, parts, outcome, gone)

    progress = use_background(work, key)
    found = progress.value
    if progress.failed:
        tag("p", words("explore.failed"), css="cc-notice", role="alert")
    if isinstance(found, Shares):
        _show_shares(words, parts, found, outcome, whole=progress.done and not progress.failed)
        if not progress.done:
            tag("p", words("result.more_to_come", done=found.worlds, worlds=WORLDS), css="cc-busy")
    elif not progress.failed:
        waiting = found is None and not progress.done
        tag("p", words("explore.waiting" if waiting else "compare.no_shares"), role="status")


def _show_shares(words: Words, parts: Sequence[Part], found: Shares, outcome: str, *, whole: bool) -> None:
    """Show what the gap is divided into; without bars where it is noise and all parts are next to zero.

    Gap, parts and percentages have as many decimals as it takes for the parts to add up.

    Args:
        words: Words of the visitor's language.
        parts: The changes.
        found: Their parts of the gap.
        outcome: Name of the outcome.
        whole: Whether all worlds are there, so that something can be said of chance.
    """
    values = [one.value for one in found.parts]
    whole_gap, gaps, digits = gaps_adding_up(outcome, found.total.value, values)
    total = gap_text(words, outcome, whole_gap, digits)
    tag("p", words("compare.total", total=total, count=found.worlds), css="cc-sentence", role="status")
    tag("p", words("compare.total_note"), css="cc-soft")
    counts = found.counts
    tag("p", words("compare.shares_counts", more=counts.more, less=counts.less, count=counts.pairs))
    if whole and not found.sure:
        tag("p", words("compare.shares_of_noise"))
    if found.sure and found.opposed:
        tag("p", words("compare.shares_opposed"))
    percentages = found.sure and not found.opposed
    shares = _percentages(words, values) if percentages else [words("verdict.none")] * len(parts)
    largest = max(map(abs, values)) or 1.0
    rows = []
    bars = []
    for part, one, gap, share in zip(parts, found.parts, gaps, shares, strict=True):
        name, value = part_name(words, part), gap_text(words, outcome, gap, digits)
        ends = [gap_text(words, outcome, end, digits) for end in (one.low, one.high)]
        rows.append([name, value, words("compare.interval", low=ends[0], high=ends[1]), share])
        bars.append(_bar(name, f"{value} · {share}" if percentages else value, one.value / largest))
    to_see = (digit in gap_text(words, outcome, one) for one in values for digit in "123456789")
    if found.sure or any(to_see):
        markup(f'<div class="cc-bars" aria-hidden="true">{"".join(bars)}</div>')
    heads = [words("compare.change"), words("compare.part"), words("compare.range"), words("compare.share")]
    markup(table(heads, rows, words("compare.shares")))


def _percentages(words: Words, values: Sequence[float]) -> list[str]:
    """Return what share of their sum values are, as percentages that sum to 100 %."""
    found = adding_up(1.0, [one / sum(values) for one in values], WHOLE_PERCENT)
    return [words.percent(float(one), found.digits - WHOLE_PERCENT) for one in found.parts]


def _bar(name: str, text: str, length: float) -> str:
    """Return a bar to the left or right of the middle; length from -1 to 1."""
    side = "right" if length < 0 else "left"
    css = "less" if length < 0 else "more"
    drawn = f'<i class="{css}" style="{side}:50%;width:{50 * abs(length):.1f}%"></i>'
    return (
        f'<div class="cc-bar"><span>{escape(name)}</span><span class="cc-bar-track">{drawn}</span>'
        f"<b>{escape(text)}</b></div>"
    )
