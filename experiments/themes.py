"""The three headline contrasts: silos, continuity and power imbalance, each opened and closed."""

from dataclasses import dataclass

from cocreate.experiments.replicates import Arm

BASELINE = Arm("default", "default world")
"""The default world, with which every arm is compared."""


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
    opened: Arm
    closed: Arm

    @property
    def arms(self) -> tuple[Arm, Arm]:
        """Both settings."""
        return self.opened, self.closed


THEMES = (
    Theme(
        "silos",
        "Silos",
        Arm(
            "silos_opened",
            "open silos",
            {"sector_silo": 0.2, "political_silo": 0.1, "communication_channels": 0.8},
        ),
        Arm(
            "silos_closed",
            "closed silos",
            {"sector_silo": 0.95, "political_silo": 0.9, "communication_channels": 0.1},
        ),
    ),
    Theme(
        "continuity",
        "Continuity",
        Arm(
            "continuity_opened",
            "more continuity",
            {
                "commitment": 24,
                "turnover": 0.2,
                "ideological_distance": 0.2,
                "staff_turnover": 0.05,
                "support_infrastructure": 0.6,
            },
        ),
        Arm(
            "continuity_closed",
            "less continuity",
            {
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
        Arm(
            "power_opened",
            "shared power",
            {
                "power_imbalance": 0.5,
                "interprofessional_gap": 0.1,
                "facilitation": 0.8,
                "inclusion": "throughout",
            },
        ),
        Arm(
            "power_closed",
            "steep power",
            {
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
    "share_structural": "pilots that became structural",
    "structural_per_region": "structural services per region",
    "share_lasting": "structural services that lasted",
    "regions_reached": "regions reached",
    "councils": "councils that adopted the principles",
    "effectiveness": "effectiveness of services",
    "effectiveness_gap": "effectiveness gap of the hard to reach",
    "mean_users_voice": "voice of citizens in sessions",
    "trust": "trust of citizens",
    "trust_hard_to_reach": "trust of hard-to-reach citizens",
    "backlashes_per_region": "backlash events per region",
}
"""Outcomes that the contrasts report, and their names in figures and text."""

COUNTED = frozenset({"structural_per_region", "backlashes_per_region"})
"""Reported outcomes that are counts; all others are shares and indices from 0 to 1."""


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


def all_arms() -> tuple[Arm, ...]:
    """Return the default world and every arm of every theme."""
    return (BASELINE, *(arm for theme in THEMES for arm in theme.arms))
