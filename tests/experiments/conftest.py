"""A small run and small files for the tests of experiments."""

from pathlib import Path

import pytest

from cocreate.experiments.runs import Run, run_world
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Parameters

PEOPLE = """id,role,region,trust,sector
ann,citizen,North,0.5,
ben,citizen,South,,
cem,professional,North,,health
dee,professional,South,0.25,1
eva,politician,North,,
fay,politician,South,,
"""


@pytest.fixture(scope="session")
def told_run() -> Run:
    """Return a run with diaries and an intervention, long enough for initiatives to come and go."""
    levers = Parameters.of({"regions": 2, "horizon": 96, "proposal_rate": 1.0})
    return run_world(levers, 1, [Intervention(24, "facilitation", 0.9)], diaries=True)


@pytest.fixture
def people_csv(tmp_path: Path) -> Path:
    """Return a file of six people in two regions."""
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, "utf-8")
    return path
