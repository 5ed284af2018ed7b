"""A seed and levers fix a run to the last byte: for twins, pickled, in any process, compiled or not."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.experiments.docking_null import bytes_that_differ
from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import LEVERS, Parameters, Value
from tests.strategies import parameters, seeds

pytestmark = pytest.mark.core

WORLDS = settings(max_examples=15, deadline=None, derandomize=True)
SMALL_WORLD: dict[str, Value] = {
    "regions": 3,
    "citizens_per_region": 20,
    "professionals_per_region": 8,
    "politicians_per_region": 3,
    "proposal_rate": 5.0,
    "admin_capacity": 20.0,
    "horizon": 24,
    "term_length": 6,
    "turnover": 1.0,
    "political_silo": 0.9,
    "community_reporting": 0.8,
}
ONE_RUN = Path(__file__).with_name("one_run.py")


def done(levers: Parameters, seed: int, *, diaries: bool = False) -> CoCreationModel:
    """Return a model that has run to its horizon."""
    model = CoCreationModel(levers, rng=seed, diaries=diaries)
    model.run()
    return model


def hash_in_another_process(levers: dict[str, Value], seed: int, **environment: str) -> str:
    """Return the hash of a run in a process of its own."""
    command = [sys.executable, str(ONE_RUN), json.dumps(levers), str(seed)]
    environment = {**os.environ, **environment}
    result = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return result.stdout.strip()


@given(parameters(), seeds(), st.booleans())
@WORLDS
def test_twins_with_equal_levers_are_equal_in_every_byte(
    levers: Parameters, seed: int, diaries: bool
) -> None:
    assert bytes_that_differ(done(levers, seed, diaries=diaries), done(levers, seed, diaries=diaries)) == 0


@given(parameters(), seeds())
@WORLDS
def test_diaries_change_nothing_but_the_log(levers: Parameters, seed: int) -> None:
    plain, kept = done(levers, seed), done(levers, seed, diaries=True)
    log = ("events", "nation.events", "nation.diaries")
    assert bytes_that_differ(plain, kept, log) == 0


def test_another_seed_gives_another_run() -> None:
    levers = Parameters.of(SMALL_WORLD)
    assert bytes_that_differ(done(levers, 1), done(levers, 2)) > 0


@given(parameters(), seeds(), st.integers(0, 24), st.booleans())
@WORLDS
def test_a_model_that_is_pickled_midway_goes_on_exactly(
    levers: Parameters, seed: int, month: int, diaries: bool
) -> None:
    straight = done(levers, seed, diaries=diaries)
    midway = CoCreationModel(levers, rng=seed, diaries=diaries)
    for _ in range(month):
        midway.step()
    copy = pickle.loads(pickle.dumps(midway))
    copy.run()
    assert bytes_that_differ(straight, copy) == 0
    assert copy.regional_series().tobytes() == straight.regional_series().tobytes()
    assert midway.month == month


def test_a_model_is_pickled_together_with_its_agents() -> None:
    model = CoCreationModel(Parameters.of(SMALL_WORLD), rng=1)
    model.step()
    model.agents.set("trust", 0.25)
    copy = pickle.loads(pickle.dumps(model))
    assert len(copy.agents) == len(model.agents)
    copy.person(0).trust = 0.75
    assert copy.table("people")["trust"][0] == 0.75
    assert model.table("people")["trust"][0] == 0.25


@given(parameters(horizon=12), seeds(), st.integers(1, 5))
@WORLDS
def test_months_after_the_horizon_change_nothing(levers: Parameters, seed: int, extra: int) -> None:
    stopped, pushed = done(levers, seed), done(levers, seed)
    for _ in range(extra):
        pushed.step()
    assert bytes_that_differ(stopped, pushed) == 0
    assert not pushed.running


def test_a_seed_gives_the_same_bytes_in_another_process_whatever_its_hash_seed() -> None:
    from tests.properties.one_run import run_hash  # noqa: PLC0415

    here = run_hash(SMALL_WORLD, 5)
    for hash_seed in ("0", "12345"):
        assert hash_in_another_process(SMALL_WORLD, 5, PYTHONHASHSEED=hash_seed) == here


@pytest.mark.parametrize(("dimensions", "sectors"), [(1, 1), (2, 6)])
def test_worlds_of_other_shapes_run_to_the_end(dimensions: int, sectors: int) -> None:
    shape = {**SMALL_WORLD, "dimensions": dimensions, "sectors": sectors, "horizon": 12}
    # interpreted, because every shape of world is compiled anew
    assert len(hash_in_another_process(shape, 1, NUMBA_DISABLE_JIT="1")) == 64


def test_compiled_and_interpreted_runs_agree_in_every_byte() -> None:
    compiled = hash_in_another_process(SMALL_WORLD, 7, NUMBA_DISABLE_JIT="0")
    interpreted = hash_in_another_process(SMALL_WORLD, 7, NUMBA_DISABLE_JIT="1")
    assert compiled == interpreted


@pytest.mark.parametrize("name", sorted(set(LEVERS) - FIXED))
def test_setting_a_lever_to_the_value_it_has_changes_nothing(name: str) -> None:
    levers = Parameters.of(SMALL_WORLD)
    reform = Intervention(14, name, getattr(levers, name))
    changed = CoCreationModel(levers, rng=3, interventions=[reform])
    changed.run()
    assert bytes_that_differ(done(levers, 3), changed, ("events", "nation.events")) == 0
