"""The examples for users of other libraries run as they stand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def output(name: str, folder: Path) -> str:
    """Run an example in a folder as a user does, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    done = subprocess.run(
        [sys.executable, EXAMPLES / name],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=folder,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr
    return done.stdout


def rows(text: str, levers: tuple[str, ...]) -> dict[str, list[float]]:
    """Return the first row of numbers of each lever in a printed table."""
    found: dict[str, list[float]] = {}
    for line in text.splitlines():
        name, *cells = line.split() or [""]
        if name in levers and name not in found:
            found[name] = [float(cell) for cell in cells]
    return found


@pytest.mark.slow
def test_salib_shares_the_variance_of_the_model_out_among_all_levers(tmp_path: Path) -> None:
    levers = ("term_length", "support_infrastructure", "turnover", "sector_silo")
    text = output("salib_example.py", tmp_path)
    totals = {name: numbers[0] for name, numbers in rows(text, levers).items()}
    assert text.startswith("96 rows of 2 worlds each")
    assert tuple(totals) == levers
    assert all(total > 0 for total in totals.values())  # a lever that never reached the model would have 0


@pytest.mark.slow
def test_the_workbench_scores_all_levers_and_finds_a_box(tmp_path: Path) -> None:
    levers = (
        "commitment", "facilitation", "inclusion", "lived_experience_gap", "power_imbalance", "sector_silo",
        "support_infrastructure", "turnover",
    )  # fmt: skip
    text = output("ema_workbench_example.py", tmp_path)
    scores, _, box = text.partition("Where many services become structural:")
    assert scores.startswith("64 experiments")
    table = rows(scores, levers)
    assert tuple(table) == levers
    for column in range(2):
        assert sum(numbers[column] for numbers in table.values()) == pytest.approx(1, abs=0.05)
    assert rows(box, levers)
