"""Precision: whether differences are known well enough by now, however often one has looked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.adaptive import Target, look_at, schedule
from cocreate.experiments.analysis.boundaries import Spending, boundaries
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.interval import CONFIDENCE, draw_means, weighted_sums
from cocreate.experiments.analysis.source import draws_of
from cocreate.experiments.study import conclude as wanted
from cocreate.experiments.study.results import Results


@dataclass(frozen=True)
class Precise:
    """How well differences from the baseline are known at the latest look.

    Attributes:
        wanted: Outcome, half width and budget that the study asks for.
        replicates: Replicates of this look; the runs may have more, which wait for the next one.
        look: Number of the look, from 1 on; 0 before the first.
        looks: Looks in all.
        differences: Difference of each world from the baseline by its name, with an interval that allows for
            looking so often.
        reached: Whether all intervals are narrow enough.
        next_look: Replicates at which to look again; None after the last look, or where all is known.
        draws: Draws of uncertain levers that the replicates of this look repeat, of which intervals then are;
            0 where each replicate stands for itself.
    """

    wanted: wanted.Precision
    replicates: int
    look: int
    looks: int
    differences: dict[str, Estimate]
    reached: bool
    next_look: int | None
    draws: int = 0

    @property
    def units(self) -> str:
        """What the intervals count, in words."""
        return "draws of uncertain levers" if self.draws else "pairs of runs"

    @property
    def widest(self) -> float:
        """Half the width of the widest interval; NaN where one is unknown, and before the first look."""
        return float(np.max([one.width / 2 for one in self.differences.values()] or [np.nan]))


def first_look(asked: wanted.Precision) -> int:
    """Return the replicates after which results are looked at for the first time."""
    return schedule(asked.budget, asked.looks)[0]


def precision(results: Results, asked: wanted.Precision) -> Precise:
    """Return how well the differences from the baseline are known.

    Looks follow the schedule that the study's budget and number of looks fix, whatever was seen so far. A
    look waits until all runs of its replicates have come to an end.

    Args:
        results: Runs of worlds in pairs.
        asked: Outcome, half width, budget and looks.
    """
    ends = schedule(asked.budget, asked.looks)
    done = [end for end in ends if end <= results.complete]
    if not done:
        return Precise(asked, 0, 0, len(ends), {}, False, ends[0])
    limits = boundaries(tuple(end / asked.budget for end in ends), 1 - CONFIDENCE, Spending.POCOCK)
    names, gains = _gains(results, asked.outcome, done[-1])
    draws = draws_of(results)
    target = Target(asked.half_width, decide=False, spending=Spending.POCOCK)
    seen = look_at(gains, limits[len(done) - 1], target, last=len(done) == len(ends))
    reached = all(seen.answered)
    next_look = None if reached or len(done) == len(ends) else ends[len(done)]
    differences = dict(zip(names, seen.estimates, strict=True))
    repeated = draws if len(gains) < done[-1] else 0
    return Precise(asked, done[-1], len(done), len(ends), differences, reached, next_look, repeated)


def _gains(results: Results, outcome: str, replicates: int) -> tuple[list[str], NDArray[np.float64]]:
    """Return the worlds compared with the baseline, and the differences, shape (replicates, worlds).

    Replicates that start from the same draw of uncertain levers are averaged. The boundaries take each
    replicate for as much news as the one before; repeated draws are less, so they err on the safe side.
    """
    study = results.study
    names = [world.name for world in study.worlds if world.name != study.baseline.name]
    base = results.values(study.baseline.name, outcome)[:replicates]
    pairs = [np.stack([base, results.values(name, outcome)[:replicates]]) for name in names]
    gains = np.stack([weighted_sums((-1, 1), pair) for pair in pairs])
    return names, draw_means(gains, draws_of(results)).T
