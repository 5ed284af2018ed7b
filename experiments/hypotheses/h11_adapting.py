"""H11: scaling is not copying: adapted services do better elsewhere, unless places are alike."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

OPEN: dict[str, Value] = {"ecosystem": 0.6}
COPY: dict[str, Value] = {**OPEN, "transfer_mode": "copy"}
ADAPT: dict[str, Value] = {**OPEN, "transfer_mode": "principles"}
UNLIKE: dict[str, Value] = {"context_distance": 1.0}
ALIKE: dict[str, Value] = {"context_distance": 0.0}

ADAPTING = Hypothesis(
    id="H11",
    name="adapting",
    title="Where places differ, adapting does better than copying",
    lesson="Services cannot be replicated; principles can be borrowed, but each place needs its own path.",
    source=COSIE,
    levers=("transfer_mode", "context_distance"),
    worlds=(
        World(name="unlike_copy", label="places differ, copied", levers=COPY | UNLIKE),
        World(name="unlike_adapt", label="places differ, adapted", levers=ADAPT | UNLIKE),
        World(name="alike_copy", label="places alike, copied", levers=COPY | ALIKE),
        World(name="alike_adapt", label="places alike, adapted", levers=ADAPT | ALIKE),
    ),
    claims=(
        Claim(
            "Where places differ, more adapted than copied pilots end up as regular services.",
            "second_place_structural",
            difference("unlike_adapt", "unlike_copy"),
            Expected.MORE,
        ),
        Claim(
            "Where places differ, adapted pilots fit better than copied ones.",
            "second_place_result",
            difference("unlike_adapt", "unlike_copy"),
            Expected.MORE,
        ),
    ),
    refuted_if="a copy never does worse than an adaptation",
    boundaries=(
        Boundary(
            "how alike places are (for becoming a regular service)",
            Claim(
                "Where places are alike, more adapted than copied pilots end up as regular services, too.",
                "second_place_structural",
                difference("alike_adapt", "alike_copy"),
                Expected.MORE,
            ),
            foreseen=Expected.LESS,
        ),
        Boundary(
            "how alike places are (for fitting people's needs)",
            Claim(
                "Where places are alike, adapted pilots fit better than copied ones, too.",
                "second_place_result",
                difference("alike_adapt", "alike_copy"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
    ),
)
