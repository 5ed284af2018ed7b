"""Scenario discovery: under which levers something happens, in a box that can be said in a sentence.

The methods look for a box wherever they are pointed, in pure noise as well. So whether there is one is
decided on rows that the search has not seen, and each of its limits comes with how often it returns when
the rows are drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.box_search import METHODS, BoxSearch, Method, quasi_p
from cocreate.experiments.analysis.boxes import Box, Flags, Limit, Quality, Side
from cocreate.experiments.errors import nearest
from cocreate.experiments.study.conclude import FEWEST_POINTS

if TYPE_CHECKING:
    import pandas as pd

type Places = NDArray[np.int64]

FALSE_ALARMS = 0.05
"""Share of samples of pure noise in which a box is found, at most."""

ENDS = (2.5, 97.5)
"""Percentiles of the resamples that bound where a limit lies."""


class DiscoveryError(CocreateError, ValueError):
    """Settings and cases do not allow to look for a box."""


@dataclass(frozen=True)
class LimitFound:
    """A limit of a box, and how sure it is.

    Attributes:
        limit: The limit.
        quasi_p: Chance that as many cases or more would lie inside if the limit told nothing, given the
            other limits (Bryant and Lempert 2010). Too small, since the limit was chosen by the same rows.
        returned: Share of the resamples whose box restricts the same side of the same lever.
        low: Lower end of where the limit lies over those (95 %); NaN for a choice.
        high: Upper end of it.
    """

    limit: Limit
    quasi_p: float
    returned: float
    low: float
    high: float


@dataclass(frozen=True)
class Discovery:
    """What was found.

    Attributes:
        box: The box; None if there is none.
        quality: Its coverage, density and mass; None without a box.
        limits: Its limits with what they rest on, in the order of the box.
        p: Chance that a box found in one half of the rows does as well in the other half or better, if
            nothing depends on the levers; corrected for trying both halves.
        rows: Rows.
        cases: Rows that are cases of interest.
        resamples: Resamples behind ``limits``.
        suggested: Whether any half of the rows had a box to test in the other; without, ``p`` is 1.
        least_density: Share of cases that a box had to hold at least.
    """

    box: Box | None
    quality: Quality | None
    limits: tuple[LimitFound, ...]
    p: float
    rows: int
    cases: int
    resamples: int
    suggested: bool = True
    least_density: float = 0.0

    @property
    def sentence(self) -> str:
        """What was found, in words."""
        share = self.cases / self.rows
        if self.box is None or self.quality is None:
            return f"There is no box: {share:.0%} of {self.rows} rows are cases, {self._why_none}."
        text = (
            f"{self.box.words}: {self.quality.density:.0%} of what lies inside are cases, against"
            f" {share:.0%} of all, and {self.quality.coverage:.0%} of all cases lie inside."
        )
        shaky = [one.limit.lever for one in self.limits if one.returned < 0.5]  # noqa: PLR2004 - half of them
        if shaky:
            names = " and ".join(dict.fromkeys(shaky))
            text += f" Weak: the limit of {names} returns in less than half of the resamples."
        return text

    @property
    def _why_none(self) -> str:
        dense = f" in which at least {self.least_density:.0%} are cases" if self.least_density else ""
        if not self.suggested:
            return f"and neither half of the rows suggests one{dense}"
        if self.p >= FALSE_ALARMS:
            return (
                f"and what one half of the rows suggests does not hold in the other half (p = {self.p:.2g})"
            )
        return (
            f"and more of them lie in some parts than in others (p = {self.p:.2g}), but the rows as a whole"
            f" have no box{dense or ' with a limit that tells anything'}"
        )

    @property
    def table(self) -> pd.DataFrame:
        """One row a limit: lever, side, value or words, quasi-p, how often it returns, and where."""
        import pandas as pd  # noqa: PLC0415 - heavy

        rows = [
            {
                "lever": one.limit.lever,
                "side": str(one.limit.side),
                "value": " or ".join(one.limit.words) or one.limit.value,
                "quasi_p": one.quasi_p,
                "returned": one.returned,
                "low": one.low,
                "high": one.high,
            }
            for one in self.limits
        ]
        return pd.DataFrame(rows, columns=["lever", "side", "value", "quasi_p", "returned", "low", "high"])


def discover(
    settings: pd.DataFrame,
    cases: ArrayLike,
    method: Method = "prim",
    least_density: float = 0.0,
    resamples: int = 20,
    seed: int = 0,
) -> Discovery:
    """Look for the box of levers that tells cases from the others best.

    The best candidate of the method is taken: the one with the greatest share of cases less the share of
    the other rows inside. Its limits are moved to where they gain most, and those that tell nothing are
    dropped.

    Args:
        settings: One row a point, one column a lever: numbers, or words for a choice.
        cases: Whether the row is a case of interest, shape (rows,).
        method: ``prim`` peels thin slices off (EMA Workbench), ``cart`` splits in two (scikit-learn).
        least_density: Share of cases that a box holds at least.
        resamples: Times that rows are drawn anew to see whether the limits return.
        seed: Seed of the halves and of the resamples.

    Raises:
        DiscoveryError: Rows do not fit, lack values, are too few, or all or none are cases.
        MissingExtraError: The extra ``discovery`` is not installed.
    """
    if method not in METHODS:
        raise DiscoveryError(
            f"There is no method {method!r}: use {' or '.join(METHODS)}.{nearest(method, list(METHODS))}"
        )
    flags = _checked(settings, cases)
    search = BoxSearch(METHODS[method], least_density)
    rng = np.random.default_rng([seed, len(flags)])
    p, suggested = _held_out_p(search, settings, flags, rng)
    box = search.best(settings, flags) if p < FALSE_ALARMS else None
    cases_in_all = int(flags.sum())
    if box is None:
        return Discovery(None, None, (), p, len(flags), cases_in_all, 0, suggested, least_density)
    again = [_resampled(search, settings, flags, rng) for _ in range(resamples)]
    limits = tuple(_limit_found(box, limit, settings, flags, again) for limit in box.limits)
    return Discovery(
        box, box.quality(settings, flags), limits, p, len(flags), cases_in_all, resamples,
        suggested, least_density,
    )  # fmt: skip


def _checked(settings: pd.DataFrame, cases: ArrayLike) -> Flags:
    flags = np.asarray(cases)
    if flags.dtype != bool or flags.shape != (len(settings),):
        raise DiscoveryError(
            f"Cases must say yes or no for each of the {len(settings)} rows, but are {flags.dtype} of shape"
            f" {flags.shape}."
        )
    if len(flags) < FEWEST_POINTS:
        raise DiscoveryError(f"{len(flags)} rows are too few to look for a box: {FEWEST_POINTS} are needed.")
    lacking = [str(name) for name in settings if settings[name].isna().any()]
    if lacking:
        raise DiscoveryError(f"Values are missing in {', '.join(lacking)}: leave out those rows.")
    if flags.all() or not flags.any():
        raise DiscoveryError(
            f"{'All' if flags.all() else 'None'} of the {len(flags)} rows are cases: choose a threshold that"
            " divides them."
        )
    return flags


def _held_out_p(
    search: BoxSearch, settings: pd.DataFrame, cases: Flags, rng: np.random.Generator
) -> tuple[float, bool]:
    """Return the p-value of boxes found in one half and tested in the other, and whether there was any."""
    order = rng.permutation(len(cases))
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    found = [_half_p(search, settings, cases, *pair) for pair in (halves, halves[::-1])]
    known = [p for p in found if p is not None]
    return min(1.0, 2 * min(known, default=1.0)), bool(known)


def _half_p(
    search: BoxSearch,
    settings: pd.DataFrame,
    cases: Flags,
    seen: NDArray[np.int64],
    unseen: NDArray[np.int64],
) -> float | None:
    """Return the p-value of the box of the rows seen in the others (hypergeometric); None without a box."""
    from scipy import stats  # noqa: PLC0415 - heavy

    box = search.best(settings.iloc[seen].reset_index(drop=True), cases[seen])
    if box is None:
        return None
    inside, rest = box.holds(settings.iloc[unseen]), cases[unseen]
    return float(stats.hypergeom.sf((inside & rest).sum() - 1, len(rest), int(rest.sum()), int(inside.sum())))


def _resampled(
    search: BoxSearch, settings: pd.DataFrame, cases: Flags, rng: np.random.Generator
) -> Box | None:
    rows = rng.integers(len(cases), size=len(cases))
    return search.best(settings.iloc[rows].reset_index(drop=True), cases[rows])


def _limit_found(
    box: Box, limit: Limit, settings: pd.DataFrame, cases: Flags, again: list[Box | None]
) -> LimitFound:
    same = [
        other
        for found in again
        if found is not None
        for other in found.limits
        if (other.lever, other.side) == (limit.lever, limit.side) and other.words == limit.words
    ]
    low, high = float("nan"), float("nan")
    if same and limit.side is not Side.AMONG:
        low, high = map(float, np.percentile([other.value for other in same], ENDS))
    returned = len(same) / len(again) if again else float("nan")
    return LimitFound(limit, quasi_p(box, limit, settings, cases), returned, low, high)
