"""People and initiatives are Mesa agents that read and write live state, on either Mesa."""

import pickle

import mesa
import networkx as nx
import numpy as np
import pytest
from mesa.datacollection import DataCollector

from cocreate.agents.citizen import Citizen
from cocreate.agents.errors import CocreateError, StateError
from cocreate.agents.initiative import Initiative, State
from cocreate.agents.person import Role
from cocreate.agents.politician import Politician
from cocreate.agents.professional import Professional
from cocreate.model.diary import Kind
from cocreate.model.model import CoCreationModel, UnknownNameError
from cocreate.model.networks import Layer
from cocreate.model.outcomes import MONTHLY, OUTCOMES

pytestmark = pytest.mark.core

LAYERS = [layer.name.lower() for layer in Layer]


def model_after(months: int, *, diaries: bool = False) -> CoCreationModel:
    """Return a model of two regions after some months, with much going on."""
    model = CoCreationModel(rng=1, diaries=diaries, regions=2, horizon=60, proposal_rate=3.0)
    for _ in range(months):
        model.step()
    return model


def test_every_person_is_a_mesa_agent_of_the_class_of_the_role() -> None:
    model = model_after(0)
    assert isinstance(model, mesa.Model)
    assert len(model.agents) == len(model.table("people")) == 250
    assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == {
        Citizen: 200,
        Professional: 40,
        Politician: 10,
    }
    assert set(model.agent_types) == {Citizen, Professional, Politician}
    assert all(isinstance(agent, mesa.Agent) for agent in model.agents)
    assert [person.index for person in model.people] == list(range(250))


def test_initiatives_become_agents_as_they_are_proposed() -> None:
    model = model_after(0)
    assert Initiative not in model.agents_by_type
    for _ in range(24):
        model.step()
    found = model.agents_by_type[Initiative]
    assert len(found) == len(model.initiative_rows) == len(model.initiatives) > 0
    assert len(model.agents) == 250 + len(found)
    before = len(found)
    for _ in range(24):
        model.step()
    assert len(model.agents_by_type[Initiative]) > before


def test_get_reads_what_the_tables_hold() -> None:
    model = model_after(12)
    trust = model.agents_by_type[Citizen].get("trust")
    people = model.table("people")
    assert trust == people["trust"][people["role"] == Role.CITIZEN].tolist()


def test_set_writes_through_to_the_tables_and_to_the_next_month() -> None:
    model = model_after(3)
    model.agents_by_type[Politician].set("support", 0.9)
    assert np.all(model.table("politicians")["support"] == 0.9)
    untouched = model_after(3)
    model.step()
    untouched.step()
    assert model.series["support"][-1] > untouched.series["support"][-1]


def test_an_attribute_reads_and_writes_the_persons_row_alone() -> None:
    model = model_after(3)
    before = model.table("people")["trust"].copy()
    model.person(7).trust = 0.125
    after = model.table("people")["trust"]
    assert after[7] == 0.125
    assert np.flatnonzero(before != after).tolist() == [7]
    model.table("people")["trust"][7] = 0.5
    assert model.person(7).trust == 0.5


@pytest.mark.parametrize("value", [1.5, -0.1, float("nan")])
def test_a_value_outside_the_range_is_refused_and_nothing_is_written(value: float) -> None:
    model = model_after(0)
    before = model.person(0).trust
    with pytest.raises(StateError, match="trust must lie between 0 and 1"):
        model.person(0).trust = value
    assert model.person(0).trust == before


def test_select_finds_agents_by_their_state() -> None:
    model = model_after(6)
    trusting = model.agents_by_type[Citizen].select(lambda agent: agent.trust > 0.6)
    people = model.table("people")
    assert len(trusting) == np.sum((people["role"] == Role.CITIZEN) & (people["trust"] > 0.6))
    assert 0 < len(trusting) < 200


def test_do_calls_a_function_with_every_agent() -> None:
    model = model_after(2)
    model.agents_by_type[Professional].do(lambda agent: setattr(agent, "openness", 0.75))
    people = model.table("people")
    assert np.all(people["openness"][people["role"] == Role.PROFESSIONAL] == 0.75)


def test_making_agents_midway_changes_nothing_in_the_run() -> None:
    plain, watched = model_after(0), model_after(0)
    for _ in range(24):
        plain.step()
        watched.step()
        watched.agents.get("unique_id")
    assert plain.series.tobytes() == watched.series.tobytes()


def test_step_is_a_month_and_run_for_is_as_many() -> None:
    stepped, run = model_after(0), model_after(0)
    for months in range(1, 11):
        stepped.step()
        assert stepped.month == months
        assert stepped.time == months
    run.run_for(10)
    assert run.month == 10
    assert run.series.tobytes() == stepped.series.tobytes()


def test_the_model_stops_running_at_its_horizon() -> None:
    model = CoCreationModel(rng=1, regions=1, horizon=5)
    assert model.running
    model.run_for(5)
    assert not model.running
    model.run_for(3)
    assert model.month == 5


def test_ties_are_mutual_in_each_layer_and_add_up() -> None:
    model = model_after(24)
    everyone = dict.fromkeys(LAYERS, 0)
    for person in model.people:
        found = set()
        for layer in LAYERS:
            others = person.ties(layer)
            everyone[layer] += len(others)
            found |= {other.index for other in others}
            if layer != "initiatives":  # a bond gives way to stronger ones at one end first
                assert all(person in other.ties(layer) for other in others)
            assert person not in others
        assert {other.index for other in person.ties()} == found
    assert all(count > 0 for count in everyone.values())


