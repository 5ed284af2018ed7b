"""Headline: continuity and scaling."""

from cocreate.experiments.hypotheses.opening import opening
from cocreate.experiments.themes import THEMES

CONTINUITY = opening(
    THEMES[1],
    "continuity",
    "Continuity lets co-creation scale",
    "Continuity and long-term support from the council are important for serious co-creation.",
)
