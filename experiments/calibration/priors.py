"""Priors: how far each uncertain lever may lie from what was assumed, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Prior:
    """A lever that is uncertain: all values of a range are held equally likely.

    Attributes:
        name: The lever.
        low: Smallest value.
        high: Largest value.
        why: Where the range comes from.
    """

    name: str
    low: float
    high: float
    why: str


PRIORS = (
    Prior(
        "advance_piloting", 0.005, 0.08, "one in 200 to one in 12 pilots a month; trials take months to years"
    ),
    Prior("end_structural", 0.001, 0.008, "a service without friends or foes lasts 10 to 80 years"),
    Prior("election_cancel", 0.1, 0.5, "around the share of arrangements that Spanish elections ended"),
    Prior("estrangement_weight", 4.0, 20.0, "unknown size of a known direction (Azevedo et al. 2022)"),
    Prior("routine_weight", 1.0, 4.0, "a routine is known to matter most (DellaVigna, Kim and Linos 2024)"),
    Prior("evidence_weight", 0.0, 4.0, "from nothing to as much as a routine"),
    Prior("copying", 0.1, 0.8, "copying is known to be rarer than adapting, not by how much at the start"),
    Prior(
        "novelty_fades", 0.005, 0.06, "half of the credit is gone after 1 to 12 years (Spada 2010: a term)"
    ),
    Prior("spread_rate", 0.05, 0.6, "a region follows a single adopter around within months to decades"),
    Prior("local_adoption", 0.003, 0.04, "a council follows its own organisations within 2 to 28 years"),
    Prior("lapse", 0.005, 0.04, "principles that half the council backs last 2 to 17 years"),
    Prior("support_rate", 0.03, 0.15, "opinions of a council move half way within 4 months to 2 years"),
    Prior(
        "forgetting", 0.01, 0.05, "individuals keep more than organisations (Argote, Beckman and Epple 1990)"
    ),
    Prior(
        "tolerance_mean", 0.1, 0.35, "a tenth to a third of accustomed control may go unnoticed; no source"
    ),
    Prior(
        "openness_rate", 0.04, 0.2, "contact changes attitudes within months to years; no source for the pace"
    ),
)
"""The uncertain levers. No fitting pattern speaks of the last three; they keep nearly their whole range."""


def settings(priors: Sequence[Prior], unit: NDArray[np.float64]) -> list[dict[str, float]]:
    """Return settings of levers from points in the unit cube.

    Args:
        priors: The levers.
        unit: Points, shape (points, levers), in [0, 1].
    """
    low = np.array([one.low for one in priors])
    high = np.array([one.high for one in priors])
    scaled = low + unit * (high - low)
    return [{one.name: float(value) for one, value in zip(priors, row, strict=True)} for row in scaled]


def in_unit(priors: Sequence[Prior], levers: Mapping[str, float]) -> NDArray[np.float64]:
    """Return where a setting lies in the unit cube of the priors, shape (levers,)."""
    return np.array([(levers[one.name] - one.low) / (one.high - one.low) for one in priors])
