"""Means over replicates where runs are missing: what a replicate does to all points alike must not enter.

Replicates share their seed at all points, so that one of them may lie higher than another everywhere. Where
each point has all replicates, that is in all means alike. Where a run is missing, the mean of its point is
one over other replicates than those of its neighbours, and shows their luck as if it were an effect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Additive:
    """Outcomes as the sum of a part of each point and a part of each replicate.

    Attributes:
        points: The mean of each point as if all replicates had reached its end, shape (points,); NaN where
            no run can be compared with the others.
        shifts: What each replicate adds at all points, shape (replicates,); they sum to 0. NaN where none of
            its runs can be compared with the others.
        noise: Variance of a run beyond both parts; NaN where nothing is left to tell it from.
    """

    points: Numbers
    shifts: Numbers
    noise: float


def additive(values: Numbers) -> Additive:
    """Split outcomes into points and replicates by least squares (Yates 1933).

    With all runs there, the parts are the usual means. With runs missing, they are the unbiased linear
    estimates of least variance, if points and replicates add up but for noise of one size, and no run is
    missing for its noise. Every point with two runs helps to tell replicates apart: none needs to have them
    all. Runs that no chain of common points and replicates links to the others are left out.

    Args:
        values: Outcomes, shape (points, replicates); NaN where there is none.

    >>> found = additive(np.array([[1.0, 11.0], [2.0, 12.0], [3.0, np.nan]]))
    >>> found.points.round(6).tolist(), found.shifts.round(6).tolist()
    ([6.0, 7.0, 8.0], [-5.0, 5.0])
    """
    points, shifts = np.full(len(values), np.nan), np.full(values.shape[1], np.nan)
    known = _linked(np.isfinite(values))
    rows, columns = known.any(axis=1), known.any(axis=0)
    if not rows.any():
        return Additive(points, shifts, np.nan)
    there = known[rows][:, columns]
    numbers = np.where(there, values[rows][:, columns], 0)
    runs = there.sum(axis=1)
    beyond = np.where(there, numbers - (numbers.sum(axis=1) / runs)[:, None], 0)
    equations = np.diag(there.sum(axis=0)) - (there / runs[:, None]).T @ there
    solved = np.linalg.lstsq(equations, beyond.sum(axis=0))[0]
    solved -= solved.mean()
    own = np.where(there, numbers - solved, 0).sum(axis=1) / runs
    points[rows], shifts[columns] = own, solved
    residual = np.where(there, numbers - solved - own[:, None], 0)
    freedom = there.sum() - there.shape[0] - there.shape[1] + 1
    return Additive(points, shifts, float(np.square(residual).sum() / freedom) if freedom > 0 else np.nan)


def comparable(values: Numbers) -> Numbers:
    """Return outcomes less what their replicate adds at all points, where runs are missing.

    Means of these over any replicates can be compared between points. Where no run is missing, outcomes are
    returned as they are: their means can be compared already.

    Args:
        values: Outcomes, shape (points, replicates); NaN where there is none.

    Returns:
        The same shape; NaN also where an outcome cannot be compared with the others, see :func:`additive`.
    """
    known = np.isfinite(values)
    if known.all():
        return values
    return np.where(known, values - additive(values).shifts, np.nan)  # unlinked runs have no shift


def completed(values: Numbers) -> Numbers:
    """Return outcomes in which a missing run has what its point and its replicate let expect.

    Their means are those that :func:`additive` estimates. Filled in, they have no noise of their own, and no
    interval may rest on them.

    Args:
        values: Outcomes, shape (points, replicates); NaN where there is none.

    Returns:
        The same shape; NaN where nothing lets expect an outcome.

    >>> completed(np.array([[1.0, 11.0], [3.0, np.nan]])).round(6).tolist()
    [[1.0, 11.0], [3.0, 13.0]]
    """
    if np.isfinite(values).all():
        return values
    found = additive(values)
    return np.where(np.isfinite(values), values, found.points[:, None] + found.shifts)


def _linked(known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which runs belong to the largest set that common points and replicates link.

    Args:
        known: Whether there is an outcome, shape (points, replicates).
    """
    links = known.T.astype(float) @ known > 0  # replicates with a common point
    for _ in range(len(links).bit_length()):  # each time twice as far
        links = links.astype(float) @ links > 0
    runs = links.astype(float) @ known.sum(axis=0)
    return known & links[runs.argmax()] if known.any() else known
