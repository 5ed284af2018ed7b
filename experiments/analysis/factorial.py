"""Factorials: what each of several changes does, and what they do together beyond that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.attribution import complete
from cocreate.experiments.analysis.corners import Change, subsets, worth
from cocreate.experiments.analysis.correction import Correction, corrected
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.interval import mean_interval, repeats, weighted_sums
from cocreate.experiments.analysis.source import Outcomes, draws_of
from cocreate.experiments.study.worlds import World

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FactorialEffect:
    """What one change does, or what several do together beyond the sum of fewer.

    Attributes:
        changes: Names of the changes: one for a main effect, two or more for an interaction.
        effect: In the unit of the outcome, in the mean over the settings of all other changes. For one
            change it is the difference that it makes, for two the difference of differences, and so on.
        p: Two-sided p of no effect.
        p_corrected: The same after correction over all effects of the factorial.
    """

    changes: tuple[str, ...]
    effect: Estimate
    p: float
    p_corrected: float

    @property
    def title(self) -> str:
        """The changes in one word."""
        return " × ".join(self.changes)  # noqa: RUF001 - the sign for it


@dataclass(frozen=True)
class Factorial:
    """All effects of a full two-level factorial.

    Attributes:
        outcome: Name of the outcome.
        effects: Main effects, then interactions of two changes, of three and so on.
        replicates: Replicates in which all corners could be measured.
        dropped: Replicates left out because a corner failed or had nothing to measure.
        draws: Draws of uncertain levers behind the intervals where replicates repeat them; 0 where not.
    """

    outcome: str
    effects: tuple[FactorialEffect, ...]
    replicates: int
    dropped: int
    draws: int = 0

    def of(self, *changes: str) -> FactorialEffect:
        """Return the main effect of a change, or the interaction of several.

        Args:
            changes: Names of changes, in any order.

        Raises:
            AnalysisError: There is no such effect.
        """
        for effect in self.effects:
            if set(effect.changes) == set(changes):
                return effect
        known = ", ".join(effect.title for effect in self.effects)
        raise AnalysisError(f"There is no effect of {' and '.join(changes)}; the effects are {known}.")

    @property
    def table(self) -> pd.DataFrame:
        """One row an effect, with how many changes make it, its interval and its p."""
        import pandas as pd  # noqa: PLC0415 - heavy

        rows = [
            {
                "changes": one.title,
                "order": len(one.changes),
                "effect": one.effect.value,
                "low": one.effect.low,
                "high": one.effect.high,
                "p": one.p,
                "p_corrected": one.p_corrected,
            }
            for one in self.effects
        ]
        return pd.DataFrame(rows)


def factorial(
    results: Outcomes,
    base: World,
    changes: Sequence[Change],
    outcome: str,
    correction: Correction = Correction.HOLM,
) -> Factorial:
    """Return all effects of changes that were combined in every way.

    All corners of a replicate share their random draws, so that each replicate gives every effect once;
    intervals (95 %) are Student's over replicates, of which those that start from the same draw of uncertain
    levers are averaged first.

    Args:
        results: Results of a study with the worlds of :func:`~cocreate.experiments.analysis.corners.corners`.
        base: The world without any change.
        changes: The changes.
        outcome: Name of an outcome.
        correction: How p-values allow for the number of effects.

    Raises:
        AnalysisError: The changes cannot be combined, or no replicate is complete.
    """
    found = worth(results, base, changes, outcome)
    draws, replicates = draws_of(results), complete(found).shape[1]
    known = complete(found, draws)
    numbers = factorial_effects(known)
    intervals = [mean_interval(values) for values in numbers.values()]
    fair = corrected([one.p for one in intervals], correction)
    effects = [
        FactorialEffect(
            tuple(changes[place].name for place in places),
            Estimate(float(values.mean()), one.low, one.high),
            one.p,
            p,
        )
        for (places, values), one, p in zip(numbers.items(), intervals, fair, strict=True)
    ]
    return Factorial(
        outcome,
        tuple(effects),
        replicates,
        found.shape[1] - replicates,
        known.shape[1] if repeats(found, draws) else 0,
    )


def factorial_effects(
    corners: NDArray[np.float64],
) -> dict[tuple[int, ...], NDArray[np.float64]]:
    """Return main effects and interactions in every replicate.

    An effect of ``n`` changes is a difference of differences, ``n`` deep, in the mean over the others. The
    convention of Box, Hunter and Hunter (2005) divides it by ``2 ** (n - 1)``, so main effects agree.

    Args:
        corners: An outcome at every corner, shape (2 ** changes, replicates); bit ``i`` of its place is set
            where change ``i`` is made.

    Returns:
        An array of shape (replicates,) by the places of the changes, fewest changes first.

    >>> found = factorial_effects(np.array([[1.0], [2], [3], [9]]))
    >>> {places: values.tolist() for places, values in found.items()}
    {(0,): [3.5], (1,): [4.5], (0, 1): [5.0]}
    """
    count = len(corners).bit_length() - 1
    if count < 1 or len(corners) != 1 << count:
        raise AnalysisError(f"A factorial needs 2, 4, 8 … corners, but was given {len(corners)}.")
    made = np.arange(len(corners))[:, None] >> np.arange(count) & 1
    signs = 2.0 * made - 1
    found = {}
    for size in range(1, count + 1):
        for places in subsets(count, size):
            weights = signs[:, places].prod(axis=1) / 2 ** (count - size)
            found[places] = weighted_sums(weights, corners)
    return found
