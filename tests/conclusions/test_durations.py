"""Durations: how long services go on in worlds of a study, whatever its design and its draws."""

from typing import Any

import numpy as np
import pytest

from cocreate.agents.columns import Table
from cocreate.agents.initiative import State
from cocreate.experiments.conclusions.durations import durations
from cocreate.experiments.study.designs import Factorial
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, Keep, RunFailure, RunResult
from cocreate.experiments.study.worlds import World

MONTHS = 96
LEVELS = (0.0, 0.5, 1.0)


def ended_services(cell: Cell, sooner: int) -> Table:
    """Return services that end in the months that replicate and point give, sooner in a world named so."""
    draws = np.random.default_rng(cell.replicate)
    rows = np.zeros(20, PILOT)
    rows["state"], rows["became_structural"] = State.ENDED, -1
    cancelled = float(cell.point.factors.get("election_cancel", 0.0))
    lasted = draws.integers(40, 90, 20) - round(28 * cancelled)
    rows["finished"] = lasted - (sooner if cell.point.world.name == "sooner" else 0)
    return rows


def followed(sooner: int = 0, **entries: Any) -> Results:
    """Return results of two worlds whose services differ by some months and from point to point."""
    worlds = (World(name="usual"), World(name="sooner", levers={"sector_silo": 0.2} if sooner else {}))
    asked = Study(
        **{"name": "lives", "worlds": worlds, "keep": Keep(pilots=True), "replicates": 8, **entries}
    )
    records: dict[str, RunResult | RunFailure] = {}
    for cell in asked.cells():
        outcomes = np.zeros(len(KEPT_OUTCOMES))
        key = cell.task.key
        records[key] = RunResult(key, outcomes, MONTHS, 0.01, ended_services(cell, sooner))
    return Results(asked, records)


def test_runs_of_a_design_know_their_point_and_their_replicate() -> None:
    runs = followed(design=Factorial(factors={"election_cancel": LEVELS}), replicates=4).of("sooner")
    assert [(run.point, run.number) for run in runs] == [(point, k) for point in range(3) for k in range(4)]
    assert {run.draw for run in runs} == {-1}


@pytest.mark.parametrize(("draws", "units"), [(1, [0] * 5), (3, [0, 1, 2, 0, 1]), (5, [0, 1, 2, 3, 4])])
def test_runs_know_which_others_start_from_their_draw(draws: int, units: list[int]) -> None:
    uncertain = tuple({"forgetting": 0.01 * (1 + draw)} for draw in range(draws))
    runs = followed(draws=uncertain, replicates=5).of("usual")
    assert [run.unit for run in runs] == units


def test_equal_worlds_do_not_differ_at_the_points_of_a_design() -> None:
    _, other = durations(followed(design=Factorial(factors={"election_cancel": LEVELS})))
    found = other.against_baseline
    assert found is not None
    assert (found.hazard_ratio, found.p) == (1, 1)
    assert (found.pairs, found.units) == (24, 8)


def test_a_known_difference_is_found_at_the_points_of_a_design() -> None:
    _, other = durations(followed(5, design=Factorial(factors={"election_cancel": LEVELS})))
    found = other.against_baseline
    assert found is not None
    assert found.hazard_ratio > 1
    assert found.p == 2 / 2**8
    assert found.ended == (480, 480)


def test_replicates_of_few_draws_are_too_few_to_tell() -> None:
    uncertain = tuple({"forgetting": 0.01 * (1 + draw)} for draw in range(4))
    _, other = durations(followed(5, draws=uncertain, replicates=20))
    found = other.against_baseline
    assert found is not None
    assert (found.pairs, found.units) == (20, 4)
    assert found.too_few


def test_the_baseline_is_not_compared_with_itself() -> None:
    first, other = durations(followed(5))
    assert first.against_baseline is None
    assert other.against_baseline is not None
