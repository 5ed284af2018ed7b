"""Draw the picture of the README from simulated worlds: ``python docs/images/draw.py`` (a minute or two)."""

from pathlib import Path

from cocreate.experiments.replicates import run_study
from cocreate.experiments.themes import THEMES, all_arms
from cocreate.viz.lifelines import fate_bars
from cocreate.viz.theme import styled

DOTS_PER_INCH = 100
WORLDS = 40


def main() -> None:
    """Simulate the headline contrasts and save what became of the pilots."""
    study = run_study(all_arms(), WORLDS, study_seed=1)
    figure = fate_bars(study, THEMES)
    with styled():
        figure.savefig(Path(__file__).with_name("fates.png"), dpi=DOTS_PER_INCH, facecolor="white")


if __name__ == "__main__":
    main()
