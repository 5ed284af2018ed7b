"""Policy search: which settings of the levers cannot be bettered in several objectives at once.

The best of many policies look better than they are, because chance helped them to the top (the winner's
curse; Thaler 1988). So the front is evaluated once more, in worlds that the search has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.objectives import Objective, Scores, SearchError, completed, undominated
from cocreate.experiments.analysis.search_store import Plan, Trials, open_trials
from cocreate.experiments.study.factors import Factor
from cocreate.model.parameters import Value

if TYPE_CHECKING:
    import pandas as pd

type Policy = Mapping[str, Value]

type Evaluate = Callable[[Sequence[Policy], bool], Scores]
"""Called with policies and whether to use fresh worlds instead of those of the search. Returns the outcomes,
shape (policies, objectives, worlds), NaN for a world that failed; the same worlds for every policy."""

RESAMPLES = 1000
"""Resamples of worlds from which intervals are taken."""


@dataclass(frozen=True)
class FrontPolicy:
    """A policy that none was found to beat.

    Attributes:
        levers: Its settings.
        searched: Robust score of each objective in the worlds of the search.
        fresh: The same in fresh worlds, with a 95 % interval over worlds; the figures to believe.
        regret: For each objective, how far it falls behind the best policy of the front in the fresh world
            where it does so most.
        missing: For each objective, fresh worlds in which this policy lacks the outcome. Each counts as the
            worst that a policy of the front had there; where none has it, it is left out for all.
        holds: Whether no other policy of the front beats it in the fresh worlds either.
    """

    levers: Policy
    searched: tuple[float, ...]
    fresh: tuple[Estimate, ...]
    regret: tuple[float, ...]
    missing: tuple[int, ...]
    holds: bool


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    Attributes:
        objectives: The objectives.
        front: Policies that none was found to beat in the worlds of the search, in the order of their first
            score, best first. Those that failed in fresh worlds are left out.
        tried: Policies tried.
        failures: Why policies failed, one text for each.
        lost: Policies of the front that failed in fresh worlds.
    """

    objectives: tuple[Objective, ...]
    front: tuple[FrontPolicy, ...]
    tried: int
    failures: tuple[str, ...]
    lost: int

    @property
    def optimism(self) -> tuple[float, ...]:
        """Mean of how much better the front looked in the search than it is, for each objective."""
        means = []
        for place, objective in enumerate(self.objectives):
            better = [one.searched[place] - one.fresh[place].value for one in self.front]
            means.append(float(np.mean(better)) * (1 if objective.maximised else -1))
        return tuple(means)

    @property
    def table(self) -> pd.DataFrame:
        """One row a policy: levers; searched score; fresh score with interval, regret and missing worlds."""
        import pandas as pd  # noqa: PLC0415 - heavy

        return pd.DataFrame([self._row(one) for one in self.front])

    def _row(self, one: FrontPolicy) -> dict[str, Value | bool]:
        row: dict[str, Value | bool] = dict(one.levers)
        for place, objective in enumerate(self.objectives):
            name, fresh = objective.outcome, one.fresh[place]
            row[f"{name}_searched"] = one.searched[place]
            row[name] = fresh.value
            row[f"{name}_low"] = fresh.low
            row[f"{name}_high"] = fresh.high
            row[f"{name}_regret"] = one.regret[place]
            row[f"{name}_missing"] = one.missing[place]
        row["holds"] = one.holds
        return row


def search(
    factors: Sequence[Factor],
    objectives: Sequence[Objective],
    evaluate: Evaluate,
    plan: Plan | None = None,
    missing: float = 0.0,
) -> SearchResult:
    """Search for policies that cannot be bettered (optuna).

    A policy fails if its evaluation raises, or if too many of its worlds lack an outcome. Failed policies are
    recorded, count against the budget, and guide no later draw. Where ``missing`` allows a policy to lack the
    outcome of some worlds, each of these counts as the worst that any policy had there. A search with a store
    that was interrupted goes on where it stopped when it is called again, and ends with the same trials as an
    uninterrupted one.

    Args:
        factors: Levers with their ranges.
        objectives: What to achieve, each outcome once.
        evaluate: Simulates policies.
        plan: How the search goes; the usual way when None.
        missing: Share of a policy's worlds that may lack an outcome, 0 to 1.

    Raises:
        SearchError: The search is not in order, every policy failed, or the store belongs to another search,
            is in use, or cannot be written.
        MissingExtraError: The extra ``search`` is not installed.
    """
    aims = tuple(objectives)
    if not factors or not aims:
        raise SearchError("A search needs at least one lever to vary and one objective.")
    judge = _Judge(evaluate, aims, missing)
    with open_trials(factors, aims, plan or Plan(), missing) as trials:
        while batch := trials.next_batch():
            found = judge.values(list(batch.values()), False)
            worst = judge.worst([*trials.outcomes, *(one for one in found if not isinstance(one, str))])
            for number, values in zip(batch, found, strict=True):
                if isinstance(values, str):
                    trials.tell(number, values)
                else:
                    trials.tell(number, judge.scores(completed(values, worst)), values)
    return _result(judge, trials)


