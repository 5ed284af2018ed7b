"""Replays: what the browser reads is what the model did."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from cocreate.agents.initiative import State
from cocreate.experiments.study.tasks import different
from cocreate.model.bonds import CLOSE
from cocreate.model.diary import Kind
from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import LEVERS as DECLARED
from cocreate.model.parameters import Parameters
from cocreate.viz.app.replay import FORMAT, SERIES, Replay, ReplayError, replay_of
from cocreate.viz.app.replay_log import FADING, VOICE_STEPS
from cocreate.viz.app.replay_ties import close_bonds
from tests.viz.app.conftest import CHANGE, LEVERS, Watched

type Seen = tuple[CoCreationModel, Replay, Watched]


def unpacked(flat: list[int]) -> set[tuple[int, int]]:
    """Undo packed_pairs, as the player does."""
    pairs = np.array(flat).reshape(-1, 2)
    first = np.cumsum(pairs[:, 0])
    return set(zip(first.tolist(), (first + pairs[:, 1]).tolist(), strict=True))


def stays(content: Any, position: int) -> set[tuple[int, int]]:
    """Return initiative and person of each stay that holds at a position."""
    rows = content["stays"]
    columns = (rows["initiative"], rows["person"], rows["from"], rows["to"])
    return {(k, i) for k, i, begin, end in zip(*columns, strict=True) if begin <= position < end}


def state_at(flat: list[int], position: int) -> int | None:
    """Return the last state entered up to a position, None before the first."""
    entered = [state for at, state in zip(flat[::3], flat[1::3], strict=True) if at <= position]
    return entered[-1] if entered else None


def read(replay: Replay) -> Any:
    """Return what the browser reads."""
    return json.loads(replay.to_json())


def test_who_sits_where_is_as_in_the_model_in_every_month(watched: Seen) -> None:
    _, replay, seen = watched
    content = read(replay)
    assert max(len(seats) for seats in seen.seats.values()) > 20
    for position, seats in seen.seats.items():
        assert stays(content, position) == seats


def test_states_of_initiatives_are_as_in_the_model_in_every_month(watched: Seen) -> None:
    _, replay, seen = watched
    flats = read(replay)["initiatives"]["states"]
    for position, states in seen.states.items():
        told = [state_at(flat, position) for flat in flats]
        assert told[: len(states)] == states
        assert told[len(states) :] == [None] * (len(flats) - len(states))


def test_services_counted_in_the_picture_are_those_of_the_series(watched: Seen) -> None:
    model, replay, _ = watched
    flats = read(replay)["initiatives"]["states"]
    for position in range(1, model.month + 1):
        there = sum(state_at(flat, position) == int(State.STRUCTURAL) for flat in flats)
        assert there == model.series["structural"][position - 1]
    assert model.series["structural"].max() > 0


def test_ties_change_in_the_month_in_which_their_lever_does(watched: Seen) -> None:
    _, replay, seen = watched
    drawn = read(replay)["ties"]
    assert [one["from"] for one in drawn] == [0, CHANGE.month + 1]
    for one, position in zip(drawn, (CHANGE.month, CHANGE.month + 1), strict=True):
        friends = unpacked(one["layers"]["friends"])
        both_ways = friends | {(other, first) for first, other in friends}
        assert {pair for pair in both_ways if pair[0] < 40} == seen.ties[position]


def test_bonds_shown_at_the_end_are_close_in_the_model(watched: Seen) -> None:
    model, replay, _ = watched
    last = {(one, other) for one, other, begin, end in read(replay)["bonds"] if begin <= model.month < end}
    edges: Any = model.graph("initiatives").edges(data="strength")
    strong = {tuple(sorted((one, other))) for one, other, strength in edges if strength >= CLOSE}
    assert last == close_bonds(model.world)
    assert last <= strong  # the graph knows the strength when a bond was last used, before it faded


def test_bonds_are_close_in_every_month_from_their_first_position_on(watched: Seen) -> None:
    _, replay, seen = watched
    bonds = read(replay)["bonds"]
    assert max(map(len, seen.bonds.values())) > 10
    for position, close in seen.bonds.items():
        assert {(one, other) for one, other, begin, end in bonds if begin <= position < end} == close


def test_people_have_the_traits_and_the_world_the_levers_that_they_have_in_the_model(watched: Seen) -> None:
    model, replay, _ = watched
    content = read(replay)
    for name, column in (("role", "role"), ("hard", "hard_to_reach")):
        assert [int(one) for one in content["people"][name]] == model.world.people[column].tolist()
    assert content["levers"] == different(LEVERS)
    assert content["changes"] == [[CHANGE.month, CHANGE.lever, CHANGE.value]]


@pytest.mark.parametrize("kind", ["council_adopted", "council_lapsed", "visited"])
def test_marks_are_called_what_happened(watched: Seen, kind: str) -> None:
    model, replay, _ = watched
    told = {(mark[0], mark[2]) for mark in read(replay)["marks"] if mark[1] == kind}
    assert told == {(one.month + 1, one.region) for one in model.events(Kind[kind.upper()])}
    assert told or kind == "council_lapsed"


def test_voice_of_citizens_is_what_the_log_holds_to_a_fifth(watched: Seen) -> None:
    model, replay, _ = watched
    rows = read(replay)["stays"]
    told = {}
    for person, table, begin, word in zip(
        rows["person"], rows["initiative"], rows["from"], rows["voice"], strict=True
    ):
        for step, sign in enumerate(word):
            if sign != ".":
                told[(person, table, begin + step)] = int(sign, 36) / VOICE_STEPS
    log = model.event_rows
    heard = log[np.isin(log["kind"], [int(Kind.HEARD), int(Kind.IGNORED)])]
    exact = {(int(e["person"]), int(e["initiative"]), int(e["month"]) + 1): float(e["value"]) for e in heard}
    assert len(told) > 100
    assert all(abs(value - exact[key]) <= 0.5 / VOICE_STEPS + 1e-9 for key, value in told.items())


def test_voices_at_a_meeting_add_up(watched: Seen) -> None:
    model, replay, _ = watched
    meetings = np.array(read(replay)["meetings"]).reshape(-1, 5)
    met = model.event_rows[model.event_rows["kind"] == int(Kind.MET)]
    assert meetings[:, 0].tolist() == (met["month"] + 1).tolist()
    assert meetings[:, 2].tolist() == met["detail"].tolist()
    assert np.abs(meetings[:, 3] / 100 - met["value"]).max() <= 0.005 + 1e-9
    alone = meetings[:, 3] == 100
    assert (meetings[alone, 4] == 0).all()
    officials_share = 1 - met["value"][~alone]
    officials = np.rint(officials_share * met["detail"][~alone] / (meetings[~alone, 4] / 100))
    assert (officials >= 1).all()
    assert (officials <= met["detail"][~alone]).all()


def test_series_are_those_of_the_model(watched: Seen) -> None:
    model, replay, _ = watched
    series = read(replay)["series"]
    assert tuple(series) == SERIES
    for name, values in series.items():
        exact = model.series[name]
        shown = np.array([np.nan if value is None else value for value in values])
        assert np.array_equal(np.isnan(shown), np.isnan(exact))
        assert np.nanmax(np.abs(shown - exact)) <= 0.5e-4 + 1e-12


def test_marks_are_in_order_and_hold_every_election(watched: Seen) -> None:
    model, replay, _ = watched
    marks = read(replay)["marks"]
    positions = [mark[0] for mark in marks]
    assert positions == sorted(positions)
    assert all(1 <= position <= model.month for position in positions)
    elections = [mark for mark in marks if mark[1] == "election"]
    assert len(elections) == len(model.events(Kind.ELECTION))
    assert sum(mark[4] for mark in elections) == len(model.events(Kind.GOVERNMENT_CHANGED))
    assert sum(mark[1] == "structural" for mark in marks) == model.series["structural_ever"][-1]
    pilots_over = sum(mark[1] in ("ended", "partly") for mark in marks)
    assert pilots_over == model.series["pilots_ended"][-1] + model.series["partly"][-1]


def test_a_champion_is_marked_as_gone_where_the_initiative_was_neither_a_service_nor_over(
    watched: Seen,
) -> None:
    model, replay, _ = watched
    content, rows = read(replay), model.initiative_rows
    flats = content["initiatives"]["states"]
    told = {(mark[0], mark[3]) for mark in content["marks"] if mark[1] == "champion_left"}
    expected = {(one.month + 1, one.initiative) for one in model.events(Kind.SPONSOR_LOST)}
    at_work, later = int(State.PILOTING), 0
    for gone in model.events(Kind.SUCCEEDED):
        for k in np.flatnonzero(rows["champion"] == gone.person).tolist():
            before = state_at(flats[k], gone.month)
            if before is not None and before <= at_work:
                expected.add((gone.month + 1, k))
            later += before is not None and before > at_work
    assert told == expected
    assert later > 0  # who left after that is among those looked at
    assert len(told) > len(model.events(Kind.SPONSOR_LOST)) > 0


def test_each_lever_that_changes_has_a_mark_also_where_two_change_in_one_month() -> None:
    changes = [Intervention(1, name, value) for name, value in (("friends", 2), ("mandate", 0.5))]
    model = CoCreationModel(rng=1, interventions=changes, diaries=True, regions=1, horizon=3)
    marks = read(replay_of(model))["marks"]
    assert sorted(mark for mark in marks if mark[1] == "lever") == sorted(
        [2, "lever", -1, -1, list(DECLARED).index(one.lever)] for one in changes
    )


def test_a_service_that_ends_is_told_from_a_pilot_that_does() -> None:
    unsteady = {"turnover": 0.9, "ideological_distance": 1.0, "regions": 6, "horizon": 120}
    model = CoCreationModel(Parameters.of(unsteady), rng=2, diaries=True)
    told = [mark[1] for mark in read(replay_of(model))["marks"]]
    assert told.count("service_ended") == model.series["structural_ended"][-1] > 0
    pilots_over = model.series["pilots_ended"][-1] + model.series["partly"][-1]
    assert told.count("ended") + told.count("partly") == pilots_over > 0


def test_no_two_initiatives_share_a_place_at_the_same_time(watched: Seen) -> None:
    model, replay, _ = watched
    rows, slots = model.initiative_rows, read(replay)["initiatives"]["slot"]
    end = np.where(rows["finished"] < 0, model.month, rows["finished"] + FADING)
    for one in range(len(rows)):
        for other in range(one):
            if rows["region"][one] == rows["region"][other] and slots[one] == slots[other]:
                assert rows["proposed"][one] > end[other]


def test_twins_show_the_same_people_at_the_same_places(watched: Seen) -> None:
    _, replay, _ = watched
    other = replay_of(CoCreationModel(LEVERS, rng=4, diaries=True, sector_silo=1.0, turnover=0.9))
    assert read(other)["people"] == read(replay)["people"]
    assert read(other)["marks"] != read(replay)["marks"]


def test_nobody_stands_on_somebody_else_and_all_stand_in_their_region(watched: Seen) -> None:
    model, replay, _ = watched
    people, first = read(replay)["people"], read(replay)["regions"]["first"]
    assert first[-1] == len(model.world.people)
    x, y = np.array(people["x"]), np.array(people["y"])
    assert (np.hypot(x, y) <= 1000).all()
    for begin, end in pairwise(first):
        places = set(zip(x[begin:end].tolist(), y[begin:end].tolist(), strict=True))
        assert len(places) == end - begin


def test_the_same_world_becomes_the_same_bytes(watched: Seen) -> None:
    _, replay, _ = watched
    again = CoCreationModel(LEVERS, rng=4, interventions=[CHANGE], diaries=True)
    assert replay_of(again).to_json() == replay.to_json()


def test_the_default_world_fits_into_three_hundred_kilobytes() -> None:
    replay = replay_of(CoCreationModel(rng=1, diaries=True))
    assert read(replay)["format"] == FORMAT
    assert len(read(replay)["people"]["x"]) == 1250
    assert len(replay.to_json()) < 300_000


def test_a_model_that_cannot_be_replayed_is_refused_with_the_way_out() -> None:
    with pytest.raises(ReplayError, match="rng=1"):
        replay_of(CoCreationModel(regions=1, horizon=2, diaries=True))
    with pytest.raises(ReplayError, match="diaries=True"):
        replay_of(CoCreationModel(rng=1, regions=1, horizon=2))
    begun = CoCreationModel(rng=1, regions=1, horizon=2, diaries=True)
    begun.step()
    with pytest.raises(ReplayError, match="just been made"):
        replay_of(begun)
