"""Mechanisms, each on its own in a small world."""

import numpy as np
import pytest

from cocreate.agents.compiled import is_interpreted
from cocreate.agents.initiative import Mode, State
from cocreate.experiments.docking_spread import spreading_world, start_with_one
from cocreate.experiments.docking_worlds import convene, tables_of_all, world_with
from cocreate.model.model import CoCreationModel
from cocreate.model.month import PHASES
from cocreate.model.parameters import Parameters, Value


def one_table(citizens: int, professionals: int) -> CoCreationModel:
    """Return a world whose only table is about to meet, and where officials bear any loss of voice."""
    levers = tables_of_all({"tolerance_mean": 1.0, "openness_rate": 0.2}, citizens, professionals, 1)
    model = world_with(levers, seed=4)
    convene(model)
    return model


def test_people_at_a_table_have_the_same_luck_however_many_tables_there_are() -> None:
    alone, crowded = one_table(6, 6), one_table(6, 6)
    rows = crowded.table("initiatives")
    rows[1] = rows[0]
    rows["state"][0] = State.ENDED
    crowded.table("seats")[1] = crowded.table("seats")[0]
    crowded.table("living")[0] = 1
    crowded.table("nation")["initiatives"] = 2
    for model in (alone, crowded):
        before = model.table("people")["know_how"].copy()
        PHASES["sessions"](model.world)
        assert np.any(model.table("people")["know_how"] > before)
    for name in ("know_how", "trust", "openness", "weariness"):
        assert np.array_equal(alone.table("people")[name], crowded.table("people")[name]), name


def test_officials_open_up_where_users_have_their_say_and_not_among_themselves() -> None:
    opened = {}
    for citizens in (0, 6):
        model = one_table(citizens, 6)
        officials = model.table("people")["role"] == 1
        before = model.table("people")["openness"][officials].copy()
        PHASES["sessions"](model.world)
        opened[citizens] = model.table("people")["openness"][officials] - before
    assert np.all(opened[0] == 0.0)
    assert np.all(opened[6] >= 0.0)
    assert np.any(opened[6] > 0.0)


def test_principles_whose_novelty_is_gone_draw_nobody_along() -> None:
    model = spreading_world(12, 0.9, seed=5)
    model.parameters = model.parameters.changed(
        {"couplings": 1.0, "novelty_fades": 1.0, "national_push": 0.0}
    )
    model.world.levers[:] = model.parameters.record()
    start_with_one(model)
    for month in range(60):
        model.table("nation")["month"] = month
        PHASES["adoption"](model.world)
    assert model.table("regions")["adopted"].sum() == 1


@pytest.mark.slow
@pytest.mark.skipif(is_interpreted(), reason="takes very long without compilation")
def test_a_copy_finds_less_to_build_on_the_less_alike_two_places_are() -> None:
    found = {}
    for distance in (0.0, 2.0):
        levers: dict[str, Value] = {
            "context_distance": distance,
            "turbulence": 0.0,
            "transfer_mode": "copy",
            "transfer_rate": 0.5,
        }
        embedding = []
        for seed in range(6):
            model = CoCreationModel(Parameters.of({**levers, "advance_piloting": 0.2}), rng=seed)
            model.run()
            rows = model.initiative_rows
            embedding += rows["embedding"][rows["mode"] == Mode.COPIED].tolist()
        found[distance] = np.array(embedding)
    assert min(len(one) for one in found.values()) > 20
    # uniform draws of 20 and more have a mean in this range but for 1 of 300 sets of seeds; these are fixed
    assert 0.3 < found[0.0].mean() < 0.7
    assert found[2.0].mean() < 0.1
