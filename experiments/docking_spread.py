"""Checks of adoption: the spread of principles between regions, and thresholds of organisations."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from cocreate.experiments.docking_check import Check, exact, sampled
from cocreate.experiments.docking_worlds import SMALLEST, world_with
from cocreate.model.model import CoCreationModel
from cocreate.model.month import PHASES
from cocreate.model.streams import stream_keys

SPREAD = "spread between regions"
THRESHOLDS = "thresholds"

CHAIN = "exact Markov chain (chain-binomial SI)"
GRANOVETTER = "Granovetter 1978, equilibrium of the distribution of thresholds"


# --- spread between regions -------------------------------------------------------------------------


def spread_chain(regions: int, rate: float) -> NDArray[np.float64]:
    """Return the chances to go from so many adopters to so many in a month.

    Each region that has not adopted follows with ``1 - (1 - rate / regions) ** adopters``.

    Args:
        regions: Regions, all of which hear of each other.
        rate: Lever ``spread_rate``.

    Returns:
        Matrix of shape (regions + 1, regions + 1); rows sum to one.
    """
    chain = np.zeros((regions + 1, regions + 1))
    for adopters in range(regions + 1):
        follows = 1.0 - (1.0 - rate / regions) ** adopters
        left = regions - adopters
        chain[adopters, adopters:] = binom.pmf(np.arange(left + 1), left, follows)
    return chain


def expected_share(regions: int, rate: float, months: int) -> float:
    """Return the expected share of adopters after some months, with one at the start."""
    now = np.zeros(regions + 1)
    now[1] = 1.0
    for _ in range(months):
        now = now @ spread_chain(regions, rate)
    return float(now @ np.arange(regions + 1)) / regions


def expected_months_to_all(regions: int, rate: float) -> float:
    """Return the expected months until all have adopted, with one at the start."""
    inner = spread_chain(regions, rate)[1:regions, 1:regions]
    return float(np.linalg.solve(np.eye(regions - 1) - inner, np.ones(regions - 1))[0])


def adoption_histories(
    regions: int, rate: float, runs: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return how the model's phase of adoption spreads principles from one region to all.

    Args:
        regions: Regions.
        rate: Lever ``spread_rate``.
        runs: Independent runs.
        seed: Seed.

    Returns:
        Share of adopters after each month, shape (runs, months + 1) from month 0 on, and months until all
        have adopted, shape (runs,).
    """
    model = spreading_world(regions, rate, seed)
    rng = np.random.default_rng(seed)
    histories = []
    for _ in range(runs):
        model.table("streams")[:] = stream_keys(rng)
        adopted = model.table("regions")["adopted"]
        start_with_one(model)
        history = [1]
        while history[-1] < regions:
            model.table("nation")["month"] = len(history) - 1
            PHASES["adoption"](model.world)
            history.append(int(adopted.sum()))
        histories.append(history)
    longest = max(len(history) for history in histories)
    shares = np.ones((runs, longest))
    for run, history in enumerate(histories):
        shares[run, : len(history)] = np.array(history) / regions
    return shares, np.array([len(history) - 1 for history in histories])


def spreading_world(regions: int, rate: float, seed: int) -> CoCreationModel:
    """Return a world in which principles do nothing but spread between regions."""
    levers = {
        **SMALLEST,
        "regions": regions,
        "region_network": "complete",
        "spread_rate": rate,
        "horizon": 1200,
    }
    return world_with(levers, seed)


def start_with_one(model: CoCreationModel) -> None:
    """Let the first region, and no other, have adopted the principles before the start; empty the log."""
    regions = model.table("regions")
    regions["adopted"] = 0
    regions["adopted"][0] = 1
    regions["adopted_since"] = -1
    model.table("nation")["events"] = 0


def spread_checks(
    regions: int = 20,
    rate: float = 0.2,
    months: tuple[int, ...] = (10, 20, 30),
    runs: int = 1500,
    seed: int = 1,
) -> list[Check]:
    """Return checks of the share of adopters after some months, and of the months until all adopt.

    Args:
        regions: Regions, at least 2.
        rate: Lever ``spread_rate``, above 0.
        months: Months after which to compare the share.
        runs: Independent runs.
        seed: Seed.
    """
    shares, to_all = adoption_histories(regions, rate, runs, seed)
    last = shares.shape[1] - 1
    checks = [
        sampled(
            SPREAD,
            f"share of {regions} regions after {month} months",
            expected_share(regions, rate, month),
            shares[:, min(month, last)],
            CHAIN,
        )
        for month in months
    ]
    target = expected_months_to_all(regions, rate)
    name = f"months until all {regions} regions adopt"
    return [*checks, sampled(SPREAD, name, target, to_all.astype(float), CHAIN)]


# --- thresholds -------------------------------------------------------------------------------------


def threshold_equilibrium(thresholds: NDArray[np.float64]) -> int:
    """Return how many adopt in the end, whose thresholds are shares of all.

    In order of threshold, everybody adopts up to the first one whose threshold exceeds the share before.

    Args:
        thresholds: One for each organisation of a region.
    """
    ordered = np.sort(thresholds)
    stuck = np.flatnonzero(ordered > np.arange(len(ordered)) / len(ordered))
    return int(stuck[0]) if len(stuck) else len(ordered)


def adopters_in_the_end(thresholds: NDArray[np.float64], sectors: int, seed: int = 1) -> int:
    """Return how many organisations of one region adopt in the model, given their thresholds.

    Args:
        thresholds: One for each organisation, a multiple of ``sectors`` of them, at most 20 a sector.
        sectors: Sectors, at most 8.
        seed: Seed.
    """
    count = len(thresholds)
    levers = {**SMALLEST, "regions": 1, "sectors": sectors, "organisations_per_sector": count // sectors}
    model = world_with(levers, seed)
    organisations = model.table("organisations")
    organisations["threshold"] = thresholds
    for month in range(count + 1):
        model.table("nation")["month"] = month
        PHASES["adoption"](model.world)
    return int(organisations["adopted"].sum())


def threshold_checks() -> list[Check]:
    """Return the checks of Granovetter's hundred, and of the hundred with one threshold changed."""
    hundred = np.arange(100) / 100
    changed = hundred.copy()
    changed[1] = 0.02
    checks = []
    for words, thresholds in (("0, 1, 2, …, 99", hundred), ("0, 2, 2, …, 99", changed)):
        target = float(threshold_equilibrium(thresholds))
        found = float(adopters_in_the_end(thresholds, 5))
        checks.append(exact(THRESHOLDS, f"adopters with thresholds {words}", target, found, GRANOVETTER))
    return checks
