"""Hazards around elections: how likely a service is to end, by months from the nearest election."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.columns import Table
from cocreate.agents.initiative import Reason
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.interval import CONFIDENCE, FEWEST
from cocreate.experiments.analysis.lifelines import by_unit, resampled
from cocreate.experiments.study.results import WorldRun
from cocreate.experiments.study.spec import Study

WINDOW = 12
"""Months on either side of an election, unless told otherwise."""


@dataclass(frozen=True, eq=False)
class ElectionHazard:
    """How likely services are to end, by months from the nearest election in their region.

    Intervals (95 %) are percentiles from drawing whole worlds again: services of a world share its fate.
    Worlds that are not independent of each other are drawn together. Where services ended in fewer than two
    worlds the ends are NaN: one world has no spread, and drawing worlds without an end again never gives one,
    though the next world may have some.

    Attributes:
        offsets: Months from the nearest election, negative before it; shape (offsets,).
        hazard: Share of living services, pilots and structural ones, that end in such a month; NaN where
            none lived.
        low, high: Ends of its interval.
        at_risk: Months of life observed at each offset, over all services.
        ended: Ends at each offset.
        at_election: Hazard in the month of an election.
        elsewhere: Hazard in all other months, those outside the window included.
        ratio: The first over the second; infinite or NaN where nothing ended elsewhere. Its upper end may be
            infinite where few worlds had ends there.
        worlds: Worlds.
    """

    offsets: NDArray[np.int64]
    hazard: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    ended: NDArray[np.int64]
    at_election: Estimate
    elsewhere: Estimate
    ratio: Estimate
    worlds: int


def term_of(study: Study, world: str) -> int:
    """Return the months between elections in a world of a study.

    Args:
        study: The study.
        world: Name of one of its worlds.

    Raises:
        AnalysisError: The length of a term is not the same throughout the world, or there is no such world.
    """
    lengths: set[int] = set()
    for point in study.points():
        if point.world.name == world:
            for draw in study.draws or ({},):
                levers, changes = point.world.resolved(draw, study.levers, point.factors)
                lengths.add(levers.term_length)
                lengths.update(int(one.value) for one in changes if one.lever == "term_length")
    if len(lengths) != 1:
        raise AnalysisError(
            f"Months from an election need one length of a term in the world {world!r}, but there are"
            f" {sorted(lengths) or 'none'}: leave term_length as it is, and give the name of a world."
        )
    return lengths.pop()


def around_elections(
    runs: Sequence[WorldRun],
    term: int,
    window: int = WINDOW,
    causes: Collection[Reason] | None = None,
    seed: int = 0,
) -> ElectionHazard:
    """Return how likely services are to end by months from the nearest election.

    A service that partly continues has ended as a service.

    Args:
        runs: Runs of a world, whose pilots have ``election_phase`` and ``reason``; failures are left out.
        term: Months between elections, the same throughout the run; see :func:`term_of`.
        window: Months to report on either side; at most half a term is.
        causes: Reasons that count as an end, the others as a loss from sight; all when None.
        seed: Seed of the bootstrap.

    Raises:
        AnalysisError: ``term`` or ``window`` is not at least 1.
    """
    if term < 1 or window < 1:
        raise AnalysisError(f"Term and window must be at least 1 month, but are {term} and {window}.")
    worlds = [run for run in runs if not run.failure]
    counts = np.zeros((len(worlds), 2, 2 * term + 1))
    for place, run in enumerate(worlds):
        counts[place] = _ends_and_months(run.pilots, run.months, term, causes)
    counts = by_unit(counts, worlds)
    drawn = np.vstack([np.ones(len(counts)), resampled(len(counts), seed)])  # as they are, then resamples
    sums = np.tensordot(drawn, counts, 1)
    before, after = min(window, (term - 1) // 2), min(window, term // 2)  # half a term counts as after
    shown = sums[:, :, term - before : term + after + 1]
    ended = np.dstack([counts, counts.sum(axis=2, keepdims=True) - counts[:, :, [term]]])[:, 0] > 0
    several = ended.sum(axis=0) >= FEWEST  # by offset, and at last in all months without an election
    low, high = _interval(_rate(shown[1:]), several[term - before : term + after + 1])
    at_election = _rate(sums[:, :, [term]])
    elsewhere = _rate(sums.sum(axis=2, keepdims=True) - sums[:, :, [term]])
    return ElectionHazard(
        offsets=np.arange(-before, after + 1),
        hazard=_rate(shown)[0],
        low=low,
        high=high,
        at_risk=shown[0, 1].astype(np.int64),
        ended=shown[0, 0].astype(np.int64),
        at_election=_estimate(at_election, several[[term]]),
        elsewhere=_estimate(elsewhere, several[[-1]]),
        ratio=_estimate(_quotient(at_election, elsewhere), several[[term]] & several[[-1]]),
        worlds=len(worlds),
    )


def _ends_and_months(
    pilots: Table, months: int, term: int, causes: Collection[Reason] | None
) -> NDArray[np.float64]:
    """Return ends and months of life at each offset from -term to term, shape (2, offsets)."""
    start = pilots["piloted"].astype(np.int64)
    finished = pilots["finished"].astype(np.int64)
    phase = pilots["election_phase"].astype(np.int64)
    ended = finished >= 0
    last = np.where(ended, finished, months - 1)
    lived = np.maximum(last - start, ended)  # a pilot starts late in its month, after elections
    if causes is not None:
        ended &= np.isin(pilots["reason"], [int(one) for one in causes])
    before = lived.cumsum() - lived
    month = np.arange(lived.sum()) - np.repeat(before - (last - lived + 1), lived)
    at_risk = np.bincount(term + offset(month, np.repeat(phase, lived), term), minlength=2 * term + 1)
    ends = np.bincount(term + offset(last, phase, term)[ended], minlength=2 * term + 1)
    return np.array([ends, at_risk], float)


def offset(month: NDArray[np.int64], phase: NDArray[np.int64], term: int) -> NDArray[np.int64]:
    """Return the months from the nearest election, negative before it.

    Args:
        month: Months of the run, from 0 on.
        phase: Phases of the regions' elections within a term. There is none in month 0.
        term: Months between elections.

    >>> offset(np.array([0, 9, 10, 11, 15, 16]), np.array(10), 12).tolist()
    [-10, -1, 0, 1, 5, 6]
    """
    since = (month - phase) % term
    until = term - since
    before_the_run = month - since <= 0
    return np.where((until < since) | before_the_run, -until, since)


def _rate(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ends over months of life, NaN where none lived; the middle axis holds the two."""
    return _quotient(counts[:, 0], counts[:, 1])


def _quotient(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a quotient: infinite over zero, NaN for zero over zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(above, below)


def _interval(drawn: NDArray[np.float64], several: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return both ends of intervals from resamples along the first axis.

    They are NaN where half of the resamples are, or where not several worlds stand behind a column.
    """
    found = np.full((2, drawn.shape[1]), np.nan)
    ends = (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2
    for place, column in enumerate(drawn.T):
        known = column[~np.isnan(column)]
        if several[place] and 2 * len(known) > len(column):
            found[:, place] = np.quantile(known, ends, method="inverted_cdf")  # some may be infinite
    return found


def _estimate(drawn: NDArray[np.float64], several: NDArray[np.bool_]) -> Estimate:
    """Return an estimate from what was seen, the first row, and resamples of it, shape (draws, 1)."""
    low, high = _interval(drawn[1:], several)[:, 0]
    return Estimate(float(drawn[0, 0]), float(low), float(high))
