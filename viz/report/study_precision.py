"""How far adaptive replication is, as paragraphs of a report."""

from __future__ import annotations

from collections.abc import Mapping

from cocreate.experiments.conclusions.outcome_words import change, outcome_named, span
from cocreate.experiments.conclusions.precision import Precise
from cocreate.experiments.conclusions.precision_words import asked_sentence, look_sentence


def precision_words(found: Precise | None, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return what was asked for, how far it is, and what is known by now; nothing where nobody asked.

    Args:
        found: How well differences are known.
        titles: Names of worlds in text by their name.
    """
    if found is None:
        return ()
    told = f"{asked_sentence(found)} {look_sentence(found)}"
    if not found.differences:
        return (told,)
    unit = outcome_named(found.wanted.outcome).unit
    known = "; ".join(
        f"{titles[name]}: {change(unit, one.value, (one.low, one.high))} ({span(unit, one.low, one.high)})"
        for name, one in found.differences.items()
    )
    return (told, f"Differences with intervals that allow for looking so often: {known}.")
