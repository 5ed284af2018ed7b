"""How far adaptive replication is, in sentences for reports and the command line."""

from __future__ import annotations

from math import isnan

from cocreate.experiments.conclusions.outcome_words import change_in_text, outcome_named
from cocreate.experiments.conclusions.precision import Precise


def asked_sentence(found: Precise) -> str:
    """Return what a study asks for, and how much it may take."""
    outcome = outcome_named(found.wanted.outcome)
    return (
        f"Replicates are added until differences in this outcome are known well enough: {outcome.meaning},"
        f" to within {half_width(found, found.wanted.half_width)}, with at most {found.wanted.budget:,}"
        " replicates."
    )


def look_sentence(found: Precise) -> str:
    """Return what the latest look has shown, and what comes next."""
    if not found.look:
        return f"The first look comes after {found.next_look:,} replicates."
    if isnan(found.widest):
        seen = f"there are too few {found.units} for an interval"
    else:
        seen = f"the widest interval reaches {half_width(found, found.widest)} to each side"
    place = f"At look {found.look} of {found.looks}, after {found.replicates:,} replicates"
    return f"{place}, {seen}. {_next(found)}"


def _next(found: Precise) -> str:
    if found.reached:
        return "That is precise enough."
    if found.next_look is None:
        return "That is not precise enough, and the budget is used up."
    return f"That is not yet precise enough; the next look comes after {found.next_look:,} replicates."


def half_width(found: Precise, value: float) -> str:
    """Return half the width of an interval with its unit."""
    unit = outcome_named(found.wanted.outcome).unit
    return change_in_text(unit, value).lstrip("+")
