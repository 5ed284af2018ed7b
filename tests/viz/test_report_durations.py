"""Reports on durations: where few services ended, numbers say so, and no interval is without width."""

from collections.abc import Callable

import numpy as np
from matplotlib.lines import Line2D

from cocreate.agents.initiative import State
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.hazard import ElectionHazard
from cocreate.experiments.conclusions.conclude import conclude
from cocreate.experiments.study.conclude import Conclude, Survival
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, Keep, RunFailure, RunResult
from cocreate.viz.hazards import hazards
from cocreate.viz.report.study_page import report_study
from tests.conclusions.made import MONTHS, study
from tests.viz.html_check import CheckedPage
from tests.viz.pictures import named

type Ends = Callable[[int], list[int]]
"""Gives the months in which services of a replicate end, -1 for never. Elections are in months 7 and 55."""

UNKNOWN = "0.0% (interval unknown)"


def page_of(baseline: Ends, other: Ends) -> CheckedPage:
    """Return the page of a study of two worlds whose services end in given months, in eight replicates."""
    wanted = Conclude(survival=Survival(window=3))
    asked = study(keep=Keep(pilots=True), levers={"term_length": 48}, conclude=wanted, replicates=8)
    records: dict[str, RunResult | RunFailure] = {}
    for cell in asked.cells():
        ends = baseline if cell.point.world.name == "default" else other
        finished = np.array(ends(cell.replicate))
        rows = np.zeros(len(finished), PILOT)
        rows["finished"], rows["became_structural"], rows["election_phase"] = finished, -1, 7
        rows["state"] = np.where(finished >= 0, State.ENDED, State.PILOTING)
        key = cell.task.key
        records[key] = RunResult(key, np.zeros(len(KEPT_OUTCOMES)), MONTHS, 0.01, rows)
    page = CheckedPage(report_study(conclude(Results(asked, records))))
    assert page.problems == []
    assert not {"inf", "nan"} & set(page.text.split())
    return page


def table_with(page: CheckedPage, heading: str) -> list[list[str]]:
    """Return the rows of the table that has a column of a name, without the names."""
    return next(one for one in page.tables if heading in one[0])[1:]


def test_services_that_end_at_elections_only_are_told_without_a_number_of_times() -> None:
    page = page_of(lambda _: [-1] * 6, lambda _: [7, 55, 55, -1, -1, -1])
    none, some = table_with(page, "Times as likely")
    assert none[1:] == [UNKNOWN, UNKNOWN, "no end in any month"]
    assert some[2:] == [UNKNOWN, "no end in other months"]
    assert "unknown" not in some[1]
    none, some = table_with(page, "Hazard against the baseline")
    assert none[2:4] == ["100% (interval unknown)"] * 2
    assert some[2].startswith("83% (")
    assert "no end in the baseline" in some


def test_services_that_end_in_other_months_only_have_no_interval_at_elections() -> None:
    rows = table_with(page_of(lambda _: [20, 30, -1], lambda _: [21, 60, -1]), "Times as likely")
    assert [row[1] for row in rows] == [UNKNOWN] * 2
    assert [row[3] for row in rows] == ["0.00 (interval unknown)"] * 2


def test_a_ratio_to_very_few_ends_has_no_upper_end() -> None:
    # Services of two worlds of eight end between elections: one resample in ten has none that does.
    def ends(replicate: int) -> list[int]:
        return [7, 55, 20 if replicate < 2 else -1, -1]

    first, _ = table_with(page_of(ends, ends), "Times as likely")
    assert first[3].endswith(" or more)")


def test_hazards_without_a_known_interval_have_hollow_marks() -> None:
    values, low = np.array([0.01, 0.0, 0.02]), np.array([0.0, np.nan, 0.01])
    counts, rate = np.array([5, 5, 5]), Estimate(0.2, 0.1, 0.3)
    found = ElectionHazard(np.array([-1, 0, 1]), values, low, low + 0.02, counts, counts, rate, rate, rate, 3)
    figure = hazards({"open": found}, {"open": "open silos"})
    marks = [one for offset in (-1, 0, 1) for one in named(figure, f"month:{offset}")]
    hollow = [isinstance(one, Line2D) and one.get_markerfacecolor() == "white" for one in marks]
    assert hollow == [False, True, False]


def test_a_year_is_over_at_the_end_of_its_twelfth_month() -> None:
    page = page_of(lambda _: [11, 11, 12, 12, -1, -1, -1, -1], lambda _: [-1] * 8)
    first, _ = table_with(page, "Hazard against the baseline")
    assert first[2].startswith("75% (")
