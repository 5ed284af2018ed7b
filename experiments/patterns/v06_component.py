"""V6: some component outlives the money far more often than the whole."""

from cocreate.experiments.patterns.estimates import mean_of
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import DEFAULT, DEFAULT_WORLDS, QUICK


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return the share of pilots of which something is left, and how far it exceeds that of the whole."""
    whole = found.values(DEFAULT, "share_structural")
    part = found.values(DEFAULT, "share_partly")
    return (
        mean_of("pilots of which some component survives", Target(0.6), whole + part),
        mean_of("the same less twice the share that survives whole", Target(0.0), part - whole),
    )


PATTERN = Pattern(
    id="V6",
    title="A component survives",
    statement="At least 60 % of sites keep one component of a programme after its funding, far more than"
    " keep it whole.",
    source="Scheirer 2005, American Journal of Evaluation",
    remark="A review of health programmes in the United States and Canada, not of co-creation; the whole is"
    " taken to survive where a pilot becomes structural, and far more to mean twice as often.",
    use="fitting",
    study=DEFAULT_WORLDS,
    quick=QUICK,
    measure=measure,
)
