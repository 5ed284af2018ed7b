"""The whole calibration: from an empty folder to a posterior."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from cocreate.experiments.calibration.abc import AbcFit
from cocreate.experiments.calibration.aims import AIMS
from cocreate.experiments.calibration.journal import Journal
from cocreate.experiments.calibration.matching import QUICK, Plan, match
from cocreate.experiments.calibration.posterior import write_posterior
from cocreate.experiments.calibration.simulator import LEAST_RUNS, PatternSimulator
from cocreate.experiments.study.engines.engine import Engine

QUICK_POPULATION = 16
"""Settings of a population of a quick fit by pyABC."""


def calibrated(
    folder: Path,
    engine: Engine,
    *,
    quick: bool = False,
    populations: int = 0,
    seed: int = 7,
    say: Callable[[str], None] = print,
) -> tuple[Path, Path]:
    """Fit the uncertain levers to the fitting patterns and write the posterior.

    Args:
        folder: Folder for everything; a calibration that was stopped is gone on with.
        engine: Who simulates.
        quick: Whether to simulate few settings, to try it out.
        populations: Populations of ABC-SMC by pyABC; 0 for history matching.
        seed: Seed of the worlds that settings are tried on.
        say: Called with a sentence now and then.

    Returns:
        The files ``posterior.csv`` and ``posterior.json``.

    Raises:
        CalibrationError: The folder holds another calibration, or nothing agrees with the patterns.
        MissingExtraError: The extra ``calibration`` is not installed.
    """
    plan = QUICK if quick else Plan()
    simulator = PatternSimulator(seed=seed, engine=engine)
    how = {"seed": seed, "runs": LEAST_RUNS}
    if populations:
        size = QUICK_POPULATION if quick else plan.keep
        fit = AbcFit(simulator, folder / "abc.db").run(populations, size)
        method = {"method": "ABC-SMC (pyABC)", "populations": populations, "size": size}
        return write_posterior(fit, folder, {**method, **how})
    aims = [[aim.name, aim.target.low, aim.target.high, aim.tolerance] for aim in AIMS]
    journal = Journal(folder / "journal.jsonl", {"aims": aims, **how})
    fit = match(simulator, journal, plan, say=say)
    method = {"method": "history matching, then rejection ABC", "plan": asdict(plan)}
    return write_posterior(fit, folder, {**method, **how})
