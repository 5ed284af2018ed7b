"""Results of studies made of drawn numbers, so that conclusions and reports are tested without simulating."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cocreate.agents.columns import Table
from cocreate.agents.initiative import State
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunFailure, RunResult
from cocreate.experiments.study.worlds import World

MONTHS = 96
OUTCOMES = ("structural_per_region", "trust")

type Rule = Callable[[Cell, np.random.Generator], Mapping[str, float] | str]
"""Gives outcomes of a run, or the message of its failure; equal replicates get equal generators."""


def study(**entries: Any) -> Study:
    """Return a study of two worlds that reports two outcomes, unless told otherwise."""
    worlds = (
        World(name="default", label="default world"),
        World(name="open", label="open silos", levers={"sector_silo": 0.2}),
    )
    return Study(
        **{"name": "made", "worlds": worlds, "outcomes": OUTCOMES, "replicates": 30, "seed": 5, **entries}
    )


def shifted(by: float) -> Rule:
    """Return a rule by which all worlds but the default one have more structural services."""

    def rule(cell: Cell, draws: np.random.Generator) -> dict[str, float]:
        structural, trust, noise = draws.normal(1.0, 0.3), draws.normal(0.5, 0.05), draws.normal(0, 0.1)
        if cell.point.world.name == "default":
            return {"structural_per_region": structural, "trust": trust}
        return {"structural_per_region": structural + by + noise, "trust": trust}

    return rule


def made(asked: Study, rule: Rule) -> Results:
    """Return results in which a rule took the place of the model."""
    records: dict[str, RunResult | RunFailure] = {}
    for cell in asked.cells():
        draws = np.random.default_rng([cell.replicate, 3])
        found = rule(cell, draws)
        key = cell.task.key
        if isinstance(found, str):
            records[key] = RunFailure(key, "ModelError", found)
            continue
        values = np.array([found.get(name, np.nan) for name in KEPT_OUTCOMES])
        records[key] = RunResult(key, values, MONTHS, 0.01, pilots(draws) if asked.keep.pilots else None)
    return Results(asked, records)


def pilots(draws: np.random.Generator, count: int = 30) -> Table:
    """Return pilots with each fate among them."""
    rows = np.zeros(count, PILOT)
    kind = draws.integers(0, 4, count)
    states = np.array([State.STRUCTURAL, State.ENDED, State.PARTLY, State.PILOTING])
    rows["state"] = states[kind]
    rows["piloted"] = draws.integers(0, 20, count)
    rows["finished"] = np.where(np.isin(kind, [1, 2]), draws.integers(21, MONTHS, count), -1)
    rows["became_structural"] = np.where(kind == 0, 20, -1)
    rows["election_phase"] = draws.integers(0, 48, count)
    return rows
