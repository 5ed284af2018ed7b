"""Attribution: how much of the difference between two worlds is due to each of several changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.corners import Change, subsets, worth
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.interval import mean_interval, repeats, whole_draws
from cocreate.experiments.analysis.source import Outcomes, draws_of
from cocreate.experiments.study.worlds import World

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Attribution:
    """The parts of several changes in the difference between two worlds.

    Attributes:
        outcome: Name of the outcome.
        changes: Names of the changes.
        parts: Shapley value of each change, in the unit of the outcome: its mean effect over all orders in
            which the changes can be made (Shapley 1953). They sum to the total.
        interactions: Shapley interaction index of each two changes: how far both together exceed the sum of
            each alone, in the mean over what else was changed (Grabisch and Roubens 1999).
        total: Difference between the world with all changes and the one with none.
        replicates: Replicates in which all corners could be measured.
        dropped: Replicates left out because a corner failed or had nothing to measure.
        draws: Draws of uncertain levers behind the intervals where replicates repeat them; 0 where not.
    """

    outcome: str
    changes: tuple[str, ...]
    parts: tuple[Estimate, ...]
    interactions: dict[tuple[str, str], Estimate]
    total: Estimate
    replicates: int
    dropped: int
    draws: int = 0

    def share(self, change: str) -> float:
        """Return the part of a change in the total, below 0 where it works against the others.

        Args:
            change: Name of the change.

        Returns:
            The share; NaN where the total is 0.
        """
        part = self.parts[self.changes.index(change)].value
        return part / self.total.value if self.total.value != 0 else np.nan

    @property
    def table(self) -> pd.DataFrame:
        """One row a change: ``change``, ``part``, ``low``, ``high``, ``share``."""
        import pandas as pd  # noqa: PLC0415 - heavy

        rows = [
            {"change": name, "part": one.value, "low": one.low, "high": one.high, "share": self.share(name)}
            for name, one in zip(self.changes, self.parts, strict=True)
        ]
        return pd.DataFrame(rows)


def attribute(results: Outcomes, base: World, changes: Sequence[Change], outcome: str) -> Attribution:
    """Divide the difference between two worlds among the changes that lie between them.

    All corners of a replicate share their random draws, and every replicate is divided exactly; intervals
    (95 %) are Student's over replicates, of which those that start from the same draw of uncertain levers are
    averaged first.

    Args:
        results: Results of a study with the worlds of :func:`~cocreate.experiments.analysis.corners.corners`.
        base: The world without any change.
        changes: The changes.
        outcome: Name of an outcome.

    Raises:
        AnalysisError: The changes cannot be combined, or no replicate is complete.
    """
    found = worth(results, base, changes, outcome)
    draws, replicates = draws_of(results), complete(found).shape[1]
    known = complete(found, draws)
    names = tuple(one.name for one in changes)
    pairs = shapley_interactions(known)
    return Attribution(
        outcome=outcome,
        changes=names,
        parts=tuple(mean_estimate(one) for one in shapley_values(known)),
        interactions={(names[i], names[j]): mean_estimate(values) for (i, j), values in pairs.items()},
        total=mean_estimate(known[-1] - known[0]),
        replicates=replicates,
        dropped=found.shape[1] - replicates,
        draws=known.shape[1] if repeats(found, draws) else 0,
    )


def complete(found: NDArray[np.float64], draws: int = 0) -> NDArray[np.float64]:
    """Return the replicates in which every corner has a number, those of the same draw averaged.

    Args:
        found: An outcome at every corner, shape (corners, replicates).
        draws: Draws of uncertain levers that replicates take in turn; 0 for none, or to leave them apart.

    Raises:
        AnalysisError: There is no such replicate.
    """
    known = whole_draws(found, draws)
    if not known.size:
        raise AnalysisError(
            f"In none of {found.shape[1]} replicates could the outcome be measured in all of {len(found)}"
            " worlds."
        )
    return known


def mean_estimate(values: NDArray[np.float64]) -> Estimate:
    """Return a mean over replicates with Student's 95 % interval; NaN ends with a single replicate.

    Args:
        values: Numbers without NaN, shape (replicates,).
    """
    low, high, _ = mean_interval(values)
    return Estimate(float(values.mean()), low, high)


def shapley_values(game: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the Shapley value of every player, exactly (Shapley 1953).

    Args:
        game: What each coalition is worth, shape (2 ** players, ...); bit ``i`` of its place is set where
            player ``i`` takes part.

    Returns:
        Shape (players, ...); over the players they sum to the whole coalition less the empty one.

    >>> shapley_values(np.array([0.0, 0, 0, 1, 0, 1, 0, 1])).round(3).tolist()  # player 0 has the left glove
    [0.667, 0.167, 0.167]
    """
    players = _players(game)
    values = np.zeros((players, *game.shape[1:]))
    for player in range(players):
        for others in range(len(game)):
            if not others >> player & 1:
                weight = 1 / (players * comb(players - 1, others.bit_count()))
                values[player] += weight * (game[others | 1 << player] - game[others])
    return values


def shapley_interactions(game: NDArray[np.float64]) -> dict[tuple[int, int], NDArray[np.float64]]:
    """Return the Shapley interaction index of every two players, exactly (Grabisch and Roubens 1999).

    Args:
        game: What each coalition is worth, shape (2 ** players, ...), as for :func:`shapley_values`.

    Returns:
        An array of shape (...) for each two players; none for a single player.
    """
    players = _players(game)
    found = {}
    for i, j in subsets(players, 2):
        one, other = 1 << i, 1 << j
        total = np.zeros(game.shape[1:])
        for rest in range(len(game)):
            if not rest & (one | other):
                together = game[rest | one | other] - game[rest | one] - game[rest | other] + game[rest]
                total = total + together / ((players - 1) * comb(players - 2, rest.bit_count()))
        found[i, j] = total
    return found


def _players(game: NDArray[np.float64]) -> int:
    players = len(game).bit_length() - 1
    if players < 1 or len(game) != 1 << players:
        raise AnalysisError(f"A game needs the worth of 2, 4, 8 … coalitions, but was given {len(game)}.")
    return players
