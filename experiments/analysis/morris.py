"""Morris screening: which factors matter at all, from few runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate.experiments.analysis.chance import UNKNOWN, by_chance, stands_out, without_rounding
from cocreate.experiments.analysis.elementary import NORMAL, by_salib, by_steps, even, steps_of
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.sample_checks import (
    Blocks,
    Problem,
    SensitivityError,
    checked_sample,
    complete_blocks,
)

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 1000
"""Resamples of trajectories from which intervals are taken, unless told otherwise."""

NARROW = 0.1
"""Width that no interval may exceed, as a share of the largest mean effect."""


@dataclass(frozen=True)
class FactorEffects:
    """Elementary effects of one factor, in units of the outcome over the factor's whole range.

    Attributes:
        name: Name of the factor.
        mu_star: Mean of the absolute effects (Campolongo, Cariboni and Saltelli 2007).
        mu: Mean of the effects with their signs.
        sigma: Their standard deviation: how far the effect depends on the other factors and on where in
            its range the factor stands.
        error: Standard error of ``mu_star``, from resampled trajectories.
        steps: Trajectories in which the factor moved.
        noise_floor: The ``mu_star`` that chance between replicates would show if the factor had no effect on
            average: 0 where it changes no run, and more where it changes which random numbers are used; NaN
            with one replicate.
        clear: Whether replicates agree on the effect more than by chance, see
            :func:`~cocreate.experiments.analysis.chance.stands_out`.
    """

    name: str
    mu_star: Estimate
    mu: float
    sigma: float
    error: float
    steps: int
    noise_floor: float
    clear: bool


@dataclass(frozen=True)
class MorrisResult:
    """Elementary effects of all factors, with what they rest on.

    Attributes:
        factors: Effects of each factor, in the order of the problem.
        trajectories: Complete trajectories that are used.
        dropped: Trajectories left out because a run in them failed or had nothing to measure.
        missing_rows: Rows that lack at least one outcome.
        noise_share: Share of the variance that is chance between replicates; NaN with one replicate.
        narrow: Width that no interval may exceed, as a share of the largest ``mu_star``.
    """

    factors: tuple[FactorEffects, ...]
    trajectories: int
    dropped: int
    missing_rows: tuple[int, ...]
    noise_share: float
    narrow: float

    @property
    def widest(self) -> float:
        """Width of the widest interval, as a share of the largest ``mu_star``."""
        return max(one.mu_star.width for one in self.factors) / max(one.mu_star.value for one in self.factors)

    @property
    def converged(self) -> bool:
        """Whether all intervals are narrow enough."""
        return self.widest <= self.narrow

    @property
    def mattering(self) -> tuple[str, ...]:
        """Factors whose effect is clearly more than chance, largest effect first.

        In about one of twenty studies at most any factor without an effect is among them. With one
        replicate none is: it cannot tell effects from chance.
        """
        ranked = sorted(self.factors, key=lambda one: -one.mu_star.value)
        return tuple(one.name for one in ranked if one.clear)

    @property
    def sentence(self) -> str:
        """What the sample allows to say, in words."""
        found = ", ".join(self.mattering)
        text = f"Factors with an effect, largest first: {found}." if found else "No factor stands out."
        if np.isnan(self.noise_share):
            text = UNKNOWN
        if self.converged:
            text += " Converged."
        else:
            text += (
                f" Not converged: with {self.trajectories} trajectories an interval is as wide as"
                f" {self.widest:.0%} of the largest effect, and {self.narrow:.0%} is asked for."
            )
        if self.dropped:
            text += f" {self.dropped} incomplete trajectories were left out."
        return text

    @property
    def table(self) -> pd.DataFrame:
        """One row a factor, largest ``mu_star`` first."""
        import pandas as pd  # noqa: PLC0415 - heavy

        rows = [
            {
                "factor": one.name,
                "mu_star": one.mu_star.value,
                "mu_star_low": one.mu_star.low,
                "mu_star_high": one.mu_star.high,
                "mu": one.mu,
                "sigma": one.sigma,
                "chance": one.noise_floor,
            }
            for one in self.factors
        ]
        return pd.DataFrame(rows).sort_values("mu_star", ascending=False, ignore_index=True)


def morris(
    problem: Problem,
    sample: ArrayLike,
    outcomes: ArrayLike,
    levels: int = 4,
    narrow: float = NARROW,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> MorrisResult:
    """Screen factors by their elementary effects (Morris 1991).

    An effect is the change of the outcome over the step that was simulated, as a share of the factor's
    range: whole numbers and choices are rounded to their values, so their steps differ. A step that rounding
    swallowed tells nothing, and its trajectory counts for the other factors only. Trajectories with a missing
    outcome are dropped as a whole, and counted. Intervals (95 %) are normal ones with the error of resampled
    trajectories.

    Args:
        problem: What SALib calls the problem, without groups.
        sample: Values of the factors as they were simulated, shape (rows, factors); each trajectory is
            ``factors + 1`` rows.
        outcomes: The outcome, shape (rows,) or (rows, replicates); NaN where there is none.
        levels: Levels of the design.
        narrow: Width that no interval may exceed to call the sample converged, as a share of the largest
            mean effect.
        seed: Seed of the resamples.
        resamples: Resamples of trajectories from which intervals are taken.

    Raises:
        SensitivityError: A factor did not vary or not where it should, the outcome never varies, no step of a
            factor moved it, or rows do not fit.
    """
    values = checked_sample(problem, sample, len(np.asarray(outcomes)))
    names, size = problem["names"], values.shape[1] + 1
    found = complete_blocks(outcomes, size, "trajectories")
    used = values.reshape(-1, size, values.shape[1])[found.used]
    steps = steps_of(problem, used)
    told = (
        by_salib(problem, used, found.means, levels, resamples, seed)
        if even(steps, levels)
        else by_steps(used, found.means, steps, resamples, seed)
    )
    if not told.mu_star.any():
        raise SensitivityError(
            "The outcome differs between trajectories, but no step of a factor moved it: there is nothing to"
            " rank. Take more trajectories, or wider ranges."
        )
    changes = _changes(found, used)
    factors = []
    for place, name in enumerate(names):
        mean, error = float(told.mu_star[place]), float(told.error[place])
        moved = steps[:, place] != 0
        taken = np.abs(steps[moved, place])
        change = changes[moved, place]
        factors.append(
            FactorEffects(
                name=str(name),
                mu_star=Estimate(mean, max(0.0, mean - NORMAL * error), mean + NORMAL * error),
                mu=float(told.mu[place]),
                sigma=float(told.sigma[place]),
                error=error,
                steps=len(taken),
                noise_floor=float((np.sqrt(2 / np.pi * by_chance(change)) / taken).mean()),  # of |normals|
                clear=stands_out(change / steps[moved, place, None], len(names)),
            )
        )
    return MorrisResult(
        factors=tuple(factors),
        trajectories=int(found.used.sum()),
        dropped=found.dropped,
        missing_rows=found.missing_rows,
        noise_share=found.noise_share,
        narrow=narrow,
    )


def _changes(found: Blocks, trajectories: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what the step of each factor changes in each trajectory and replicate; 0 where it stood still.

    Args:
        found: Runs of the trajectories that are used.
        trajectories: Values as they were simulated, shape (trajectories, factors + 1, factors).

    Returns:
        Shape (trajectories, factors, replicates); NaN where there is none.
    """
    rises = without_rounding(np.diff(found.runs, axis=1), found.runs)
    moved = np.diff(trajectories, axis=1) != 0  # trajectory, step, factor
    return np.where(moved[..., None], rises[:, :, None], 0).sum(axis=1)
