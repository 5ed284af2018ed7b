"""What holds in every world, after every phase of every month."""

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.agents.compiled import is_interpreted
from cocreate.agents.initiative import TRANSITIONS, Initiative, Reason, State
from cocreate.agents.person import Role
from cocreate.model.diary import Kind
from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import LEVERS, Parameters
from cocreate.model.world import ACTORS, room_for_a_month
from tests.strategies import lever_values, parameters, seeds

pytestmark = pytest.mark.core

WORLDS = settings(max_examples=20, deadline=None, derandomize=True)
OPEN_TABLES = [State.PROPOSED, State.RECRUITING, State.COCREATING, State.NO_AGREEMENT, State.DECIDED]
OPEN_TABLES.append(State.PILOTING)


def check_ranges(model: CoCreationModel) -> None:
    """Check every declared column of every actor against its range."""
    for actor in ACTORS:
        table = model.initiative_rows if actor is Initiative else model.table(actor.table_name)
        if len(table) == 0:
            continue
        for name, column in actor.columns.items():
            least, most = table[name].min(), table[name].max()
            where = (actor.__name__, name, least, most)
            assert np.isfinite(least + most), where
            assert column.low is None or least >= column.low, where
            assert column.high is None or most <= column.high, where


def check_tables(model: CoCreationModel) -> None:
    """Check that who sits where agrees with every count that is kept of it."""
    people, rows = model.table("people"), model.initiative_rows
    seats = model.table("seats")[: len(rows)]
    places = np.arange(seats.shape[1])
    taken = places < rows["members"][:, None]
    assert np.all(rows["members"] <= model.parameters.group_size)
    assert np.all((seats[taken] >= 0) & (seats[taken] < len(people)))
    names = np.sort(np.where(taken, seats, -1 - places), axis=1)
    assert np.all(np.diff(names, axis=1) != 0)
    citizens = ((people["role"][seats] == Role.CITIZEN) & taken).sum(axis=1)
    assert np.array_equal(rows["citizens"], citizens)
    sitting = seats[taken & np.isin(rows["state"], OPEN_TABLES)[:, None]]
    assert np.array_equal(people["seats"], np.bincount(sitting, minlength=len(people)))
    assert np.all((rows["sectors"] >= 0) & (rows["sectors"] < 2**model.parameters.sectors))
    assert np.all(rows["source"] < np.arange(len(rows)))


def check_places(model: CoCreationModel) -> None:
    """Check that every index leads somewhere, and that regions count their initiatives right."""
    rows, services = model.initiative_rows, model.table("services")
    nation, regions = model.table("nation"), model.table("regions")
    for place, k in enumerate(services["initiative"]):
        if k >= 0:
            assert rows["state"][k] == State.STRUCTURAL
            assert rows["region"][k] == place // model.parameters.sectors
            assert rows["sectors"][k] >> (place % model.parameters.sectors) & 1
    for r in range(len(regions)):
        mine = rows["state"][rows["region"] == r]
        assert regions["active"][r] == np.isin(mine, OPEN_TABLES).sum()
        assert regions["structural"][r] == (mine == State.STRUCTURAL).sum()
    assert nation["events"][0] <= len(model.table("events"))
    assert nation["initiatives"][0] <= len(model.table("initiatives"))
    assert np.all(model.table("people")["initiative"] < len(rows))
    alive = set(np.flatnonzero(rows["finished"] < 0).tolist())
    assert alive <= set(model.table("living")[: nation["active"][0]].tolist())


def check_now_and_then(model: CoCreationModel, *checks: Callable[[CoCreationModel], None]) -> None:
    """Run a model with checks after every phase of each third month."""

    def check(model: CoCreationModel) -> None:
        if model.month % 3 == 2:
            for one in checks:
                one(model)

    for phase in model.phases:
        model.add_hook(phase, check)
    model.run()


@given(parameters(), seeds(), st.booleans())
@WORLDS
def test_every_state_variable_stays_in_its_declared_range_after_every_phase(
    levers: Parameters, seed: int, diaries: bool
) -> None:
    model = CoCreationModel(levers, rng=seed, diaries=diaries)
    check_ranges(model)
    check_now_and_then(model, check_ranges)


@given(parameters(), seeds())
@WORLDS
def test_seats_members_services_and_counts_agree_after_every_phase(levers: Parameters, seed: int) -> None:
    check_now_and_then(CoCreationModel(levers, rng=seed), check_tables, check_places)


