"""Outcomes: each says what it is called after, also where there is nothing to measure or levers change."""

import numpy as np
import pytest

from cocreate.agents.initiative import ELECTION, ENDED
from cocreate.model.diary import ELECTION_HELD
from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import MONTHLY, OF_SESSIONS, OUTCOMES


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
