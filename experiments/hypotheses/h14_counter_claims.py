"""H14: three published counter-claims: turnover, disagreement and sparse networks have their merits."""

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

STAYING = {"staff_turnover": 0.0}
RENEWED = {"staff_turnover": 0.4}
DRIFTING = {"turbulence": 0.05}
STILL = {"turbulence": 0.0}

TURNOVER_HELPS = Hypothesis(
    id="H14a",
    name="turnover helps",
    title="Where needs drift, new staff keep services fitting",
    lesson="Turnover can help an organisation to follow a world that drifts.",
    source="March 1991",
    levers=("staff_turnover", "turbulence"),
    worlds=(
        World(name="drifting_staying", label="needs drift, staff stay", levers=DRIFTING | STAYING),
        World(name="drifting_renewed", label="needs drift, staff change", levers=DRIFTING | RENEWED),
        World(name="still_staying", label="needs stay, staff stay", levers=STILL | STAYING),
        World(name="still_renewed", label="needs stay, staff change", levers=STILL | RENEWED),
    ),
    claims=(
        Claim(
            "Where needs drift, services fit better with turnover of staff.",
            "effectiveness",
            difference("drifting_renewed", "drifting_staying"),
            Expected.MORE,
        ),
    ),
    refuted_if="turnover does not make services fit better even where needs drift",
    boundaries=(
        Boundary(
            "whether needs drift",
            Claim(
                "Where needs stay as they are, services fit better with turnover of staff, too.",
                "effectiveness",
                difference("still_renewed", "still_staying"),
                Expected.MORE,
            ),
            foreseen=Expected.NOT_MORE,
        ),
    ),
)

CONSULTED: dict[str, Value] = {"inclusion": "consulted"}
THROUGHOUT: dict[str, Value] = {"inclusion": "throughout"}
UNANIMITY: dict[str, Value] = {"decision_rule": "unanimity"}

INCLUSION_DIVIDES = Hypothesis(
    id="H14b",
    name="inclusion divides",
    title="Full inclusion makes it harder to agree",
    lesson="The more people are included, the harder a group can find it to agree.",
    source="Choi and Robertson 2014",
    levers=("inclusion", "decision_rule"),
    worlds=(
        World(name="consulted", label="users consulted", levers=CONSULTED),
        World(name="throughout", label="users throughout", levers=THROUGHOUT),
        World(
            name="unanimous_consulted", label="users consulted, all must agree", levers=CONSULTED | UNANIMITY
        ),
        World(
            name="unanimous_throughout",
            label="users throughout, all must agree",
            levers=THROUGHOUT | UNANIMITY,
        ),
    ),
    claims=(
        Claim(
            "Fewer votes pass where users are included throughout.",
            "decision_success",
            difference("throughout", "consulted"),
            Expected.LESS,
        ),
    ),
    refuted_if="as many votes pass where users are included throughout",
    boundaries=(
        Boundary(
            "whether all must agree",
            Claim(
                "Where all must agree, fewer votes pass with users included throughout, too.",
                "decision_success",
                difference("unanimous_throughout", "unanimous_consulted"),
                Expected.LESS,
            ),
            foreseen=Expected.LESS,
        ),
    ),
)

SPARSE: dict[str, Value] = {"region_network": "ring", "ecosystem": 0.0}
DENSE: dict[str, Value] = {"region_network": "complete", "ecosystem": 1.0}
SOON: dict[str, Value] = {"horizon": 60}

CONNECTED_NEED_NOT_WIN = Hypothesis(
    id="H14c",
    name="connected",
    title="In the long run, the best-connected network need not win",
    lesson="A network in which all hear of all finds good solutions early and stops looking.",
    source="Lazer and Friedman 2007",
    levers=("region_network", "ecosystem"),
    worlds=(
        World(name="sparse", label="regions hear of neighbours", levers=SPARSE),
        World(name="dense", label="all regions hear of all", levers=DENSE),
        World(name="soon_sparse", label="neighbours, after five years", levers=SPARSE | SOON),
        World(name="soon_dense", label="all of all, after five years", levers=DENSE | SOON),
    ),
    claims=(
        Claim(
            "In the long run, services fit no better where all regions hear of all.",
            "effectiveness",
            difference("dense", "sparse"),
            Expected.NOT_MORE,
        ),
    ),
    refuted_if="services fit better where all regions hear of all",
    boundaries=(
        Boundary(
            "how soon one looks",
            Claim(
                "After five years, too, services fit no better where all regions hear of all.",
                "effectiveness",
                difference("soon_dense", "soon_sparse"),
                Expected.NOT_MORE,
            ),
            foreseen=Expected.MORE,
        ),
    ),
)
