"""Hazards around elections: known ones are found, and the calendar is that of the model."""

from dataclasses import replace

import numpy as np
import pytest

from cocreate.agents.initiative import Reason
from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.hazard import around_elections, offset, term_of
from cocreate.experiments.analysis.run_until import InMemory
from cocreate.experiments.study.results import WorldRun
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from tests.analysis.worlds import lives, run_of

TERM, MONTHS, PHASE = 24, 96, 7
USUAL, SPIKE = 0.02, 0.3


def election_worlds(seed: int = 1, number: int = 20) -> list[WorldRun]:
    """Return runs whose services end with 2 % a month, and 30 % in months of an election."""
    draws = np.random.default_rng(seed)
    month = np.arange(MONTHS)
    hazard = np.where((month > 0) & (month % TERM == PHASE), SPIKE, USUAL)
    return [lives(draws, 100, MONTHS, hazard, k, PHASE) for k in range(number)]


def test_geometric_lives_with_a_spike_at_elections_give_back_their_hazards() -> None:
    # 2,000 services: standard errors .008 at elections and .0008 elsewhere, tolerances four of them each
    found = around_elections(election_worlds(), TERM)
    assert found.at_election.value == pytest.approx(SPIKE, abs=0.032)
    assert found.elsewhere.value == pytest.approx(USUAL, abs=0.0032)
    assert found.at_election.low < SPIKE < found.at_election.high
    assert found.ratio.low < SPIKE / USUAL < found.ratio.high
    assert found.offsets.tolist() == list(range(-11, 13))
    assert np.argmax(found.hazard) == 11
    assert np.delete(found.hazard, 11).max() < 0.06


def test_intervals_cover_the_truth_in_about_95_of_100_studies() -> None:
    # 100 studies of 10 worlds; bootstrap percentiles of 10 worlds cover about 90 in 100, standard error 3
    # points, so fewer than 78 come up in 1 of 30,000
    covered = 0
    for seed in range(100):
        found = around_elections(election_worlds(seed, 10), TERM, seed=seed)
        covered += found.at_election.low <= SPIKE <= found.at_election.high
    assert covered >= 78


def test_months_at_risk_are_counted_by_hand() -> None:
    # one service from month 3 to its end in 9, with elections in 5 and 11 (term 6): months 4 … 9 are
    # -1 0 1 2 and, at month 8, 3 after the last or before the next one (the last counts), then -2
    found = around_elections([run_of(np.array([3]), np.array([9]), 20, phase=5)], 6)
    assert found.offsets.tolist() == [-2, -1, 0, 1, 2, 3]
    assert found.at_risk.tolist() == [1, 1, 1, 1, 1, 1]
    assert found.ended.tolist() == [1, 0, 0, 0, 0, 0]


def test_there_is_no_election_in_the_first_month() -> None:
    assert offset(np.array([0, 1, 5, 11, 12, 13]), np.array(0), 12).tolist() == [-12, -11, -7, -1, 0, 1]


def test_a_window_shows_less_and_changes_nothing_else() -> None:
    runs = election_worlds(2, 5)
    wide, narrow = around_elections(runs, TERM), around_elections(runs, TERM, window=2)
    assert narrow.offsets.tolist() == [-2, -1, 0, 1, 2]
    assert (narrow.hazard == wide.hazard[9:14]).all()
    assert narrow.elsewhere == wide.elsewhere


def test_only_the_causes_asked_for_count_as_ends() -> None:
    runs = election_worlds(3, 5)
    none = around_elections(runs, TERM, causes={Reason.ELECTION})
    assert none.ended.sum() == 0
    assert np.isnan(none.ratio.value)
    every = around_elections(runs, TERM, causes={Reason.FUNDING_ENDED})
    assert (every.hazard == around_elections(runs, TERM).hazard).all()


