"""Section of a report on a factorial study: what levers do alone and together."""

from __future__ import annotations

from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.interactions import LEVELS, Interacting, levels_compared
from cocreate.experiments.conclusions.outcome_words import (
    change,
    outcome_named,
    p_value,
    span,
    unit_of_change,
)
from cocreate.experiments.study.spec import Study
from cocreate.experiments.words import some_of
from cocreate.viz.interactions import interactions
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.page import Block, Column, Section, Table, Text
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.study_effects import CORRECTIONS, draws_words, titles_of

HOW = (
    "Each lever goes from one level to another: {levels}. Its effect is the mean change of the outcome over"
    " both of these levels of the others. What two levers do together is how much the effect of one changes"
    " when the other has gone to its second level: zero means that their effects just add up."
)

BETWEEN = "Levels in between do not enter here; how outcomes respond to each lever shows them as well."


def interactions_section(found: Conclusions, note: str) -> Section:
    """Return the section on effects of levers and their interactions.

    Args:
        found: Conclusions of a study with effects of levers.
        note: Seed and settings, for captions.
    """
    tests = sum(len(one.effects) for one in found.interactions)
    blocks: list[Block] = [
        Text(
            (
                _how(found.results.study),
                f"p-values are {CORRECTIONS[found.correction]}, over all {tests} effects."
                f"{draws_words(one.draws for one in found.interactions)}",
            )
        )
    ]
    for place, world in enumerate(found.results.study.worlds):
        mine = [one for one in found.interactions if one.world == world.name]
        title = _title(mine, titles_of(found)[world.name])
        caption = (
            "Circles: single levers. Squares: levers together. Lines: 95 % intervals. A filled mark stays"
            f" after correction for all effects. {note}"
        )
        words = f"{title}. The table below holds all numbers."
        drawn = picture(interactions(mine), f"figure-interactions-{place + 1}", title, caption, words)
        blocks += [drawn, _table(mine, title, place + 1)]
    return Section("interactions", "What levers do alone and together", tuple(blocks))


def _how(study: Study) -> str:
    """Return what an effect is, with the levels between which each lever goes."""
    compared = levels_compared(study)
    levels = "; ".join(f"{name} from {first} to {second}" for name, (first, second) in compared.items())
    told = HOW.format(levels=levels)
    return f"{told} {BETWEEN}" if study.design.size > LEVELS ** len(compared) else told


def _title(mine: list[Interacting], world: str) -> str:
    together = [effect for one in mine for effect in one.effects if len(effect.changes) > 1]
    clear = sum(effect.p_corrected < 1 - CONFIDENCE for effect in together)
    told = some_of(clear, len(together), "interactions", "hold")
    return f"Around “{world}”, {told} after correction"


def _table(mine: list[Interacting], title: str, number: int) -> Table:
    columns = (
        Column("Lever, or levers together"), Column("Outcome"), Column("Effect", True),
        Column("95 % interval", True), Column("p, corrected", True), Column("Replicates", True),
    )  # fmt: skip
    rows = []
    for one in mine:
        declared = outcome_named(one.outcome)
        for effect in one.effects:
            estimate = effect.effect
            rows.append(
                (
                    effect.title,
                    f"{declared.meaning} ({unit_of_change(declared.unit)})",
                    change(declared.unit, estimate.value, (estimate.low, estimate.high)),
                    span(declared.unit, estimate.low, estimate.high),
                    p_value(effect.p_corrected),
                    f"{one.replicates:,}" + (f" ({one.dropped:,} dropped)" if one.dropped else ""),
                )
            )
    told = [
        {
            "changes": effect.title,
            "outcome": one.outcome,
            "effect": effect.effect.value,
            "low": effect.effect.low,
            "high": effect.effect.high,
            "p": effect.p,
            "p_corrected": effect.p_corrected,
            "replicates": one.replicates,
        }
        for one in mine
        for effect in one.effects
    ]
    file = csv_file(f"interactions-{number}.csv", told, "All effects in full precision (CSV)")
    return Table(title, columns, tuple(rows), file)
