"""The command line: what each command prints, writes and refuses."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import cocreate
from cocreate.cli import BAD_INPUT, STOPPED, app
from cocreate.experiments.run_folder import load_run
from cocreate.experiments.warm_up import warm_up
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import LEVERS

SMALL = ("--months", "6", "--set", "regions=1")


def call(*arguments: object, code: int = 0) -> tuple[str, str]:
    """Run a command in this process and return what it printed: result and messages."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done.stdout, done.stderr


def words_of(text: str) -> str:
    """Return a text with its line breaks taken out."""
    return " ".join(text.split())


def test_a_run_ends_in_a_table_of_every_outcome() -> None:
    out, _ = call("run", "village", "--months", 6)
    for name, declared in OUTCOMES.items():
        assert name in out
        assert declared.meaning in out
    assert "150 people" in out
    assert "predicts no place" in out


def test_json_is_all_that_is_printed_for_scripts() -> None:
    out, _ = call("run", *SMALL, "--json", "--seed", 5, "--change", "3:training=1")
    told = json.loads(out)
    assert list(told["outcomes"]) == list(OUTCOMES)
    assert told["seed"] == 5
    assert told["levers"]["regions"] == 1
    assert told["interventions"] == [{"month": 3, "lever": "training", "value": 1.0}]


def test_the_seed_is_one_unless_given_and_zero_is_a_seed() -> None:
    default, one, zero = (
        json.loads(call("run", *SMALL, "--json", *seed)[0]) for seed in ((), ("--seed", "1"), ("--seed", "0"))
    )
    assert default == one
    assert zero["seed"] == 0
    assert zero["outcomes"] != one["outcomes"]


def test_a_saved_run_has_tables_levers_provenance_and_a_figure(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "run"
    call("run", "village", "--months", 24, "--out", folder)
    kept = {path.name for path in folder.iterdir()}
    assert kept == {
        "series.parquet", "regional.parquet", "events.parquet", "people.parquet", "initiatives.parquet",
        "levers.toml", "run.json", "timeline.png",
    }  # fmt: skip
    loaded = load_run(folder)
    assert loaded.preset == "village"
    assert loaded.diaries
    assert len(loaded.series) == 24
    out, _ = call("story", folder, "--person", 0)
    assert out.startswith("SIMULATED")


def test_diaries_are_left_out_on_request(tmp_path: Path) -> None:
    call("run", *SMALL, "--out", tmp_path / "run", "--no-diaries")
    _, err = call("story", tmp_path / "run", "--person", 0, code=BAD_INPUT)
    assert "--diaries" in err


def test_people_and_ties_of_ones_own_are_read_and_told_by_their_ids(tmp_path: Path) -> None:
    people, ties = tmp_path / "people.csv", tmp_path / "ties.csv"
    people.write_text("id,role,region\nann,citizen,x\ncem,professional,x\neva,politician,x\n", "utf-8")
    ties.write_text("source,target,layer\nann,cem,service\n", "utf-8")
    folder = tmp_path / "run"
    _, err = call("run", "--people", people, "--ties", ties, "--months", 12, "--out", folder)
    assert "Read 3 people in 1 regions." in err
    assert "Drawn at random" in err
    assert "nobody is tied there" in err
    assert "Citizen ann, region x" in call("story", folder, "--person", "ann")[0]
    assert set(load_run(folder).names.sources) == {"people.csv", "ties.csv"}


def test_levers_are_listed_all_or_by_group() -> None:
    everything, _ = call("levers")
    assert all(name in everything for name in LEVERS)
    power, _ = call("levers", "power")
    assert "power_imbalance" in power
    assert "sector_silo" not in power


def test_presets_and_outcomes_are_listed() -> None:
    assert "650 people in ten regions" in words_of(call("presets")[0])
    out, _ = call("outcomes")
    assert all(name in out for name in OUTCOMES)


def test_a_lever_is_explained_with_what_is_declared() -> None:
    out, _ = call("explain", "sector_silo", "--no-trial")
    declared = LEVERS["sector_silo"]
    for text in (declared.meaning, declared.allowed, declared.unit, declared.source, declared.group):
        assert text in words_of(out)


def test_the_schemas_are_printed_as_they_are_published() -> None:
    assert "hard_to_reach" in json.loads(call("schema", "people")[0])["properties"]
    assert "layer" in json.loads(call("schema", "ties")[0])["properties"]


def test_the_version_is_told() -> None:
    assert call("version")[0].strip() == cocreate.__version__


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "vilage"), "Did you mean village"),
        (("run", "none.toml"), "cannot be read"),
        (("run", "--set", "sector_sillo=0.1"), "Did you mean sector_silo"),
        (("run", "--set", "sector_silo"), "--set needs lever=value"),
        (("run", "--set", "sector_silo=much"), "a number from 0 to 1"),
        (("run", "--set", "sector_silo=7"), "a number from 0 to 1"),
        (("run", "--set", "regions=1.5"), "a whole number"),
        (("run", "--set", "decision_rule=dice"), "one of majority"),
        (("run", "--set", "training=0", "--set", "training=1"), "set twice"),
        (("run", "--set", "eu_funding_end=1"), "lies before eu_funding_start"),
        (("run", "--set", "citizens_per_region=0"), "null_world=yes"),
        (("run", "--months", "0"), "horizon must be a whole number from 1"),
        (("run", "--change", "training=1"), "MONTH:lever=value"),
        (("run", "--change", "x:training=1"), "MONTH:lever=value"),
        (("run", "--change", "999:training=1"), "outside the months"),
        (("run", "--change", "3:regions=1"), "cannot change in month"),
        (("run", "--change", "3:trainning=1"), "Did you mean training"),
        (("run", "--people", "none.csv"), "cannot be read"),
        (("run", "--ties", "none.csv"), "--ties needs --people"),
        (("run", "--seed", "soon"), "--seed"),
        (("run", "--seed", "-1"), "--seed"),
        (("levers", "powre"), "Did you mean power"),
        (("explain", "trainning"), "Did you mean training"),
        (("schema", "peple"), "Did you mean people"),
        (("story", "nowhere", "--person", "1"), "no saved run"),
        (("rum",), "No such command"),
    ],
)
def test_bad_input_is_told_without_a_traceback(arguments: tuple[str, ...], message: str) -> None:
    out, err = call(*arguments, code=BAD_INPUT)
    assert message in words_of(err)
    assert out == ""


