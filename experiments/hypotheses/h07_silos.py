"""H7: silos hold back scaling; bridges and know-how need each other, and bridging has an optimum."""

from cocreate.experiments.hypotheses.claim import Claim, Expected, difference, interaction, peak
from cocreate.experiments.hypotheses.hypothesis import COSIE, Axis, Hypothesis
from cocreate.experiments.study.worlds import World

BRIDGING = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of people who bridge silos."""

BRIDGES = tuple(f"bridges_{round(100 * share)}" for share in BRIDGING)
SKILLED, UNSKILLED = {"training": 0.6}, {"training": 0.0}
NO_BRIDGES, MANY_BRIDGES = {"boundary_spanners": 0.0}, {"boundary_spanners": 0.5}

SILOS_APART = Hypothesis(
    id="H7",
    name="bridges",
    title="Silos hold back scaling, and bridges help those who know how",
    lesson="Political silos, sector silos, missing channels and missing know-how are the major barriers.",
    source=f"{COSIE}; Williams 2002",
    levers=("sector_silo", "political_silo", "boundary_spanners", "training"),
    worlds=(
        World(name="sector_open", label="sectors open", levers={"sector_silo": 0.1}),
        World(name="sector_closed", label="sectors closed", levers={"sector_silo": 0.95}),
        World(name="political_open", label="parties open", levers={"political_silo": 0.0}),
        World(name="political_closed", label="parties closed", levers={"political_silo": 0.9}),
        World(name="neither", label="no bridges, no training", levers=NO_BRIDGES | UNSKILLED),
        World(name="bridges", label="bridges, no training", levers=MANY_BRIDGES | UNSKILLED),
        World(name="skills", label="training, no bridges", levers=NO_BRIDGES | SKILLED),
        World(name="both", label="bridges and training", levers=MANY_BRIDGES | SKILLED),
        *(
            World(name=name, label=f"{share:.0%} bridge", levers={"boundary_spanners": share})
            for name, share in zip(BRIDGES, BRIDGING, strict=True)
        ),
    ),
    claims=(
        Claim(
            "A region has fewer regular services where sectors are closed.",
            "structural_per_region",
            difference("sector_closed", "sector_open"),
            Expected.LESS,
        ),
        Claim(
            "A region has fewer regular services where parties are closed.",
            "structural_per_region",
            difference("political_closed", "political_open"),
            Expected.LESS,
        ),
        Claim(
            "Bridges and know-how bring more together than the sum of each.",
            "structural_per_region",
            interaction("both", "bridges", "skills", "neither"),
            Expected.MORE,
            essential=True,
        ),
        Claim(
            "Bridging by some brings more services than both bridging by nobody and bridging by everybody.",
            "structural_per_region",
            {},
            Expected.MORE,
            ways=peak(BRIDGES),
        ),
    ),
    refuted_if="bridges and know-how only add up",
    axis=Axis("Share of people who bridge", BRIDGING, (("", BRIDGES),), "structural_per_region"),
)
