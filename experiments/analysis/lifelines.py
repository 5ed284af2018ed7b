"""Lifelines: how long the services that pilots started go on, and what became of the pilots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.initiative import ENDED, PARTLY, PILOTING, STRUCTURAL
from cocreate.experiments.analysis.interval import CONFIDENCE, FEWEST
from cocreate.experiments.study.results import WorldRun

RESAMPLES = 1_000
"""Times that worlds are drawn again for a bootstrap interval."""

FATES = {
    "structural": "structural to the end",
    "structural_ended": "structural, ended later",
    "partly": "partly continued",
    "ended": "ended",
    "piloting": "still a pilot",
}
"""What can have become of a pilot by the horizon, and how figures call it."""


@dataclass(frozen=True, eq=False)
class Lifeline:
    """How long services go on that started as pilots.

    Attributes:
        months: Months since the start of the pilot, from 0 on; shape (months + 1,).
        alive: Share of services still going, pilots and structural ones, by Kaplan and Meier (1958).
        low, high: Ends of the 95 % interval, by drawing whole worlds again (bootstrap percentiles), and those
            that are not independent of each other together. NaN up to the age at which services have ended in
            two of these, and where none is left: drawing worlds again then gives nothing but what was seen.
        at_risk: Services observed at that age and alive before it.
        pilots: Pilots observed in all worlds.
        worlds: Worlds.
    """

    months: NDArray[np.int64]
    alive: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    pilots: int
    worlds: int


@dataclass(frozen=True, eq=False)
class Fates:
    """What became of an arm's pilots by the horizon.

    Attributes:
        shares: Share of all pilots by fate, in the order of :data:`FATES`; they sum to one.
        low, high: Ends of the 95 % interval of the share that ever became structural (bootstrap over
            worlds, as for :class:`Lifeline`); NaN where fewer than two had pilots, or where all or none did.
        pilots_per_world: Mean number of pilots started in a world.
        worlds: Worlds.
    """

    shares: dict[str, float]
    low: float
    high: float
    pilots_per_world: float
    worlds: int


def lifeline(replicates: Sequence[WorldRun], seed: int = 0) -> Lifeline:
    """Return how long an arm's services go on.

    A service that partly continues has ended as a service. One that is still there at the horizon is
    known to have lasted so far (censored).

    Args:
        replicates: The arm's worlds; failures are left out.
        seed: Seed of the bootstrap.
    """
    worlds = [one for one in replicates if not one.failure]
    length = max((one.months for one in worlds), default=0)
    deaths = np.zeros((len(worlds), length + 1))
    at_risk = np.zeros((len(worlds), length + 1))
    for row, one in enumerate(worlds):
        deaths[row], at_risk[row] = deaths_and_risk(one.pilots, one.months, length)
    deaths, at_risk = by_unit(deaths, worlds), by_unit(at_risk, worlds)
    weights = resampled(len(deaths), seed)
    curves = _survival(weights @ deaths, weights @ at_risk)
    ends = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    alive = _survival(deaths.sum(axis=0), at_risk.sum(axis=0))
    known = ((deaths.cumsum(axis=1) > 0).sum(axis=0) >= FEWEST) & (alive > 0)
    low, high = np.where(known, np.quantile(curves, ends, axis=0), np.nan)
    return Lifeline(
        months=np.arange(length + 1),
        alive=alive,
        low=low,
        high=high,
        at_risk=at_risk.sum(axis=0).astype(np.int64),
        pilots=sum(len(one.pilots) for one in worlds),
        worlds=len(worlds),
    )


def by_unit(numbers: NDArray[np.float64], runs: Sequence[WorldRun]) -> NDArray[np.float64]:
    """Return the sums over runs that are not independent of each other.

    Args:
        numbers: Numbers by run, shape (runs, ...).
        runs: The runs.

    Returns:
        Shape (units, ...), in the order of the units' numbers.
    """
    units, place = np.unique([one.unit for one in runs], return_inverse=True)
    sums = np.zeros((len(units), *numbers.shape[1:]))
    np.add.at(sums, place, numbers)
    return sums


def lifetimes(pilots: Table, months: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return to what age each pilot was observed, in months, and whether it ended then.

    Args:
        pilots: Pilots of a world.
        months: Months simulated.
    """
    ended = pilots["finished"] >= 0
    last = np.where(ended, pilots["finished"], months - 1)
    return (last - pilots["piloted"]).astype(np.int64), ended


def deaths_and_risk(
    pilots: Table, months: int, length: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ends at each age and pilots observed up to each age.

    Args:
        pilots: Pilots of a world.
        months: Months simulated.
        length: Months of the longest world.

    Returns:
        Two arrays of shape (length + 1,).
    """
    age, ended = lifetimes(pilots, months)
    deaths = np.bincount(age[ended], minlength=length + 1).astype(float)
    seen = np.bincount(age, minlength=length + 1).astype(float)
    return deaths, seen[::-1].cumsum()[::-1]


def _survival(deaths: NDArray[np.float64], at_risk: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Kaplan-Meier estimate along the last axis; it stays level where nobody is observed."""
    hazard = np.divide(deaths, at_risk, out=np.zeros_like(deaths), where=at_risk > 0)
    return np.cumprod(1 - hazard, axis=-1)


def resampled(worlds: int, seed: int) -> NDArray[np.float64]:
    """Return how often each world is drawn in each resample.

    Args:
        worlds: Number of worlds.
        seed: Seed of the draws.

    Returns:
        Numbers of times, shape (:data:`RESAMPLES`, worlds).
    """
    if worlds == 0:
        return np.zeros((RESAMPLES, 0))
    generator = np.random.default_rng(seed)
    return generator.multinomial(worlds, np.full(worlds, 1 / worlds), RESAMPLES).astype(float)


def fates(replicates: Sequence[WorldRun], seed: int = 0) -> Fates:
    """Return what became of an arm's pilots.

    Args:
        replicates: The arm's worlds; failures are left out.
        seed: Seed of the bootstrap.
    """
    worlds = [one for one in replicates if not one.failure]
    counts = np.array([_fate_counts(one.pilots) for one in worlds]).reshape(len(worlds), len(FATES))
    total = counts.sum()
    units = by_unit(counts, worlds)
    drawn = resampled(len(units), seed) @ units
    pilots = drawn.sum(axis=1)
    taken_up = drawn[pilots > 0, :2].sum(axis=1) / pilots[pilots > 0]
    ends = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    known = (units.sum(axis=1) > 0).sum() >= FEWEST and 0 < counts[:, :2].sum() < total
    low, high = np.quantile(taken_up, ends) if known else (np.nan, np.nan)
    return Fates(
        shares={name: float(counts[:, k].sum() / total) if total else 0.0 for k, name in enumerate(FATES)},
        low=float(low),
        high=float(high),
        pilots_per_world=float(total / len(worlds)) if worlds else 0.0,
        worlds=len(worlds),
    )


def _fate_counts(pilots: Table) -> list[int]:
    state = pilots["state"]
    taken_up = pilots["became_structural"] >= 0
    return [
        int((state == STRUCTURAL).sum()),
        int(((state == ENDED) & taken_up).sum()),
        int((state == PARTLY).sum()),
        int(((state == ENDED) & ~taken_up).sum()),
        int((state == PILOTING).sum()),
    ]
