"""A study as data: worlds, design, replicates and what to keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, Field

from cocreate.experiments.replicates import replicate_seed
from cocreate.experiments.study.designs import Design, Paired, Point, points
from cocreate.experiments.study.tasks import Keep, Task, different, run_key
from cocreate.experiments.study.worlds import FROZEN, World
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Value


@dataclass(frozen=True)
class Cell:
    """One run in its place in a study.

    Attributes:
        point: Point of the design.
        replicate: Number of the replicate, from 0 on; equal numbers share their seed at every point.
        task: The run. Two cells can share one.
    """

    point: Point
    replicate: int
    task: Task


class Study(BaseModel):
    """What to simulate, and how often.

    Attributes:
        name: Name in files, letters, digits, ``-`` and ``_``.
        question: What it is to answer, in a sentence.
        worlds: The worlds.
        design: Which points around these worlds it visits.
        replicates: Runs at each point.
        seed: Seed from which those of the runs derive.
        levers: Levers that all worlds share.
        draws: Uncertain levers: replicate ``i`` starts from draw ``i`` (again from the first one after the
            last), in every world alike. None for the defaults.
        keep: What is kept of a run besides its outcomes.
        time_limit: Seconds that a run may take.
    """

    model_config = FROZEN

    name: str = Field("study", pattern=r"^[A-Za-z0-9_-]+$")
    question: str = ""
    worlds: tuple[World, ...] = (World(name="default", label="default world"),)
    design: Design = Field(default_factory=Paired, discriminator="kind")
    replicates: int = Field(20, ge=1)
    seed: int = Field(1, ge=0)
    levers: Mapping[str, Value] = Field(default_factory=dict)
    draws: tuple[Mapping[str, Value], ...] | None = None
    keep: Keep = Keep()
    time_limit: float = Field(float("inf"), gt=0)

    def points(self) -> Iterator[Point]:
        """Give the points of the design in order."""
        return points(self.worlds, self.design)

    def cells(self) -> Iterator[Cell]:
        """Give every run of the study: all replicates of a point, then the next point.

        Raises:
            ParameterError: A lever is unknown or its value not allowed.
        """
        for point in self.points():
            settings = [self._settings(point, draw) for draw in self.draws or ({},)]
            for replicate in range(self.replicates):
                levers, changes = settings[replicate % len(settings)]
                seed = replicate_seed(self.seed, replicate)
                task = Task(run_key(seed, levers, changes), seed, levers, changes)
                yield Cell(point, replicate, task)

    def _settings(
        self, point: Point, draw: Mapping[str, Value]
    ) -> tuple[dict[str, Value], tuple[Intervention, ...]]:
        parameters, changes = point.world.resolved(draw, self.levers, point.factors)
        return different(parameters), changes
