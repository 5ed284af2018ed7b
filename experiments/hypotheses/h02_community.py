"""H2: a community lasts beyond the project, and carries a part of what standing infrastructure does."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference, interaction
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

EVENTS = {"support_infrastructure": 0.0}
STANDING = {"support_infrastructure": 0.8}
NO_BONDS = {"tie_growth": 0.0}
CHURN = {"leaving": 0.15, "staff_turnover": 0.5}

COMMUNITY = Hypothesis(
    id="H2",
    name="community",
    title="A community carries services beyond the project",
    lesson="A group that becomes a community lasts beyond the life of the project.",
    source=COSIE,
    levers=("tie_growth", "support_infrastructure"),
    worlds=(
        World(name="standing", label="standing group", levers=STANDING),
        World(name="standing_no_bonds", label="standing group, no bonds", levers=STANDING | NO_BONDS),
        World(name="events", label="events only", levers=EVENTS),
        World(name="events_no_bonds", label="events only, no bonds", levers=EVENTS | NO_BONDS),
        World(name="churn", label="standing group, people come and go", levers=STANDING | CHURN),
        World(
            name="churn_no_bonds",
            label="standing group, no bonds, people come and go",
            levers=STANDING | CHURN | NO_BONDS,
        ),
    ),
    claims=(
        Claim(
            "Where bonds form in a standing group, more pilots are still a service two years after their"
            " money ended.",
            "lasting_past_money",
            difference("standing", "standing_no_bonds"),
            Expected.MORE,
        ),
        Claim(
            "Without bonds, a standing group does less for what lasts: bonds carry a part of its effect.",
            "lasting_past_money",
            interaction("standing", "standing_no_bonds", "events", "events_no_bonds"),
            Expected.MORE,
            essential=True,
        ),
    ),
    refuted_if="a standing group does as much where no bonds form (no mediation)",
    boundaries=(
        Boundary(
            "whether people stay",
            Claim(
                "Where people come and go, bonds make more pilots last, too.",
                "lasting_past_money",
                difference("churn", "churn_no_bonds"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
    ),
)
