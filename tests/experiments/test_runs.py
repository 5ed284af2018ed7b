"""Runs: what is kept, and how it is saved and loaded."""

import dataclasses
import json
import math
from pathlib import Path

import pandas as pd
import pytest

from cocreate.experiments.errors import FolderError
from cocreate.experiments.levers_file import levers_as_toml
from cocreate.experiments.presets import read_preset
from cocreate.experiments.run_folder import (
    TABLES,
    check_writable,
    load_run,
    provenance,
    save_run,
)
from cocreate.experiments.runs import Run, run_world
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import Parameters


def test_a_saved_run_comes_back_as_it_was(told_run: Run, tmp_path: Path) -> None:
    save_run(told_run, tmp_path / "run")
    loaded = load_run(tmp_path / "run")
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(told_run, name))
    assert loaded.parameters == told_run.parameters
    assert loaded.interventions == told_run.interventions
    assert (loaded.seed, loaded.months, loaded.diaries) == (1, 96, True)
    assert list(loaded.outcomes) == list(told_run.outcomes) == list(OUTCOMES)
    for name, value in told_run.outcomes.items():
        assert loaded.outcomes[name] == value or math.isnan(value)


def test_equal_runs_are_saved_in_equal_bytes(told_run: Run, tmp_path: Path) -> None:
    save_run(told_run, tmp_path / "one")
    save_run(told_run, tmp_path / "two")
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == len(TABLES) + 2
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_levers_kept_are_those_of_the_start(told_run: Run) -> None:
    assert told_run.parameters.facilitation == Parameters().facilitation
    assert told_run.interventions[0].value == 0.9


def test_a_saved_run_can_be_run_again_from_its_levers(told_run: Run, tmp_path: Path) -> None:
    save_run(told_run, tmp_path / "run")
    preset = read_preset(tmp_path / "run" / "levers.toml")
    again = run_world(preset.parameters, 1, preset.interventions, diaries=True)
    pd.testing.assert_frame_equal(again.series, told_run.series)


def test_levers_written_as_toml_read_back_equal(told_run: Run, tmp_path: Path) -> None:
    path = tmp_path / "levers.toml"
    path.write_text(levers_as_toml(told_run.parameters, told_run.interventions), "utf-8")
    assert read_preset(path).parameters == told_run.parameters
    assert read_preset(path).interventions == told_run.interventions


def test_provenance_is_plain_json_even_where_an_outcome_has_no_value(told_run: Run) -> None:
    bare = dataclasses.replace(told_run, outcomes={**told_run.outcomes, "result": math.nan})
    assert json.loads(json.dumps(provenance(bare), allow_nan=False))["outcomes"]["result"] is None


def test_seed_zero_is_a_seed_like_any_other() -> None:
    levers = Parameters.of({"regions": 1, "horizon": 12})
    one, two = run_world(levers, 0), run_world(levers, 0)
    assert one.seed == 0
    pd.testing.assert_frame_equal(one.people, two.people)
    assert not one.people["trust"].equals(run_world(levers, 1).people["trust"])


def test_a_table_of_people_has_the_state_of_each_role(told_run: Run) -> None:
    people = told_run.people
    assert set(people["role"]) == {"citizen", "professional", "politician"}
    assert people.loc[people["role"] == "politician", "support"].between(0, 1).all()
    assert people.loc[people["role"] != "politician", "support"].isna().all()
    assert (people.loc[people["role"] == "professional", "sector"] >= 0).all()
    assert (people.loc[people["role"] != "professional", "sector"] == -1).all()


def test_a_folder_with_something_in_it_is_left_alone(told_run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", "utf-8")
    with pytest.raises(FolderError, match="not empty"):
        save_run(told_run, tmp_path)
    with pytest.raises(FolderError, match="something else than a run"):
        save_run(told_run, tmp_path, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_older_run_is_replaced_only_when_asked(told_run: Run, tmp_path: Path) -> None:
    save_run(told_run, tmp_path / "run")
    with pytest.raises(FolderError, match="--overwrite"):
        save_run(told_run, tmp_path / "run")
    save_run(dataclasses.replace(told_run, preset="second"), tmp_path / "run", overwrite=True)
    assert load_run(tmp_path / "run").preset == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_failure_while_saving_leaves_nothing_behind(told_run: Run, tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        raise OSError(f"disk full at {folder}")

    with pytest.raises(FolderError, match="disk full"):
        save_run(told_run, tmp_path / "run", also=fail)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_while_saving_keeps_the_older_run_whole(told_run: Run, tmp_path: Path) -> None:
    save_run(told_run, tmp_path / "run")

    def interrupt(folder: Path) -> None:
        raise KeyboardInterrupt(folder)

    with pytest.raises(KeyboardInterrupt):
        save_run(told_run, tmp_path / "run", overwrite=True, also=interrupt)
    assert load_run(tmp_path / "run").seed == 1
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FolderError, match="no folder"):
        check_writable(tmp_path / "file")
    with pytest.raises(FolderError, match="Cannot write"):
        check_writable(tmp_path / "file" / "below")


def test_a_folder_that_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="no saved run"):
        load_run(tmp_path)
    (tmp_path / "run.json").write_text("[]", "utf-8")
    with pytest.raises(FolderError, match="format"):
        load_run(tmp_path)
    (tmp_path / "run.json").write_text("{", "utf-8")
    with pytest.raises(FolderError, match="cannot be read"):
        load_run(tmp_path)


def test_a_run_with_a_missing_table_is_named_instead_of_a_traceback(told_run: Run, tmp_path: Path) -> None:
    save_run(told_run, tmp_path / "run")
    (tmp_path / "run" / "people.parquet").unlink()
    with pytest.raises(FolderError, match="make it again"):
        load_run(tmp_path / "run")
