"""What outcomes mean, in the words at the end of a report."""

from __future__ import annotations

from cocreate.experiments.conclusions.outcome_words import outcome_named, unit_of_level
from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.themes import REPORTED

DIRECTIONS = {1: " More is better.", -1: " Less is better.", 0: ""}
"""What a report says of the direction of an outcome."""


def definition(meaning: str, unit: str, better: int) -> str:
    """Return what an outcome is, its unit and which direction is better.

    >>> definition("votes that passed", "share", 1)
    'Votes that passed. Unit: %. More is better.'
    """
    return f"{meaning[:1].upper()}{meaning[1:]}. Unit: {unit_of_level(unit) or 'none'}.{DIRECTIONS[better]}"


def measure_definition(name: str) -> tuple[str, str]:
    """Return what a measure is called in text, and its definition with its name in tables of data.

    >>> measure_definition("effectiveness_gap")[0]
    'gap in fit of the hard to reach'
    """
    told = f"In data: {name}."
    if name in MEASURES:
        one = MEASURES[name]
        return one.label, f"{definition(one.meaning, one.unit, one.better)} {told}"
    declared = outcome_named(name)
    label = REPORTED.get(name, declared.meaning)
    return label, f"{definition(declared.meaning, declared.unit, declared.better)} {told}"
