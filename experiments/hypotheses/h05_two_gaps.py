"""H5: power is uneven between users and professionals, and between professions; each does harm."""

from cocreate.experiments.hypotheses.claim import Claim, Expected, interaction, mean_over
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

EVEN_USERS = {"power_imbalance": 0.5}
STEEP_USERS = {"power_imbalance": 3.0}
EVEN_PROFESSIONS = {"interprofessional_gap": 0.0}
STEEP_PROFESSIONS = {"interprofessional_gap": 0.8}

USERS = mean_over(["steep_users", "both"], ["neither", "steep_professions"])
PROFESSIONS = mean_over(["steep_professions", "both"], ["neither", "steep_users"])

TWO_GAPS = Hypothesis(
    id="H5",
    name="two gaps",
    title="Two gaps in power do harm, and more together than one by one",
    lesson="Power imbalances prevent co-creation between user and professional and between professions.",
    source=COSIE,
    levers=("power_imbalance", "interprofessional_gap"),
    worlds=(
        World(name="neither", label="both even", levers=EVEN_USERS | EVEN_PROFESSIONS),
        World(name="steep_users", label="steep over users", levers=STEEP_USERS | EVEN_PROFESSIONS),
        World(
            name="steep_professions", label="steep between professions", levers=EVEN_USERS | STEEP_PROFESSIONS
        ),
        World(name="both", label="both steep", levers=STEEP_USERS | STEEP_PROFESSIONS),
    ),
    claims=(
        Claim(
            "A steep gap between users and professionals lowers how well designs are accepted.",
            "acceptability",
            USERS,
            Expected.LESS,
            essential=True,
        ),
        Claim(
            "A steep gap between professions lowers how well designs are accepted.",
            "acceptability",
            PROFESSIONS,
            Expected.LESS,
            essential=True,
        ),
        Claim(
            "A steep gap between users and professionals makes acceptance less even.",
            "equity_spread",
            USERS,
            Expected.MORE,
        ),
        Claim(
            "A steep gap between professions makes acceptance less even.",
            "equity_spread",
            PROFESSIONS,
            Expected.MORE,
        ),
        Claim(
            "Both gaps together lower acceptance by more than the sum of each.",
            "acceptability",
            interaction("both", "steep_users", "steep_professions", "neither"),
            Expected.LESS,
        ),
    ),
    refuted_if="only one of the two gaps lowers acceptance",
)
