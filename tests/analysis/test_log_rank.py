"""Lifelines and log-rank tests against SciPy, and honest where services of a world share its fate."""

from dataclasses import replace

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


def at_points(seed: int, hazards: list[list[float]], draws: int = 0) -> list[WorldRun]:
    """Return runs with a constant hazard each, by point and replicate; replicates take draws in turn."""
    return [
        replace(run, point=point, draw=run.number % draws if draws else -1)
        for point, of_point in enumerate(hazards)
        for run in worlds(seed + point, of_point)
    ]


def test_equal_worlds_do_not_differ_however_many_points_a_design_has() -> None:
    runs = at_points(1, [[0.01] * 8, [0.1] * 8, [0.3] * 8])
    found = log_rank(runs, runs)
    assert (found.hazard_ratio, found.p, found.statistic) == (1, 1, 0)
    assert (found.pairs, found.units, found.dropped) == (24, 8, 0)


def test_a_difference_at_every_point_is_found_whatever_order_the_runs_come_in() -> None:
    one, other = at_points(1, [[0.02] * 8, [0.1] * 8]), at_points(9, [[0.04] * 8, [0.2] * 8])
    found = log_rank(one, other)
    assert found.hazard_ratio < 0.7
    assert found.p == 2 / 2**8
    assert log_rank(one[::-1], other).statistic == pytest.approx(found.statistic)


def test_the_points_of_a_replicate_are_swapped_together() -> None:
    # Each replicate has its luck in each world, the same at six points. 150 studies at a level of 5 %:
    # standard error 1.8 points, so more than 12 % has a chance below 1 in 10,000. Points swapped apart err
    # far more often.
    draws = np.random.default_rng(5)
    together = apart = 0
    for seed in range(150):
        one, other = (
            at_points(100 * seed + 10 * arm, [draws.choice([0.01, 0.1], 7).tolist()] * 6) for arm in (0, 1)
        )
        together += log_rank(one, other).p < 0.05
        alone, without = (
            [replace(run, number=10 * run.point + run.number) for run in arm] for arm in (one, other)
        )
        apart += log_rank(alone, without).p < 0.05
    assert together / 150 < 0.12
    assert apart / 150 > 0.3


def test_replicates_of_one_draw_are_swapped_together() -> None:
    one, other = (at_points(seed, [[hazard] * 20], draws=5) for seed, hazard in ((1, 0.3), (2, 0.01)))
    found = log_rank(one, other)
    assert (found.pairs, found.units) == (20, 5)
    assert found.p == pytest.approx(2 / 2**5)
    assert found.too_few


def test_what_cannot_be_compared_is_refused() -> None:
    going_on = [run_of(np.zeros(3), np.full(3, -1), 12)]
    with pytest.raises(AnalysisError, match="no service ended"):
        log_rank(going_on, going_on)
    with pytest.raises(AnalysisError, match="ran in both worlds"):
        log_rank(going_on, [])
