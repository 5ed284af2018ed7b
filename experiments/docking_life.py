"""Checks of the life of a pilot: stages that advance or end by chance, and elections that cancel."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.initiative import ELECTION
from cocreate.experiments.docking_check import Check, estimated, sampled
from cocreate.experiments.docking_worlds import world_with
from cocreate.model.parameters import Value

LIFE = "life of a pilot"
CHAIN = "exact Markov chain of stages"

STAGES = ("proposed", "recruiting", "cocreating", "piloting")
"""Stages that take time in the checks; a decision is put into practice in the month it is made."""


@dataclass(frozen=True)
class Rates:
    """Chances of a month, and how long to watch.

    Attributes:
        advance: Chance to go on from each of :data:`STAGES`.
        end: Chance to end in each of them; no sum with ``advance`` exceeds one.
        term: Months between elections, 6 to 120; None where none cancels.
        cancel: Chance that an election cancels a living initiative.
    """

    advance: tuple[float, float, float, float] = (0.25, 0.20, 0.10, 0.15)
    end: tuple[float, float, float, float] = (0.02, 0.03, 0.05, 0.04)
    term: int | None = None
    cancel: float = 0.0


def one_life(rates: Rates, until_election: int | None) -> tuple[float, float, int]:
    """Return the chance to become structural, expected months, and months until all is over.

    In a month the model holds elections, takes proposals and then lets every initiative take a step, so the
    first election that an initiative can meet comes after its first step.

    Args:
        rates: Chances of a month.
        until_election: Months from the proposal to the next election, None for no elections.

    Returns:
        Probability to become structural, expected number of steps, and steps after which fewer than one in
        10^9 is undecided.
    """
    alive = np.array([1.0, 0.0, 0.0, 0.0])
    structural = months = 0.0
    step = 0
    while alive.sum() > 1e-9:  # noqa: PLR2004 - explained above
        if until_election is not None and rates.term is not None:
            votes = step > 0 and (step - until_election) % rates.term == 0
            alive = alive * (1.0 - rates.cancel) if votes else alive
        months += float(alive.sum())
        moved = alive * np.array(rates.advance)
        structural += float(moved[-1])
        alive = alive * (1.0 - np.array(rates.advance) - np.array(rates.end))
        alive[1:] += moved[:-1]
        step += 1
    return structural, months, step


def mean_life(rates: Rates) -> tuple[float, float]:
    """Return the chance to become structural and the expected months, over all phases of the term."""
    if rates.term is None:
        return one_life(rates, None)[:2]
    lives = [one_life(rates, phase)[:2] for phase in range(rates.term)]
    structural, months = np.mean(np.array(lives), axis=0)
    return float(structural), float(months)


def watch_lives(rates: Rates, regions: int, seed: int) -> NDArray[np.int64]:
    """Return what became of initiatives in the model, one row each.

    Only those are kept that were proposed early enough to have met their fate before the horizon.

    Args:
        rates: Chances of a month.
        regions: Regions of twelve people each.
        seed: Seed.

    Returns:
        Whether it became structural, steps that it took, and months from its proposal to the next
        election; shape (initiatives, 3).
    """
    longest = max(one_life(rates, None)[2], 24)
    term = rates.term or 120
    levers: dict[str, Value] = {
        "regions": regions,
        "citizens_per_region": 6,
        "professionals_per_region": 5,
        "politicians_per_region": 1,
        "proposal_rate": 5.0,
        "admin_capacity": 20.0,
        "term_length": term,
        "election_cancel": rates.cancel if rates.term else 0.0,
        "advance_decided": 1.0,
        "end_decided": 0.0,
        "end_structural": 0.0,
        "horizon": longest + 100,
    }
    for stage, advance, end in zip(STAGES, rates.advance, rates.end, strict=True):
        levers[f"advance_{stage}"] = advance
        levers[f"end_{stage}"] = end
    model = world_with(levers, seed)
    model.run()
    rows = model.initiative_rows
    rows = rows[rows["proposed"] < 100]  # noqa: PLR2004 - the hundred months before the last life
    structural = rows["became_structural"] >= 0
    over = np.where(structural, rows["became_structural"], rows["finished"])
    elections = model.table("regions")["election_phase"][rows["region"]]
    cancelled = ~structural & (rows["reason"] == ELECTION)
    # an election comes before the step of its month
    steps = over - rows["proposed"] + np.where(cancelled, 0, 1)
    return np.column_stack([structural, steps, (elections - rows["proposed"]) % term]).astype(np.int64)


def life_checks(rates: Rates | None = None, regions: int = 2000, seed: int = 1) -> list[Check]:
    """Return the checks of the share that becomes structural and of the months that it takes.

    Without elections both are means over initiatives. With elections, initiatives are sorted by the months
    to the next election, and phases count equally: proposals come more often after an election has made
    room, so they do not fall on all phases alike.

    Args:
        rates: Chances of a month; the published ones without elections when None.
        regions: Regions of twelve people each.
        seed: Seed.
    """
    rates = rates or Rates()
    target_share, target_months = mean_life(rates)
    lives = watch_lives(rates, regions, seed)
    if rates.term is None:
        return [
            sampled(LIFE, "share that becomes structural", target_share, lives[:, 0].astype(float), CHAIN),
            sampled(LIFE, "months to the end", target_months, lives[:, 1].astype(float), CHAIN),
        ]
    end = f"election every {rates.term} months cancels with {rates.cancel:g}"
    share, months = (by_phase(lives[:, column], lives[:, 2], rates.term) for column in (0, 1))
    return [
        estimated(LIFE, f"share that becomes structural, {end}", target_share, share, CHAIN),
        estimated(LIFE, f"months to the end, {end}", target_months, months, CHAIN),
    ]


def by_phase(values: NDArray[np.int64], phase: NDArray[np.int64], term: int) -> tuple[float, float]:
    """Return the mean over phases of the mean in a phase, and its standard error."""
    means, errors = [], []
    for one in range(term):
        mine = values[phase == one]
        means.append(float(np.mean(mine)))
        errors.append(float(np.var(mine, ddof=1)) / len(mine))
    return float(np.mean(means)), math.sqrt(sum(errors)) / term


def published_life_checks() -> list[Check]:
    """Return the checks with published numbers, without and with elections."""
    return [*life_checks(), *life_checks(Rates(term=16, cancel=0.5), seed=2)]
