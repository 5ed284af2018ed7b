"""V10: contact raises trust, on equal terms more."""

from cocreate.experiments.patterns.estimates import mean_of
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import SEED, worlds_of
from cocreate.experiments.study.spec import Study
from cocreate.model.parameters import Value

EQUAL: dict[str, Value] = {
    "facilitation": 1.0, "transfer_pace": 1, "inclusion": "throughout", "interprofessional_gap": 0.0,
}  # fmt: skip
UNEQUAL: dict[str, Value] = {"facilitation": 0.0, "power_imbalance": 3.0}


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return trust of citizens after contact on unequal terms, and what equal terms add."""
    trust = {name: found.values(name, "trust") for name in found.runs}
    return (
        mean_of(
            "trust after contact on unequal terms, less none", Target(0.0), trust["unequal"] - trust["none"]
        ),
        mean_of("on equal terms, less on unequal ones", Target(0.0), trust["equal"] - trust["unequal"]),
    )


PATTERN = Pattern(
    id="V10",
    title="Contact",
    statement="Contact raises trust even on unequal terms, and on equal terms more.",
    source="Pettigrew and Tropp 2006, Journal of Personality and Social Psychology",
    remark="A meta-analysis of contact between groups, mostly ethnic ones; trust in institutions is not its"
    " subject. Tables meet here without coming to a decision, so that nothing but contact is at work.",
    use="validation",
    study=Study(
        name="patterns-contact",
        worlds=worlds_of({"none": {"proposal_rate": 0.0}, "equal": EQUAL, "unequal": UNEQUAL}),
        replicates=30,
        seed=SEED,
        levers={"advance_cocreating": 0.0, "transfer_mode": "none"},
    ),
    quick=12,
    measure=measure,
)
