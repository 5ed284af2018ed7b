"""Draw the picture of the README from simulated worlds: ``python docs/images/draw.py`` (a minute or two)."""

from pathlib import Path

from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.pool import Pool
from cocreate.experiments.themes import THEMES, theme_study
from cocreate.viz.lifelines import fate_bars
from cocreate.viz.theme import styled

DOTS_PER_INCH = 100
WORLDS = 40


def main() -> None:
    """Simulate the headline contrasts and save what became of the pilots."""
    figure = fate_bars(run_study(theme_study(WORLDS), engine=Pool()), THEMES)
    with styled():
        figure.savefig(Path(__file__).with_name("fates.png"), dpi=DOTS_PER_INCH, facecolor="white")


if __name__ == "__main__":
    main()
