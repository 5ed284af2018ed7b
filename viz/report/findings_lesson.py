"""Sections of a report on findings: one lesson with its claims, boundaries, figures and worlds."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING

from cocreate.experiments.conclusions.outcome_words import (
    change,
    change_in_text,
    number,
    p_value,
    span,
    unit_of_change,
)
from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.finding import Finding, compared
from cocreate.experiments.hypotheses.in_short import in_short
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.verdict import (
    CONFIRMED,
    Effect,
    JudgedBoundary,
    JudgedClaim,
    Standing,
    unmeasured,
)
from cocreate.experiments.hypotheses.words import KINDS, kind_of
from cocreate.experiments.words import counted, drawn_from
from cocreate.viz.report.badges import STANDINGS, verdict_badge
from cocreate.viz.report.lever_tables import settings_table
from cocreate.viz.report.page import Answer, Answers, Block, Cell, Column, Picture, Section, Table, Text
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.svg import head_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEADLINES = ("silos", "continuity", "power", "interaction")
"""Findings that a page begins with, if it has them."""

COLUMNS = (
    Column("Claim"),
    Column("Says"),
    Column("Measured by"),
    Column("Expected"),
    Column("Effect", numeric=True),
    Column("95 % interval, all tests", numeric=True),
    Column("Smallest that counts", numeric=True),
    Column("In standard deviations", numeric=True),
    Column("p, corrected", numeric=True),
    Column("Pairs", numeric=True),
)


def lesson(one: Finding, figures: Mapping[str, Figure]) -> Section:
    """Return the section on a finding.

    Args:
        one: The finding.
        figures: Its figures by name.
    """
    blocks: list[Block] = [
        Text(
            (
                f"The lesson: {one.lesson}",
                f"Source: {one.source}.",
                f"It would be refuted if {one.refuted_if}.",
            )
        ),
        Answers((Answer(verdict_badge(one.judgement), in_short(one), effect_sentence(one)),)),
        *_in_full(one),
        _claims(one),
    ]
    if one.boundaries:
        blocks.append(_boundaries(one))
    for place, figure in enumerate(figures.values(), start=1):
        blocks.append(_figure(one, figure, f"{anchor(one)}-figure-{place}"))
    settings = _settings(one)
    blocks += [settings] if settings is not None else []
    heading = one.title if one.id in HEADLINES else f"{one.id}: {one.title}"
    badge = verdict_badge(one.judgement, short=True)
    return Section(anchor(one), heading, tuple(blocks), badge=badge, short=one.id)


def _in_full(one: Finding) -> tuple[Block, ...]:
    """Return the whole reason, unless the sentence says all of it."""
    return () if one.reason == CONFIRMED else (Text((f"In full: {one.reason}",)),)


def _figure(one: Finding, figure: Figure, name: str) -> Picture:
    """Return a figure with its own title and explanation, unless these say what the lesson says already."""
    title, explanation = head_of(figure)
    if not title or one.title in title:
        title, explanation = f"{one.title}: what the worlds show", ""
    words = f"{title}. {effect_sentence(one)} The tables of this lesson hold the numbers."
    caption = f"{_settings_note(one)} Intervals: 95 %, allowing for all tests of the lesson."
    return picture(figure, name, title, f"{explanation} {caption}".strip(), words)


def _settings_note(one: Finding) -> str:
    where = one.provenance
    base = drawn_from(where.draws, where.replicates) if where.draws else "the default levers"
    return (
        f"Seed {where.seed}, {where.replicates:,} replicates of each world, from {base}; version"
        f" {where.version}."
    )


def _settings(one: Finding) -> Table | None:
    """Return the levers of the worlds compared; None stands for one that starts from draws."""
    where = one.provenance
    moved = {name for levers in where.settings.values() for name in levers}
    drawn = dict.fromkeys(name for name in where.drawn if name in moved)
    caption = "Levers of the worlds compared; all others are as usual"
    if where.drawn:
        number = counted(len(where.drawn), "uncertain lever", digits=True)
        caption += f" or, for {number} that the end of the page names, as drawn"
    return settings_table({title: drawn | dict(levers) for title, levers in where.settings.items()}, caption)


def _claims(one: Finding) -> Table:
    columns = (*COLUMNS, Column("More replicates to settle it", numeric=True))
    rows = tuple(row for judged in one.claims for row in _claim_rows(judged, one))
    return Table("Claims, and what the runs say about each", columns, rows, dense=True)


def _claim_rows(judged: JudgedClaim, one: Finding) -> list[tuple[Cell, ...]]:
    """Return the row of a claim, and below it one for each effect of a claim that has several."""
    claim, labels = judged.claim, {world.world: f"“{world.label}”" for world in one.worlds}
    said, *rest = _row(claim, claim.expected, judged.effect, judged.standing)
    rows: list[tuple[Cell, ...]] = [(f"{KINDS[kind_of(claim)]}{said}", *rest, _needed(judged))]
    for part in (part for way in judged.ways for part in way):
        named = {labels.get(world, world): weight for world, weight in part.weights.items()}
        says = f"One comparison of it: {compared(named)}"
        rows.append((says, *_row(claim, claim.expected, part.effect, part.standing)[1:], ""))
    return rows


def _needed(judged: JudgedClaim) -> str:
    if not judged.effect.measured:
        return "too few measured"
    if judged.more_pairs is None:
        return "none would"
    return f"{judged.more_pairs:,}" if judged.more_pairs else "settled"


def _boundaries(one: Finding) -> Table:
    def row(judged: JudgedBoundary) -> tuple[Cell, ...]:
        return _row(judged.boundary.claim, judged.boundary.foreseen, judged.effect, judged.standing)

    caption = (
        "Boundaries: the same effect where a condition is another one. “Says” tells whether the lesson holds"
        " there; “expected” is what the lesson foresees there"
    )
    return Table(caption, COLUMNS, tuple(map(row, one.boundaries)), dense=True)


def _row(claim: Claim, expected: Expected, effect: Effect, stands: Standing) -> tuple[Cell, ...]:
    return (
        claim.says,
        STANDINGS[stands],
        measured_by(claim.outcome),
        expected.value,
        *numbers(claim.outcome, effect),
        change(unit_of(claim.outcome), claim.smallest * effect.spread).lstrip("+"),
        number(effect.standardised),
        p_value(effect.p),
        f"{effect.pairs:,}" + (f" ({effect.dropped:,} dropped)" if effect.dropped else ""),
    )


def measured_by(outcome: str) -> str:
    """Return what a measure is called, with the unit of its differences."""
    return f"{label_of(outcome)} ({unit_of_change(unit_of(outcome)) or 'no unit'})"


def numbers(outcome: str, effect: Effect) -> tuple[str, str]:
    """Return an effect and its interval as texts."""
    unit = unit_of(outcome)
    return change(unit, effect.mean, (effect.low, effect.high)), span(unit, effect.low, effect.high)


def anchor(finding: Finding) -> str:
    """Return the identity of a finding's section: letters and digits of its id."""
    return "lesson-" + "".join(letter if letter.isalnum() else "-" for letter in finding.id.lower())


