"""Boundaries: how strict each of several looks at growing data must be, so that all together err as one."""

from __future__ import annotations

import math
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.errors import AnalysisError

NODES = 240
"""Points at which the density between two boundaries is kept."""

FARTHEST = 8.0
"""Standard deviations beyond which no density is kept; a boundary further out counts as infinite."""


class Spending(StrEnum):
    """How much of the error level the looks so far may have used up (Lan and DeMets 1983)."""

    OBRIEN_FLEMING = "obrien-fleming"
    """Hardly any at first, nearly all at the end: the last look is about as strict as a single one, and an
    early stop needs overwhelming evidence. For decisions."""

    POCOCK = "pocock"
    """About as much at each look: stops earlier, and the last look is stricter. For narrow intervals."""

    def spent(self, fraction: float, level: float) -> float:
        """Return the error level used up after a fraction of all data.

        Args:
            fraction: Data so far as a share of the budget, above 0 and up to 1.
            level: Error level of one side.
        """
        from scipy import special  # noqa: PLC0415 - heavy

        if self is Spending.POCOCK:
            return level * float(np.log1p((math.e - 1) * fraction))
        return 2 * float(special.ndtr(special.ndtri(level / 2) / np.sqrt(fraction)))


@lru_cache(maxsize=128)
def boundaries(
    fractions: tuple[float, ...],
    level: float = 0.05,
    spending: Spending = Spending.OBRIEN_FLEMING,
) -> tuple[float, ...]:
    """Return for each look how many standard errors the mean must lie off, on either side.

    The chance that a mean without any effect ever does so is ``level``, however many looks there are. The
    density of what has not stopped yet is carried from look to look (Armitage, McPherson and Rowe 1969).

    Args:
        fractions: Data at each look as a share of the budget, rising, the last one at most 1.
        level: Error level of both sides together.
        spending: How the level is spent.

    Returns:
        Standard errors, one a look; infinite where a look spends next to nothing.

    Raises:
        AnalysisError: The fractions do not rise from above 0 to at most 1.

    >>> [round(one, 2) for one in boundaries((0.2, 0.4, 0.6, 0.8, 1.0))]
    [4.88, 3.36, 2.68, 2.29, 2.03]
    """
    steps = np.diff([0.0, *fractions])
    if not fractions or (steps <= 0).any() or fractions[-1] > 1:
        raise AnalysisError(
            f"Looks must come at rising fractions above 0 and up to 1, but were given {fractions}."
        )
    places, weights = np.zeros(1), np.ones(1)
    before, found = 0.0, []
    for fraction, step in zip(fractions, steps, strict=True):
        spent = spending.spent(fraction, level / 2)
        limit = _limit(places, weights, float(np.sqrt(step)), spent - before)
        before = spent
        found.append(limit / float(np.sqrt(fraction)))
        places, weights = _going_on(places, weights, limit, step, fraction)
    return tuple(found)


def _limit(places: NDArray[np.float64], weights: NDArray[np.float64], error: float, chance: float) -> float:
    """Return the value above which the next sum lies with a given chance."""
    from scipy import optimize, special  # noqa: PLC0415 - heavy

    def beyond(limit: float) -> float:
        return float(weights @ special.ndtr((places - limit) / error)) - chance

    farthest = float(np.abs(places).max()) + FARTHEST * error
    return float(optimize.brentq(beyond, 0.0, farthest)) if beyond(farthest) < 0 else float("inf")


def _going_on(
    places: NDArray[np.float64],
    weights: NDArray[np.float64],
    limit: float,
    step: float,
    fraction: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points between the boundaries and the chance that the sum is there, for the next look."""
    reach = min(limit, FARTHEST * float(np.sqrt(fraction)))
    nodes, lengths = _nodes()
    onward = nodes * reach
    density = np.exp(-((onward[:, None] - places) ** 2) / (2 * step)) / np.sqrt(2 * np.pi * step)
    return onward, lengths * reach * (density @ weights)


@lru_cache(maxsize=1)
def _nodes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where and with what weights to integrate from -1 to 1 (Gauss and Legendre)."""
    nodes, lengths = np.polynomial.legendre.leggauss(NODES)
    return nodes, lengths
