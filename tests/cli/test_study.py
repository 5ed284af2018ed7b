"""Studies on the command line: run, look, stop, go on, and take the numbers away."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from cocreate.cli import BAD_INPUT, FAULTS, STOPPED, app
from cocreate.cli import study as commands
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.readers import read_frame, read_results
from cocreate.experiments.study.rows_hash import rows_hash
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.study_folder import StudyFolder
from tests.study.small import PATIENCE

STUDY = """
name = "silos"
question = "Do closed silos cost trust?"
replicates = {replicates}
outcomes = ["trust", "structural_per_region"]

[levers]
regions = 1
horizon = {horizon}

[[worlds]]
name = "open"
levers = {{ sector_silo = 0.2 }}

[[worlds]]
name = "closed"
levers = {{ sector_silo = {silo} }}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a small study."""
    return written(tmp_path / "silos.toml")


def written(path: Path, replicates: int = 3, horizon: int = 12, silo: float = 0.9) -> Path:
    """Write a study to a file."""
    path.write_text(STUDY.format(replicates=replicates, horizon=horizon, silo=silo))
    return path


def call(*arguments: object, code: int = 0) -> tuple[str, str]:
    """Run a command of studies in this process and return what it printed: result and messages."""
    done = CliRunner().invoke(app, ["study", *map(str, arguments)])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.stdout, " ".join(done.stderr.split())


def test_a_study_ends_in_a_table_of_its_outcomes_by_world(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    out, told = call("run", file, "--store", store, "--workers", 1)
    assert "6 runs simulated" in out
    assert re.search(r"trust +open +3 +0\.\d{3} +0\.\d{3} +0\.\d{3} *\n +closed +3 ", out)
    assert "backlashes" not in out  # no outcome of this study
    assert f"cocreate study export FILE.csv --study silos --store {store}" in out
    assert told.endswith("second") or "6 of 6 runs" in told
    again, _ = call("run", file, "--store", store, "--workers", 1)
    assert "All 6 runs were there before." in again


def test_the_command_line_and_python_give_the_same_rows(tmp_path: Path, file: Path) -> None:
    call("run", file, "--store", tmp_path / "store", "--workers", 1)
    stored = read_results(tmp_path / "store", "silos")
    assert rows_hash(stored) == rows_hash(run_study(Study.from_file(file)))


def test_a_study_grows_and_is_exported_as_one_table(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    out, _ = call("expand", "--replicates", 5, "--store", store, "--workers", 1)
    assert "4 runs simulated" in out
    _, told = call("expand", "silos", "--replicates", 5, "--store", store, code=BAD_INPUT)
    assert "has 5 replicates already" in told
    _, told = call("export", tmp_path / "runs.csv", "--store", store)
    assert "10 rows in" in told
    frame = pd.read_csv(tmp_path / "runs.csv")
    assert list(frame.groupby("world").size()) == [5, 5]
    _, told = call("export", tmp_path / "pilots.csv", "--what", "pilots", "--store", store, code=BAD_INPUT)
    assert "The study 'silos' keeps no pilots: write pilots = true in [keep] of its file" in told
    assert not (tmp_path / "pilots.csv").exists()
    resumed, _ = call("resume", file, "--store", store, "--workers", 1)
    assert "All 6 runs were there before." in resumed


def test_a_study_stopped_before_its_first_run_hides_no_other_from_status(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    early = Study.from_file(file).model_copy(update={"name": "early"})
    StudyFolder(Store(store), "early").save(early)
    out, _ = call("status", "--store", store)
    assert "The study 'early' was stopped before anything was simulated" in out
    assert "6 runs, 3 at each point: 6 done, 0 failed, 0 missing." in out


def test_a_damaged_study_hides_no_other_from_status(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    early = Study.from_file(file).model_copy(update={"name": "early", "replicates": 1})
    run_study(early, store)
    cells = store / "studies" / "early" / "cells.parquet"
    cells.write_bytes(cells.read_bytes()[:-50])
    first = early.model_copy(update={"name": "another"})
    run_study(first, store)
    (store / "studies" / "another" / "study.toml").write_text("worlds = [")
    out, told = call("status", "--store", store, code=BAD_INPUT)
    assert "6 runs, 3 at each point: 6 done, 0 failed, 0 missing." in out
    assert "cells.parquet is damaged" in told
    assert "the study 'another' consists of" in told
    first_file = tmp_path / "another.toml"
    first_file.write_text(first.to_toml())
    out, _ = call("run", first_file, "--store", store, "--workers", 1)
    assert "All 2 runs were there before." in out


def test_shards_are_chosen_by_number(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    first, _ = call("run", file, "--store", store, "--workers", 1, "--shard", "1/2")
    assert "3 runs simulated" in first
    out, _ = call("status", "--store", store)
    assert "6 runs, 3 at each point: 3 done, 0 failed, 3 missing." in out
    told, _ = call("report", "--store", store, "--out", tmp_path / "silos.html")
    assert (
        f"3 of the runs are still to be simulated, and left out: cocreate study resume silos --store {store}"
        in told
    )
    rest, _ = call("resume", "--store", store, "--workers", 1)
    assert "3 runs simulated" in rest
    assert "3 there before" in rest


def test_runs_over_their_time_are_told_and_can_be_tried_again_with_more(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    out, _ = call("run", file, "--store", store, "--workers", 1, "--time-limit", 1e-6, code=FAULTS)
    assert "6 failed" in out
    assert "TimeLimitError" in out
    assert f"cocreate study retry silos --store {store}" in out
    status, _ = call("status", "silos", "--store", store)
    assert "Do closed silos cost trust?" in status
    assert "6 runs, 3 at each point: 0 done, 6 failed, 0 missing." in status
    again, _ = call("resume", "--store", store, "--workers", 1, code=FAULTS)
    assert "All 6 runs were there before." in again
    out, _ = call("retry", "--failed", "--store", store, "--workers", 1, "--shard", "1/2")
    assert "3 runs simulated" in out
    out, _ = call("resume", "--store", store, "--workers", 1, "--shard", "2/2", code=FAULTS)
    assert "3 runs were there before" in out
    call("retry", "--store", store, "--workers", 1)
    assert read_frame(store, "silos").failure.isna().all()
    call("resume", "--store", store, "--workers", 1)


def test_the_help_says_what_a_study_left_out_stands_for() -> None:
    told = {name: " ".join(call(name, "--help")[0].split()) for name in ("status", "resume")}
    assert "or its file; all there when left out." in told["status"]
    assert "or its file; the only one there when left out." in told["resume"]


def test_shares_add_replicates_together(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    more = ("expand", "silos", "--replicates", 5, "--store", store, "--workers", 1)
    for shard in ("1/2", "2/2"):
        out, _ = call(*more, "--shard", shard)
        assert re.search(r"[1-3] runs simulated", out)
    out, _ = call("resume", "--store", store, "--workers", 1)
    assert "All 10 runs were there before." in out


@pytest.mark.parametrize("when", ["_tell_end", "_tell_look"])
def test_an_interrupt_after_the_runs_says_that_they_are_stored(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    store = tmp_path / "store"
    file.write_text(
        file.read_text() + '[conclude.precision]\noutcome = "trust"\nhalf_width = 1\nbudget = 3\n'
    )
    monkeypatch.setattr(commands, when, interrupt)
    _, told = call("run", file, "--store", store, "--workers", 1, code=STOPPED)
    assert re.search(
        r"^(Stopped|.* Stopped)\. (All|What).* stored.* study (status|resume) silos --store", told
    )
    assert "Nothing was written" not in told


def test_a_study_that_asks_for_precision_grows_until_it_is_there(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    wish = '[conclude.precision]\noutcome = "trust"\nhalf_width = {}\nbudget = 8\nlooks = 2\n'
    file.write_text(file.read_text() + wish.format(1e-6))
    share, _ = call("run", file, "--store", store, "--workers", 1, "--shard", "1/2")
    assert "A share adds no replicates" in share
    out, told = call("run", file, "--store", store, "--workers", 1)
    assert "13 runs simulated" in out
    assert "3 there before" in out
    assert "At look 1 of 2, after 4 replicates, the widest interval reaches" in told
    assert "At look 2 of 2, after 8 replicates" in told
    status, _ = call("status", "--store", store)
    assert "16 runs, 8 at each point: 16 done, 0 failed, 0 missing." in status
    assert "to within 0.0 percentage points, with at most 8 replicates." in status
    assert "That is not precise enough, and the budget is used up." in status
    assert "Go on" not in status
    _, told = call("expand", "--replicates", 9, "--store", store, code=BAD_INPUT)
    assert "would have 9 replicates in the store" in told
    assert "has a budget of 8. Raise budget in [conclude.precision] of its file to 9 or more" in told


def test_status_says_how_a_study_goes_on_that_is_not_precise_yet(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    wish = '[conclude.precision]\noutcome = "trust"\nhalf_width = 0.5\nbudget = 8\nlooks = 2\n'
    file.write_text(file.read_text() + wish)
    call("run", file, "--store", store, "--workers", 1, "--shard", "1/2")
    status, _ = call("status", "--store", store)
    assert "The first look comes after 4 replicates." in status
    assert f"Go on to it: cocreate study resume silos --store {store}" in status
    call("resume", "silos", "--store", store, "--workers", 1)
    status, _ = call("status", "--store", store)
    assert "That is precise enough." in status


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "FILE", "--shard", "3/2"), "--shard must be I/N"),
        (("run", "FILE", "--workers", "2", "--scheduler", "tcp://nowhere:1"), "exclude each other"),
        (("run", "nowhere.toml"), "nowhere.toml"),
        (("status",), "holds no store"),
        (("resume", "silos"), "holds no store"),
    ],
)
def test_bad_input_is_told_in_one_message(
    tmp_path: Path, file: Path, arguments: tuple[str, ...], told: str
) -> None:
    given = [str(file) if one == "FILE" else one for one in arguments]
    _, said = call(*given, "--store", tmp_path / "store", code=BAD_INPUT)
    assert told in said
    assert not (tmp_path / "store").exists()


def test_an_edited_file_is_refused_with_what_differs(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    written(file, silo=0.8)
    _, told = call("run", file, "--store", store, code=BAD_INPUT)
    assert "sector_silo is 0.8, was 0.9" in told
    out, _ = call("run", file, "--store", store, "--workers", 1, "--allow-drift")
    assert "3 runs simulated" in out
    assert "3 there before" in out


def test_fewer_replicates_than_the_store_holds_are_told_as_all_that_are_shown(
    tmp_path: Path, file: Path
) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    written(file, replicates=2)
    for command in ("run", "resume"):
        out, _ = call(command, file, "--store", store, "--workers", 1)
        assert "All 4 runs were there before." in out
        told = " ".join(out.split())
        assert "The store holds 3 replicates of this study, more than the 2 asked for: all 3 are" in told
        assert re.search(r"trust +open +3 ", out)
    by_name, _ = call("resume", "--store", store, "--workers", 1)
    assert "All 6 runs were there before." in by_name
    assert "more than" not in by_name
    status, _ = call("status", "--store", store)
    assert "6 runs, 3 at each point: 6 done" in status


def test_fewer_replicates_of_a_study_that_was_stopped_are_refused_with_both_ways_out(
    tmp_path: Path, file: Path
) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--shard", "1/3", "--workers", 1)
    written(file, replicates=2)
    _, told = call("run", file, "--store", store, "--workers", 1, code=BAD_INPUT)
    assert "has 2 replicates now, and 3 in the store" in told
    assert "where 4 of 6 runs are missing" in told
    assert f"'cocreate study resume silos --store {store}' simulates these" in told
    file.write_text(file.read_text().replace('"silos"', '"fewer"'))
    out, _ = call("run", file, "--store", store, "--workers", 1)
    assert "there before" in out
    assert re.search(r"trust +open +2 ", out)
    out, _ = call("resume", "silos", "--store", store, "--workers", 1)
    assert re.search(r"trust +open +3 .*\n +closed +3 ", out)


def test_a_study_that_is_not_there_is_answered_with_the_names_there(tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    call("run", file, "--store", store, "--workers", 1)
    _, told = call("resume", "silo", "--store", store, code=BAD_INPUT)
    assert "Did you mean silos?" in told


@pytest.mark.slow
@pytest.mark.processes
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_or_the_end_of_a_job_s_time_stops_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    file, store = written(tmp_path / "silos.toml", replicates=5_000, horizon=240), tmp_path / "store"
    command = [sys.executable, "-c", "from cocreate.cli import main; main()", "study"]
    driver = subprocess.Popen(
        [*command, "run", str(file), "--store", str(store), "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while not list(store.glob("runs/*.parquet")):
        assert driver.poll() is None, driver.communicate()
        assert time.monotonic() < until
        time.sleep(0.1)
    driver.send_signal(stop)
    _, said = driver.communicate(timeout=PATIENCE)
    assert driver.returncode == STOPPED
    assert f"cocreate study resume silos --store {store}" in said
    assert "Traceback" not in said
    out, _ = call("status", "--store", store)
    done = re.search(r"10,000 runs, 5,000 at each point: (\d+) done, 0 failed", out)
    assert done
    assert int(done[1]) > 0
