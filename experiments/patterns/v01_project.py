"""V1: a project without infrastructure raises outputs while it runs and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.patterns.estimates import mean_of
from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Pattern, Reading, Target
from cocreate.experiments.patterns.settings import SEED
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Value

START, END, LATER = 12, 60, 120
"""Months: the project runs for four years and is looked at again five years after its end."""

INTENSE: Mapping[str, Value] = {
    "facilitation": 0.9, "community_reporting": 0.8, "inclusion": "throughout", "training": 0.6,
}  # fmt: skip
USUAL: Mapping[str, Value] = {
    "facilitation": 0.35, "community_reporting": 0.2, "inclusion": "consulted", "training": 0.2,
}  # fmt: skip
"""What an intensive project does, and what is done before and after it."""

STANDING = 0.8
"""Share of the effort that goes into a standing group where there is one, from the start on."""

LASTING_MARGIN = 0.05
"""Difference in users' voice over their seats that counts as none."""


def _project() -> tuple[Intervention, ...]:
    begin = [Intervention(START, name, value) for name, value in INTENSE.items()]
    return (*begin, *(Intervention(END, name, value) for name, value in USUAL.items()))


def _study() -> Study:
    money: dict[str, Value] = {"eu_funding": 1.0, "eu_funding_start": START, "eu_funding_end": END}
    return Study(
        name="patterns-project",
        worlds=(
            World(name="none", levers={"eu_funding": 0.0}),
            World(name="project", levers=money, interventions=_project()),
            World(
                name="standing",
                levers={**money, "support_infrastructure": STANDING},
                interventions=_project(),
            ),
        ),
        replicates=60,
        seed=SEED,
        levers={**USUAL, "support_infrastructure": 0.0, "horizon": LATER},
        keep=Keep(series=("pilots", "users_influence", "sessions", "councils")),
    )


def _lasting(found: Evidence, world: str) -> NDArray[np.float64]:
    """Return users' voice over their seats in the last two years, by meeting; NaN where none was held."""
    held = found.series(world, "sessions")[:, LATER - 24 :]
    voice = np.nan_to_num(found.series(world, "users_influence")[:, LATER - 24 :])  # none without a session
    count = held.sum(axis=1)
    return np.where(count > 0, (held * voice).sum(axis=1) / np.maximum(count, 1), np.nan)


def measure(found: Evidence) -> tuple[Reading, ...]:
    """Return outputs while the project runs, and what is left five years after it."""
    outputs = {name: found.series(name, "pilots")[:, END - 1] for name in ("none", "project")}
    voice = {name: _lasting(found, name) for name in ("none", "project", "standing")}
    return (
        mean_of(
            "pilots by the end of the project, more than without",
            Target(0.0),
            outputs["project"] - outputs["none"],
        ),
        mean_of(
            "users' voice over seats five years later, project less none",
            Target(-LASTING_MARGIN, LASTING_MARGIN),
            voice["project"] - voice["none"],
        ),
        mean_of(
            "the same, standing infrastructure less none", Target(0.0), voice["standing"] - voice["none"]
        ),
    )


PATTERN = Pattern(
    id="V1",
    title="Projects come and go",
    statement="A time-limited project with intensive facilitation raises outputs while it runs and changes"
    " neither decision making nor whose voice counts five years on; with standing infrastructure it does.",
    source="Casey, Glennerster and Miguel 2012, Quarterly Journal of Economics (GoBifo trial); CoSIE policy"
    " brief for the second half",
    remark="GoBifo was community-driven development in villages of Sierra Leone, not co-creation of"
    " services; the half on infrastructure is a lesson of the brief and no trial.",
    use="validation",
    study=_study(),
    quick=20,
    measure=measure,
)
