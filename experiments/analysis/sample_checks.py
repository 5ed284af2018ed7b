"""What must hold before a sample says anything about its factors, and which rows can be used.

SALib computes zeros or NaN from a single missing value, and an index for a factor that never varied.
Here both are told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.interval import all_equal
from cocreate.experiments.analysis.missing_runs import additive, comparable

type Problem = Mapping[str, Any]
"""A problem as SALib describes it: ``num_vars``, ``names`` and ``bounds``."""

SHOWN = 10
"""Rows that a message names before it only counts them."""

FEWEST_BLOCKS = 4
"""Complete blocks or trajectories below which nothing is estimated."""


class SensitivityError(CocreateError, ValueError):
    """A sample and its outcomes cannot say what matters: wrong shape, missing values, nothing varied."""


@dataclass(frozen=True, eq=False)
class Blocks:
    """Outcomes of a sample whose rows belong together in blocks, without the incomplete ones.

    Attributes:
        means: Mean outcome of each row that is used, shape (blocks * size,).
        used: Whether a block of the sample is used, shape (blocks of the sample,).
        missing_rows: Rows of the sample that lack at least one outcome.
        noise: Variance of ``means`` that stems from chance between replicates; NaN where no block has two.
        runs: Outcomes behind ``means``, shape (blocks, size, replicates); NaN in all rows of a block where a
            replicate does not count in it. They lack what their replicate adds at all rows, where runs are
            missing.
    """

    means: NDArray[np.float64]
    used: NDArray[np.bool_]
    missing_rows: tuple[int, ...]
    noise: float
    runs: NDArray[np.float64]

    @property
    def dropped(self) -> int:
        """Blocks that are left out."""
        return int((~self.used).sum())

    @property
    def noise_share(self) -> float:
        """Share of the variance of the rows' means that is noise, 0 to 1; NaN where no block has two."""
        return float(np.minimum(1, self.noise / self.means.var(ddof=1)))


def checked_sample(problem: Problem, sample: ArrayLike, rows: int) -> NDArray[np.float64]:
    """Return the sample as numbers, once it is clear that every factor varies.

    Args:
        problem: What SALib calls the problem.
        sample: Values of the factors as they were simulated, after any rounding, shape (rows, factors).
        rows: Rows that have an outcome.

    Raises:
        SensitivityError: The shape does not fit the problem, a value is missing, or a factor never varied.
    """
    names: Sequence[str] = problem["names"]
    values = np.asarray(sample, float)
    if values.ndim != 2 or values.shape[1] != len(names):  # noqa: PLR2004 - rows and factors
        raise SensitivityError(
            f"The sample must have one column for each of the {len(names)} factors, but its shape is"
            f" {values.shape}."
        )
    if len(values) != rows:
        raise SensitivityError(f"The sample has {len(values)} rows, but there are outcomes for {rows}.")
    if not np.isfinite(values).all():
        raise SensitivityError(
            f"The sample lacks values in rows {_listed(~np.isfinite(values).all(axis=1))}."
        )
    constant = [name for name, spread in zip(names, np.ptp(values, axis=0), strict=True) if spread == 0]
    if constant:
        raise SensitivityError(
            f"{' and '.join(constant)} never varied: every row has the same value, so nothing can be said"
            " about its effect. Widen its range, or leave it out."
        )
    return values


def complete_blocks(outcomes: ArrayLike, size: int, what: str) -> Blocks:
    """Average replicates, and leave out blocks of rows that miss an outcome.

    A replicate counts in a block only where it reached the end in all rows of that block, so that rows are
    compared on the same random worlds, and a factor that changes nothing shows exactly that. A block without
    any such replicate is dropped. Where blocks rest on different replicates, what a replicate adds at all
    rows alike would pass for a difference between blocks; it is taken off first, see
    :func:`~cocreate.experiments.analysis.missing_runs.additive`.

    Args:
        outcomes: Outcome of each row, shape (rows,), or of each replicate of it, shape (rows, replicates);
            NaN where there is none.
        size: Rows of a block.
        what: What blocks are called in messages, in the plural.

    Raises:
        SensitivityError: Rows do not fill whole blocks, too few blocks are complete, or the outcome never
            varies.
    """
    values = np.asarray(outcomes, float)
    values = values[:, None] if values.ndim == 1 else values
    rows, replicates = values.shape
    if rows == 0 or rows % size:
        raise SensitivityError(f"Rows come in {what} of {size}, and {rows} rows do not fill whole ones.")
    missing = ~np.isfinite(values).all(axis=1)
    runs = comparable(values).reshape(-1, size, replicates)
    counted = np.isfinite(runs).all(axis=1)
    used = counted.any(axis=1)
    if used.sum() < FEWEST_BLOCKS:
        raise SensitivityError(
            f"Only {used.sum()} of {len(used)} {what} are complete, and {FEWEST_BLOCKS} are needed. Outcomes"
            f" are missing in rows {_listed(missing)}."
        )
    kept = np.where(counted[:, None], runs, np.nan)[used]
    means = (np.where(np.isnan(kept), 0, kept).sum(axis=2) / counted[used].sum(axis=1)[:, None]).ravel()
    if all_equal(means, float(np.abs(values[np.isfinite(values)]).max())):
        raise SensitivityError(
            f"The outcome is {means[0]:g} in all {len(means)} rows: what never varies has no causes to rank."
        )
    noise = additive(kept.reshape(-1, replicates)).noise * float((1 / counted[used].sum(axis=1)).mean())
    return Blocks(means, used, tuple(np.flatnonzero(missing).tolist()), noise, kept)


def _listed(rows: NDArray[np.bool_]) -> str:
    places = np.flatnonzero(rows).tolist()
    text = ", ".join(map(str, places[:SHOWN]))
    return text if len(places) <= SHOWN else f"{text} and {len(places) - SHOWN} more"
