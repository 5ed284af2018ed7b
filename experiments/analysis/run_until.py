"""Studies that grow: replicates are added until contrasts are known well enough."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import batched

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.adaptive import LOOKS, Adaptive, Target, look_until
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.interval import draw_means, weighted_sums
from cocreate.experiments.analysis.source import Outcomes
from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Batch, RunFailure, RunResult

TOGETHER = 8
"""Runs that go to a worker together."""


@dataclass(frozen=True)
class Question:
    """What is to be known of a study.

    Attributes:
        world: Name of a world.
        outcome: Name of an outcome.
        baseline: Name of the world to subtract, replicate by replicate; empty to ask for the mean itself.
    """

    world: str
    outcome: str
    baseline: str = ""

    def numbers(self, results: Outcomes) -> NDArray[np.float64]:
        """Return one number for each replicate, NaN where there is none.

        Differences that are all equal, or all zero, but for rounding are given as what they are.

        Args:
            results: Outcomes of all runs.
        """
        values = results.values(self.world, self.outcome)
        if not self.baseline:
            return values
        return weighted_sums((-1, 1), np.stack([results.values(self.baseline, self.outcome), values]))


@dataclass(frozen=True)
class Grown[R: Outcomes]:
    """A study that was extended until it was known well enough.

    Attributes:
        study: The study with the replicates that it came to.
        results: Its results.
        adaptive: Why it ended there, and what was known at each look.
    """

    study: Study
    results: R
    adaptive: Adaptive


def run_until[R: Outcomes](
    study: Study,
    questions: Sequence[Question],
    target: Target,
    budget: int,
    run: Callable[[Study], R],
    looks: int = LOOKS,
) -> Grown[R]:
    """Extend the replicates of a study until every question is answered or the budget is used up.

    Replicates that were simulated before keep their seeds, so that a runner with a store or a memory
    simulates only what is new. Those that start from the same draw of uncertain levers are averaged before
    intervals are taken, as only draws are independent of each other.

    Args:
        study: The study. Its own number of replicates does not count.
        questions: What is to be known, one or more; each needs a world with one point.
        target: When a question is answered.
        budget: Most replicates, at least 3.
        run: Simulates a study, such as :class:`InMemory`, or ``run_study`` of
            :mod:`cocreate.experiments.study.driver` with a store in which studies may be expanded.
        looks: How often to look at most, at even distances.

    Raises:
        AnalysisError: There are no questions, the design has several points, or budget, looks or width is out
            of range.
    """
    if not questions:
        raise AnalysisError("A study cannot be extended until it is known well enough without a question.")
    if study.design.size > 1:
        raise AnalysisError(
            "A study can only be extended until it is known well enough where its design has one point, but"
            f" that of {study.name!r} has {study.design.size}: give it a design of kind 'single' or 'paired'."
        )
    reached: list[tuple[Study, R]] = []

    def known(replicates: int) -> NDArray[np.float64]:
        larger = study.model_copy(update={"replicates": replicates})
        results = run(larger)
        reached.append((larger, results))
        numbers = np.stack([question.numbers(results) for question in questions])
        return draw_means(numbers, len(study.draws or ())).T

    found = look_until(known, target, budget, looks)
    return Grown(*reached[-1], found)


class InMemory:
    """Simulates studies and remembers their runs, so that no run is simulated twice."""

    def __init__(self, engine: Engine | None = None) -> None:
        """Begin without any run.

        Args:
            engine: Who simulates; this process when None.
        """
        self._engine = engine or InProcess()
        self._records: dict[str, RunResult | RunFailure] = {}

    def __call__(self, study: Study) -> Results:
        """Simulate what is new in a study, and return the results of all of it."""
        tasks = {cell.task.key: cell.task for cell in study.cells()}
        fresh = [task for key, task in tasks.items() if key not in self._records]
        batches = (Batch(some, study.keep, study.time_limit) for some in batched(fresh, TOGETHER))
        for records in self._engine.records(batches):
            self._records.update({record.key: record for record in records})
        return Results(study, dict(self._records))