def test_a_folder_in_the_way_is_refused_before_time_is_spent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("simulated")

    monkeypatch.setattr("cocreate.cli.worlds._simulate", never)
    (tmp_path / "file").write_text("x", "utf-8")
    assert "not empty" in call("run", "--out", tmp_path, code=BAD_INPUT)[1]
    assert "Cannot write" in call("run", "--out", tmp_path / "file" / "run", code=BAD_INPUT)[1]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_write_protected_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "Cannot write" in call("run", *SMALL, "--out", tmp_path / "run", code=BAD_INPUT)[1]


def test_bad_people_leave_nothing_written(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,role,region\nann,citizen,x\nann,citzen,x\n", "utf-8")
    _, err = call("run", "--people", people, "--out", tmp_path / "run", code=BAD_INPUT)
    assert "line 3, column id" in err
    assert "line 3, column role" in err
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_a_later_failure_leaves_nothing_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cocreate.viz.timeline.timeline", interrupt)
    _, err = call("run", *SMALL, "--out", tmp_path / "run", code=STOPPED)
    assert "Nothing was written" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.processes
@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_an_interrupt_from_the_keyboard_ends_a_run_cleanly(tmp_path: Path) -> None:
    arguments = ["run", "nation", "--set", "citizens_per_region=2000", "--out", str(tmp_path / "run")]
    started = subprocess.Popen(
        [sys.executable, "-c", "from cocreate.cli import main; main()", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COVERAGE_PROCESS_START": ""},
    )
    trial_folder_seen = False
    while started.poll() is None and not trial_folder_seen:
        trial_folder_seen = _imports_numba(started.pid)
        time.sleep(0.05)
    time.sleep(1.0)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=120)
    assert started.returncode == STOPPED, err
    assert "Stopped. Nothing was written." in err
    assert list(tmp_path.iterdir()) == []


def _imports_numba(pid: int) -> bool:
    """Tell whether a process has got past its start: it then holds the compiler's library."""
    maps = Path(f"/proc/{pid}/maps")
    return not maps.exists() or "llvmlite" in maps.read_text("utf-8")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Compile before any test measures or interrupts."""
    from contextlib import nullcontext  # noqa: PLC0415

    warm_up(lambda _: nullcontext())
