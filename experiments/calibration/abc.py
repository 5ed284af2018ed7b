"""Approximate Bayesian computation with pyABC: the longer way to the same posterior.

Populations of settings move towards the patterns while the distance that is accepted shrinks (ABC-SMC: Toni
et al. 2009). A setting whose runs fail is infinitely far and never accepted; it stops nothing.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cocreate.experiments.analysis.extras import load
from cocreate.experiments.calibration.aims import AIMS, Aim, distances
from cocreate.experiments.calibration.errors import CalibrationError
from cocreate.experiments.calibration.matching import Fit
from cocreate.experiments.calibration.priors import PRIORS, Prior, in_unit
from cocreate.experiments.calibration.simulator import Simulator

SMALLEST_POPULATION = 8
"""Settings in a population below which the next one cannot be drawn from it."""


class AbcFit:
    """A calibration by pyABC, kept in a database that it goes on from."""

    def __init__(
        self,
        simulator: Simulator,
        database: Path,
        priors: Sequence[Prior] = PRIORS,
        aims: Sequence[Aim] = AIMS,
        effort: int = 1,
    ) -> None:
        """Prepare a calibration.

        Args:
            simulator: Gives the numbers of a setting.
            database: SQLite file for all populations; one that is there is gone on with.
            priors: The uncertain levers.
            aims: What to fit.
            effort: Effort for each setting.

        Raises:
            MissingExtraError: pyABC is not installed.
        """
        self._simulator = simulator
        self._database = database
        self._priors = tuple(priors)
        self._aims = tuple(aims)
        self._effort = effort
        self._pyabc = load("pyabc", "calibration")

    def run(self, populations: int, size: int, seed: int = 1) -> Fit:
        """Simulate populations and return the last one as equally likely settings.

        Args:
            populations: Populations in all, those in the database included.
            size: Settings in each, at least 8.
            seed: Seed of the draws of settings.

        Raises:
            CalibrationError: The populations are too small to draw from.
        """
        if size < SMALLEST_POPULATION:
            raise CalibrationError(f"A population needs at least {SMALLEST_POPULATION} settings, not {size}.")
        np.random.seed(seed)  # noqa: NPY002 - pyABC draws from NumPy's global generator
        process, there = self._process(size)
        if there < populations:
            with contextlib.redirect_stderr(io.StringIO()):
                process.run(max_nr_populations=populations - there)
        return self._last(process.history, size, seed)

    def simulated(self, setting: Mapping[str, float]) -> dict[str, float]:
        """Return the numbers of a setting by the name of their aim; NaN for whatever failed."""
        try:
            numbers = self._simulator.numbers([dict(setting)], self._effort)[0]
        except Exception:
            numbers = np.full(len(self._aims), np.nan)
        return {aim.name: float(one) for aim, one in zip(self._aims, numbers, strict=True)}

    def distance(self, simulated: Mapping[str, float], _observed: Mapping[str, float] | None = None) -> float:
        """Return the largest distance from an aim in tolerances; infinite where a number is missing."""
        values = np.array([simulated[aim.name] for aim in self._aims])
        return float(distances(self._aims, values).max())

    def _process(self, size: int) -> tuple[Any, int]:
        pyabc = self._pyabc
        prior = pyabc.Distribution(
            **{one.name: pyabc.RV("uniform", one.low, one.high - one.low) for one in self._priors}
        )
        process = pyabc.ABCSMC(
            self.simulated,
            prior,
            self.distance,
            population_size=size,
            sampler=pyabc.sampler.SingleCoreSampler(),
        )
        address = f"sqlite:///{self._database}"
        if self._database.exists():
            process.load(address)
            return process, int(process.history.max_t) + 1
        self._database.parent.mkdir(parents=True, exist_ok=True)
        process.new(address, dict.fromkeys((aim.name for aim in self._aims), 0.0))
        return process, 0

    def _last(self, history: Any, size: int, seed: int) -> Fit:
        """Return the last population, drawn by weight with equal spacing (systematic resampling), mixed."""
        frame, weights = history.get_distribution(m=0, t=history.max_t)
        rng = np.random.default_rng(seed)
        marks = (np.arange(size) + rng.random()) / size
        rows = rng.permutation(np.minimum(np.searchsorted(np.cumsum(weights), marks), len(frame) - 1))
        drawn = [{one.name: float(frame[one.name].iloc[row]) for one in self._priors} for row in rows]
        points = np.array([in_unit(self._priors, one) for one in drawn])
        summed = history.get_weighted_sum_stats(t=history.max_t)[1]
        numbers = np.array([[float(summed[row][aim.name]) for aim in self._aims] for row in rows])
        distance = distances(self._aims, numbers).max(axis=1)
        count = int(history.total_nr_simulations)
        return Fit(self._priors, self._aims, points, numbers, distance, (), count)
