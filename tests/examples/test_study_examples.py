"""The studies in the folder of examples ask for what their design can answer."""

from pathlib import Path

from cocreate.experiments.conclusions.interactions import levels_compared
from cocreate.experiments.study.spec import Study

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_the_example_on_adding_up_compares_both_of_its_levers() -> None:
    study = Study.from_file(EXAMPLES / "silos_by_power.toml")
    assert levels_compared(study) == {"sector_silo": (0.1, 0.9), "power_imbalance": (0.0, 3.0)}
