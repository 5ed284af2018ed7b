"""`cocreate test` prints verdicts and writes findings and figures."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cocreate.cli import BAD_INPUT, app


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


def test_a_misspelt_experiment_ends_with_the_nearest_name(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["test", "silo", "--out", str(tmp_path)])
    assert result.exit_code == BAD_INPUT
    assert "Did you mean silos" in result.output
