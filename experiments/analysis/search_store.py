"""The trials of a search: drawn, told, kept, and drawn again after the search was killed."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.objectives import Objective, Scores, SearchError
from cocreate.experiments.analysis.search_journal import open_journal
from cocreate.experiments.study.factors import Factor
from cocreate.model.parameters import Value

FAILURE = "failure"
"""Attribute of a failed trial that says why."""

OUTCOMES = "outcomes"
"""Attribute of a trial that holds its outcomes by objective and world, null where there is none."""

PLAN = "plan"
"""Attribute of the journal that says what is searched."""


@dataclass(frozen=True)
class Plan:
    """How a search goes.

    Attributes:
        budget: Policies that are tried, failed ones included; rounded up to whole batches.
        seed: Seed of the search, 0 or larger.
        batch: Policies that are handed over for evaluation at once, and drawn without knowing of each other.
        population: Policies of a generation.
        sampler: ``nsga2`` (Deb et al. 2002), or ``nsga3`` (Deb and Jain 2014) for four objectives and more.
        store: File for the journal; in memory when None. One search at a time may use it.

    Raises:
        SearchError: A number is not allowed.
    """

    budget: int = 400
    seed: int = 1
    batch: int = 8
    population: int = 24
    sampler: Literal["nsga2", "nsga3"] = "nsga2"
    store: Path | None = None

    def __post_init__(self) -> None:
        """Check the numbers."""
        least = {"budget": 1, "seed": 0, "batch": 1, "population": 2}
        for name, lowest in least.items():
            if getattr(self, name) < lowest:
                raise SearchError(f"{name} must be {lowest} or larger, but was given {getattr(self, name)}.")

    @property
    def trials(self) -> int:
        """Trials in whole batches."""
        return -(-self.budget // self.batch) * self.batch


@contextmanager
def quiet() -> Iterator[Any]:
    """Give optuna, without what it reports and warns about itself."""
    optuna = load("optuna", "search")
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield optuna
    finally:
        optuna.logging.set_verbosity(before)


class Trials:
    """The trials of a search.

    The journal holds finished trials only, each written in one piece. A search goes on by drawing the same
    policies again and taking their scores from there: each trial draws from a generator of its own, seeded
    by the search's seed and the trial's number. So it does not matter when a search was killed.
    """

    def __init__(
        self,
        factors: Sequence[Factor],
        objectives: Sequence[Objective],
        plan: Plan,
        journal: Any = None,
        missing: float = 0.0,
    ) -> None:
        """Take up a search, or begin one.

        Args:
            factors: Levers to vary.
            objectives: What to achieve.
            plan: How the search goes.
            journal: Study of optuna that keeps finished trials; None to keep them in memory only.
            missing: Share of a policy's worlds that may lack an outcome. Where some may, outcomes are kept.

        Raises:
            SearchError: The journal belongs to another search.
        """
        self.plan = plan
        self._keeps_outcomes = missing > 0
        self._waiting: dict[int, Any] = {}
        self._journal = journal
        with quiet() as optuna:
            self._optuna = optuna
            self._ranges = {factor.lever: _distribution(optuna, factor) for factor in factors}
            self._study = optuna.create_study(directions=_directions(objectives))
            self._known = [] if journal is None else journal.get_trials(deepcopy=False)
        if journal is not None:
            numbers = (plan.seed, plan.batch, plan.population, plan.sampler)
            allowed = (missing,) if missing else ()
            self._check_plan(repr((tuple(factors), tuple(objectives), *numbers, *allowed)))

    def _check_plan(self, plan: str) -> None:
        known = self._journal.user_attrs.get(PLAN)
        if known is None:
            self._journal.set_user_attr(PLAN, plan)
        elif known != plan:
            raise SearchError(
                f"{self.plan.store} holds a search with other levers, objectives or numbers: take a new file,"
                f" or the settings that it was begun with ({known})."
            )

    def next_batch(self) -> dict[int, dict[str, Value]]:
        """Return the policies to evaluate next, by number; none when the budget is spent.

        Raises:
            SearchError: The journal's policies are others than those that would be drawn now.
        """
        with quiet():
            while not self._waiting and self._count() < self.plan.trials:
                for _ in range(self.plan.batch):
                    self._draw()
                for number in sorted(self._waiting):
                    if number < len(self._known):
                        self._repeat(number)
        return {number: dict(trial.params) for number, trial in self._waiting.items()}

    def tell(self, number: int, outcome: Sequence[float] | str, values: Scores | None = None) -> None:
        """Record the scores of a policy, or why it has none: failed ones guide no later draw.

        Args:
            number: Number of the trial.
            outcome: Its scores, or why there are none.
            values: The outcomes behind the scores, shape (objectives, worlds).
        """
        trial = self._waiting.pop(number)
        with quiet():
            if isinstance(outcome, str):
                trial.set_user_attr(FAILURE, outcome)
                self._study.tell(trial, state=self._optuna.trial.TrialState.FAIL)
            else:
                if self._keeps_outcomes and values is not None:
                    kept = [[None if np.isnan(one) else float(one) for one in row] for row in values]
                    trial.set_user_attr(OUTCOMES, kept)
                self._study.tell(trial, [float(one) for one in outcome])
            if self._journal is not None and number >= len(self._known):
                self._journal.add_trial(self._study.get_trials(deepcopy=False)[number])

    @property
    def failures(self) -> tuple[str, ...]:
        """Why policies failed, in the order of trials."""
        failed = self._of_state(self._optuna.trial.TrialState.FAIL)
        return tuple(str(trial.user_attrs[FAILURE]) for trial in failed)

    @property
    def scored(self) -> list[tuple[dict[str, Value], tuple[float, ...]]]:
        """Policies with their scores, in the order of trials."""
        complete = self._of_state(self._optuna.trial.TrialState.COMPLETE)
        return [(dict(trial.params), tuple(trial.values)) for trial in complete]

    @property
    def outcomes(self) -> list[Scores]:
        """Outcomes of the policies of :attr:`scored`, where they are kept; none elsewhere."""
        if not self._keeps_outcomes:
            return []
        complete = self._of_state(self._optuna.trial.TrialState.COMPLETE)
        return [np.array(trial.user_attrs[OUTCOMES], float) for trial in complete]

    def _of_state(self, state: Any) -> list[Any]:
        return list(self._study.get_trials(deepcopy=False, states=(state,)))

    def _count(self) -> int:
        return len(self._study.get_trials(deepcopy=False))

    def _draw(self) -> None:
        seed = int(np.random.SeedSequence([self.plan.seed, self._count()]).generate_state(1)[0])
        samplers = self._optuna.samplers
        kind = samplers.NSGAIISampler if self.plan.sampler == "nsga2" else samplers.NSGAIIISampler
        self._study.sampler = kind(population_size=self.plan.population, seed=seed)
        trial = self._study.ask(self._ranges)
        self._waiting[trial.number] = trial

    def _repeat(self, number: int) -> None:
        """Take the outcome of a trial from the journal."""
        known = self._known[number]
        if known.params != self._waiting[number].params:
            raise SearchError(
                f"{self.plan.store} was begun with a version of optuna that draws other policies: take a new"
                " file, or install that version."
            )
        if known.values is None:
            self.tell(number, known.user_attrs[FAILURE])
        else:
            values = known.user_attrs.get(OUTCOMES)
            self.tell(number, known.values, None if values is None else np.array(values, float))


@contextmanager
def open_trials(
    factors: Sequence[Factor], objectives: Sequence[Objective], plan: Plan, missing: float = 0.0
) -> Iterator[Trials]:
    """Give the trials of a search, and hold its file meanwhile.

    Args:
        factors: Levers to vary.
        objectives: What to achieve.
        plan: How the search goes.
        missing: Share of a policy's worlds that may lack an outcome.

    Raises:
        SearchError: The file belongs to another search, is in use, or cannot be written.
        MissingExtraError: The extra ``search`` is not installed.
    """
    with ExitStack() as held:
        journal = None
        if plan.store is not None:
            with quiet() as optuna:
                journal = held.enter_context(open_journal(optuna, plan.store, _directions(objectives)))
        yield Trials(factors, objectives, plan, journal, missing)


def _directions(objectives: Sequence[Objective]) -> list[str]:
    return ["maximize" if one.maximised else "minimize" for one in objectives]


def _distribution(optuna: Any, factor: Factor) -> Any:
    kinds = optuna.distributions
    if factor.words:
        return kinds.CategoricalDistribution(factor.words)
    if factor.whole:
        return kinds.IntDistribution(int(factor.low), int(factor.high))
    return kinds.FloatDistribution(factor.low, factor.high)
