"""Elementary effects: what a step of one factor changes, over trajectories (Morris 1991).

SALib divides each change by the step of the grid. Whole numbers and choices are rounded to their values, so
their steps are longer or shorter than that; there the effects are computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.sample_checks import FEWEST_BLOCKS, Problem, SensitivityError

NORMAL = 1.959964
"""Standard errors from the middle of a normal interval of 95 % to its ends."""

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Elementary:
    """Elementary effects over a factor's whole range, each array in the order of factors.

    Attributes:
        mu_star: Mean of the absolute effects.
        mu: Mean of the effects with their signs.
        sigma: Their standard deviation.
        error: Standard error of ``mu_star``, from resampled trajectories.
    """

    mu_star: Numbers
    mu: Numbers
    sigma: Numbers
    error: Numbers


def steps_of(problem: Problem, trajectories: Numbers) -> Numbers:
    """Return the step of each factor in each trajectory as a signed share of its range, 0 where it has none.

    Args:
        problem: What SALib calls the problem.
        trajectories: Values as they were simulated, shape (trajectories, factors + 1, factors).

    Returns:
        Shape (trajectories, factors).

    Raises:
        SensitivityError: A factor moves in too few trajectories, or there are no trajectories.
    """
    low, high = np.asarray(problem["bounds"], float).T
    steps = np.diff(trajectories, axis=1) / (high - low)
    moved = steps != 0
    if (moved.sum(axis=2) > 1).any() or (moved.sum(axis=1) > 1).any():
        raise SensitivityError(
            "The sample has no Morris trajectories: from one row to the next one factor may move, and each"
            " once in a trajectory, but here a row changes several factors at once, or a factor moves again."
        )
    seldom = moved.sum(axis=(0, 1)) < FEWEST_BLOCKS
    if seldom.any():
        names = " and ".join(name for name, one in zip(problem["names"], seldom, strict=True) if one)
        raise SensitivityError(
            f"{names} must move in {FEWEST_BLOCKS} trajectories or more, but does not. Rounding or too few"
            " allowed values may have swallowed steps: widen the range, or choose fewer levels or more"
            " trajectories."
        )
    return np.asarray(steps.sum(axis=1))


def even(steps: Numbers, levels: int) -> bool:
    """Return whether all steps have the length of the grid's."""
    return np.allclose(np.abs(steps), levels / (2 * (levels - 1)))


def by_salib(
    problem: Problem, trajectories: Numbers, means: Numbers, levels: int, resamples: int, seed: int
) -> Elementary:
    """Return the effects as SALib computes them, for steps that all have the length of the grid's.

    Args:
        problem: What SALib calls the problem.
        trajectories: Values as they were simulated, shape (trajectories, factors + 1, factors).
        means: The outcome of each row.
        levels: Levels of the grid.
        resamples: Resamples of trajectories behind ``error``.
        seed: Seed of these.
    """
    raw: dict[str, Any] = load("SALib.analyze.morris").analyze(
        dict(problem),
        trajectories.reshape(-1, trajectories.shape[2]),
        means,
        num_resamples=resamples,
        num_levels=levels,
        seed=seed,
    )
    found = [np.asarray(raw[name], float) for name in ("mu_star", "mu", "sigma", "mu_star_conf")]
    return Elementary(found[0], found[1], found[2], found[3] / NORMAL)


def by_steps(trajectories: Numbers, means: Numbers, steps: Numbers, resamples: int, seed: int) -> Elementary:
    """Return the effects over the steps that were taken, of any length; a factor that stood still tells none.

    Args:
        trajectories: Values as they were simulated, shape (trajectories, factors + 1, factors).
        means: The outcome of each row.
        steps: Signed steps as shares of the ranges, shape (trajectories, factors), 0 for none.
        resamples: Resamples of trajectories behind ``error``.
        seed: Seed of these.
    """
    rises = np.diff(means.reshape(trajectories.shape[:2]), axis=1)[:, :, None]
    risen = np.where(np.diff(trajectories, axis=1) != 0, rises, 0).sum(axis=1)
    draws = np.random.default_rng(seed)
    columns = []
    for rise, step in zip(risen.T, steps.T, strict=True):
        known = rise[step != 0] / step[step != 0]
        drawn = np.abs(known)[draws.integers(len(known), size=(resamples, len(known)))].mean(axis=1)
        columns.append((np.abs(known).mean(), known.mean(), known.std(ddof=1), drawn.std(ddof=1)))
    return Elementary(*np.array(columns).T)
