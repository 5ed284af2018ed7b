"""Sobol indices: the share of an outcome's variance that each factor explains."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate.experiments.analysis.chance import UNKNOWN, errors_needed
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.sample_checks import (
    FEWEST_BLOCKS,
    Problem,
    checked_sample,
    complete_blocks,
)

if TYPE_CHECKING:
    import pandas as pd

NARROW = 0.05
"""Width that no interval of a total effect may exceed (Sarrazin, Pianosi and Wagener 2016)."""

RESAMPLES = 300
"""Resamples of whole blocks from which intervals are taken, unless told otherwise."""

ENDS = (2.5, 97.5)
"""Percentiles of the resamples that bound an interval."""


@dataclass(frozen=True)
class FactorShares:
    """What one factor explains.

    Attributes:
        name: Name of the factor.
        first: Share of the variance that it explains alone.
        total: Share that it explains alone and together with others.
        error: Standard error of ``total``, from resampled blocks.
    """

    name: str
    first: Estimate
    total: Estimate
    error: float


@dataclass(frozen=True)
class PairShare:
    """What two factors explain only together.

    Attributes:
        names: Names of both.
        share: Share of the variance.
    """

    names: tuple[str, str]
    share: Estimate


@dataclass(frozen=True)
class Step:
    """The indices from a part of the sample.

    Attributes:
        blocks: Complete blocks of the part.
        widest: Width of the widest interval of a total effect.
        totals: Total effects in the order of factors.
    """

    blocks: int
    widest: float
    totals: tuple[float, ...]


@dataclass(frozen=True)
class SobolResult:
    """Shares of the variance of an outcome, with what they rest on.

    Attributes:
        factors: Shares of each factor, in the order of the problem.
        pairs: Shares of pairs of factors; empty unless asked for.
        blocks: Complete blocks that are used.
        dropped: Blocks left out because a run in them failed or had nothing to measure.
        missing_rows: Rows that lack at least one outcome.
        noise_share: Share of the variance that is chance between replicates; NaN with one replicate. A
            factor without any effect shows a total effect of about this size.
        steps: The indices from an eighth, a quarter, half and all of the blocks, where these are enough.
        narrow: Width that no interval of a total effect may exceed.
    """

    factors: tuple[FactorShares, ...]
    pairs: tuple[PairShare, ...]
    blocks: int
    dropped: int
    missing_rows: tuple[int, ...]
    noise_share: float
    steps: tuple[Step, ...]
    narrow: float

    @property
    def converged(self) -> bool:
        """Whether all intervals of total effects are narrow enough."""
        return self.steps[-1].widest <= self.narrow

    @property
    def mattering(self) -> tuple[str, ...]:
        """Factors whose total effect lies clearly above the share of chance, largest effect first.

        In about one of twenty studies at most any factor without an effect is among them. With one
        replicate none is: it cannot tell effects from chance.
        """
        ranked = sorted(self.factors, key=lambda one: -one.total.value)
        needed = errors_needed(len(ranked), self.blocks)
        return tuple(one.name for one in ranked if one.total.value - needed * one.error > self.noise_share)

    @property
    def sentence(self) -> str:
        """What the sample allows to say, in words."""
        found = self.mattering
        text = "No factor stands out."
        if found:
            most = next(one for one in self.factors if one.name == found[0])
            text = f"Factors with an effect, largest first: {', '.join(found)}."
            text += f" {most.name} explains most: a total effect of {most.total}."
        if math.isnan(self.noise_share):
            text = UNKNOWN
        widest = self.steps[-1].widest
        if self.converged:
            text += f" Converged: no interval is wider than {self.narrow:g}."
        else:
            text += (
                f" Not converged: with {self.blocks} blocks an interval is {widest:.2g} wide, and"
                f" {self.narrow:g} is asked for. About {self._blocks_needed()} blocks would do."
            )
        if self.dropped:
            text += f" {self.dropped} incomplete blocks were left out."
        if self.noise_share > self.narrow:
            text += (
                f" {self.noise_share:.0%} of the variance is chance between replicates, and a factor without"
                " any effect shows a total effect of that size: more replicates would lower it."
            )
        return text

    def _blocks_needed(self) -> int:
        """Return how many blocks should be enough, since widths shrink with the root of their number."""
        exact = self.blocks * (self.steps[-1].widest / self.narrow) ** 2
        return 1 << math.ceil(math.log2(exact))

    @property
    def table(self) -> pd.DataFrame:
        """One row a factor: both shares with their intervals, largest total effect first."""
        import pandas as pd  # noqa: PLC0415 - heavy

        rows = [
            {
                "factor": one.name,
                "first": one.first.value,
                "first_low": one.first.low,
                "first_high": one.first.high,
                "total": one.total.value,
                "total_low": one.total.low,
                "total_high": one.total.high,
            }
            for one in self.factors
        ]
        return pd.DataFrame(rows).sort_values("total", ascending=False, ignore_index=True)


def sobol(
    problem: Problem,
    sample: ArrayLike,
    outcomes: ArrayLike,
    second_order: bool = False,
    narrow: float = NARROW,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> SobolResult:
    """Estimate Sobol indices from a Saltelli sample (Saltelli et al. 2010).

    Blocks with a missing outcome are dropped as a whole, and counted: one missing value would otherwise
    make all indices zero. Intervals (95 %) are percentiles over resamples of whole blocks; those of pairs
    are normal ones.

    Args:
        problem: What SALib calls the problem.
        sample: Values of the factors as they were simulated, shape (rows, factors).
        outcomes: The outcome, shape (rows,) or (rows, replicates); NaN where there is none.
        second_order: Whether the sample has the blocks for pairs, and to estimate these.
        narrow: Width that no interval of a total effect may exceed to call the sample converged.
        seed: Seed of the resamples.
        resamples: Resamples of whole blocks from which intervals are taken.

    Raises:
        SensitivityError: A factor never varied, the outcome never varies, or rows do not fit.
    """
    checked_sample(problem, sample, len(np.asarray(outcomes)))
    names, count = load("SALib.util").extract_group_names(problem)
    size = 2 * count + 2 if second_order else count + 2
    found = complete_blocks(outcomes, size, "blocks")
    blocks = int(found.used.sum())

    def indices(means: NDArray[np.float64]) -> dict[str, Any]:
        raw: dict[str, Any] = load("SALib.analyze.sobol").analyze(
            problem,
            means,
            calc_second_order=second_order,
            num_resamples=resamples,
            keep_resamples=True,
            seed=seed + 1,  # SALib takes a seed of 0 for none
        )
        return raw

    steps = [
        _step(indices(found.means[: part * size]), part)
        for part in (blocks // 8, blocks // 4, blocks // 2)
        if part >= FEWEST_BLOCKS and np.ptp(found.means[: part * size]) > 0
    ]
    raw = indices(found.means)
    factors = tuple(
        FactorShares(
            str(name),
            _estimate(raw, "S1", place),
            _estimate(raw, "ST", place),
            float(np.std(raw["ST_conf_all"][:, place], ddof=1)),
        )
        for place, name in enumerate(names)
    )
    return SobolResult(
        factors=factors,
        pairs=_pairs(raw, names) if second_order else (),
        blocks=blocks,
        dropped=found.dropped,
        missing_rows=found.missing_rows,
        noise_share=found.noise_share,
        steps=(*steps, _step(raw, blocks)),
        narrow=narrow,
    )


def _estimate(raw: dict[str, Any], kind: str, place: int) -> Estimate:
    low, high = np.percentile(raw[f"{kind}_conf_all"][:, place], ENDS)
    return Estimate(float(raw[kind][place]), float(low), float(high))


def _pairs(raw: dict[str, Any], names: list[str]) -> tuple[PairShare, ...]:
    found = []
    for one, two in combinations(range(len(names)), 2):
        share, reach = float(raw["S2"][one, two]), float(raw["S2_conf"][one, two])
        found.append(
            PairShare((str(names[one]), str(names[two])), Estimate(share, share - reach, share + reach))
        )
    return tuple(found)


def _step(raw: dict[str, Any], blocks: int) -> Step:
    totals = tuple(_estimate(raw, "ST", place) for place in range(len(raw["ST"])))
    return Step(blocks, max(one.width for one in totals), tuple(one.value for one in totals))
