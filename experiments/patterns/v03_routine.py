"""V3: an existing routine predicts what becomes structural, measured quality hardly."""

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.initiative import COPIED
from cocreate.experiments.patterns.estimates import resampled
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import DEFAULT, DEFAULT_WORLDS, QUICK

COLUMNS = 4
"""Columns of the regression: one, routine, quality, fate."""


def moments(pilots: Table) -> NDArray[np.float64]:
    """Return the sums of products of (1, routine, quality, fate) over a world's own pilots of known fate."""
    structural = pilots["became_structural"] >= 0
    known = (structural | (pilots["finished"] >= 0)) & (pilots["mode"] != COPIED)
    rows = np.stack(
        [np.ones(len(pilots)), pilots["embedding"], pilots["result"], structural.astype(float)], axis=1
    )[known]
    product: NDArray[np.float64] = (rows.T @ rows).ravel()
    return product


def effects(sums: NDArray[np.float64]) -> tuple[float, float]:
    """Return the effects of routine and quality on the chance, each for one standard deviation.

    Args:
        sums: Sums of :func:`moments`.

    Returns:
        Coefficients of a linear regression; NaN where a column does not vary.
    """
    product = sums.reshape(COLUMNS, COLUMNS)
    count = product[0, 0]
    if count < COLUMNS:
        return np.nan, np.nan
    mean = product[0] / count
    covariance = (product / count - np.outer(mean, mean))[1:, 1:]
    spread = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    if spread[0] <= 0.0 or spread[1] <= 0.0:
        return np.nan, np.nan
    slopes = np.linalg.solve(covariance[:2, :2], covariance[:2, 2]) * spread[:2]
    return float(slopes[0]), float(slopes[1])


def _routine(sums: NDArray[np.float64]) -> float:
    return effects(sums)[0]


def _margin(sums: NDArray[np.float64]) -> float:
    routine, quality = effects(sums)
    return routine - 2.0 * abs(quality)


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return the effect of a routine, and how far it exceeds twice that of quality."""
    parts = np.array([moments(pilots) for pilots in found.pilots(DEFAULT)])
    return (
        resampled("chance for one SD more routine, added", Target(0.0), parts, _routine, found.resamples),
        resampled("the same less twice that of quality", Target(0.0), parts, _margin, found.resamples),
    )


PATTERN = Pattern(
    id="V3",
    title="Routine before evidence",
    statement="Whether a pilot becomes structural hangs on an existing routine, more than twice as much as"
    " on its measured quality.",
    source="DellaVigna, Kim and Linos 2024, Journal of Political Economy",
    remark="Trials of city departments, not co-creation; measured here on pilots that a region designed"
    " itself, as those were.",
    use="fitting",
    study=DEFAULT_WORLDS,
    quick=QUICK,
    measure=measure,
)
