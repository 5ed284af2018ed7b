"""A citizen: somebody with needs, who may be asked, may come, and may be heard."""

from __future__ import annotations

import math

from cocreate.agents.columns import Column
from cocreate.agents.compiled import compiled
from cocreate.agents.person import Person, logistic


class Citizen(Person):
    """A citizen of a region: needs over several sectors, and a memory of having taken part."""

    table_name = "citizens"

    need = Column(
        "f8",
        "what fits this person, relative to the region's mean",
        "need units",
        shape=("dimensions",),
    )
    weights = Column(
        "f8", "how much each sector matters to the person, sums to one", "share", 0, 1, ("sectors",)
    )
    experience = Column("f8", "memory of earlier participation, bad -1 to good 1", "score", -1, 1)
    storyteller = Column("i1", "1 for a community reporter who gathers others' stories", "flag", 0, 1)


@compiled
def willingness(trust: float, know_how: float, experience: float, weariness: float) -> float:
    """Return the probability that an invited citizen comes along (logit; coefficients are an assumption).

    >>> willingness(0.5, 0.1, 0.0, 0.0) > willingness(0.2, 0.1, 0.0, 0.0)
    True
    """
    return logistic(-1.6 + 3.0 * trust + 1.0 * know_how + 1.5 * experience - 3.0 * weariness)


@compiled
def leaving(relative_voice: float, weariness: float, base: float) -> float:
    """Return the probability of leaving a table this month: the unheard and the tired go.

    Args:
        relative_voice: Share of voice times group size, 1 for an equal share.
        weariness: Tiredness in [0, 1].
        base: Probability for somebody with an equal share who is not tired.

    >>> leaving(0.2, 0.0, 0.02) > leaving(1.0, 0.0, 0.02)
    True
    """
    unheard = 1.0 - relative_voice if relative_voice < 1.0 else 0.0
    return min(1.0, base * (1.0 + 2.0 * unheard + 4.0 * weariness))


@compiled
def fit(weighted_misfit: float, width: float) -> float:
    """Return how well the services around a citizen fit, in (0, 1].

    ``exp(-sum_s w_s |y_s - x|^2 / (2 width^2))``: a poor fit in one sector that matters cannot be made up
    for by the others.

    Args:
        weighted_misfit: Squared distances from need to service, weighted by sector.
        width: Distance at which a fit has fallen to exp(-1/2), in need units.

    >>> import math
    >>> math.isclose(fit(0.5, 0.5), math.exp(-1.0))
    True
    """
    return math.exp(-weighted_misfit / (2.0 * width * width))


@compiled
def experience_after(experience: float, outcome: float) -> float:
    """Return the memory after one more round: half the old, half the new.

    >>> experience_after(0.0, 1.0)
    0.5
    """
    return 0.5 * experience + 0.5 * outcome
