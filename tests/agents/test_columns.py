"""Columns: every state variable is declared once, with unit, meaning and range."""

import numpy as np
import pytest

from cocreate.agents.citizen import Citizen
from cocreate.agents.columns import Column
from cocreate.agents.errors import CocreateError, StateError
from cocreate.agents.initiative import TRANSITIONS, State
from cocreate.model.model import CoCreationModel
from cocreate.model.world import ACTORS

pytestmark = pytest.mark.core


def test_every_column_says_what_it_is_in_which_unit() -> None:
    for actor in ACTORS:
        assert actor.columns
        for name, column in actor.columns.items():
            assert column.name == name
            assert column.table == actor.table_name
            assert column.meaning
            assert column.unit
            assert column.low is None or column.high is None or column.low < column.high


def test_tables_have_the_declared_columns_and_no_others() -> None:
    model = CoCreationModel(rng=1, regions=1, horizon=1)
    for actor in ACTORS:
        assert set(model.table(actor.table_name).dtype.names or ()) == set(actor.columns)


def test_a_column_asked_for_on_the_class_is_its_declaration() -> None:
    trust = Citizen.trust
    assert isinstance(trust, Column)
    assert (trust.low, trust.high, trust.table) == (0, 1, "people")


def test_a_vector_is_read_as_a_copy_and_written_whole() -> None:
    model = CoCreationModel(rng=1, regions=1, horizon=1)
    citizen = model.person(0)
    assert isinstance(citizen, Citizen)
    weights = citizen.weights
    weights[:] = 0.0
    assert citizen.weights.sum() == pytest.approx(1.0)
    citizen.weights = [0.25, 0.25, 0.25, 0.25]
    assert model.table("citizens")["weights"][0].tolist() == [0.25] * 4
    with pytest.raises(StateError, match="weights must lie between 0 and 1"):
        citizen.weights = [0.5, 0.5, 0.5, -0.5]
    assert np.all(citizen.weights == 0.25)


def test_an_error_of_state_is_one_the_user_can_mend() -> None:
    error = StateError("party", 2.0, None, 1)
    assert isinstance(error, CocreateError)
    assert str(error) == "party must lie between -inf and 1, but was given 2.0."


def test_every_state_has_its_ways_out_and_every_way_leads_to_an_end() -> None:
    assert set(TRANSITIONS) == set(State)
    ends = {state for state, after in TRANSITIONS.items() if not after}
    assert ends == {State.PARTLY, State.ENDED}
    for state in State:
        reached = {state}
        while not reached & ends:
            larger = reached.union(*(TRANSITIONS[one] for one in reached))
            assert larger != reached
            reached = larger