def test_no_worlds_give_no_numbers_and_no_warning() -> None:
    found = around_elections([], TERM)
    assert np.isnan(found.hazard).all()
    assert np.isnan(found.at_election.low)
    assert found.worlds == 0


def test_one_world_has_hazards_without_intervals() -> None:
    found = around_elections(election_worlds(number=1), TERM)
    assert 0.1 < found.at_election.value < 0.5  # 100 services, standard error .04
    ends = [*found.low, *found.high]
    ends += [end for one in (found.at_election, found.elsewhere, found.ratio) for end in (one.low, one.high)]
    assert np.isnan(ends).all()


def test_intervals_draw_worlds_that_are_not_independent_together() -> None:
    alone = election_worlds(number=6)
    several = around_elections([replace(one, point=point) for point in range(4) for one in alone], TERM)
    assert several.ratio == around_elections(alone, TERM).ratio
    assert several.worlds == 24


def test_months_in_which_services_of_one_world_ended_have_no_interval() -> None:
    # services of one world end in months -2 and -1, of the other in -1 and 2 after an election in month 11
    before = run_of(np.array([8, 8]), np.array([9, 10]), 20, phase=5)
    longer = run_of(np.array([8, 8]), np.array([10, 13]), 20, phase=5, number=1)
    found = around_elections([before, longer], 6)
    assert found.offsets.tolist() == [-2, -1, 0, 1, 2, 3]
    assert np.isnan(found.low).tolist() == [True, False, True, True, True, True]
    assert np.isnan(found.at_election.low)
    assert not np.isnan(found.elsewhere.low)


def test_no_end_at_elections_has_no_interval_of_no_width() -> None:
    # Services end with 3 % in any month. Eight of them in each of five worlds seldom end at an election.
    unknown = covered = 0
    for seed in range(100):
        draws = np.random.default_rng(seed)
        runs = []
        for number in range(5):
            start, life = draws.integers(0, 60, 8), draws.geometric(0.03, 8)
            finished = np.where(start + life < 100, start + life, -1)
            runs.append(run_of(start, finished, 100, number, PHASE))
        found = around_elections(runs, 48)
        unknown += np.isnan(found.at_election.high)
        covered += found.at_election.low <= 0.03 <= found.at_election.high
        assert np.isnan(found.ratio.low) == np.isnan(found.at_election.low)
        assert found.at_election.high != 0
        assert not np.isnan(found.elsewhere.low)
    # An interval of 0 to 0 came up in half of them, and 43 of 100 held the truth.
    assert unknown > 50
    assert covered > 0.85 * (100 - unknown)


def test_the_model_is_seen_to_end_services_by_election_in_months_of_elections_only() -> None:
    levers = {"regions": 4, "horizon": 120, "term_length": 36}
    study = Study(worlds=(World(name="plain"),), levers=levers, replicates=6, keep=Keep(pilots=True))
    results = InMemory()(study)
    found = around_elections(results.of("plain"), term_of(study, "plain"), 18, {Reason.ELECTION})
    assert found.at_election.value > 0
    assert found.elsewhere.value == 0
    by_election = sum((run.pilots["reason"] == Reason.ELECTION).sum() for run in results.of("plain"))
    assert found.ended.sum() == by_election >= 5


def test_the_term_is_that_of_the_world_and_has_to_stay() -> None:
    moving = (Intervention(5, "term_length", 12),)
    worlds = (World(name="plain"), World(name="moving", interventions=moving))
    study = Study(worlds=worlds, levers={"term_length": 36})
    assert term_of(study, "plain") == 36
    with pytest.raises(AnalysisError, match=r"one length of a term in the world 'moving'.*\[12, 36\]"):
        term_of(study, "moving")
    with pytest.raises(AnalysisError, match="none"):
        term_of(study, "absent")


def test_a_term_below_a_month_is_refused() -> None:
    with pytest.raises(AnalysisError, match="at least 1 month"):
        around_elections([], 0)
