"""The three headline contrasts: silos, continuity and power imbalance, each opened and closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

BASELINE = World(name="default", label="default world")
"""The default world, with which all others are compared."""


@dataclass(frozen=True)
class Theme:
    """A family of levers, moved together in two directions from the default world.

    Attributes:
        name: Name in code and files.
        label: Name in figures and text.
        opened: The setting that the policy brief recommends.
        closed: The opposite setting.
    """

    name: str
    label: str
    opened: World
    closed: World

    @property
    def worlds(self) -> tuple[World, World]:
        """Both settings."""
        return self.opened, self.closed


THEMES = (
    Theme(
        "silos",
        "Silos",
        World(
            name="silos_opened",
            label="open silos",
            levers={"sector_silo": 0.2, "political_silo": 0.1, "communication_channels": 0.8},
        ),
        World(
            name="silos_closed",
            label="closed silos",
            levers={"sector_silo": 0.95, "political_silo": 0.9, "communication_channels": 0.1},
        ),
    ),
    Theme(
        "continuity",
        "Continuity",
        World(
            name="continuity_opened",
            label="more continuity",
            levers={
                "commitment": 24,
                "turnover": 0.2,
                "ideological_distance": 0.2,
                "staff_turnover": 0.05,
                "support_infrastructure": 0.6,
            },
        ),
        World(
            name="continuity_closed",
            label="less continuity",
            levers={
                "commitment": 0,
                "turnover": 0.6,
                "ideological_distance": 0.9,
                "staff_turnover": 0.3,
                "support_infrastructure": 0.0,
            },
        ),
    ),
    Theme(
        "power",
        "Power imbalance",
        World(
            name="power_opened",
            label="shared power",
            levers={
                "power_imbalance": 0.5,
                "interprofessional_gap": 0.1,
                "facilitation": 0.8,
                "inclusion": "throughout",
            },
        ),
        World(
            name="power_closed",
            label="steep power",
            levers={
                "power_imbalance": 3.0,
                "interprofessional_gap": 0.8,
                "facilitation": 0.0,
                "inclusion": "consulted",
            },
        ),
    ),
)
"""How far each lever moves is a choice of this study, not an estimate for any place."""

REPORTED = {
    "share_structural": "pilots that became regular services",
    "structural_per_region": "regular services in a region",
    "share_lasting": "regular services that are still there",
    "regions_reached": "regions reached",
    "councils": "councils with the principles",
    "effectiveness": "fit of services to citizens",
    "effectiveness_gap": "gap in fit of the hard to reach",
    "mean_users_voice": "citizens' share of voice",
    "trust": "trust of citizens",
    "trust_hard_to_reach": "trust of hard-to-reach citizens",
    "backlashes_per_region": "backlash events in a region",
}
"""Outcomes that the contrasts report, and their names in figures and text, the same as those of measures."""

BANDS = {
    "Spread and voice": (
        "share_structural",
        "share_lasting",
        "regions_reached",
        "councils",
        "mean_users_voice",
    ),
    "Fit and trust, on a finer scale": (
        "effectiveness",
        "effectiveness_gap",
        "trust",
        "trust_hard_to_reach",
    ),
    "Counts": ("structural_per_region", "backlashes_per_region"),
}
"""Reported outcomes that share an axis in figures."""


def theme_study(
    replicates: int, seed: int = 1, draws: tuple[Mapping[str, Value], ...] | None = None
) -> Study:
    """Return the study that compares both settings of every theme with the default world.

    Args:
        replicates: Runs of each world, at least 1.
        seed: Seed of the study, 0 or larger.
        draws: Draws of uncertain levers; None for the default point.
    """
    return Study(
        name="themes",
        question="What do silos, continuity and power imbalance change, compared with the default world?",
        worlds=(BASELINE, *(world for theme in THEMES for world in theme.worlds)),
        replicates=replicates,
        seed=seed,
        draws=draws,
        outcomes=tuple(REPORTED),
        keep=Keep(pilots=True),
    )
