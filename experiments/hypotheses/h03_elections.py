"""H3: support past the next election keeps services alive, through distance and sponsors."""

from math import sqrt

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World

LOOSE = {"commitment": 0, "legal_anchor": 0.0}
NEAR = {"ideological_distance": 0.1}
FAR = {"ideological_distance": 0.9}
CALM = {"turnover": 0.1}
CHANGING = {"turnover": 0.7}


def _fits_better(near: float) -> dict[str, float]:
    """Return the weights of what turnover does where sides are far apart, less some of what it does near."""
    return {"far_changing": 1.0, "far_calm": -1.0, "near_changing": -near, "near_calm": near}


DISTANCE_FITS_BETTER = ((_fits_better(1 + sqrt(2)), _fits_better(1 - sqrt(2))),)
"""Two models explain the mean hazard in four worlds, turnover by distance: turnover always acts, or it acts
only where the sides are far apart. With effects n (near) and f (far) of turnover, least squares leaves
(f - n)**2 / 4 to the first and n**2 / 2 to the second. So the second fits better, with more services ended
where they are far apart, if f - n exceeds sqrt(2) times the size of n, be that a rise or a fall: if both
f - (1 + sqrt(2)) * n and f - (1 - sqrt(2)) * n are above zero.
"""

ELECTIONS = Hypothesis(
    id="H3",
    name="elections",
    title="Support past the next election keeps services alive",
    lesson="Long-term support from the council, way past the next election, matters for co-creation.",
    source=f"{COSIE}; Azevedo et al. 2022; Alves and Allegretti 2012",
    levers=("commitment", "legal_anchor", "political_silo", "turnover", "ideological_distance"),
    worlds=(
        World(name="loose", label="nothing binds", levers=LOOSE),
        World(name="bound", label="bound past the election", levers=LOOSE | {"commitment": 48}),
        World(name="anchored", label="anchored in a rule", levers=LOOSE | {"legal_anchor": 0.8}),
        World(
            name="both_sides",
            label="sponsors on both sides",
            levers=LOOSE | {"political_silo": 0.0, "boundary_spanners": 0.5},
        ),
        World(name="near_calm", label="sides close, few seats change", levers=LOOSE | NEAR | CALM),
        World(name="near_changing", label="sides close, many seats change", levers=LOOSE | NEAR | CHANGING),
        World(name="far_calm", label="sides far apart, few seats change", levers=LOOSE | FAR | CALM),
        World(name="far_changing", label="sides far apart, many seats change", levers=LOOSE | FAR | CHANGING),
        World(name="near", label="sides close, nothing binds", levers=LOOSE | NEAR),
        World(name="near_bound", label="sides close, bound", levers=LOOSE | NEAR | {"commitment": 48}),
    ),
    claims=(
        Claim(
            "A council bound past the next election ends fewer services at an election.",
            "election_hazard",
            difference("bound", "loose"),
            Expected.LESS,
        ),
        Claim(
            "A rule that anchors services lowers the chance that an election ends them.",
            "election_hazard",
            difference("anchored", "loose"),
            Expected.LESS,
        ),
        Claim(
            "Sponsors on both sides lower the chance that an election ends a service.",
            "election_hazard",
            difference("both_sides", "loose"),
            Expected.LESS,
        ),
        Claim(
            "That seats change hands ends services through the distance between the sides: this fits better"
            " than an effect of turnover as such.",
            "election_hazard",
            {},
            Expected.MORE,
            essential=True,
            ways=DISTANCE_FITS_BETTER,
        ),
    ),
    refuted_if="an effect of turnover that does not hang on distance fits better",
    boundaries=(
        Boundary(
            "how far apart the sides of the council are",
            Claim(
                "Where the sides are close, binding the council keeps services alive, too.",
                "election_hazard",
                difference("near_bound", "near"),
                Expected.LESS,
            ),
            foreseen=Expected.NOT_LESS,
        ),
    ),
)
