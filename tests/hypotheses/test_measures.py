"""Measures worked out from pilots count what they say."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from cocreate.agents.initiative import ADAPTED, COPIED, ENDED, NEW, PARTLY, STRUCTURAL
from cocreate.experiments.hypotheses.measures import (
    MEASURES,
    influence,
    lasting_past_money,
    second_place_result,
    second_place_structural,
)
from cocreate.experiments.study.results import WorldRun
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT


def run_with(pilots: Sequence[Mapping[str, float]], months: int = 120) -> WorldRun:
    rows = np.zeros(len(pilots), PILOT)
    rows["finished"] = -1
    for row, pilot in zip(rows, pilots, strict=True):
        for name, number in pilot.items():
            row[name] = number
    return WorldRun(0, 1, dict.fromkeys(KEPT_OUTCOMES, 0.5), rows, months)


def test_a_pilot_lasts_if_it_is_still_a_service_two_years_after_its_money() -> None:
    alive = {"proposed": 10, "state": STRUCTURAL}
    ended_later = {"proposed": 10, "state": ENDED, "finished": 59}
    ended_before = {"proposed": 10, "state": ENDED, "finished": 58}
    in_part = {"proposed": 10, "state": PARTLY, "finished": 34}
    assert lasting_past_money(run_with([alive, ended_later, ended_before, in_part])) == 0.5


def test_a_pilot_that_began_too_late_to_be_seen_does_not_count() -> None:
    late = {"proposed": 72, "state": STRUCTURAL}
    ended = {"proposed": 71, "state": ENDED, "finished": 80}
    assert lasting_past_money(run_with([late, ended])) == 0
    assert np.isnan(lasting_past_money(run_with([late])))


def test_only_pilots_from_elsewhere_count_at_the_second_place() -> None:
    run = run_with(
        [
            {"mode": NEW, "state": STRUCTURAL, "result": 9.0},
            {"mode": COPIED, "state": ENDED, "result": 0.1},
            {"mode": ADAPTED, "state": STRUCTURAL, "result": 0.3},
        ]
    )
    assert second_place_structural(run) == 0.5
    assert second_place_result(run) == pytest.approx(0.2)
    assert np.isnan(second_place_result(run_with([{"mode": NEW}])))


def test_influence_is_voice_over_seats() -> None:
    assert influence(run_with([])) == 1.0


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_gives_a_number_or_nan(name: str) -> None:
    assert isinstance(MEASURES[name].value(run_with([{"mode": COPIED}])), float)
