"""Reports on studies that vary factors: sizes in the right unit, and what chance and missing runs do."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from cocreate.experiments.analysis.sobol import SobolResult
from cocreate.experiments.conclusions.conclude import conclude
from cocreate.experiments.study.conclude import Conclude, Discovery, Sensitivity
from cocreate.experiments.study.designs import Design, LatinHypercube, Morris, Sobol
from cocreate.experiments.study.spec import Cell, Study
from cocreate.viz.report.badges import FOUND, UNSURE
from cocreate.viz.report.page import Badge
from cocreate.viz.report.study_factors import sensitivity_answers
from cocreate.viz.report.study_page import report_study
from tests.conclusions.made import Rule, made, study
from tests.viz.html_check import CheckedPage

RANGES = {"sector_silo": (0.0, 1.0), "turnover": (0.0, 1.0)}
WANTED = Conclude(sensitivity=Sensitivity(resamples=100))


def moved(cell: Cell, draws: np.random.Generator) -> Mapping[str, float]:
    """Return trust that falls by 20 points over one lever, and services that fall by 2."""
    silo, luck = float(cell.point.factors["sector_silo"]), draws.normal(0, 0.1)
    return {"structural_per_region": 5 - 2 * silo + luck, "trust": 0.6 - 0.2 * silo + 0.1 * luck}


def asking(design: Design, **entries: object) -> Study:
    """Return a study of one world with a design."""
    return study(**{"worlds": study().worlds[:1], "design": design, "conclude": WANTED, **entries})


def page_of(asked: Study, rule: Rule) -> CheckedPage:
    """Return the page of a study whose outcomes follow a rule."""
    page = CheckedPage(report_study(conclude(made(asked, rule))))
    assert page.problems == []
    return page


def test_elementary_effects_on_a_share_are_in_percentage_points() -> None:
    page = page_of(asking(Morris(factors=RANGES, trajectories=6), replicates=2), moved)
    services, trust = (one for one in page.tables if one[0][:2] == ["Lever", "Mean size"])
    assert services[1] == ["sector_silo", "2.00", "2.00 to 2.00", "−2.00", "0.00", "0.00"]  # noqa: RUF001
    assert trust[1] == ["sector_silo", "20.0", "20.0 to 20.0", "−20.0", "0.0", "0.0"]  # noqa: RUF001
    assert trust[2] == ["turnover", "0.0", "0.0 to 0.0", "0.0", "0.0", "0.0"]
    assert "effects in percentage points" in page.text
    rows = csv.DictReader(io.StringIO(page.files["sensitivity-2-trust.csv"]))
    assert float(next(rows)["mu_star"]) == pytest.approx(0.2)


def test_a_lever_that_changes_no_run_gets_nothing_from_chance_in_the_report() -> None:
    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float]:
        silo = float(cell.point.factors["sector_silo"])
        luck = np.random.default_rng([cell.replicate, int(1e9 * silo)]).normal(0, 0.3)
        return {"structural_per_region": silo + luck}

    asked = asking(Sobol(factors=RANGES, base=64), replicates=3, outcomes=("structural_per_region",))
    page = page_of(asked, rule)
    table = next(one for one in page.tables if one[0][:2] == ["Lever", "Total"])
    assert table[0][-1] == "Of chance"
    silo, turnover = table[1:]
    assert 0.1 < float(silo[-1]) < 0.5
    assert turnover[1:] == ["0.00", "0.00 to 0.00", "0.00", "0.00 to 0.00", "0.00"]
    assert "Factors with an effect, largest first: sector_silo." in page.text
    assert "adds nothing to that of a factor that changes no run" in page.text


def test_a_study_in_which_only_seeds_move_an_outcome_has_a_page_though_a_run_failed() -> None:
    def rule(cell: Cell, draws: np.random.Generator) -> Mapping[str, float] | str:
        if (cell.point.number, cell.replicate) == (3, 1):
            return "boom"
        return {"structural_per_region": draws.normal()}

    for design in (Morris(factors=RANGES, trajectories=6), Sobol(factors=RANGES, base=8)):
        page = page_of(asking(design, replicates=2, outcomes=("structural_per_region",)), rule)
        assert "what never varies has no causes to rank" in page.text


@pytest.mark.slow
def test_points_that_lack_runs_are_counted_beside_a_box() -> None:
    def rule(cell: Cell, draws: np.random.Generator) -> Mapping[str, float] | str:
        luck = draws.normal()
        if cell.point.number == 0 or (cell.point.number, cell.replicate) in {(5, 0), (9, 1)}:
            return "boom"
        return {"structural_per_region": float(float(cell.point.factors["sector_silo"]) > 0.7) + luck}

    wanted = Conclude(discovery=Discovery(outcome="structural_per_region", threshold=0.5, method="cart"))
    design = LatinHypercube(factors=RANGES, points=60)
    page = page_of(asking(design, replicates=2, conclude=wanted), rule)
    assert "Left out: 1 point, since no run there" in page.text
    assert "Some runs are missing at 2 points." in page.text


def test_factors_stand_in_the_order_of_their_total_effects() -> None:
    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float]:
        factors = cell.point.factors
        return {"structural_per_region": float(factors["sector_silo"]) + 3 * float(factors["turnover"])}

    page = page_of(asking(Sobol(factors=RANGES, base=64), outcomes=("structural_per_region",)), rule)
    table = next(one for one in page.tables if one[0][:2] == ["Lever", "Total"])
    assert [row[0] for row in table[1:]] == ["turnover", "sector_silo"]


@pytest.mark.parametrize(("narrow", "badge"), [(0.05, UNSURE), (1.0, FOUND)])
def test_an_index_that_has_not_converged_is_not_called_found(narrow: float, badge: Badge) -> None:
    def rule(cell: Cell, _: np.random.Generator) -> Mapping[str, float]:
        factors = cell.point.factors
        return {"structural_per_region": float(factors["sector_silo"]) + 3 * float(factors["turnover"])}

    asked = asking(Sobol(factors=RANGES, base=64), replicates=2, outcomes=("structural_per_region",))
    found = conclude(made(asked, rule))
    (one,) = found.sensitivities
    assert isinstance(one.found, SobolResult)
    judged = replace(one, found=replace(one.found, narrow=narrow))
    (answer,) = sensitivity_answers(replace(found, sensitivities=(judged,)))
    assert answer.badge == badge
