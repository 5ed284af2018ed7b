"""The demonstration, from simulating to the saved files."""

import json
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from cocreate.experiments.analysis.contrast import Difference
from cocreate.experiments.errors import FolderError
from cocreate.experiments.replicates import DesignError, Study, replicate_seed
from cocreate.experiments.themes import REPORTED, THEMES, all_arms
from cocreate.model.parameters import Parameters
from cocreate.viz.demo import run_demo, save_all

SMALL = Parameters.of({"regions": 2, "citizens_per_region": 30, "horizon": 60})
FIGURES = ("contrasts", "lifelines", "fates", "timeline")
FILES = {f"{name}.{kind}" for name in FIGURES for kind in ("svg", "png")}
FILES |= {"contrasts.csv", "contrasts.parquet", "worlds.parquet", "provenance.json"}


def demo(out: Path, replicates: int) -> str:
    """Return what the demonstration prints."""
    heard = StringIO()
    run_demo(out, replicates, Console(file=heard, width=120), seed=7, workers=1, parameters=SMALL)
    return heard.getvalue()


@pytest.mark.slow
def test_the_demonstration_says_what_it_found_and_names_every_file(tmp_path: Path) -> None:
    out = tmp_path / "new" / "demo"
    text = demo(out, 3)
    assert {path.name for path in out.iterdir()} == FILES
    assert all(name in text for name in FILES)
    for theme in THEMES:
        assert theme.label in text
        assert all(f"With {arm.label}, " in " ".join(text.split()) for arm in theme.arms)
    assert "predicts no place" in " ".join(text.split())
    assert "Study seed: 7" in " ".join(text.split())


@pytest.mark.slow
def test_saved_tables_hold_the_numbers_and_where_they_come_from(tmp_path: Path) -> None:
    demo(tmp_path, 2)
    table = pd.read_parquet(tmp_path / "contrasts.parquet")
    assert len(table) == 2 * len(THEMES) * len(REPORTED)
    assert {"difference", "low", "high", "effect", "p_corrected", "more", "variance_reduction"} <= set(table)
    assert list(pd.read_csv(tmp_path / "contrasts.csv").columns) == list(table.columns)
    worlds = pd.read_parquet(tmp_path / "worlds.parquet")
    assert len(worlds) == 2 * len(all_arms())
    origin = json.loads((tmp_path / "provenance.json").read_text("utf-8"))
    assert origin["study_seed"] == 7
    assert origin["seeds"] == [replicate_seed(7, 0), replicate_seed(7, 1)]
    assert origin["levers"]["horizon"] == 60
    assert origin["arms"]["silos_opened"]["levers"]["sector_silo"] == 0.2
    assert "numpy" in origin["packages"]


def test_a_file_in_the_way_of_the_folder_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", "utf-8")
    with pytest.raises(FolderError, match="--out"):
        demo(tmp_path / "taken", 2)
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


def test_one_world_of_each_setting_is_too_few(tmp_path: Path) -> None:
    with pytest.raises(DesignError, match="at least 2"):
        demo(tmp_path / "out", 1)
    assert not (tmp_path / "out").exists()


def test_nothing_half_written_is_left_when_saving_fails(
    tmp_path: Path,
    study: Study,
    differences: tuple[Difference, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> list[Path]:
        raise OSError("no space left")

    monkeypatch.setattr("cocreate.viz.theme.save", full)
    with pytest.raises(FolderError, match="no space left"):
        save_all(study, differences, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_other_files_in_the_folder_stay(
    tmp_path: Path, study: Study, differences: tuple[Difference, ...]
) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    save_all(study, differences, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == FILES | {"notes.txt"}