@given(parameters(horizon=36), seeds())
@WORLDS
def test_every_change_of_state_is_in_the_table_of_transitions(levers: Parameters, seed: int) -> None:
    model = CoCreationModel(levers, rng=seed)
    model.run()
    lives: dict[int, list[State]] = defaultdict(list)
    for event in model.events(Kind.STATE):
        lives[event.initiative].append(State(event.detail))
        assert Reason(int(event.value)) is not Reason.NONE
    assert set(lives) == set(range(len(model.initiative_rows)))
    for k, states in lives.items():
        assert states[0] is State.PROPOSED
        assert states[-1] is model.state_of(k)
        assert all(after in TRANSITIONS[before] for before, after in pairwise(states))


def test_the_worlds_of_these_tests_live_through_every_state() -> None:
    seen: set[int] = set()
    for seed in range(6):
        model = CoCreationModel(rng=seed, regions=4, acceptance_radius=0.6, horizon=120)
        model.run()
        seen |= {event.detail for event in model.events(Kind.STATE)}
    assert seen == set(State)


@given(parameters(horizon=6), seeds())
@WORLDS
def test_the_weights_of_a_citizens_needs_sum_to_one(levers: Parameters, seed: int) -> None:
    weights = CoCreationModel(levers, rng=seed).table("citizens")["weights"]
    assert np.allclose(weights.sum(axis=1), 1.0, atol=1e-12)


@given(parameters(), seeds())
@WORLDS
def test_effective_voices_lie_between_one_and_the_people_at_the_table(levers: Parameters, seed: int) -> None:
    model = CoCreationModel(levers, rng=seed)
    model.run()
    met = model.initiative_rows[model.initiative_rows["sessions"] > 0]
    assert np.all(met["effective_voices"] >= 1.0 - 1e-9)
    assert np.all(met["effective_voices"] <= levers.group_size + 1 + 1e-9)  # a story adds a voice


@given(parameters(), seeds(), st.booleans())
@WORLDS
def test_every_person_in_the_log_exists_and_every_event_falls_in_the_run(
    levers: Parameters, seed: int, diaries: bool
) -> None:
    model = CoCreationModel(levers, rng=seed, diaries=diaries)
    model.run()
    rows = model.event_rows
    assert np.all((rows["month"] >= 0) & (rows["month"] < levers.horizon))
    assert np.all(np.diff(rows["month"]) >= 0)
    assert np.all((rows["person"] >= -1) & (rows["person"] < len(model.table("people"))))
    assert np.all((rows["initiative"] >= -1) & (rows["initiative"] < len(model.initiative_rows)))
    assert np.all((rows["region"] >= -1) & (rows["region"] < levers.regions))


@pytest.mark.skipif(is_interpreted(), reason="takes very long without compilation")
def test_a_month_fills_no_more_of_the_log_than_is_set_aside_for_it() -> None:
    crowded = {"group_size": 60, "proposal_rate": 5.0, "admin_capacity": 20.0}
    angry = {"tolerance_mean": 0.0, "facilitation": 1.0, "transfer_pace": 1, "power_imbalance": 4.0}
    pace = {"advance_proposed": 1.0, "advance_recruiting": 0.05, "advance_cocreating": 0.0}
    values = {**crowded, **angry, **pace, "professionals_per_region": 200, "end_user_seats": 0.05}
    model = CoCreationModel(Parameters.of({"regions": 1, "horizon": 48, **values}), rng=3)
    while model.month < model.parameters.horizon:
        rows, events = room_for_a_month(model.world)
        before = len(model.initiative_rows), len(model.event_rows)
        model.step()
        assert len(model.initiative_rows) - before[0] <= rows
        assert len(model.event_rows) - before[1] <= events


CHANGEABLE = sorted(set(LEVERS) - FIXED)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, object, int]:
    """Return a lever that may change during a run, a value for it, and a month of 0 to 23."""
    name = draw(st.sampled_from(CHANGEABLE))
    return name, draw(lever_values(name)), draw(st.integers(0, 23))


@given(parameters(), seeds(), changes())
@settings(max_examples=25, deadline=None, derandomize=True)
def test_a_lever_that_changes_at_a_month_leaves_earlier_months_as_they_are(
    levers: Parameters, seed: int, change: tuple[str, object, int]
) -> None:
    name, value, month = change
    if name.startswith("eu_funding_"):
        value = getattr(levers, name)
    plain = CoCreationModel(levers, rng=seed)
    plain.run()
    reform = Intervention(month, name, value)  # type: ignore[arg-type]
    changed = CoCreationModel(levers, rng=seed, interventions=[reform])
    changed.run()
    assert changed.series[:month].tobytes() == plain.series[:month].tobytes()
    early = [rows[rows["month"] < month].tobytes() for rows in (changed.event_rows, plain.event_rows)]
    assert early[0] == early[1]
