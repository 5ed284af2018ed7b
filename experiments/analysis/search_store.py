"""Where a search keeps its trials: a journal that a killed search can go on from."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from cocreate.experiments.analysis.extras import load
from cocreate.experiments.analysis.objectives import Objective, SearchError
from cocreate.experiments.study.factors import Factor
from cocreate.model.parameters import Value

NAME = "policies"
"""Name of the search within its journal."""

FAILURE = "failure"
"""Attribute of a failed trial that says why."""

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

    Each trial draws from a generator of its own, seeded by the search's seed and the trial's number. So a
    search that was interrupted goes on exactly as if it had not been.
    """

    def __init__(self, factors: Sequence[Factor], objectives: Sequence[Objective], plan: Plan) -> None:
        """Open the journal, or begin one.

        Args:
            factors: Levers to vary.
            objectives: What to achieve.
            plan: How the search goes.

        Raises:
            SearchError: The journal belongs to another search.
            MissingExtraError: The extra ``search`` is not installed.
        """
        self.plan = plan
        with quiet() as optuna:
            self._optuna = optuna
            self._ranges = {factor.lever: _distribution(optuna, factor) for factor in factors}
            self._storage = _storage(optuna, plan.store)
            self._study = optuna.create_study(
                study_name=NAME,
                storage=self._storage,
                directions=["maximize" if one.maximised else "minimize" for one in objectives],
                load_if_exists=True,
            )
        self._check_plan(repr((tuple(factors), tuple(objectives), plan.seed, plan.batch, plan.population,
                               plan.sampler)))  # fmt: skip

    def _check_plan(self, plan: str) -> None:
        known = self._study.user_attrs.get(PLAN)
        if known is None:
            self._study.set_user_attr(PLAN, plan)
        elif known != plan:
            raise SearchError(
                f"{self.plan.store} holds a search with other levers, objectives or numbers: take a new file,"
                f" or the settings that it was begun with ({known})."
            )

    def next_batch(self) -> dict[int, dict[str, Value]]:
        """Return the policies to evaluate next by number: those left over by a killed search, then new ones.

        Empty when the budget is spent.
        """
        with quiet():
            self._forget_half_drawn()
            while self._count() % self.plan.batch or (self._count() < self.plan.trials and not self._open()):
                self._draw()
            return {trial.number: dict(trial.params) for trial in self._open()}

    def tell(self, number: int, outcome: Sequence[float] | str) -> None:
        """Record the scores of a policy, or why it has none: failed ones guide no later draw."""
        states = self._optuna.trial.TrialState
        with quiet():
            if isinstance(outcome, str):
                trial = self._storage.get_trial_id_from_study_id_trial_number(self._id, number)
                self._storage.set_trial_user_attr(trial, FAILURE, outcome)
                self._study.tell(number, state=states.FAIL)
            else:
                self._study.tell(number, [float(one) for one in outcome])

    @property
    def failures(self) -> tuple[str, ...]:
        """Why policies failed, in the order of trials."""
        failed = self._of_state(self._optuna.trial.TrialState.FAIL)
        return tuple(str(trial.user_attrs.get(FAILURE, "interrupted while it was drawn")) for trial in failed)

    @property
    def scored(self) -> list[tuple[dict[str, Value], tuple[float, ...]]]:
        """Policies with their scores, in the order of trials."""
        complete = self._of_state(self._optuna.trial.TrialState.COMPLETE)
        return [(dict(trial.params), tuple(trial.values)) for trial in complete]

    @property
    def _id(self) -> int:
        return int(self._storage.get_study_id_from_name(NAME))

    def _of_state(self, state: Any) -> list[Any]:
        return list(self._study.get_trials(deepcopy=False, states=(state,)))

    def _open(self) -> list[Any]:
        return self._of_state(self._optuna.trial.TrialState.RUNNING)

    def _count(self) -> int:
        return len(self._study.get_trials(deepcopy=False))

    def _draw(self) -> None:
        seed = int(np.random.SeedSequence([self.plan.seed, self._count()]).generate_state(1)[0])
        samplers = {
            "nsga2": self._optuna.samplers.NSGAIISampler,
            "nsga3": self._optuna.samplers.NSGAIIISampler,
        }
        self._study.sampler = samplers[self.plan.sampler](population_size=self.plan.population, seed=seed)
        self._study.ask(self._ranges)

    def _forget_half_drawn(self) -> None:
        for trial in self._open():
            if set(trial.params) != set(self._ranges):
                self._study.tell(trial.number, state=self._optuna.trial.TrialState.FAIL)


def _distribution(optuna: Any, factor: Factor) -> Any:
    kinds = optuna.distributions
    if factor.words:
        return kinds.CategoricalDistribution(factor.words)
    if factor.whole:
        return kinds.IntDistribution(int(factor.low), int(factor.high))
    return kinds.FloatDistribution(factor.low, factor.high)


def _storage(optuna: Any, path: Path | None) -> Any:
    if path is None:
        return optuna.storages.InMemoryStorage()
    _drop_half_line(path)
    backend = load("optuna.storages.journal", "search")
    lock = backend.JournalFileOpenLock(str(path))  # works where symbolic links do not
    return backend.JournalStorage(backend.JournalFileBackend(str(path), lock_obj=lock))


def _drop_half_line(path: Path) -> None:
    """Cut off a line that a killed search did not finish: the next one would be glued to it."""
    if path.exists():
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            path.write_bytes(whole)
