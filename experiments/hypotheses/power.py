"""Headline: power imbalance and scaling."""

from cocreate.experiments.hypotheses.opening import opening
from cocreate.experiments.themes import THEMES

POWER = opening(
    THEMES[2],
    "power",
    "Shared power lets co-creation scale",
    "Power imbalances between users and professionals, and between professions, prevent co-creation.",
)
