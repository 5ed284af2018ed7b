"""V2: how many pilots become structural."""

from cocreate.experiments.patterns.estimates import mean_of
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import DEFAULT, DEFAULT_WORLDS, QUICK


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return the share of pilots whose fate is known that became structural, mean over worlds."""
    shares = found.values(DEFAULT, "share_structural")
    return (mean_of("pilots that became structural", Target(0.18, 0.39), shares),)


PATTERN = Pattern(
    id="V2",
    title="Pilots that become structural",
    statement="18 to 39 % of pilots become structural (27 % of 73 trials).",
    source="DellaVigna, Kim and Linos 2024, Journal of Political Economy",
    remark="Trials of city departments in the United States, not co-creation of services.",
    use="fitting",
    study=DEFAULT_WORLDS,
    quick=QUICK,
    measure=measure,
)
