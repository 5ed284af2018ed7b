"""H1: standing infrastructure beats "some co-creation events" at equal effort."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

EVENTS = {"support_infrastructure": 0.0, "proposal_rate": 0.25}
STANDING = {"support_infrastructure": 0.8, "proposal_rate": 0.085}
MORE_EVENTS = {"support_infrastructure": 0.0, "proposal_rate": 3.0}
MORE_STANDING = {"support_infrastructure": 0.8, "proposal_rate": 0.52}
"""With a standing group more people join an initiative, and it goes on longer, so that it takes more effort.
For both worlds of a pair to spend about the same in all, the one with a group begins fewer initiatives."""

NO_BONDS = {"tie_growth": 0.0}

INFRASTRUCTURE = Hypothesis(
    id="H1",
    name="infrastructure",
    title="A standing group makes more last than single events at equal effort",
    lesson="Build a support infrastructure that brings co-creation beyond single events.",
    source=COSIE,
    levers=("support_infrastructure", "proposal_rate"),
    worlds=(
        World(name="events", label="many events", levers=EVENTS),
        World(name="standing", label="standing group, fewer initiatives", levers=STANDING),
        World(name="events_no_bonds", label="many events, no bonds", levers=EVENTS | NO_BONDS),
        World(name="standing_no_bonds", label="standing group, no bonds", levers=STANDING | NO_BONDS),
        World(name="more_events", label="four times the effort: events", levers=MORE_EVENTS),
        World(name="more_standing", label="four times the effort: standing group", levers=MORE_STANDING),
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
            "Both worlds spend about the same effort.",
            "effort",
            difference("standing", "events"),
            Expected.SAME,
            validity=True,
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
        Boundary(
            "how much effort there is",
            Claim(
                "With four times the effort in both worlds, a standing group makes more pilots last, too.",
                "lasting_past_money",
                difference("more_standing", "more_events"),
                Expected.MORE,
            ),
            foreseen=Expected.MORE,
        ),
    ),
)
