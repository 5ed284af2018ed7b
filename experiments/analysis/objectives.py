"""What a policy shall achieve, in how many worlds, and how that becomes one number.

McPhail et al. (2018) compare such measures of robustness: they differ in how far they look at the bad worlds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.errors import CocreateError

type Scores = NDArray[np.float64]

POOR_END = 10.0
"""Percentile of the worlds, counted from the bad end, that stands for how a policy does in bad worlds."""


class SearchError(CocreateError, ValueError):
    """A search for policies is not in order, or found nothing."""


@dataclass(frozen=True)
class Objective:
    """One thing to achieve.

    Attributes:
        outcome: Name of the outcome.
        direction: Whether more or less of it is better.
        robustness: ``mean`` over the worlds; ``poor_end``, what nine worlds of ten surpass; or
            ``satisfied``, the share of worlds that meet the threshold (Starr 1962; Herman et al. 2015).
        threshold: What a world must reach to count as satisfied.

    Raises:
        SearchError: The share of satisfied worlds is asked for without a threshold.
    """

    outcome: str
    direction: Literal["more", "less"] = "more"
    robustness: Literal["mean", "poor_end", "satisfied"] = "poor_end"
    threshold: float | None = None

    def __post_init__(self) -> None:
        """Check that a threshold is there where one is needed."""
        if (self.robustness == "satisfied") != (self.threshold is not None):
            raise SearchError(
                f"{self.outcome}: a threshold belongs to robustness 'satisfied', and only there."
                f" Robustness is {self.robustness!r}, the threshold {self.threshold}."
            )

    @property
    def maximised(self) -> bool:
        """Whether more of the robust score is better."""
        return self.direction == "more" or self.robustness == "satisfied"

    def score(self, values: Scores, axis: int = -1) -> Scores:
        """Return the robust score over worlds.

        Args:
            values: The outcome, worlds along ``axis``; NaN for a world without one.
            axis: Axis of the worlds.
        """
        if self.robustness == "mean":
            return np.asarray(np.nanmean(values, axis=axis))
        if self.robustness == "poor_end":
            end = POOR_END if self.direction == "more" else 100 - POOR_END
            return np.asarray(np.nanpercentile(values, end, axis=axis))
        assert self.threshold is not None
        met = values >= self.threshold if self.direction == "more" else values <= self.threshold
        return np.asarray(np.nanmean(np.where(np.isnan(values), np.nan, met), axis=axis))

    def worst(self, values: Scores) -> Scores:
        """Return the worst that any policy had in each world, NaN where none has the outcome.

        Args:
            values: The outcome, shape (policies, worlds); NaN for a world without one.
        """
        worst = np.fmin if self.direction == "more" else np.fmax
        return np.asarray(worst.reduce(values, axis=0, initial=np.nan))

    def regret(self, values: Scores) -> Scores:
        """Return the greatest shortfall of each policy behind the best one in the same world (Savage 1951).

        A missing world counts as the worst that any of the policies had there.

        Args:
            values: The outcome, shape (policies, worlds); NaN for a world without one.
        """
        filled = completed(values, self.worst(values))
        good = filled if self.direction == "more" else -filled
        known = ~np.isnan(good).any(axis=0)  # in the others no policy has the outcome
        shortfall = good[:, known].max(axis=0) - good[:, known]
        return np.asarray(shortfall.max(axis=1, initial=0.0))


def completed(values: Scores, worst: Scores) -> Scores:
    """Return outcomes in which a missing world counts as the worst that was seen there.

    Were it left out, a policy that fails in bad worlds would look better than one that gets through them.

    Args:
        values: Outcomes, worlds along the last axis; NaN for a world without one.
        worst: The worst of all policies in each world; NaN where none has the outcome, which stays missing.

    >>> completed(np.array([2.0, np.nan, np.nan]), np.array([1.0, 0.5, np.nan])).tolist()
    [2.0, 0.5, nan]
    """
    return np.where(np.isnan(values), worst, values)


def undominated(scores: Scores, objectives: tuple[Objective, ...]) -> NDArray[np.bool_]:
    """Return which policies no other one beats: at least as good in all objectives, better in one.

    Args:
        scores: Robust scores, shape (policies, objectives).
        objectives: The objectives.

    >>> more, less = Objective("a", "more", "mean"), Objective("b", "less", "mean")
    >>> undominated(np.array([[1.0, 1.0], [2.0, 2.0], [1.0, 2.0]]), (more, less)).tolist()
    [True, True, False]
    """
    good = scores * np.array([1 if one.maximised else -1 for one in objectives])
    as_good = (good[:, None] >= good[None]).all(axis=2)
    better = (good[:, None] > good[None]).any(axis=2)
    return np.asarray(~(as_good & better).any(axis=0))
