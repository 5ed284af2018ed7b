"""Readers: a study in a store for SQL, for pandas and as files."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cocreate.agents.initiative import Reason, State
from cocreate.experiments.conclusions.levels import levels
from cocreate.experiments.conclusions.stored_levels import stored_levels
from cocreate.experiments.study.cells_file import read_cells
from cocreate.experiments.study.designs import Factorial
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.readers import connect, export, read_frame, read_results
from cocreate.experiments.study.results import NOT_SIMULATED
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import PartError, UnknownStudyError, WriteError
from cocreate.experiments.study.summary import status
from cocreate.experiments.study.tasks import Keep
from tests.study.store_worlds import ALL_KEPT, Failing, small


def failing_store(folder: Path) -> Store:
    """Return a store with a study of which one replicate failed in both worlds."""
    bad = [cell.task.seed for cell in small(5).cells()][3]
    run_study(small(5), folder, engine=Failing([bad]))
    return Store(folder)


def test_a_table_has_a_row_for_each_run_in_its_place(tmp_path: Path) -> None:
    store = failing_store(tmp_path)
    results = run_study(small(5), store)
    frame = read_frame(store, "small")
    assert list(frame.world) == ["open"] * 5 + ["closed"] * 5
    assert list(frame.replicate) == [*range(5)] * 2
    assert list(frame.failure.dropna()) == ["ValueError: it broke"] * 2
    assert list(frame.seconds[frame.failure.notna()]) == [0.5] * 2
    assert (frame.seconds > 0).all()
    for world in ("open", "closed"):
        found = frame[frame.world == world].trust.to_numpy(float)
        np.testing.assert_array_equal(found, results.values(world, "trust"))
    pilots = read_frame(store, "small", "pilots")
    assert len(pilots) == frame.pilots.sum()
    series = read_frame(store, "small", "series")
    assert list(series.columns) == ["key", "world", "point", "replicate", "seed", "month", "trust", "active"]
    assert len(series) == 8 * 24
    there = series[(series.world == "closed") & (series.replicate == 4)]
    assert list(there.month) == list(range(24))
    kept = results.series.query("world == 'closed' and replicate == 4")
    np.testing.assert_array_equal(there[["trust", "active"]], kept[["trust", "active"]])
    assert read_frame(store, "small", "results_series").equals(series)


def test_pilots_and_months_are_exported_with_factors_and_with_names_for_codes(tmp_path: Path) -> None:
    levers = {"regions": 1, "horizon": 36, "proposal_rate": 1.0}
    design = Factorial(factors={"sector_silo": (0.1, 0.9), "inclusion": ("consulted", "throughout")})
    study = Study(name="grid", design=design, levers=levers, replicates=2, keep=ALL_KEPT)
    results = run_study(study, tmp_path / "store")
    tables = {}
    for what, number in (("pilots", len(results.pilots)), ("series", 8 * 36)):
        assert export(Store(tmp_path / "store"), "grid", tmp_path / f"{what}.csv", what) == number
        tables[what] = table = pd.read_csv(tmp_path / f"{what}.csv")
        place = ["key", "world", "point", "replicate", "seed", "sector_silo", "inclusion"]
        assert list(table.columns)[:7] == place
        assert set(table.sector_silo) == {0.1, 0.9}
    pilots = tables["pilots"]
    states = [State(int(code)).name.lower() for code in results.pilots["state"]]
    assert list(pilots["state"]) == states
    assert set(pilots["reason"]) <= {one.name.lower() for one in Reason}
    assert set(pilots["pilot_inclusion"]) == {"consulted", "throughout"}
    for name in ("region", "piloted", "finished", "sponsors"):
        np.testing.assert_array_equal(pilots[name], results.pilots[name].to_numpy(int))
        assert pilots[name].dtype == np.int64


def test_sql_reaches_everything(tmp_path: Path) -> None:
    store = failing_store(tmp_path)
    with connect(store, "small") as connection:
        rows = connection.sql(
            "SELECT world, count(trust), count(failure) FROM results GROUP BY world ORDER BY world"
        ).fetchall()
    assert rows == [("closed", 4, 1), ("open", 4, 1)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_exported_file_holds_the_same_numbers(tmp_path: Path, kind: str) -> None:
    store = failing_store(tmp_path / "store")
    file = tmp_path / f"it's.{kind}"
    assert export(store, "small", file) == 10
    read = pd.read_csv(file) if kind == "csv" else pd.read_parquet(file)
    kept = read_frame(store, "small")
    assert list(read.columns) == list(kept.columns)
    np.testing.assert_array_equal(read.trust, kept.trust.to_numpy(float))
    np.testing.assert_array_equal(read.seed, kept.seed)


def test_a_file_of_an_unknown_kind_and_a_table_that_is_not_there_are_refused(tmp_path: Path) -> None:
    store = failing_store(tmp_path / "store")
    with pytest.raises(StudyError, match=r"must end in .csv or .parquet"):
        export(store, "small", tmp_path / "table.xlsx")
    with pytest.raises(StudyError, match="Did you mean pilots"):
        read_frame(store, "small", "pilot")
    with pytest.raises(WriteError, match="Cannot write in"):
        export(store, "small", tmp_path / "nowhere" / "table.csv")


def test_an_export_replaces_no_file_unasked_and_tells_where_it_cannot_be_written(tmp_path: Path) -> None:
    store = failing_store(tmp_path / "store")
    file = tmp_path / "points.csv"
    file.write_text("turnover\n0.1\n")
    with pytest.raises(WriteError, match=r"points\.csv is there already: choose another name, or add --over"):
        export(store, "small", file)
    assert file.read_text() == "turnover\n0.1\n"
    assert export(store, "small", file, overwrite=True) == 10
    with pytest.raises(WriteError, match=r"Cannot write in .*nowhere: there is no such folder\. Make it"):
        export(store, "small", tmp_path / "nowhere" / "table.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(WriteError, match=r"Cannot write .*folder\.csv: it is a folder\. Choose another name"):
        export(store, "small", tmp_path / "folder.csv")


THREADS = """
import sys
from pathlib import Path
import psutil, pyarrow.parquet
from cocreate.experiments.conclusions.levels import levels
from cocreate.experiments.conclusions.stored_levels import stored_levels
from cocreate.experiments.study.cells_file import cells_table
before = psutil.Process().num_threads()
cells_table(Path(sys.argv[1]))
sys.exit(psutil.Process().num_threads() - before)
"""


def test_reading_the_places_of_runs_leaves_no_thread_that_could_abort_a_command_at_its_end(
    tmp_path: Path,
) -> None:
    run_study(small(2), tmp_path)
    cells = tmp_path / "studies" / "small" / "cells.parquet"
    done = subprocess.run([sys.executable, "-c", THREADS, str(cells)], check=False)
    assert done.returncode <= 1  # Arrow's own reader of bytes holds nothing of Python


def test_status_counts_what_is_done_what_failed_and_why(tmp_path: Path) -> None:
    found = status(failing_store(tmp_path), "small")
    assert [(one.world, one.done, one.failed, one.missing) for one in found.worlds] == [
        ("open", 4, 1, 0),
        ("closed", 4, 1, 0),
    ]
    assert [(one.type, one.message, one.number) for one in found.failures] == [
        ("ValueError", "it broke", 1)
    ] * 2
    assert found.drivers == ()


def test_a_study_of_which_no_run_has_a_pilot_is_read_like_any_other(tmp_path: Path) -> None:
    quiet = small(2)
    quiet = quiet.model_copy(update={"levers": {**quiet.levers, "proposal_rate": 0.0}})
    stored = run_study(quiet, tmp_path)
    assert len(stored.pilots) == 0
    assert [len(run.pilots) for run in read_results(tmp_path, "small").of("open")] == [0, 0]
    assert rows_hash(stored) == rows_hash(run_study(quiet))


@pytest.mark.parametrize(
    ("before", "keep"),
    [
        (Keep(), Keep(pilots=True)),
        (Keep(series=("structural",)), Keep(series=("trust",))),
        (Keep(pilots=True), ALL_KEPT),
    ],
    ids=["no pilots", "other months", "no months"],
)
def test_runs_of_a_study_that_keeps_less_are_still_to_be_simulated_for_one_that_keeps_more(
    tmp_path: Path, before: Keep, keep: Keep
) -> None:
    less, more = small(3, "less", before), small(3, "more", keep)
    assert run_study(less, tmp_path).complete == 3
    part = run_study(more, tmp_path, shard=(1, 3))
    told = status(Store(tmp_path), "more")
    assert [(one.done, one.missing) for one in told.worlds] == [(1, 2), (1, 2)]
    lost = [place for place, why in enumerate(part.reasons) if why == NOT_SIMULATED]
    assert lost == [1, 2, 4, 5]
    assert part.complete == 1
    assert [bool(run.failure) for run in part.of("open")] == [False, True, True]
    whole = run_study(more)
    for world in ("open", "closed"):
        values = part.values(world, "trust")
        assert np.flatnonzero(np.isnan(values)).tolist() == [1, 2]
        assert values[0] == whole.values(world, "trust")[0]
    table = read_frame(tmp_path, "more")
    assert np.flatnonzero(table.trust.isna()).tolist() == lost
    assert np.flatnonzero(np.isnan(part.to_xarray()["trust"].to_numpy().ravel())).tolist() == lost
    assert {(one.world, one.runs) for one in stored_levels(Store(tmp_path), "more", ["trust"])} == {
        ("open", 1),
        ("closed", 1),
    }
    kept = [what for what, is_kept in (("pilots", keep.pilots), ("series", keep.series)) if is_kept]
    for what in kept:
        assert set(read_frame(tmp_path, "more", what).replicate) == {0}
        assert export(Store(tmp_path), "more", tmp_path / f"{what}.csv", what) == len(getattr(part, what))
    assert rows_hash(run_study(more, tmp_path)) == rows_hash(whole)
    assert rows_hash(read_results(tmp_path, "less")) == rows_hash(run_study(less))


def test_a_run_that_failed_for_a_study_that_keeps_more_has_failed_for_that_one_alone(tmp_path: Path) -> None:
    less, more = small(2, "less", Keep()), small(2, "more")
    run_study(less, tmp_path)
    bad = next(cell.task.seed for cell in more.cells())
    for _ in range(2):  # it is not tried again unasked
        found = run_study(more, tmp_path, engine=Failing([bad]))
        assert found.reasons == ("ValueError: it broke", "", "ValueError: it broke", "")
    assert [(one.done, one.failed, one.missing) for one in status(Store(tmp_path), "more").worlds] == [
        (1, 1, 0)
    ] * 2
    assert run_study(more, tmp_path).complete == 2
    assert not read_results(tmp_path, "less").failures


def test_a_damaged_file_of_places_is_named_and_written_anew_by_resume(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    cells = tmp_path / "studies" / "small" / "cells.parquet"
    cells.write_bytes(cells.read_bytes()[:-50])
    for use in (
        lambda: read_frame(tmp_path, "small"),
        lambda: status(Store(tmp_path), "small"),
        lambda: read_results(tmp_path, "small"),
    ):
        with pytest.raises(PartError, match=r"cells.parquet is damaged.*study resume small --store"):
            use()
    with pytest.raises(PartError, match=r"cells.parquet is damaged"):
        read_cells(cells, small(2))
    run_study(small(1), tmp_path)  # a part of the study, which is placed as it was kept
    assert len(read_frame(tmp_path, "small")) == 4


def test_a_study_stopped_before_its_first_run_is_told_as_that(tmp_path: Path) -> None:
    run_study(small(2), tmp_path)
    (tmp_path / "studies" / "small" / "cells.parquet").unlink()
    with pytest.raises(UnknownStudyError, match="stopped before anything was simulated"):
        read_results(tmp_path, "small")


def test_means_leave_out_failures_and_have_student_s_interval(tmp_path: Path) -> None:
    store = failing_store(tmp_path)
    first, _ = stored_levels(store, "small", ["trust"])
    values = read_frame(store, "small").query("world == 'open'").trust.dropna().to_numpy(float)
    assert first.runs == 4
    assert first.mean == pytest.approx(values.mean())
    half = 3.182446305284263 * values.std(ddof=1) / 2  # the 97.5% point of Student's t with 3 degrees
    assert (first.low, first.high) == pytest.approx((first.mean - half, first.mean + half))


def test_the_command_line_and_a_report_tell_the_same_means(tmp_path: Path) -> None:
    store = failing_store(tmp_path)
    names = ("share_structural", "trust")
    told = stored_levels(store, "small", names)
    known = levels(read_results(store, "small"), names)
    assert [(one.outcome, one.world) for one in told] == [
        (name, world) for name in names for world in ("open", "closed")
    ]
    by_place = {(one.outcome, one.world): one for one in known}
    for one in told:
        other = by_place[one.outcome, one.world]
        assert (one.runs, one.missing) == (other.runs, other.missing)
        ends = np.array([(level.mean, level.low, level.high) for level in (one, other)])
        np.testing.assert_array_equal(*ends)
        if one.outcome == "share_structural":
            assert np.nanmin([one.low, 0]) == 0
            assert np.nanmax([one.high, 1]) == 1
