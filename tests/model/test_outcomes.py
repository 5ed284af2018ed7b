"""Outcomes: each says what it is called after, also where there is nothing to measure or levers change."""

import numpy as np
import pytest

from cocreate.agents.columns import Table
from cocreate.agents.initiative import ELECTION, ENDED
from cocreate.model.diary import ELECTION_HELD
from cocreate.model.interventions import Intervention
from cocreate.model.measures import measure
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import FINAL, MONTHLY, OF_SESSIONS, OUTCOMES, REGIONAL
from cocreate.model.world import World

UNWRITTEN = -0.0
"""What no measure gives: sums that begin with it are what they are from 0 on, and without a minus."""


@pytest.fixture(scope="module")
def quiet() -> CoCreationModel:
    """Return a small world that holds sessions in some months only."""
    model = CoCreationModel(rng=3, regions=2, horizon=96)
    model.run()
    return model


def test_a_month_without_a_session_has_no_voice_rather_than_none_of_it(quiet: CoCreationModel) -> None:
    held = quiet.series["sessions"] > 0
    assert 0 < held.sum() < len(held)
    for name in MONTHLY:
        missing = np.isnan(quiet.series[name])
        assert np.array_equal(missing, ~held if name in OF_SESSIONS else np.zeros_like(held)), name


@pytest.mark.parametrize("name", ["users_voice", "hard_to_reach_voice", "voice_gini", "effective_voices"])
def test_the_mean_over_a_run_is_that_of_its_months_by_sessions(quiet: CoCreationModel, name: str) -> None:
    held = quiet.series["sessions"]
    met = held > 0
    monthly = np.average(quiet.series[name][met], weights=held[met])
    assert quiet.outcome(f"mean_{name}") == pytest.approx(monthly)


def test_outcomes_can_be_read_alone() -> None:
    assert [one.name for one in OUTCOMES.values() if one.meaning.startswith("the same")] == []


def test_the_hazard_of_an_election_counts_the_elections_that_were_held() -> None:
    more_often = Intervention(120, "term_length", 12)
    model = CoCreationModel(rng=4, regions=12, term_length=60, interventions=[more_often])
    model.run()
    rows = model.initiative_rows
    lived = rows[rows["piloted"] >= 0]
    gone_through = 0
    for entry in model.event_rows[model.event_rows["kind"] == ELECTION_HELD]:
        here = lived[lived["region"] == entry["region"]]
        alive = (here["finished"] < 0) | (here["finished"] >= entry["month"])
        gone_through += int((alive & (here["piloted"] < entry["month"])).sum())
    ended = int(((lived["state"] == ENDED) & (lived["reason"] == ELECTION)).sum())
    assert ended > 0
    assert model.outcome("election_hazard") == pytest.approx(ended / gone_through)


def on_unwritten_ground(world: World, series: Table, row: int) -> None:
    """Measure a month into a row in which everything can be told from what was written."""
    for name in MONTHLY:
        series[name][row] = UNWRITTEN
    measure(world, series, row)


@pytest.fixture(scope="module")
def busy() -> CoCreationModel:
    """Return a world in which all that is measured has happened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cocreate.model.model.measure", on_unwritten_ground)
        model = CoCreationModel(rng=3, regions=6, proposal_rate=1.0)
        model.run()
    return model


def test_every_monthly_outcome_is_written_each_month(busy: CoCreationModel) -> None:
    for name in MONTHLY:
        values = busy.series[name]
        unwritten = np.flatnonzero(np.signbit(values) & (values == 0))
        assert not len(unwritten), f"nothing in model/measures.py writes {name} in month {unwritten[0]}"


def test_every_outcome_of_regions_says_something_where_its_monthly_one_does(busy: CoCreationModel) -> None:
    last = busy.regional_series()[-busy.parameters.regions :]
    for name in REGIONAL:
        said = busy.series[name][-1] != 0
        assert last[name].any() == said, f"nothing sums up {name} in the table of regions"


def test_every_outcome_at_the_end_is_worked_out(busy: CoCreationModel) -> None:
    for name in FINAL:
        try:
            value = busy.outcome(name)
        except KeyError as missing:
            pytest.fail(f"nothing in model/measures.py works out {missing} at the end of a run")
        assert not np.isnan(value), f"{name} has no value in a world in which everything happens"
