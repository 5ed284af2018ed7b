"""Lifelines and log-rank tests against SciPy, and honest where services of a world share its fate."""

import numpy as np
import pytest
from scipy import stats

from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.lifelines import lifeline, lifetimes
from cocreate.experiments.analysis.log_rank import log_rank
from cocreate.experiments.study.results import WorldRun
from tests.analysis.worlds import lives, run_of

MONTHS = 60


def worlds(seed: int, hazards: list[float], pilots: int = 30) -> list[WorldRun]:
    """Return runs with a constant hazard each."""
    draws = np.random.default_rng(seed)
    return [lives(draws, pilots, MONTHS, np.full(MONTHS, one), k) for k, one in enumerate(hazards)]


def censored(runs: list[WorldRun]) -> stats.CensoredData:
    """Return all lifetimes as SciPy holds them."""
    seen = [lifetimes(run.pilots, run.months) for run in runs]
    age, ended = (np.concatenate(column) for column in zip(*seen, strict=True))
    return stats.CensoredData(uncensored=age[ended], right=age[~ended])


def test_a_lifeline_is_the_one_that_scipy_estimates() -> None:
    runs = worlds(1, [0.02, 0.05, 0.1])
    drawn = lifeline(runs)
    known = stats.ecdf(censored(runs)).sf
    assert drawn.alive == pytest.approx(known.evaluate(drawn.months), abs=1e-12)


def test_a_lifeline_finds_a_known_hazard() -> None:
    # 3,000 services with a hazard of 4 % a month: alive at 12 months .96^12 = .613, standard error .009 at
    # most, tolerance four of them (1 in 16,000 by chance)
    drawn = lifeline(worlds(3, [0.04] * 30, pilots=100))
    assert drawn.alive[12] == pytest.approx(0.96**12, abs=0.036)
    assert drawn.low[12] < drawn.alive[12] < drawn.high[12]


def test_the_statistic_and_the_usual_p_are_those_of_scipy() -> None:
    one, other = worlds(1, [0.04] * 5), worlds(2, [0.06] * 5)
    found = log_rank(one, other)
    known = stats.logrank(censored(one), censored(other))
    assert found.statistic == pytest.approx(known.statistic)
    assert found.p_if_independent == pytest.approx(known.pvalue)
    assert found.hazard_ratio < 1


def test_swapping_the_worlds_turns_the_sign_and_nothing_else() -> None:
    one, other = worlds(1, [0.04] * 5), worlds(2, [0.06] * 5)
    there, back = log_rank(one, other), log_rank(other, one)
    assert there.statistic == pytest.approx(-back.statistic)
    assert there.p == back.p
    assert there.hazard_ratio == pytest.approx(1 / back.hazard_ratio)
    assert there.ended == back.ended[::-1]


def test_with_few_pairs_every_swap_is_taken_once() -> None:
    # all five worlds of one kind live shorter: only this and its mirror are as extreme, 2 of 2^5
    found = log_rank(worlds(1, [0.3] * 5), worlds(2, [0.01] * 5))
    assert found.p == pytest.approx(2 / 2**5)
    assert found.too_few  # no worlds however far apart give less
    assert not log_rank(worlds(1, [0.3] * 6), worlds(2, [0.01] * 6)).too_few


def test_worlds_that_share_their_services_fate_do_not_raise_false_alarms() -> None:
    # Hazards differ from world to world and not between the two arms. 150 studies at a level of 5 %: standard
    # error 1.8 points, so more than 12 % has a chance below 1 in 10,000. The usual test errs far more often.
    draws = np.random.default_rng(5)
    alarms = usual = 0
    for seed in range(150):
        one, other = (draws.choice([0.01, 0.1], 9).tolist() for _ in range(2))
        found = log_rank(worlds(2 * seed, one), worlds(2 * seed + 1, other))
        alarms += found.p < 0.05
        usual += found.p_if_independent < 0.05
    assert alarms / 150 < 0.12
    assert usual / 150 > 0.4


def test_random_swaps_follow_their_seed() -> None:
    one, other = worlds(1, [0.05] * 20), worlds(2, [0.055] * 20)
    assert log_rank(one, other, 1) == log_rank(one, other, 1)
    assert log_rank(one, other, 1).p != log_rank(one, other, 2).p


def test_a_run_without_its_partner_is_left_out() -> None:
    one, other = worlds(1, [0.05] * 4), worlds(2, [0.05] * 4)
    failed = WorldRun(2, 2, {}, other[2].pilots[:0], 0, "broke")
    found = log_rank(one, [*other[:2], failed, other[3]])
    assert (found.pairs, found.dropped) == (3, 1)
    kept = [0, 1, 3]
    assert found.statistic == log_rank([one[k] for k in kept], [other[k] for k in kept]).statistic


def test_what_cannot_be_compared_is_refused() -> None:
    going_on = [run_of(np.zeros(3), np.full(3, -1), 12)]
    with pytest.raises(AnalysisError, match="no service ended"):
        log_rank(going_on, going_on)
    with pytest.raises(AnalysisError, match="ran in both worlds"):
        log_rank(going_on, [])
