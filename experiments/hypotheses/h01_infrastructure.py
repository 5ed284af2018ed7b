"""H1: standing infrastructure beats "some co-creation events" at equal effort."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

EVENTS = {"support_infrastructure": 0.0}
STANDING = {"support_infrastructure": 0.8}
NO_BONDS = {"tie_growth": 0.0}

INFRASTRUCTURE = Hypothesis(
    id="H1",
    name="infrastructure",
    title="A standing group does more than single events at equal effort",
    lesson="Build a support infrastructure that brings co-creation beyond single events.",
    source=COSIE,
    levers=("support_infrastructure",),
    worlds=(
        World(name="events", label="events only", levers=EVENTS),
        World(name="standing", label="standing group", levers=STANDING),
        World(name="events_no_bonds", label="events only, no bonds", levers=EVENTS | NO_BONDS),
        World(name="standing_no_bonds", label="standing group, no bonds", levers=STANDING | NO_BONDS),
    ),
    claims=(
        Claim(
            "With a standing group, more pilots are still a service two years after their money ended.",
            "lasting_past_money",
            difference("standing", "events"),
            Expected.MORE,
            essential=True,
        ),
        Claim(
            "With a standing group, citizens have more voice for their seats.",
            "influence",
            difference("standing", "events"),
            Expected.MORE,
        ),
        Claim(
            "A standing group costs no more effort for an initiative than events.",
            "effort_per_initiative",
            difference("standing", "events"),
            Expected.NOT_MORE,
        ),
    ),
    refuted_if="no more pilots last with a standing group than with events",
    boundaries=(
        Boundary(
            "whether the group becomes a community",
            Claim(
                "Where people who meet form no bonds, a standing group makes more pilots last, too.",
                "lasting_past_money",
                difference("standing_no_bonds", "events_no_bonds"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
    ),
)