def effect_sentence(one: Finding) -> str:
    """Return the effect of the leading claim in a sentence, and in another one that of what decides."""
    leading, decider = one.claims[0].claim, one.deciding[0]
    if decider.claim.says == leading.says:
        return _effect_words("Leading effect", leading, one.effect)
    both = ("Leading effect", leading, one.effect), ("Deciding effect", decider.claim, decider.effect)
    return " ".join(_effect_words(*each) for each in both)


def _effect_words(name: str, claim: Claim, effect: Effect) -> str:
    unit = unit_of(claim.outcome)
    if isnan(effect.low):
        return f"{name}: there is no interval, as {unmeasured(effect)}."
    mean = change_in_text(unit, effect.mean, (effect.low, effect.high))
    return (
        f"{name}, on {label_of(claim.outcome)}: {mean} (interval"
        f" {span(unit, effect.low, effect.high)}; {number(effect.standardised)} standard deviations between"
        f" runs; {effect.pairs:,} pairs)."
    )


def unit_of(outcome: str) -> str:
    """Return the unit of a measure, empty for an unknown one."""
    return MEASURES[outcome].unit if outcome in MEASURES else ""


def label_of(outcome: str) -> str:
    """Return what a measure is called in text."""
    return MEASURES[outcome].label if outcome in MEASURES else outcome