@dataclass(frozen=True)
class _Judge:
    """Evaluates policies, and turns whatever goes wrong into a text.

    Attributes:
        evaluate: Simulates policies.
        objectives: What to achieve.
        missing: Share of a policy's worlds that may lack an outcome.
    """

    evaluate: Evaluate
    objectives: tuple[Objective, ...]
    missing: float

    def values(self, policies: Sequence[Policy], fresh: bool) -> list[Scores | str]:
        """Return the outcomes of each policy, shape (objectives, worlds), or why there are none."""
        try:
            found = np.asarray(self.evaluate(policies, fresh), float)
        except Exception as error:
            if len(policies) == 1:
                return [f"{type(error).__name__}: {error}"]
            return [one for policy in policies for one in self.values([policy], fresh)]
        if found.ndim != 3 or found.shape[:2] != (len(policies), len(self.objectives)):  # noqa: PLR2004 - axes
            raise SearchError(
                f"An evaluation of {len(policies)} policies by {len(self.objectives)} objectives must give an"
                f" array of shape ({len(policies)}, {len(self.objectives)}, worlds), not {found.shape}."
            )
        return [self._checked(one) for one in found]

    def _checked(self, values: Scores) -> Scores | str:
        lacking = ~np.isfinite(values)
        for objective, share in zip(self.objectives, lacking.mean(axis=1), strict=True):
            if share > self.missing or share == 1:
                return f"{objective.outcome} is missing in {share:.0%} of the worlds."
        return np.where(lacking, np.nan, values)

    def worst(self, values: Sequence[Scores]) -> Scores:
        """Return the worst that any policy had by objective and world, NaN where none has the outcome."""
        if not values:
            return np.zeros(())
        rows = np.stack(values).swapaxes(0, 1)
        return np.stack([one.worst(row) for one, row in zip(self.objectives, rows, strict=True)])

    def scores(self, values: Scores) -> list[float]:
        """Return the robust score of each objective."""
        return [float(one.score(row)) for one, row in zip(self.objectives, values, strict=True)]


def _result(judge: _Judge, trials: Trials) -> SearchResult:
    scored, failures = _on_one_footing(judge, trials), trials.failures
    if not scored:
        raise SearchError(f"All {len(failures)} policies failed. The first one: {failures[0]}")
    sign = 1 if judge.objectives[0].maximised else -1
    best = undominated(np.array([scores for _, scores in scored]), judge.objectives)
    front = sorted((pair for pair, one in zip(scored, best, strict=True) if one),
                   key=lambda pair: -sign * pair[1][0])  # fmt: skip
    again = judge.values([policy for policy, _ in front], True)
    kept = [(pair, values) for pair, values in zip(front, again, strict=True) if not isinstance(values, str)]
    if not kept:
        raise SearchError(f"All {len(front)} policies of the front failed in fresh worlds: {again[0]}")
    values = np.stack([one for _, one in kept])
    missing = np.isnan(values).sum(axis=2)
    filled = completed(values, judge.worst(list(values)))
    holds = undominated(np.array([judge.scores(one) for one in filled]), judge.objectives)
    regrets = np.stack([one.regret(values[:, place]) for place, one in enumerate(judge.objectives)], axis=1)
    policies = tuple(
        FrontPolicy(
            policy,
            scores,
            _estimates(judge, filled[place], trials.plan.seed),
            tuple(regrets[place].tolist()),
            tuple(missing[place].tolist()),
            bool(holds[place]),
        )
        for place, ((policy, scores), _) in enumerate(kept)
    )
    tried = len(scored) + len(failures)
    return SearchResult(judge.objectives, policies, tried, failures, len(front) - len(kept))


def _on_one_footing(judge: _Judge, trials: Trials) -> list[tuple[Policy, tuple[float, ...]]]:
    """Return policies with scores for which missing worlds count alike, whenever each was tried."""
    outcomes = trials.outcomes
    if not outcomes:
        return list(trials.scored)
    worst = judge.worst(outcomes)
    return [
        (policy, tuple(judge.scores(completed(values, worst))))
        for (policy, _), values in zip(trials.scored, outcomes, strict=True)
    ]


def _estimates(judge: _Judge, values: Scores, seed: int) -> tuple[Estimate, ...]:
    """Return the robust scores of a policy with intervals over its worlds (percentile bootstrap)."""
    from scipy import stats  # noqa: PLC0415 - heavy

    found = []
    for objective, row in zip(judge.objectives, values, strict=True):
        known = row[np.isfinite(row)]
        score = float(objective.score(known))
        if np.ptp(known) == 0:
            found.append(Estimate(score, score, score) if len(known) > 1 else Estimate(score, np.nan, np.nan))
            continue
        drawn = stats.bootstrap(
            (known,), objective.score, n_resamples=RESAMPLES, method="percentile", vectorized=True,
            rng=np.random.default_rng(seed),
        )  # fmt: skip
        ends = drawn.confidence_interval
        found.append(Estimate(score, float(ends.low), float(ends.high)))
    return tuple(found)
