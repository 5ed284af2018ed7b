"""Courses: what a study keeps of each month, over the runs of a world."""

from collections.abc import Sequence

import numpy as np
import pytest

from cocreate.experiments.conclusions.conclude import conclude
from cocreate.experiments.conclusions.courses import courses
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, Keep, RunFailure, RunResult
from tests.conclusions.made import made, shifted, study

KEPT = Keep(series=("trust", "active"))


def rising(lengths: Sequence[int]) -> Results:
    """Return runs whose trust is their replicate plus the month; of no months, they failed."""
    asked = study(keep=KEPT, replicates=len(lengths))
    records: dict[str, RunResult | RunFailure] = {}
    for cell in asked.cells():
        months, key = lengths[cell.replicate], cell.task.key
        trust = cell.replicate + np.arange(months, dtype=float)
        active = np.full(months, 7.0 if cell.point.world.name == "open" else 5.0)
        series = np.stack([trust, active], axis=1)
        made_of = RunResult(key, np.zeros(len(KEPT_OUTCOMES)), months, 0.01, None, series)
        records[key] = made_of if months else RunFailure(key, "ModelError", "boom")
    return Results(asked, records)


def test_courses_are_quantiles_over_the_runs_of_a_world_month_by_month() -> None:
    found = courses(rising([4] * 11))
    assert [(one.world, one.outcome) for one in found] == [
        ("default", "trust"), ("default", "active"), ("open", "trust"), ("open", "active"),
    ]  # fmt: skip
    trust, active = found[0], found[3]
    np.testing.assert_allclose(trust.median, [5, 6, 7, 8])
    np.testing.assert_allclose(trust.low, [1, 2, 3, 4])
    np.testing.assert_allclose(trust.high, [9, 10, 11, 12])
    np.testing.assert_array_equal(active.median, [7, 7, 7, 7])
    assert trust.runs == 11


def test_failed_runs_have_no_part_in_a_course_and_short_ones_only_in_their_months() -> None:
    trust = courses(rising([0, 3, 1]))[0]
    assert trust.runs == 2
    np.testing.assert_allclose(trust.median, [1.5, 2, 3])


@pytest.mark.parametrize("lengths", [[0, 0]])
def test_a_study_whose_runs_all_failed_has_no_courses(lengths: list[int]) -> None:
    assert courses(rising(lengths)) == ()


def test_courses_are_worked_out_only_where_series_were_kept() -> None:
    assert conclude(made(study(), shifted(0.5))).courses == ()
    assert len(conclude(rising([4] * 6)).courses) == 4
