"""The search for one box: candidates of a method, the best of them refined, idle limits dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cocreate.experiments.analysis.boxes import Box, Flags, Limit
from cocreate.experiments.analysis.cart import cart_boxes
from cocreate.experiments.analysis.prim import prim_boxes
from cocreate.experiments.analysis.refine import gain_of, refined

if TYPE_CHECKING:
    import pandas as pd

type Method = Literal["prim", "cart"]
type Candidates = Callable[[pd.DataFrame, Flags, float], list[Box]]

METHODS: dict[str, Candidates] = {"prim": prim_boxes, "cart": cart_boxes}
"""Where candidate boxes come from."""

LEAST_MASS = 0.05
"""Share of the rows that a candidate holds at least."""

IDLE = 0.05
"""Quasi-p, times the number of levers, above which a limit is dropped."""


@dataclass(frozen=True)
class BoxSearch:
    """Looks for the best box in rows.

    Attributes:
        candidates: Where candidates come from.
        least_density: Share of cases that a box holds at least.
    """

    candidates: Candidates
    least_density: float

    def best(self, settings: pd.DataFrame, cases: Flags) -> Box | None:
        """Return the best box without idle limits, or None if none is any good."""
        if cases.all() or not cases.any():
            return None
        start = self._best_candidate(settings, cases)
        if start is None:
            return None
        box = refined(start, settings, cases)
        box = self._without_idle_limits(box if self._dense(box, settings, cases) else start, settings, cases)
        if not box.limits:
            return None
        order = list(settings)
        return Box(tuple(sorted(box.limits, key=lambda limit: order.index(limit.lever))), box.whole)

    def _best_candidate(self, settings: pd.DataFrame, cases: Flags) -> Box | None:
        found = [box for box in self.candidates(settings, cases, LEAST_MASS) if box.limits]
        dense = [box for box in found if self._dense(box, settings, cases)]
        return max(dense, key=lambda box: gain_of(box, settings, cases), default=None)

    def _without_idle_limits(self, box: Box, settings: pd.DataFrame, cases: Flags) -> Box:
        """Drop limits that tell nothing, the idlest first; p is corrected for the number of levers."""
        most = IDLE / settings.shape[1]
        while True:
            idle = [
                (p, limit)
                for limit in box.limits
                if (p := quasi_p(box, limit, settings, cases)) > most
                and self._dense(box.without(limit), settings, cases)
            ]
            if not idle:
                return box
            box = box.without(max(idle, key=lambda pair: pair[0])[1])

    def _dense(self, box: Box, settings: pd.DataFrame, cases: Flags) -> bool:
        return bool(cases[box.holds(settings)].mean() >= self.least_density)


def quasi_p(box: Box, limit: Limit, settings: pd.DataFrame, cases: Flags) -> float:
    """Return how likely as many cases or more lie inside if a limit of the box tells nothing.

    Given the other limits, cases then lie inside with the share that they have without this one (Bryant and
    Lempert 2010).

    Args:
        box: The box.
        limit: One of its limits.
        settings: One row a point, one column a lever.
        cases: Whether the row is a case of interest, shape (rows,).
    """
    from scipy import stats  # noqa: PLC0415 - heavy

    inside, wider = cases[box.holds(settings)], cases[box.without(limit).holds(settings)]
    return float(stats.binom.sf(inside.sum() - 1, len(inside), wider.mean()))
