"""Headline: silos and scaling."""

from cocreate.experiments.hypotheses.opening import opening
from cocreate.experiments.themes import THEMES

SILOS = opening(
    THEMES[0],
    "silos",
    "Open silos let co-creation scale",
    "Political silos, sector silos and missing channels to citizens are barriers to more co-creation.",
)
