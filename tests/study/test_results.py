"""Results: every run in its place, as arrays, tables and a dataset with units."""

import time

import numpy as np
import pytest

from cocreate.experiments import Factorial, Keep, Results, Study, World, run_in_memory
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunFailure, RunResult
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import Parameters

SMALL = {"regions": 2, "citizens_per_region": 30, "horizon": 60, "proposal_rate": 1.0}
WORLDS = (World(name="a"), World(name="b", levers={"training": 1.0}))
GRID = Study(
    worlds=WORLDS,
    levers=SMALL,
    replicates=2,
    design=Factorial(factors={"turnover": (0.1, 0.9), "decision_rule": ("majority", "unanimity")}),
    keep=Keep(pilots=True, series=("trust", "structural")),
)


@pytest.fixture(scope="module")
def found() -> Results:
    return run_in_memory(GRID)


def made_up(study: Study) -> Results:
    """Return results whose first outcome is the place of the run; every seventh run failed."""
    records: dict[str, RunResult | RunFailure] = {}
    for place, cell in enumerate(study.cells()):
        key = cell.task.key
        values = np.full(len(KEPT_OUTCOMES), float(place))
        records[key] = (
            RunFailure(key, "KeyError", "lost") if place % 7 == 6 else RunResult(key, values, 9, 0.1)
        )
    return Results(study, records)


def test_each_run_is_in_its_place_whichever_way_it_is_read(found: Results) -> None:
    frame = found.frame
    assert list(frame.columns[:7]) == [
        "world", "point", "replicate", "seed", "failure", "turnover", "decision_rule",
    ]  # fmt: skip
    dataset = found.to_xarray()
    assert dataset["trust"].shape == (2, 4, 2)
    for place, cell in enumerate(found.cells):
        row = frame.iloc[place]
        assert (row["world"], row["point"], row["replicate"], row["seed"]) == (
            cell.point.world.name,
            cell.point.number,
            cell.replicate,
            cell.task.seed,
        )
        assert {name: row[name] for name in GRID.design.varies} == cell.point.factors
        name, within = cell.point.world.name, cell.point.number % 4
        same = place - (8 if name == "b" else 0)
        assert row["trust"] == found.values(name, "trust")[same] == found.of(name)[same].outcomes["trust"]
        spot = dataset.sel(world=name, replicate=cell.replicate).isel(point=within)
        assert float(spot["trust"]) == row["trust"]
        assert spot["decision_rule"].item() == cell.point.factors["decision_rule"]
    assert not found.failures


def test_a_result_is_the_run_that_its_task_says(found: Results) -> None:
    cell = found.cells[5]
    model = CoCreationModel(Parameters.of(cell.task.levers), rng=cell.task.seed)
    model.run()
    kept = found.of("a")[5]
    np.testing.assert_equal({name: kept.outcomes[name] for name in OUTCOMES}, model.outcomes())
    assert kept.outcomes["structural_per_region"] == model.outcome("structural") / 2
    assert kept.months == 60


def test_pilots_and_months_are_tables_that_name_their_run(found: Results) -> None:
    pilots = found.pilots
    assert list(pilots.columns) == ["world", "point", "replicate", *(PILOT.names or ())]
    for cell in found.cells:
        world = cell.point.world.name
        here = pilots[(pilots["point"] == cell.point.number) & (pilots["replicate"] == cell.replicate)]
        assert set(here["world"]) <= {world}
        assert len(here) == found.values(world, "pilots")[cell.point.number % 4 * 2 + cell.replicate]
    assert len(pilots) > 16
    assert len(pilots) == sum(found.values(name, "pilots").sum() for name in "ab")
    series = found.series
    assert len(series) == 16 * 60
    last = series[series["month"] == 59]
    assert np.array_equal(last["trust"], found.frame["trust"])


def test_outcomes_carry_their_meaning_and_unit(found: Results) -> None:
    dataset = found.to_xarray()
    assert set(dataset.data_vars) == set(KEPT_OUTCOMES)
    assert dataset["trust"].attrs == {"long_name": OUTCOMES["trust"].meaning, "units": "share"}
    assert dataset["structural_per_region"].attrs["units"] == "count per region"
    assert dataset.attrs["seed"] == GRID.seed


def test_without_factors_a_dataset_has_worlds_and_replicates_only() -> None:
    study = Study(worlds=WORLDS, replicates=3, levers={"regions": 1})
    dataset = made_up(study).to_xarray()
    assert dict(dataset.sizes) == {"world": 2, "replicate": 3}
    assert dataset["initiatives"].values.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_failed_and_missing_runs_leave_gaps_in_their_places() -> None:
    study = Study(worlds=WORLDS, replicates=5)
    whole = made_up(study)
    assert np.flatnonzero(np.isnan(whole.values("b", "trust"))).tolist() == [1]
    assert whole.frame["failure"].tolist() == [""] * 6 + ["KeyError: lost"] + [""] * 3
    assert [one.failure for one in whole.failures] == ["KeyError: lost"]
    assert (whole.of("b")[1].number, whole.of("b")[1].outcomes) == (1, {})
    nothing = Results(study, {})
    assert np.isnan(nothing.values("a", "trust")).all()
    assert set(nothing.frame["failure"]) == {"not simulated"}
    assert len(nothing.failures) == 10


def test_results_say_in_a_line_what_they_hold() -> None:
    study = Study(name="few", worlds=WORLDS, replicates=5)
    assert repr(made_up(study)) == "<Results of few: 10 of 10 runs, worlds a, b>"
    assert repr(Results(study, {})) == "<Results of few: 0 of 10 runs, worlds a, b>"


def test_values_are_a_copy_that_can_be_changed() -> None:
    whole = made_up(Study(replicates=3))
    whole.values("default", "trust")[:] = 9
    assert whole.values("default", "trust").tolist() == [0, 1, 2]


def test_unknown_worlds_and_outcomes_and_what_was_not_kept_are_refused_with_the_way_out() -> None:
    whole = made_up(Study(worlds=WORLDS, replicates=2))
    with pytest.raises(StudyError, match=r"There is no world 'c'\. The worlds are a, b"):
        whole.values("c", "trust")
    with pytest.raises(StudyError, match="There is no world 'aa'"):
        whole.of("aa")
    with pytest.raises(StudyError, match=r"There is no outcome 'truts'\. Did you mean trust"):
        whole.values("a", "truts")
    with pytest.raises(StudyError, match="pilots = true"):
        _ = whole.pilots
    with pytest.raises(StudyError, match="No series were kept"):
        _ = whole.series


@pytest.mark.slow
def test_two_hundred_thousand_runs_are_planned_and_tabled_in_seconds() -> None:
    study = Study(replicates=200_000)
    began = time.process_time()
    whole = Results(study, {})
    assert len(whole.frame) == 200_000
    assert time.process_time() - began < 20  # 5 seconds on an idle machine
