"""Precision: whether differences are known well enough by now, however often one has looked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cocreate.experiments.analysis.adaptive import repeated_interval, schedule
from cocreate.experiments.analysis.boundaries import Spending, boundaries
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.interval import CONFIDENCE
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
        next_look: Replicates at which to look again; None after the last look, or where all is known.
    """

    wanted: wanted.Precision
    replicates: int
    look: int
    looks: int
    differences: dict[str, Estimate]
    next_look: int | None

    @property
    def widest(self) -> float:
        """Half the width of the widest interval; NaN before the first look."""
        return max((one.width / 2 for one in self.differences.values()), default=float("nan"))

    @property
    def reached(self) -> bool:
        """Whether all intervals are narrow enough."""
        return bool(self.widest <= self.wanted.half_width)


def precision(results: Results, asked: wanted.Precision) -> Precise:
    """Return how well the differences from the baseline are known.

    Looks follow the schedule that the study's budget and number of looks fix, whatever was seen so far.

    Args:
        results: Runs of worlds in pairs.
        asked: Outcome, half width, budget and looks.
    """
    study = results.study
    ends = schedule(asked.budget, asked.looks)
    done = [end for end in ends if end <= study.replicates]
    if not done:
        return Precise(asked, 0, 0, len(ends), {}, ends[0])
    limits = boundaries(tuple(end / asked.budget for end in ends), 1 - CONFIDENCE, Spending.POCOCK)
    last, limit = done[-1], limits[len(done) - 1]
    base = results.values(study.baseline.name, asked.outcome)[:last]
    differences = {}
    for world in study.worlds:
        if world.name != study.baseline.name:
            gains = results.values(world.name, asked.outcome)[:last] - base
            differences[world.name] = repeated_interval(gains[~np.isnan(gains)], limit)
    found = Precise(asked, last, len(done), len(ends), differences, None)
    if found.reached or len(done) == len(ends):
        return found
    return Precise(asked, last, len(done), len(ends), differences, ends[len(done)])
