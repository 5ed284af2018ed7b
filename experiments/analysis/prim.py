"""Candidate boxes from PRIM, the patient rule induction method (Friedman and Fisher 1999)."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate.experiments.analysis.boxes import Box, Flags, Limit, Side
from cocreate.experiments.analysis.extras import load

if TYPE_CHECKING:
    import pandas as pd


def prim_boxes(settings: pd.DataFrame, cases: Flags, least_mass: float) -> list[Box]:
    """Return the boxes that peeling and pasting visits, from all rows to few (EMA Workbench).

    Args:
        settings: One row a point, one column a lever: numbers, or words for a choice.
        cases: Whether the row is a case of interest, shape (rows,).
        least_mass: Share of the rows that a box holds at least.

    Raises:
        MissingExtraError: The extra ``discovery`` is not installed.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    whole = tuple(str(name) for name in settings if pd.api.types.is_integer_dtype(settings[name]))
    words = {
        str(name): sorted(settings[name].unique())
        for name in settings
        if not pd.api.types.is_numeric_dtype(settings[name])
    }
    found = _trajectory(_encoded(settings, words), cases, least_mass)
    return [_box(limits, found[0], words, whole) for limits in found]


def _encoded(settings: pd.DataFrame, words: dict[str, list[str]]) -> pd.DataFrame:
    """Return numbers as fractions, and words as objects that number them.

    PRIM's whole-number columns refuse limits between two numbers, and sets of words have no fixed order.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    columns = {
        name: pd.Series([words[name].index(one) for one in settings[name]], dtype=object)
        if name in words
        else pd.Series(settings[name].to_numpy(float))
        for name in map(str, settings)
    }
    return pd.DataFrame(columns)


def _trajectory(encoded: pd.DataFrame, cases: Flags, least_mass: float) -> list[Any]:
    prim = load("ema_workbench.analysis.prim", "discovery")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        limits: list[Any] = prim.Prim(encoded, cases.copy(), mass_min=least_mass).find_box().box_lims
    return limits


def _box(limits: Any, start: Any, words: dict[str, list[str]], whole: tuple[str, ...]) -> Box:
    """Return a table of limits as a box; limits of numbers lie just outside of what they admit."""
    found: list[Limit] = []
    for name in limits.columns:
        low, high = limits[name]
        if name in words:
            if low != start[name][0]:
                found.append(Limit(name, Side.AMONG, words=tuple(words[name][one] for one in sorted(low))))
            continue
        if low > start[name][0]:
            found.append(Limit(name, Side.ABOVE, float(np.nextafter(low, -np.inf))))
        if high < start[name][1]:
            found.append(Limit(name, Side.BELOW, float(np.nextafter(high, np.inf))))
    return Box(tuple(found), whole)