def test_friends_are_citizens_and_colleagues_professionals() -> None:
    model = model_after(0)
    for person in model.people:
        assert not person.ties("friends") or isinstance(person, Citizen)
        assert all(isinstance(other, Citizen) for other in person.ties("friends"))
        assert all(isinstance(other, Professional) for other in person.ties("colleagues"))


def test_an_unknown_layer_person_table_phase_or_outcome_is_refused_by_name() -> None:
    model = model_after(1)
    attempts = (
        lambda: model.person(0).ties("enemies"),
        lambda: model.person(-1),
        lambda: model.person(250),
        lambda: model.initiative(10_000),
        lambda: model.table("persons"),
        lambda: model.add_hook("lunch", lambda _: None),
        lambda: model.outcome("happiness"),
        lambda: model.graph("enemies"),
    )
    for attempt in attempts:
        with pytest.raises(UnknownNameError, match=r"There is no") as caught:
            attempt()
        assert isinstance(caught.value, CocreateError)


def test_a_person_knows_the_initiatives_and_they_know_their_people() -> None:
    model = model_after(36)
    seated = [one for one in model.initiatives if one.people]
    assert seated
    for initiative in seated:
        assert len(initiative.people) == initiative.members
        for person in initiative.people:
            assert initiative in person.initiatives
    assert model.state_of(seated[0].index) is State(seated[0].state)


def test_diaries_tell_what_happened_to_people_and_initiatives() -> None:
    model = model_after(36, diaries=True)
    joined = {event.person for event in model.events(Kind.JOINED)}
    assert joined
    for index in sorted(joined)[:20]:
        diary = model.person(index).diary
        assert all(event.person == index for event in diary)
        assert [event.month for event in diary] == sorted(event.month for event in diary)
        assert Kind.JOINED in {event.kind for event in diary}
    for initiative in model.initiatives:
        first = initiative.diary[0]
        assert (first.kind, first.detail) == (Kind.STATE, State.PROPOSED)
        assert first.month == initiative.proposed


def test_without_diaries_people_have_none_and_initiatives_do() -> None:
    model = model_after(24)
    assert not model.events(Kind.JOINED, Kind.HEARD, Kind.INVITED)
    assert all(initiative.diary for initiative in model.initiatives)


@pytest.mark.parametrize("layer", [None, *LAYERS])
def test_the_graph_of_a_layer_has_the_ties_and_attributes_of_its_people(layer: str | None) -> None:
    model = model_after(24)
    graph = model.graph(layer)
    assert isinstance(graph, nx.MultiGraph)
    assert graph.number_of_nodes() == 250
    person = model.person(3)
    assert graph.nodes[3]["trust"] == person.trust
    assert graph.nodes[3]["role"] == "citizen"
    assert graph.nodes[205 - 1]["region"] == 1
    assert graph.number_of_edges() > 0
    for index in range(0, 250, 10):
        names = set(graph.neighbors(index))
        assert names >= {other.index for other in model.person(index).ties(layer)}
    if layer is not None:
        assert {data["layer"] for _, _, data in graph.edges(data=True)} == {layer}


def test_a_data_collector_that_a_user_attaches_collects_every_month() -> None:
    model = model_after(0)
    collector = DataCollector(
        model_reporters={"trust": lambda m: m.outcome("trust")},
        agenttype_reporters={Politician: {"support": "support"}},
    )
    for _ in range(6):
        model.step()
        collector.collect(model)
    collected = collector.get_model_vars_dataframe()["trust"].to_numpy()
    assert collected.tolist() == model.series["trust"].tolist()
    frame = collector.get_agenttype_vars_dataframe(Politician)
    assert len(frame) == 60
    assert frame["support"].to_numpy()[-10:].mean() == pytest.approx(model.series["support"][-1])


def test_the_models_own_data_collector_holds_the_series() -> None:
    model = model_after(9)
    frame = model.datacollector.get_model_vars_dataframe()
    assert tuple(frame.columns) == MONTHLY
    for name in MONTHLY:
        assert np.array_equal(frame[name], model.series[name], equal_nan=True)


def test_every_outcome_can_be_asked_for_at_any_time() -> None:
    model = model_after(0)
    assert set(model.outcomes()) == set(OUTCOMES)
    for _ in range(48):
        model.step()
    now = model.outcomes()
    assert np.isfinite(now["trust"])
    for name, value in now.items():
        assert model.outcome(name) == value or (np.isnan(value) and np.isnan(model.outcome(name)))


def test_hooks_run_after_their_phase_each_month() -> None:
    model = model_after(0)
    calls: list[tuple[str, int]] = []
    model.add_hook("elections", lambda m: calls.append(("elections", m.month)))
    model.add_hook("transfer", lambda m: calls.append(("transfer", m.month)))
    model.run_for(3)
    assert calls == [(phase, month) for month in range(3) for phase in ("elections", "transfer")]


def test_two_models_in_one_process_keep_apart() -> None:
    one, two = model_after(3), model_after(3)
    one.agents.set("trust", 0.0)
    assert np.all(one.table("people")["trust"] == 0.0)
    assert two.person(0).trust > 0.0
    copy = pickle.loads(pickle.dumps(two))
    assert copy.person(0).trust == two.person(0).trust
