"""H9: community reporting gives the hard to reach a voice; without follow-through it costs their trust."""

from cocreate.experiments.hypotheses.claim import Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

SILENT: dict[str, Value] = {"community_reporting": 0.0}
REPORTING: dict[str, Value] = {"community_reporting": 0.9, "storytellers": 0.2}
KEPT: dict[str, Value] = {"advance_decided": 0.95, "end_decided": 0.0}
DROPPED: dict[str, Value] = {"advance_decided": 0.02, "end_decided": 0.6}
NOBODY: dict[str, Value] = {"proposal_rate": 0.0, "transfer_mode": "none"}

UNHEARD = Hypothesis(
    id="H9",
    name="unheard",
    title="Reaching the unheard pays only where decisions are followed through",
    lesson="Community reports can give people a voice who would otherwise not have been heard.",
    source=f"{COSIE}; van Dijk and Lefevere 2023",
    levers=("community_reporting", "storytellers", "advance_decided", "end_decided"),
    worlds=(
        World(name="kept_silent", label="no reporting, decisions kept", levers=SILENT | KEPT),
        World(name="kept_reporting", label="reporting, decisions kept", levers=REPORTING | KEPT),
        World(name="dropped_silent", label="no reporting, decisions dropped", levers=SILENT | DROPPED),
        World(name="dropped_reporting", label="reporting, decisions dropped", levers=REPORTING | DROPPED),
        World(name="nobody", label="no co-creation", levers=NOBODY),
    ),
    claims=(
        Claim(
            "Reporting gives hard-to-reach citizens more voice.",
            "mean_hard_to_reach_voice",
            difference("kept_reporting", "kept_silent"),
            Expected.MORE,
        ),
        Claim(
            "Where decisions are kept, reporting raises the trust of hard-to-reach citizens.",
            "trust_hard_to_reach",
            difference("kept_reporting", "kept_silent"),
            Expected.MORE,
            essential=True,
        ),
        Claim(
            "Where decisions are dropped, reporting lowers the trust of hard-to-reach citizens.",
            "trust_hard_to_reach",
            difference("dropped_reporting", "dropped_silent"),
            Expected.LESS,
            essential=True,
        ),
        Claim(
            "Reporting with decisions that are dropped leaves less trust than no co-creation at all.",
            "trust_hard_to_reach",
            difference("dropped_reporting", "nobody"),
            Expected.LESS,
        ),
    ),
    refuted_if="trust moves the same way whether decisions are kept or dropped (no flip)",
)
