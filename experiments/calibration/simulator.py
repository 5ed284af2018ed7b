"""The simulator of a calibration: from a setting of uncertain levers to the numbers of the patterns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.calibration.aims import AIMS, MOST, Aim, fitting_patterns
from cocreate.experiments.patterns.check import gather, simulate
from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import RunFailure, RunResult


class Simulator(Protocol):
    """Gives the numbers that aims speak of, for settings of uncertain levers."""

    def numbers(self, settings: Sequence[Mapping[str, float]], effort: int, /) -> NDArray[np.float64]:
        """Return simulated numbers, shape (settings, aims); NaN where a run failed.

        Args:
            settings: Levers by name.
            effort: How many times the least number of runs to spend on each.
        """
        ...


LEAST_RUNS = {"patterns-default": 8, "patterns-wave": 2}
"""Runs that a setting gets of each study, for an effort of 1."""


@dataclass(frozen=True)
class PatternSimulator:
    """Simulates the worlds of the fitting patterns.

    Attributes:
        aims: What to measure.
        seed: Seed of the worlds; every setting meets the same ones.
        engine: Who simulates.
    """

    aims: Sequence[Aim] = AIMS
    seed: int = 7
    engine: Engine = field(default_factory=InProcess)

    def numbers(self, settings: Sequence[Mapping[str, float]], effort: int, /) -> NDArray[np.float64]:
        """Return simulated numbers, shape (settings, aims); NaN where a run failed."""
        studies = [self._studies(levers, effort) for levers in settings]
        flat = [
            study.model_copy(update={"name": f"{study.name}-{number}"})
            for number, mine in enumerate(studies)
            for study in mine.values()
        ]
        records = simulate(flat, self.engine)
        return np.array([self._read(mine, records) for mine in studies])

    def _studies(self, levers: Mapping[str, float], effort: int) -> dict[str, Study]:
        found = {}
        for pattern in fitting_patterns(self.aims):
            name = pattern.study.name
            change = {"seed": self.seed, "draws": (levers,), "replicates": effort * LEAST_RUNS[name]}
            found[name] = pattern.study.model_copy(update=change)
        return found

    def _read(
        self, studies: Mapping[str, Study], records: Mapping[str, RunResult | RunFailure]
    ) -> list[float]:
        readings = {}
        for pattern in fitting_patterns(self.aims):
            evidence = replace(gather(studies[pattern.study.name], records), resamples=0)
            whole = all(one is not None for world in evidence.runs.values() for one in world)
            readings[pattern.id] = pattern.measure(evidence) if whole else ()
        return [
            min(readings[aim.pattern][aim.place].value, MOST) if readings[aim.pattern] else float("nan")
            for aim in self.aims
        ]
