"""`cocreate test` prints verdicts and writes findings and figures."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cocreate.cli import BAD_INPUT, FAULTS, app
from cocreate.experiments.study.seeds import replicate_seed
from tests.study.store_worlds import Failing


@pytest.mark.slow
def test_an_experiment_is_run_told_and_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--replicates", "3", "--workers", "1", "--at-defaults", "--out", str(out)]
    result = CliRunner().invoke(app, ["test", "H13", *options])
    assert result.exit_code == 0, result.output
    assert "Refuted if: citizens have more voice under the rule." in result.output
    (kept,) = json.loads((out / "findings.json").read_text("utf-8"))
    assert kept["id"] == "H13"
    assert sorted(path.name for path in out.iterdir()) == [
        "H13.png",
        "H13.svg",
        "findings.csv",
        "findings.json",
        "report.html",
    ]
    assert str(out / "report.html") in result.output.splitlines()[-1]
    page = (out / "report.html").read_text("utf-8")
    assert "cocreate test H13 --replicates 3 --seed 1 --at-defaults" in page


@pytest.mark.slow
def test_a_test_some_of_whose_runs_failed_says_so_and_ends_with_a_code_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Failing([replicate_seed(1, 0)])
    monkeypatch.setattr("cocreate.experiments.study.engines.choice.engine_from", lambda **_: engine)
    monkeypatch.setattr("cocreate.cli.test._save", lambda *_: None)
    options = ["--replicates", "4", "--at-defaults", "--out", str(tmp_path)]
    result = CliRunner().invoke(app, ["test", "H13", *options])
    assert result.exit_code == FAULTS, result.output
    assert "Refuted if: citizens have more voice under the rule." in result.output
    assert result.output.splitlines()[-1].startswith("Runs failed, and are left out")


def test_a_misspelt_experiment_ends_with_the_nearest_name(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["test", "silo", "--out", str(tmp_path)])
    assert result.exit_code == BAD_INPUT
    assert "Did you mean silos" in result.output
