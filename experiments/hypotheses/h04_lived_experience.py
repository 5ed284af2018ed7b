"""H4: people as the source of a service rather than its target make it fit better, where experts are off."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference, interaction
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

TARGET: dict[str, Value] = {
    "power_imbalance": 3.0,
    "facilitation": 0.0,
    "inclusion": "consulted",
    "end_user_seats": 0.3,
}
SOURCE: dict[str, Value] = {
    "power_imbalance": 0.5,
    "facilitation": 0.8,
    "inclusion": "throughout",
    "end_user_seats": 0.7,
}
RIGHT: dict[str, Value] = {"lived_experience_gap": 0.0}

LIVED_EXPERIENCE = Hypothesis(
    id="H4",
    name="lived experience",
    title="Services fit better where lived experience weighs more",
    lesson="See people with lived experience as a source of innovation instead of its target.",
    source=COSIE,
    levers=("power_imbalance", "facilitation", "inclusion", "end_user_seats", "lived_experience_gap"),
    worlds=(
        World(name="target", label="people as target", levers=TARGET),
        World(name="source", label="people as source", levers=SOURCE),
        World(name="right_target", label="people as target, experts are right", levers=TARGET | RIGHT),
        World(name="right_source", label="people as source, experts are right", levers=SOURCE | RIGHT),
    ),
    claims=(
        Claim(
            "Pilots fit people's needs better where lived experience weighs more.",
            "result",
            difference("source", "target"),
            Expected.MORE,
        ),
        Claim(
            "All services together fit better where lived experience weighs more.",
            "effectiveness",
            difference("source", "target"),
            Expected.MORE,
        ),
        Claim(
            "The gain comes from what experts do not know: it is smaller where they are right.",
            "result",
            interaction("source", "target", "right_source", "right_target"),
            Expected.MORE,
            essential=True,
        ),
    ),
    refuted_if="the gain is the same where experts are right",
    boundaries=(
        Boundary(
            "whether experts are off",
            Claim(
                "Where experts are right, lived experience improves the fit of pilots, too.",
                "result",
                difference("right_source", "right_target"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
    ),
)
