"""How far adaptive replication is, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from cocreate.experiments.conclusions.outcome_words import change, outcome_named, span, unit_of_change
from cocreate.experiments.conclusions.precision import Precise


def precision_words(found: Precise | None, titles: Mapping[str, str]) -> tuple[str, ...]:
    """Return what was asked for, how far it is, and what is known by now; nothing where nobody asked.

    Args:
        found: How well differences are known.
        titles: Names of worlds in text by their name.
    """
    if found is None:
        return ()
    outcome = outcome_named(found.wanted.outcome)
    asked = (
        f"Replicates are added until differences in this outcome are known well enough: {outcome.meaning},"
        f" to within {_half(outcome.unit, found.wanted.half_width)}, with at most {found.wanted.budget:,}"
        " replicates."
    )
    if not found.look:
        return (f"{asked} The first look comes after {found.next_look:,} replicates.",)
    seen = (
        f"At look {found.look} of {found.looks}, after {found.replicates:,} replicates, the widest interval"
        f" reaches {_half(outcome.unit, found.widest)} to each side. {_next(found)}"
    )
    known = "; ".join(
        f"{titles[name]}: {change(outcome.unit, one.value)} ({span(outcome.unit, one.low, one.high)})"
        for name, one in found.differences.items()
    )
    return (f"{asked} {seen}", f"Differences with intervals that allow for looking so often: {known}.")


def _next(found: Precise) -> str:
    if found.reached:
        return "That is precise enough."
    if found.next_look is None:
        return "That is not precise enough, and the budget is used up."
    return f"That is not yet precise enough; the next look comes after {found.next_look:,} replicates."


def _half(unit: str, value: float) -> str:
    return f"{change(unit, value).lstrip('+')} {unit_of_change(unit)}"
