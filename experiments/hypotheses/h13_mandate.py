"""H13: a rule on when people must take part keeps co-creation going, but does not deepen it."""

from cocreate.experiments.hypotheses.claim import Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

MANDATE = Hypothesis(
    id="H13",
    name="mandate",
    title="A rule on taking part keeps services going, but does not shift power",
    lesson="In some countries programmes tell policy makers when and how participation is organised.",
    source=COSIE,
    levers=("mandate",),
    worlds=(
        World(name="free", label="no rule", levers={"mandate": 0.0}),
        World(name="ruled", label="rule on taking part", levers={"mandate": 0.9}),
    ),
    claims=(
        Claim(
            "With a rule on taking part, more pilots are still a service two years after their money ended.",
            "lasting_past_money",
            difference("ruled", "free"),
            Expected.MORE,
        ),
        Claim(
            "With a rule on taking part, elections end fewer services.",
            "election_hazard",
            difference("ruled", "free"),
            Expected.LESS,
        ),
        Claim(
            "A rule on taking part gives citizens no more voice.",
            "mean_users_voice",
            difference("ruled", "free"),
            Expected.NOT_MORE,
            essential=True,
        ),
    ),
    refuted_if="citizens have more voice under the rule",
)
