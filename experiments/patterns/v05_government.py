"""V5: a change of government ends what hangs on one sponsor, and spares what is anchored."""

from cocreate.experiments.patterns.estimates import mean_of
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import SEED, worlds_of
from cocreate.experiments.study.spec import Study
from cocreate.model.parameters import Value

MARGIN = 0.1
"""Difference in the chance of ending that counts as near zero."""

ALONE: dict[str, Value] = {
    "political_silo": 1.0, "group_size": 6, "end_user_seats": 0.5, "legal_anchor": 0.0,
    "support_infrastructure": 0.0, "boundary_spanners": 0.0,
}  # fmt: skip
"""One sponsor of one side, no anchor, nobody standing behind it."""

CARRIED: dict[str, Value] = {
    "political_silo": 0.0, "group_size": 24, "end_user_seats": 0.5, "legal_anchor": 1.0,
    "support_infrastructure": 0.8,
}  # fmt: skip
"""Several sponsors, a rule, a community that stands."""

STAYS: dict[str, Value] = {"turnover": 0.0}
CHANGES: dict[str, Value] = {"turnover": 1.0}


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return what a change of the whole council adds to the chance of ending, alone and carried."""
    hazard = {name: found.values(name, "election_hazard") for name in found.runs}
    alone = hazard["alone_changes"] - hazard["alone_stays"]
    carried = hazard["carried_changes"] - hazard["carried_stays"]
    return (
        mean_of("ended by a change, one sponsor and distance", Target(MARGIN), alone),
        mean_of("ended by a change, several sponsors and anchor", Target(-MARGIN, MARGIN), carried),
        mean_of("difference of the two", Target(0.0), alone - carried),
    )


PATTERN = Pattern(
    id="V5",
    title="A change of government",
    statement="A change of government ends arrangements at ideological distance and with a single sponsor;"
    " with several sponsors, a community and a legal anchor its effect is near zero.",
    source="Azevedo et al. 2022 (Brazil) against Alves and Allegretti 2012 (Portugal), and"
    " Fernández-Martínez and Becerril Viera (Spain 2019, preliminary)",
    remark="Participatory budgeting in three countries, not services. Here a council whose seats all change"
    " is compared with one that is re-elected as it is, in both settings at the same ideological distance.",
    use="validation",
    study=Study(
        name="patterns-government",
        worlds=worlds_of(
            {
                "alone_stays": {**ALONE, **STAYS},
                "alone_changes": {**ALONE, **CHANGES},
                "carried_stays": {**CARRIED, **STAYS},
                "carried_changes": {**CARRIED, **CHANGES},
            }
        ),
        replicates=40,
        seed=SEED,
        levers={"ideological_distance": 0.9},
    ),
    quick=16,
    measure=measure,
)
