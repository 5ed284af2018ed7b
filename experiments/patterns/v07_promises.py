"""V7: following through raises trust, ignoring advice lowers it below the level without any."""

from cocreate.experiments.patterns.estimates import mean_of
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import SEED, worlds_of
from cocreate.experiments.study.spec import Study
from cocreate.model.parameters import Value

MARGIN = 0.01
"""Difference in mean trust that counts as none."""

KEPT: dict[str, Value] = {
    "advance_decided": 1.0, "end_decided": 0.0, "end_piloting": 0.0, "election_cancel": 0.0,
    "end_structural": 0.0,
}  # fmt: skip
DROPPED: dict[str, Value] = {"advance_decided": 0.0, "end_decided": 1.0}
EVENT: dict[str, Value] = {"advance_cocreating": 0.0, "end_cocreating": 1.0, "advance_recruiting": 1.0}
"""A table that meets once and comes to no decision."""


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return trust of citizens where advice is kept, dropped, or never asked for, and after mere events."""
    trust = {name: found.values(name, "trust") for name in found.runs}
    return (
        mean_of(
            "trust where joint decisions are kept, less none", Target(0.0), trust["kept"] - trust["none"]
        ),
        mean_of("where they are dropped, less none", Target(high=0.0), trust["dropped"] - trust["none"]),
        mean_of("after single events, less none", Target(-MARGIN, MARGIN), trust["event"] - trust["none"]),
    )


PATTERN = Pattern(
    id="V7",
    title="Promises kept and broken",
    statement="Advice that is followed raises trust above the level without any consultation, ignored advice"
    " lowers it below; one short event alone leaves it where it was.",
    source="van Dijk and Lefevere 2023; Korsholm (n = 117)",
    remark="Deliberative events and survey experiments, not co-creation of services. Trust is that of all"
    " citizens at the end of the run, of whom only a part took part.",
    use="validation",
    study=Study(
        name="patterns-promises",
        worlds=worlds_of({"none": {"proposal_rate": 0.0}, "kept": KEPT, "dropped": DROPPED, "event": EVENT}),
        replicates=30,
        seed=SEED,
        levers={"transfer_mode": "none"},
    ),
    quick=12,
    measure=measure,
)
