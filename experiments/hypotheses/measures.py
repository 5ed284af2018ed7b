"""Measures: outcomes of a run that hypotheses speak of, those worked out from its pilots included."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from cocreate.agents.initiative import STRUCTURAL
from cocreate.experiments.conclusions.outcome_words import IN_HUNDREDTHS, outcome_named
from cocreate.experiments.study.results import WorldRun

MONEY = 24
"""Months from its proposal on for which an initiative has money at most, with ``project_length`` as usual."""

AFTER = 24
"""Months after the end of the money at which it counts whether a service is still there."""


@dataclass(frozen=True)
class Measure:
    """What a hypothesis looks at.

    Attributes:
        name: Name in claims and tables.
        label: Name in figures and text.
        unit: Unit.
        value: Its value in a run that reached its horizon; NaN where there is nothing to take it from.
        meaning: What it is, in one phrase, as outcomes have it.
        better: 1 where more is better, -1 where less is, 0 for neither.
    """

    name: str
    label: str
    unit: str
    value: Callable[[WorldRun], float]
    meaning: str
    better: int

    @property
    def in_hundredths(self) -> bool:
        """Whether it is shown in per cent, and its differences in percentage points."""
        return self.unit in IN_HUNDREDTHS


def _outcome(name: str, label: str = "", unit: str = "") -> Measure:
    declared = outcome_named(name)
    return Measure(
        name,
        label or declared.meaning,
        unit or declared.unit or "share",
        lambda run: run.outcomes[name],
        declared.meaning,
        declared.better,
    )


def lasting_past_money(run: WorldRun) -> float:
    """Return the share of pilots that are still a service two years after their money ended.

    Only pilots proposed early enough for that to be seen within the run count.
    """
    due = run.pilots["proposed"] + MONEY + AFTER
    seen = run.pilots[due < run.months]
    if not len(seen):
        return float("nan")
    finished = seen["finished"]
    alive = (finished < 0) | (finished > seen["proposed"] + MONEY + AFTER)
    return float(alive.mean())


def lasting_per_start(run: WorldRun) -> float:
    """Return structural services at the end for each initiative ever proposed."""
    return _ratio(run.outcomes["structural"], run.outcomes["initiatives"])


def influence(run: WorldRun) -> float:
    """Return the voice of citizens over their share of seats, over all meetings of a run."""
    return _ratio(run.outcomes["mean_users_voice"], run.outcomes["users_seats"])


def second_place_structural(run: WorldRun) -> float:
    """Return the share of pilots taken over from elsewhere that are structural at the end."""
    moved = run.pilots[run.pilots["mode"] > 0]
    return float((moved["state"] == STRUCTURAL).mean()) if len(moved) else float("nan")


def second_place_result(run: WorldRun) -> float:
    """Return the mean gain in fit of pilots taken over from elsewhere."""
    moved = run.pilots[run.pilots["mode"] > 0]
    return float(moved["result"].mean()) if len(moved) else float("nan")


def _ratio(over: float, under: float) -> float:
    return over / under if under > 0 else float(np.nan)


_DECLARED = (
    Measure(
        "lasting_past_money",
        "pilots still a service two years after the money",
        "share",
        lasting_past_money,
        "pilots that are still a service two years after their money ended, of those proposed early enough"
        " for that to be seen",
        1,
    ),
    Measure(
        "lasting_per_start",
        "lasting services for each initiative begun",
        "ratio",
        lasting_per_start,
        "structural services at the end for each initiative ever proposed",
        1,
    ),
    Measure(
        "influence",
        "citizens' voice over their share of seats",
        "ratio",
        influence,
        "share of voice of citizens over their share of seats, both over all sessions of the run",
        1,
    ),
    Measure(
        "second_place_structural",
        "pilots taken over from elsewhere that are regular services",
        "share",
        second_place_structural,
        "pilots copied or adapted from another region that are structural at the end",
        1,
    ),
    Measure(
        "second_place_result",
        "gain in fit of pilots taken over from elsewhere",
        "difference",
        second_place_result,
        "mean gain in fit, over the conventional service, of pilots copied or adapted from another region",
        1,
    ),
    _outcome("structural_per_region", "regular services in a region", "count"),
    _outcome("regions_reached", "regions reached"),
    _outcome("councils", "councils with the principles"),
    _outcome("initiatives", "initiatives begun"),
    _outcome("effort", "effort a head"),
    _outcome("effectiveness", "fit of services to citizens"),
    _outcome("result", "gain in fit of pilots"),
    _outcome("election_hazard", "chance that an election ends a pilot or service"),
    _outcome("share_lasting", "regular services that are still there"),
    _outcome("mean_users_voice", "citizens' share of voice"),
    _outcome("mean_hard_to_reach_voice", "hard-to-reach citizens' share of voice"),
    _outcome("trust", "trust of citizens"),
    _outcome("trust_hard_to_reach", "trust of hard-to-reach citizens"),
    _outcome("openness", "openness of officials"),
    _outcome("engaged", "citizens who have taken part and trust"),
    _outcome("acceptability", "acceptance of designs in their group"),
    _outcome("equity_spread", "unevenness of acceptance in a group"),
    _outcome("decision_success", "votes that passed"),
)

MEASURES: Mapping[str, Measure] = {one.name: one for one in _DECLARED}
"""Every measure by name."""
