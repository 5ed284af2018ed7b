"""Corrections of p-values for the number of tests."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from cocreate.experiments.analysis.extras import load


class Correction(StrEnum):
    """How p-values allow for the number of tests of a family."""

    HOLM = "holm"
    """Keeps the chance of even one false alarm in the family at the level (Holm 1979)."""

    BH = "bh"
    """Keeps the expected share of false alarms among the alarms at the level: for screening many
    outcomes (Benjamini and Hochberg 1995)."""


METHODS = {Correction.HOLM: "holm", Correction.BH: "fdr_bh"}
"""What statsmodels calls each correction."""


def corrected(p_values: Sequence[float], correction: Correction = Correction.HOLM) -> list[float]:
    """Return p-values corrected for their number.

    Args:
        p_values: The p-values of a family of tests; a NaN stays one and does not count.
        correction: How to correct.

    >>> [round(p, 3) for p in corrected([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    >>> [round(p, 3) for p in corrected([0.01, 0.04, 0.03], Correction.BH)]
    [0.03, 0.04, 0.04]
    """
    found = np.asarray(p_values, float)
    known = ~np.isnan(found)
    if known.any():
        multitest = load("statsmodels.stats.multitest")
        found = found.copy()
        found[known] = multitest.multipletests(found[known], method=METHODS[correction])[1]
    return [float(p) for p in found]
