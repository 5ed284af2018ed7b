"""Runs of a design by point: what was simulated where, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.source import Outcomes
from cocreate.experiments.study.designs import Design, Morris, Sampled, Sobol
from cocreate.experiments.study.factors import factor_of
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study

if TYPE_CHECKING:
    import pandas as pd


class OfStudy(Outcomes, Protocol):
    """Outcomes of the runs of a study, wherever they are kept."""

    study: Study


def by_point(results: OfStudy, world: str, outcome: str) -> NDArray[np.float64]:
    """Return an outcome of all runs around a world.

    Args:
        results: The runs.
        world: Name of the world.
        outcome: Name of the outcome.

    Returns:
        Shape (points, replicates); NaN where there is none.
    """
    study = results.study
    return results.values(world, outcome).reshape(study.design.size, study.replicates)


def blocks_of(design: Design) -> NDArray[np.int64] | None:
    """Return which block of its sample each point of a design belongs to; None for points that were chosen.

    Points of a block share most of their settings, such as those of a trajectory. Those of a Latin hypercube
    are blocks of their own.

    >>> blocks_of(Morris(factors={"turnover": (0, 1), "training": (0, 1)}, trajectories=2)).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    if not isinstance(design, Sampled):
        return None
    return np.arange(design.size) // (design.block if isinstance(design, Morris | Sobol) else 1)


def settings(results: Results) -> pd.DataFrame:
    """Return the factors at each point of the design as the model got them, one row a point."""
    import pandas as pd  # noqa: PLC0415 - heavy

    return pd.DataFrame(list(results.study.design.samples()))


def simulated_shares(design: Sampled) -> NDArray[np.float64]:
    """Return the sample as it was simulated, after rounding, as shares of the ranges.

    Whole numbers and words count as equal steps from 0 to 1.

    Args:
        design: A design that samples ranges.

    Returns:
        Shape (points, factors).
    """
    shares = []
    for name, limits in design.factors.items():
        factor = factor_of(name, limits)
        values = design.columns[name]
        numbers = [factor.words.index(str(one)) for one in values] if factor.words else values
        shares.append((np.asarray(numbers, float) - factor.low) / (factor.high - factor.low))
    return np.stack(shares, axis=1)
