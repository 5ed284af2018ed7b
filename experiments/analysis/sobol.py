"""Sobol indices: the share of an outcome's variance that each factor explains."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate.experiments.analysis.chance import UNKNOWN, by_chance, stands_out, without_rounding
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.sample_checks import (
    FEWEST_BLOCKS,
    Blocks,
    Problem,
    SensitivityError,
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
        chance: How much chance between replicates adds to ``total``: 0 where the factor changes no run, and
            up to about the share of noise where it changes which random numbers are used; NaN with one
            replicate.
        clear: Whether replicates agree on the effect more than by chance, see
            :func:`~cocreate.experiments.analysis.chance.stands_out`.
    """

    name: str
    first: Estimate
    total: Estimate
    chance: float
    clear: bool


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
        noise_share: Share of the variance that is chance between replicates; NaN with one replicate. Chance
            may add up to about as much to a total effect; ``chance`` of each factor tells how much it does.
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
        """Factors whose effect is clearly more than chance, largest effect first.

        In about one of twenty studies at most any factor without an effect is among them. With one
        replicate none is: it cannot tell effects from chance.
        """
        ranked = sorted(self.factors, key=lambda one: -one.total.value)
        return tuple(one.name for one in ranked if one.clear)

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
            added = max(one.chance for one in self.factors)
            text += (
                f" {self.noise_share:.0%} of the variance is chance between replicates. It may add up to as"
                " much to a total effect, but adds nothing to that of a factor that changes no run; here it"
                f" adds {added:.2g} at most. More replicates would lower it."
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
                "chance": one.chance,
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
        SensitivityError: A factor never varied, the outcome never varies, no change of a single factor moved
            it, or rows do not fit.
    """
    checked_sample(problem, sample, len(np.asarray(outcomes)))
    names, count = load("SALib.util").extract_group_names(problem)
    size = 2 * count + 2 if second_order else count + 2
    found = complete_blocks(outcomes, size, "blocks")
    blocks = int(found.used.sum())
    changes, spread = _changes(found, count), _spread(found.means, size)
    if not any(one.any() for one in changes) or spread == 0:
        raise SensitivityError(
            f"The outcome differs between rows, but in none of the {blocks} blocks by a factor alone, or not"
            " where all factors are drawn anew: there are no shares to tell. Take more blocks, or wider"
            " ranges."
        )

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
        if part >= FEWEST_BLOCKS and _spread(found.means[: part * size], size) > 0
    ]
    raw = indices(found.means)
    factors = tuple(
        FactorShares(
            str(name),
            _estimate(raw, "S1", place),
            _estimate(raw, "ST", place),
            float(by_chance(changes[place]).mean()) / (2 * spread),
            stands_out(changes[place], count),
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


def _changes(found: Blocks, count: int) -> list[NDArray[np.float64]]:
    """Return what each factor alone changes, shape (blocks, replicates) each; NaN where there is none.

    Args:
        found: Runs in blocks: a first row, then one for each factor, and a last row.
        count: Factors.
    """
    first, *changed = (found.runs[:, place] for place in range(count + 1))
    return [without_rounding(one - first, found.runs) for one in changed]


def _spread(means: NDArray[np.float64], size: int) -> float:
    """Return the variance over which indices are shares: that of the first and the last rows of blocks.

    Half the mean square of a factor's changes over it is the total effect (Jansen 1999), so that chance adds
    half of its variance.
    """
    return float(means.reshape(-1, size)[:, [0, -1]].var())


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
