"""What chance between replicates adds to the effect of a factor, and where an effect is more than that.

Replicates share their seed at all points, so that runs which a factor leaves as they are are equal: a factor
that changes nothing gets nothing from chance. One that changes which random numbers are used, and nothing
else on average, gets as much as the runs then differ. How much that is differs from factor to factor; how far
replicates disagree on what the factor changes tells it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.clustered import crossed_interval
from cocreate.experiments.analysis.interval import EQUAL, FEWEST

FALSE_ALARMS = 0.05
"""Share of studies in which any factor without an effect is named, at most about."""

UNKNOWN = (
    "Without two replicates of the same points, effects cannot be told from chance, so no factor is named:"
    " take two or more."
)
"""What is said where chance between replicates is not known."""

type Numbers = NDArray[np.float64]


def without_rounding(changes: Numbers, outcomes: Numbers) -> Numbers:
    """Return changes in which those that are but errors of rounding are zero.

    Args:
        changes: Differences of outcomes, NaN where there is none.
        outcomes: The outcomes, at least one of them finite.
    """
    size = float(np.abs(outcomes[np.isfinite(outcomes)]).max())
    return np.where(np.abs(changes) <= EQUAL * size, 0.0, changes)


def by_chance(changes: Numbers) -> Numbers:
    """Return the variance that chance gives the mean change of each block over its replicates.

    Args:
        changes: What a factor changes, shape (blocks, replicates); NaN where there is none.

    Returns:
        Shape (blocks,): the variance between replicates, pooled over blocks with two or more, divided by the
        replicates of the block. NaN where no block has two, and for blocks without any.

    >>> by_chance(np.array([[1.0, 3.0], [2.0, 4.0], [5.0, np.nan]])).tolist()
    [1.0, 1.0, 2.0]
    """
    known = np.isfinite(changes)
    runs = known.sum(axis=1)
    freedom = int((runs[runs > 0] - 1).sum())
    if freedom == 0:
        return np.full(len(changes), np.nan)
    numbers = np.where(known, changes, 0)
    means = numbers.sum(axis=1) / np.maximum(runs, 1)
    squares = np.square(np.where(known, numbers - means[:, None], 0)).sum()
    return np.where(runs > 0, squares / freedom / np.maximum(runs, 1), np.nan)


def stands_out(changes: Numbers, factors: int) -> bool:
    """Return whether a factor changes more than chance between replicates lets expect.

    Each change is multiplied by the mean change of the other replicates in the same block, in units of the
    root mean square of these: whatever shape the effect has over blocks, the mean of such products is above 0
    where replicates agree on it, and 0 where the factor only changes which random numbers are used. Blocks
    and replicates both count as drawn
    (:func:`~cocreate.experiments.analysis.clustered.crossed_interval`), so that an effect which seeds turn up
    or down at all blocks alike is taken for chance, too. Few replicates tell little of that: in simulations,
    factors that do nothing else were named in 11 of 100 cases with two replicates, and in 4 with four.

    The level is :data:`FALSE_ALARMS` over the number of factors (Bonferroni), on one side.

    Args:
        changes: What the factor changes, shape (blocks, replicates); NaN where there is none.
        factors: Factors that are looked at.

    Returns:
        Whether it does; False where no two blocks have two replicates.
    """
    known = np.isfinite(changes)
    known &= known.sum(axis=1, keepdims=True) >= FEWEST
    numbers = np.where(known, changes, 0)
    others = np.maximum(known.sum(axis=1, keepdims=True) - 1, 1)
    rest = np.where(known, (numbers.sum(axis=1, keepdims=True) - numbers) / others, 0)
    sizes = np.sqrt(np.square(rest).sum(axis=0) / np.maximum(known.sum(axis=0), 1))
    block, replicate = np.nonzero(known)
    products = (numbers * rest / np.where(sizes > 0, sizes, 1))[known]
    if not products.any():
        return False
    confidence = 1 - 2 * FALSE_ALARMS / factors
    return bool(crossed_interval(products, block, replicate, confidence=confidence)[0] > 0)
