"""Morris screening: which factors matter at all, from few runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from cocreate.experiments.analysis.chance import UNKNOWN, errors_needed
from cocreate.experiments.analysis.elementary import NORMAL, by_salib, by_steps, even, steps_of
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.sample_checks import Problem, checked_sample, complete_blocks

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
        noise_floor: The ``mu_star`` that chance alone gives to a factor with these steps and without any
            effect; NaN with one replicate.
    """

    name: str
    mu_star: Estimate
    mu: float
    sigma: float
    error: float
    steps: int
    noise_floor: float


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
        """Factors whose effect lies clearly above what chance gives, largest effect first.

        In about one of twenty studies at most any factor without an effect is among them. With one
        replicate none is: it cannot tell effects from chance.
        """
        ranked = sorted(self.factors, key=lambda one: -one.mu_star.value)
        return tuple(one.name for one in ranked if self._stands_out(one))

    def _stands_out(self, one: FactorEffects) -> bool:
        reach = errors_needed(len(self.factors), one.steps) * one.error
        return one.mu_star.value - reach > one.noise_floor  # never where the floor is NaN

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
        SensitivityError: A factor did not vary or not where it should, the outcome never varies, or rows do
            not fit.
    """
    values = checked_sample(problem, sample, len(np.asarray(outcomes)))
    size = values.shape[1] + 1
    found = complete_blocks(outcomes, size, "trajectories")
    used = values.reshape(-1, size, values.shape[1])[found.used]
    steps = steps_of(problem, used)
    told = (
        by_salib(problem, used, found.means, levels, resamples, seed)
        if even(steps, levels)
        else by_steps(used, found.means, steps, resamples, seed)
    )
    noise = 2 * float(np.sqrt(found.noise / np.pi))  # mean of |difference of two normals|
    factors = []
    for place, name in enumerate(problem["names"]):
        mean, error = float(told.mu_star[place]), float(told.error[place])
        taken = np.abs(steps[steps[:, place] != 0, place])
        factors.append(
            FactorEffects(
                name=str(name),
                mu_star=Estimate(mean, max(0.0, mean - NORMAL * error), mean + NORMAL * error),
                mu=float(told.mu[place]),
                sigma=float(told.sigma[place]),
                error=error,
                steps=len(taken),
                noise_floor=noise * float((1 / taken).mean()),
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
