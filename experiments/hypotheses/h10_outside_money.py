"""H10: outside money and awards start more, but what is started lasts no longer unless it builds support."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

WITHOUT = {"eu_funding": 0.0, "award": 0.0}
WITH = {"eu_funding": 0.8, "award": 0.5}
TIED = {"tied_to_infrastructure": 0.8}
OWN_MEANS = {"local_slack": 0.9}

OUTSIDE_MONEY = Hypothesis(
    id="H10",
    name="money",
    title="Outside money starts more, but does not make it last",
    lesson="Priorities enforced through European money and awards make co-creation more attractive.",
    source=COSIE,
    levers=("eu_funding", "award", "tied_to_infrastructure", "local_slack"),
    worlds=(
        World(name="without", label="no outside money", levers=WITHOUT),
        World(name="money", label="outside money", levers=WITH),
        World(name="tied", label="outside money for standing support", levers=WITH | TIED),
        World(name="own_without", label="own means, no outside money", levers=WITHOUT | OWN_MEANS),
        World(name="own_money", label="own means and outside money", levers=WITH | OWN_MEANS),
    ),
    claims=(
        Claim(
            "Outside money and awards start more initiatives.",
            "initiatives",
            difference("money", "without"),
            Expected.MORE,
        ),
        Claim(
            "For each initiative begun, outside money leaves no more lasting services.",
            "lasting_per_start",
            difference("money", "without"),
            Expected.NOT_MORE,
            essential=True,
        ),
        Claim(
            "Money that has to build standing support leaves more lasting services for each start than money"
            " that need not.",
            "lasting_per_start",
            difference("tied", "money"),
            Expected.MORE,
        ),
    ),
    refuted_if="starts and what lasts of each start rise together",
    boundaries=(
        Boundary(
            "how far regions have means of their own",
            Claim(
                "Where regions have means of their own, outside money leaves no more lasting services for"
                " each start, either.",
                "lasting_per_start",
                difference("own_money", "own_without"),
                Expected.NOT_MORE,
            ),
            foreseen=Expected.NOT_LESS,
        ),
    ),
)
