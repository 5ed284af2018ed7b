"""What a factorial study found, in sentences: the clearest effects of levers, alone and together."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, isnan

from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.analysis.factorial import FactorialEffect
from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.interactions import Interacting, levels_compared
from cocreate.experiments.conclusions.outcome_words import change_in_text, outcome_named, p_value, span
from cocreate.model.parameters import Value
from cocreate.viz.report.badges import DIFFERENCES, FOUND, NOTHING, TOO_FEW, UNSURE
from cocreate.viz.report.lever_tables import value_words
from cocreate.viz.report.page import Answer, Badge

MOST_ALONE, MOST_TOGETHER = 5, 3
"""Effects of single levers, and of levers together, that are told; the table has all."""

SECTION = "interactions"

WORTH = {1: " More is better.", -1: " Less is better.", 0: ""}


def interaction_answers(found: Conclusions) -> list[Answer]:
    """Return the clearest effects in a sentence each, those that hold after correction first.

    Args:
        found: Conclusions.

    Returns:
        Single levers, then levers together. Where effects were tested and none is clear, one answer says so;
        where none was tested there is no answer.
    """
    effects = [(one, effect) for one in found.interactions for effect in one.effects]
    if not effects:
        return []
    clear = sorted((both for both in effects if both[1].p < 1 - CONFIDENCE), key=_unsureness)
    if clear:
        alone = [both for both in clear if len(both[1].changes) == 1]
        together = [both for both in clear if len(both[1].changes) > 1]
        return [_answer(found, *both) for both in (*alone[:MOST_ALONE], *together[:MOST_TOGETHER])]
    tested = sum(not isnan(effect.p) for _, effect in effects)
    if not tested:
        return [Answer(TOO_FEW, "So few complete replicates tell nothing about effects.", "", SECTION)]
    words = "No effect of a lever, alone or together with others, can be seen with so few runs."
    return [Answer(NOTHING, words, f"{tested:,} effects were tested.", SECTION)]


def _unsureness(both: tuple[Interacting, FactorialEffect]) -> tuple[bool, float]:
    """Return what puts effects in order: those that hold first, then by their size against the interval."""
    estimate = both[1].effect
    return not _holds(both[1]), -abs(estimate.value) / estimate.width if estimate.width else -inf


def _holds(effect: FactorialEffect) -> bool:
    return effect.p_corrected < 1 - CONFIDENCE


def _answer(found: Conclusions, one: Interacting, effect: FactorialEffect) -> Answer:
    study, declared = found.results.study, outcome_named(one.outcome)
    world = next(world for world in study.worlds if world.name == one.world)
    around = f", around “{world.title}”" if len(study.worlds) > 1 else ""
    by = change_in_text(declared.unit, effect.effect.value, (effect.effect.low, effect.effect.high))
    told = _sentence(effect, by, levels_compared(study))
    worth = WORTH[declared.better] if len(effect.changes) == 1 else ""
    replicates = f"{one.replicates:,} replicates" + (f" of {one.draws:,} draws" if one.draws else "")
    return Answer(
        _badge(effect),
        f"{declared.meaning[:1].upper()}{declared.meaning[1:]}{around}: {told}",
        f"95 % interval {span(declared.unit, effect.effect.low, effect.effect.high)}; p"
        f" {p_value(effect.p_corrected)} after correction; {replicates}.{worth}",
        SECTION,
    )


def _sentence(effect: FactorialEffect, by: str, compared: Mapping[str, tuple[Value, Value]]) -> str:
    """Return what an effect is, as the rest of a sentence."""
    *others, last = effect.changes
    goes = f"{last} goes from {' to '.join(map(value_words, compared[last]))}"
    if not others:
        return f"{by} when {goes}."
    if len(others) == 1:
        adds = "do not" if _holds(effect) else "may not"
        return f"what {others[0]} does changes by {by} when {goes}; their effects {adds} just add up."
    return f"{', '.join(others)} and {last} together do {by} beyond what fewer of them do."


def _badge(effect: FactorialEffect) -> Badge:
    if len(effect.changes) > 1:
        return FOUND if _holds(effect) else UNSURE
    if effect.effect.value > 0:
        return DIFFERENCES[Verdict.MORE if _holds(effect) else Verdict.PERHAPS_MORE]
    return DIFFERENCES[Verdict.LESS if _holds(effect) else Verdict.PERHAPS_LESS]
