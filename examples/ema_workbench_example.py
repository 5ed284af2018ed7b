"""cocreate as a model of the EMA Workbench: sample worlds and policies, then look for what decides.

Needs the extra "discovery": pip install "cocreate[discovery]". Run it with

    python examples/ema_workbench_example.py

The workbench stops at the first run that raises, and keeps results once all are there. cocreate's own studies
(docs/tutorial.md) write a failure down with its seed and go on, resume after an interruption, share random
numbers between policies, and test a box on runs that the search has not seen. Take the workbench for
what it has beyond that, such as its optimisers and its plots.
"""

import warnings

import numpy as np

from cocreate import CoCreationModel
from cocreate.model.parameters import LEVERS, Parameters, Value

with warnings.catch_warnings():
    warnings.simplefilter("ignore", UserWarning)  # about parts that need ipyparallel or altair
    warnings.simplefilter("ignore", ImportWarning)
    from ema_workbench import (
        CategoricalParameter,
        Constant,
        IntegerParameter,
        Model,
        RealParameter,
        ScalarOutcome,
        SequentialEvaluator,
    )
    from ema_workbench.analysis import feature_scoring, prim

type Parameter = RealParameter | IntegerParameter | CategoricalParameter

UNCERTAINTIES = ("turnover", "sector_silo", "power_imbalance", "lived_experience_gap")
POLICY = ("commitment", "support_infrastructure", "facilitation", "inclusion")
REPLICATES = 2


def parameter(name: str) -> Parameter:
    """Return a lever of the model, with all that it may be, as a parameter of the workbench."""
    lever = LEVERS[name]
    if lever.choices:
        return CategoricalParameter(name, list(lever.choices))
    kind = IntegerParameter if lever.whole else RealParameter
    return kind(name, lever.low, lever.high)


def simulate(replicates: int, **levers: Value) -> dict[str, float]:
    """Simulate a few small worlds with the same levers, and return the means of their outcomes."""
    settings = Parameters.of({"regions": 2, "horizon": 72, **levers})
    worlds = [CoCreationModel(settings, rng=seed) for seed in range(replicates)]
    for world in worlds:
        world.run()
    return {
        "structural": float(np.mean([world.outcome("structural") for world in worlds])),
        "trust": float(np.mean([world.outcome("trust") for world in worlds])),
    }


def main(scenarios: int = 16, policies: int = 4) -> None:
    """Simulate every policy in every scenario, and print what decides about structural services.

    Args:
        scenarios: Samples of the uncertainties.
        policies: Samples of the levers.
    """
    model = Model("cocreate", function=simulate)
    model.uncertainties = [parameter(name) for name in UNCERTAINTIES]
    model.levers = [parameter(name) for name in POLICY]
    model.constants = [Constant("replicates", REPLICATES)]
    model.outcomes = [ScalarOutcome("structural"), ScalarOutcome("trust")]

    with SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(
            scenarios,
            policies,
            uncertainty_sampling_kwargs={"rng": 1},
            lever_sampling_kwargs={"rng": 2},
        )
    levers = experiments[[*UNCERTAINTIES, *POLICY]]
    print(f"{len(levers)} experiments, {outcomes['structural'].mean():.2f} structural services in the mean")

    scores = feature_scoring.get_feature_scores_all(levers, outcomes)
    print("\nHow much each lever tells about each outcome:")
    print(scores.rename_axis(None).round(2).to_string())

    many = outcomes["structural"] > np.quantile(outcomes["structural"], 0.75)
    box = prim.Prim(levers, many, peel_alpha=0.1, mass_min=0.2).find_box()
    print("\nWhere many services become structural:")
    box.inspect()


if __name__ == "__main__":
    main()
