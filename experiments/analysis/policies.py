"""Policy search on the model: policies are worlds of a study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cocreate.experiments.analysis.objectives import Objective, Scores
from cocreate.experiments.analysis.search import Policy, SearchResult, search
from cocreate.experiments.analysis.search_store import Plan
from cocreate.experiments.study.designs import Single
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.factors import factor_of
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.seeds import replicate_seed
from cocreate.experiments.study.spec import Study
from cocreate.model.parameters import Value

type Run = Callable[[Study], Results]


@dataclass(frozen=True)
class OnModel:
    """Evaluates policies by simulating the first world of a study with them.

    Attributes:
        study: World, replicates, seed, shared levers and draws of uncertain levers. With as many replicates
            as draws, or a multiple, a policy is judged over all draws alike.
        outcomes: Names of the outcomes.
        run: Who simulates a study.
    """

    study: Study
    outcomes: tuple[str, ...]
    run: Run = run_study

    def __call__(self, policies: Sequence[Policy], fresh: bool) -> Scores:
        """Return the outcomes, shape (policies, outcomes, replicates); NaN for a failed run.

        Args:
            policies: The policies.
            fresh: Whether to draw other worlds than those of the study's seed.
        """
        base = self.study.worlds[0]
        worlds = tuple(
            base.model_copy(update={"name": f"policy {place}", "levers": {**base.levers, **policy}})
            for place, policy in enumerate(policies)
        )
        seed = replicate_seed(self.study.seed, self.study.replicates) if fresh else self.study.seed
        study = self.study.model_copy(update={"worlds": worlds, "design": Single(), "seed": seed})
        results = self.run(study)
        return np.array(
            [[results.values(world.name, outcome) for outcome in self.outcomes] for world in worlds]
        )


def search_policies(
    study: Study,
    ranges: Mapping[str, Sequence[Value]],
    objectives: Sequence[Objective],
    plan: Plan | None = None,
    missing: float = 0.0,
    run: Run = run_study,
) -> SearchResult:
    """Search the levers of a study's first world for policies that cannot be bettered.

    Args:
        study: World, replicates, seed and draws.
        ranges: Smallest and largest value of each lever, or words of a choice; nothing for all allowed.
        objectives: What to achieve.
        plan: How the search goes; the usual way when None.
        missing: Share of a policy's runs that may lack an outcome, 0 to 1.
        run: Who simulates a study.

    Raises:
        ParameterError: A lever is unknown, or a value not allowed.
        StudyError: A range is empty.
        SearchError: The search is not in order, every policy failed, or the store belongs to another search,
            is in use, or cannot be written.
        MissingExtraError: The extra ``search`` is not installed.
    """
    factors = [factor_of(name, limits) for name, limits in ranges.items()]
    evaluate = OnModel(study, tuple(one.outcome for one in objectives), run)
    return search(factors, objectives, evaluate, plan, missing)
