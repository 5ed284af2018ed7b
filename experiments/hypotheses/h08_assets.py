"""H8: an asset-based approach and active participation need each other."""

from cocreate.experiments.hypotheses.claim import Claim, Expected, difference, interaction
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

PASSIVE: dict[str, Value] = {"inclusion": "consulted", "facilitation": 0.0}
ACTIVE: dict[str, Value] = {"inclusion": "throughout", "facilitation": 0.7}
NEEDS: dict[str, Value] = {"asset_based": 0.0}
STRENGTHS: dict[str, Value] = {"asset_based": 0.9}

ASSETS = Hypothesis(
    id="H8",
    name="assets",
    title="Building on strengths and taking part actively need each other",
    lesson="Programmes based on active participation and an asset-based approach can be sustainable.",
    source=COSIE,
    levers=("asset_based", "inclusion", "facilitation"),
    worlds=(
        World(name="neither", label="neither", levers=PASSIVE | NEEDS),
        World(name="strengths", label="building on strengths", levers=PASSIVE | STRENGTHS),
        World(name="active", label="active participation", levers=ACTIVE | NEEDS),
        World(name="both", label="both", levers=ACTIVE | STRENGTHS),
    ),
    claims=(
        Claim(
            "Building on strengths and active participation together make more pilots last.",
            "lasting_past_money",
            difference("both", "neither"),
            Expected.MORE,
        ),
        Claim(
            "Together they bring more than the sum of each.",
            "lasting_past_money",
            interaction("both", "strengths", "active", "neither"),
            Expected.MORE,
            essential=True,
        ),
        Claim(
            "Building on strengths alone brings nothing.",
            "lasting_past_money",
            difference("strengths", "neither"),
            Expected.SAME,
        ),
        Claim(
            "Active participation alone brings nothing.",
            "lasting_past_money",
            difference("active", "neither"),
            Expected.SAME,
        ),
    ),
    refuted_if="the two do not act on each other",
)
