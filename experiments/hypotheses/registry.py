"""The named experiments, by name."""

from __future__ import annotations

from collections.abc import Sequence

from cocreate.agents.errors import CocreateError
from cocreate.experiments.errors import nearest
from cocreate.experiments.hypotheses.continuity import CONTINUITY
from cocreate.experiments.hypotheses.h01_infrastructure import INFRASTRUCTURE
from cocreate.experiments.hypotheses.h02_community import COMMUNITY
from cocreate.experiments.hypotheses.h03_elections import ELECTIONS
from cocreate.experiments.hypotheses.h04_lived_experience import LIVED_EXPERIENCE
from cocreate.experiments.hypotheses.h05_two_gaps import TWO_GAPS
from cocreate.experiments.hypotheses.h06_backlash import BACKLASH
from cocreate.experiments.hypotheses.h07_silos import SILOS_APART
from cocreate.experiments.hypotheses.h08_assets import ASSETS
from cocreate.experiments.hypotheses.h09_unheard import UNHEARD
from cocreate.experiments.hypotheses.h10_outside_money import OUTSIDE_MONEY
from cocreate.experiments.hypotheses.h11_adapting import ADAPTING
from cocreate.experiments.hypotheses.h12_rounds import ROUNDS
from cocreate.experiments.hypotheses.h13_mandate import MANDATE
from cocreate.experiments.hypotheses.h14_counter_claims import (
    CONNECTED_NEED_NOT_WIN,
    INCLUSION_DIVIDES,
    TURNOVER_HELPS,
)
from cocreate.experiments.hypotheses.hypothesis import Hypothesis
from cocreate.experiments.hypotheses.interaction import INTERACTION
from cocreate.experiments.hypotheses.power import POWER
from cocreate.experiments.hypotheses.silos import SILOS

HEADLINES = (SILOS, CONTINUITY, POWER, INTERACTION)
"""The three themes on scaling, and all three together."""

LESSONS = (
    INFRASTRUCTURE, COMMUNITY, ELECTIONS, LIVED_EXPERIENCE, TWO_GAPS, BACKLASH, SILOS_APART, ASSETS, UNHEARD,
    OUTSIDE_MONEY, ADAPTING, ROUNDS, MANDATE, TURNOVER_HELPS, INCLUSION_DIVIDES, CONNECTED_NEED_NOT_WIN,
)  # fmt: skip
"""The lessons one by one."""

HYPOTHESES: dict[str, Hypothesis] = {one.id: one for one in (*HEADLINES, *LESSONS)}
"""Every named experiment by its id."""

ALL = "all"
FAMILIES = {"H14": ("H14a", "H14b", "H14c")}
"""Names that stand for several."""


class HypothesisError(CocreateError, ValueError):
    """There is no such experiment."""


def hypotheses_named(names: Sequence[str]) -> tuple[Hypothesis, ...]:
    """Return experiments by their names, in the order asked for and each once.

    Args:
        names: Ids or names in any case; ``all`` for all.

    Raises:
        HypothesisError: There is no such experiment.

    >>> [one.id for one in hypotheses_named(["h1", "Silos", "H14"])]
    ['H1', 'silos', 'H14a', 'H14b', 'H14c']
    """
    found: dict[str, Hypothesis] = {}
    for name in names:
        found |= {one.id: one for one in _named(name)}
    return tuple(found.values())


def _named(name: str) -> list[Hypothesis]:
    if name.lower() == ALL:
        return list(HYPOTHESES.values())
    if name.upper() in FAMILIES:
        return [HYPOTHESES[one] for one in FAMILIES[name.upper()]]
    known = {one.id.lower(): one for one in HYPOTHESES.values()}
    known |= {one.name: one for one in HYPOTHESES.values()}
    if name.lower() not in known:
        ids = ", ".join(HYPOTHESES)
        raise HypothesisError(
            f"There is no experiment called {name!r}.{nearest(name.lower(), list(known))}"
            f" Choose from {ids}, or {ALL}."
        )
    return [known[name.lower()]]
