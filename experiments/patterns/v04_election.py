"""V4: how many participatory arrangements an election ends."""

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.initiative import ENDED
from cocreate.experiments.patterns.estimates import ratio, resampled
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import DEFAULT, DEFAULT_WORLDS, QUICK
from cocreate.model.parameters import Parameters

WINDOW = 6
"""Months from an election in which an end counts as around it."""


def around_elections(pilots: Table, term: int, horizon: int) -> NDArray[np.float64]:
    """Return how many pilots and services ended around elections, and how many met one.

    Args:
        pilots: Pilots of a world.
        term: Months between elections.
        horizon: Months simulated.

    Returns:
        Two counts: ends within :data:`WINDOW` months, and arrangements alive on the eve.
    """
    met = ended = 0
    for month in range(1, horizon - WINDOW):
        votes = month % term == pilots["election_phase"] % term
        alive = (pilots["piloted"] >= 0) & (pilots["piloted"] < month)
        alive &= (pilots["finished"] < 0) | (pilots["finished"] >= month)
        here = votes & alive
        soon = (pilots["finished"] >= month) & (pilots["finished"] < month + WINDOW)
        met += int(here.sum())
        ended += int((here & soon & (pilots["state"] == ENDED)).sum())
    return np.array([ended, met], float)


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return the share of pilots and services alive on the eve of an election that end around it."""
    levers = Parameters()
    parts = np.array([around_elections(p, levers.term_length, levers.horizon) for p in found.pilots(DEFAULT)])
    return (
        resampled(
            "pilots and services ended around an election", Target(0.35, 0.48), parts, ratio, found.resamples
        ),
    )


PATTERN = Pattern(
    id="V4",
    title="Elections end arrangements",
    statement="35 to 48 % of participatory arrangements end around a council election (95 of 231).",
    source="Fernández-Martínez and Becerril Viera, ECPR (Spain 2019, preliminary)",
    remark="Mostly participatory budgeting and councils of citizens, not services; a preliminary paper. An"
    " end within six months of an election counts, whatever its reason, since the source could not tell"
    " reasons apart either.",
    use="fitting",
    study=DEFAULT_WORLDS,
    quick=QUICK,
    measure=measure,
)
