"""cocreate as a model for SALib: sample levers, evaluate the model, and share its variance out among them.

    python examples/salib_example.py

A single missing result spoils all of SALib's indices. cocreate's own studies (docs/tutorial.md) leave such a
block out and say so, prove that each lever varied, tell how much of the variance is chance, write failures
down with their seeds, and go on after an interruption. Take SALib itself for its other methods, such as Delta
or PAWN.
"""

import numpy as np
from numpy.typing import NDArray
from SALib import ProblemSpec

from cocreate import CoCreationModel
from cocreate.model.parameters import LEVERS, Parameters

RANGES = {
    "term_length": (24, 60),
    "support_infrastructure": (0.0, 0.8),
    "turnover": (0.1, 0.9),
    "sector_silo": (0.2, 0.9),
}
"""Smallest and largest value of each lever, within what ``cocreate levers`` allows."""

REPLICATES = 2


def simulate(sample: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the structural services of some small worlds for each row of a sample.

    Args:
        sample: Values of the levers, shape (rows, levers).
    """
    return np.array([_mean_outcome(row) for row in sample])


def _mean_outcome(row: NDArray[np.float64]) -> float:
    levers = {
        name: round(value) if LEVERS[name].whole else float(value)
        for name, value in zip(RANGES, row, strict=True)
    }
    settings = Parameters.of({"regions": 2, "horizon": 96, **levers})
    worlds = [CoCreationModel(settings, rng=seed) for seed in range(REPLICATES)]
    for world in worlds:
        world.run()
    return float(np.mean([world.outcome("structural") for world in worlds]))


def main(base: int = 16) -> None:
    """Print Sobol's indices of the levers.

    Args:
        base: Blocks of the sample, a power of two; take 512 or more for indices to rely on.
    """
    problem = ProblemSpec(
        {
            "names": list(RANGES),
            "bounds": [list(ends) for ends in RANGES.values()],
            "outputs": ["structural"],
        }
    )
    problem.sample_sobol(base, calc_second_order=False, seed=1)
    problem.evaluate(simulate)
    problem.analyze_sobol(calc_second_order=False, seed=1)
    print(f"{len(problem.samples)} rows of {REPLICATES} worlds each")
    for table in problem.to_df():
        print(table.round(2).to_string())


if __name__ == "__main__":
    main()
