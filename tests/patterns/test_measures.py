"""How patterns read their numbers off, on worlds made by hand."""

import numpy as np
import pytest

from cocreate.agents.initiative import ENDED, PARTLY
from cocreate.experiments.patterns.estimates import mean_of, ratio, resampled
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Reading, Target
from cocreate.experiments.patterns.v03_routine import effects, moments
from cocreate.experiments.patterns.v04_election import around_elections
from cocreate.experiments.patterns.v08_transfer import by_mode
from cocreate.experiments.patterns.v09_wave import PATTERN as WAVE
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunResult


def pilots(count: int, **columns: object) -> np.ndarray:
    """Return pilots with some columns set; months that are not set say never."""
    rows = np.zeros(count, PILOT)
    for name in ("piloted", "became_structural", "finished"):
        rows[name] = -1
    for name, values in columns.items():
        rows[name] = values
    return rows


def wave_of(counts: list[float]) -> Evidence:
    """Return evidence of eight equal runs, with the share of councils at the end of each term."""
    months = np.repeat(np.array(counts), 48)[:, None]
    run = RunResult("", np.zeros(len(KEPT_OUTCOMES)), len(months), 0.0, None, months)
    return Evidence(WAVE.study, {"nation": [run] * 8})


def test_a_reading_passes_only_with_its_whole_interval_in_the_target() -> None:
    target = Target(0.2, 0.4)
    assert Reading("", target, 0.3, 0.2, 0.4).passed
    assert not Reading("", target, 0.3, 0.19, 0.4).passed
    assert not Reading("", target, 0.3, 0.2, 0.41).passed
    assert not Reading("", target, np.nan, np.nan, np.nan).passed


def test_no_difference_at_all_is_neither_over_nor_under_zero() -> None:
    none = np.zeros(30)
    assert not mean_of("over zero", Target(0.0), none).passed
    assert not mean_of("under zero", Target(high=0.0), none).passed
    assert mean_of("around zero", Target(0.0, 0.1), none).passed
    assert mean_of("over zero", Target(0.0), none + 0.1).passed
    assert resampled("times", Target(2.0), np.array([[3.0, 0.0]] * 5), ratio, 50).passed  # infinitely many
    assert not Reading("nothing", Target(0.0), np.nan, np.nan, np.nan).passed


def test_targets_say_themselves_in_words() -> None:
    assert [str(Target(0.1, 0.2)), str(Target(2)), str(Target(high=0))] == ["0.1 to 0.2", "over 2", "under 0"]


def test_a_mean_leaves_worlds_out_that_had_nothing_to_measure() -> None:
    reading = mean_of("", Target(), np.array([1.0, np.nan, 3.0]))
    assert reading.value == 2.0
    assert reading.low < 2.0 < reading.high
    assert np.isnan(mean_of("", Target(), np.array([np.nan])).value)


def test_a_bootstrap_draws_worlds_and_has_no_width_where_they_are_equal() -> None:
    equal = np.tile([3.0, 2.0], (10, 1))
    reading = resampled("", Target(), equal, ratio, 200)
    assert (reading.low, reading.value, reading.high) == (1.5, 1.5, 1.5)
    mixed = np.array([[1.0, 2.0], [5.0, 2.0]] * 10)
    reading = resampled("", Target(), mixed, ratio, 200)
    assert reading.low < reading.value == 1.5 < reading.high
    assert np.isnan(resampled("", Target(), mixed, ratio, 0).low)


def test_the_effect_of_a_routine_is_that_of_a_regression_on_both() -> None:
    rng = np.random.default_rng(1)
    routine, noise = rng.random(20_000), rng.normal(size=20_000)
    quality = 0.5 * routine + 0.1 * noise  # goes along with routine and does nothing itself
    fate = rng.random(20_000) < 0.2 + 0.6 * routine
    rows = pilots(
        20_000, embedding=routine, result=quality, became_structural=np.where(fate, 5, -1), finished=9
    )
    found_routine, found_quality = effects(moments(rows))
    # standard errors are about 0.004: each comparison fails by chance in 1 of 10,000 seeds; the seed is fixed
    assert found_routine == pytest.approx(0.6 * routine.std(), abs=0.02)
    assert found_quality == pytest.approx(0.0, abs=0.02)


def test_pilots_of_unknown_fate_and_copies_are_no_evidence_on_routines() -> None:
    rows = pilots(3, finished=(-1, 4, 4), mode=(0, 1, 0), embedding=0.5)
    assert moments(rows)[0] == 1


def test_an_end_counts_around_an_election_for_half_a_year_and_for_those_alive_on_its_eve() -> None:
    rows = pilots(
        6,
        election_phase=10,
        piloted=(2, 2, 2, 2, 10, 2),
        finished=(10, 15, 16, -1, 12, 12),
        state=(ENDED, ENDED, ENDED, PARTLY - 1, ENDED, PARTLY),
    )
    assert around_elections(rows, term=48, horizon=48).tolist() == [2, 5]


def test_a_later_election_is_met_again() -> None:
    rows = pilots(1, election_phase=10, piloted=2)
    assert around_elections(rows, term=20, horizon=60).tolist() == [0, 3]


def test_transfer_counts_what_became_structural_by_its_mode() -> None:
    rows = pilots(5, mode=(0, 0, 1, 2, 2), became_structural=(3, -1, 3, 3, 3))
    assert by_mode(rows).tolist() == [1, 2, 1]


def test_the_wave_of_brazil_passes_and_saturation_fails() -> None:
    brazil = np.array([1, 4, 8, 13.6, 14.4, 10]) / 30
    assert all(one.passed for one in WAVE.measure(wave_of(brazil.tolist())))
    saturated = np.array([1, 4, 8, 13.6, 14.4, 14.5]) / 30
    assert [one.passed for one in WAVE.measure(wave_of(saturated.tolist()))] == [True, True, True, False]
    explosive = np.array([1, 2.5, 7.5, 15, 30, 20]) / 30
    assert not WAVE.measure(wave_of(explosive.tolist()))[1].passed


def test_a_wave_that_never_starts_or_dies_out_has_numbers_that_cannot_mislead() -> None:
    assert not any(one.passed for one in WAVE.measure(wave_of([0.0] * 6)))
    died = WAVE.measure(wave_of([0.1, 0.4, 0.6, 0.2, 0.0, 0.0]))
    assert died[2].value == np.inf
    assert died[3].value == 0.0
