"""A professional: an expert's view of what people need, a sector, and a voice used to being heard."""

from __future__ import annotations

from cocreate.agents.columns import Column
from cocreate.agents.compiled import compiled
from cocreate.agents.person import Person, logistic


class Professional(Person):
    """A professional who works for an organisation in one sector of a region."""

    table_name = "professionals"

    view = Column("f8", "what the professional thinks people need", "need units", shape=("dimensions",))
    sector = Column("i4", "sector of service", "index", 0)
    organisation = Column("i4", "organisation the professional works for", "index", 0)


@compiled
def joining(openness: float, know_how: float, trust: float, weariness: float) -> float:
    """Return the probability that an invited professional joins (logit; coefficients are an assumption).

    Officials are hard to convince as well (the Estonian pilot of the CoSIE project named them beside
    vulnerable people as the hardest to reach).

    >>> joining(0.8, 0.3, 0.5, 0.0) > joining(0.2, 0.3, 0.5, 0.0)
    True
    """
    return logistic(-2.0 + 3.0 * openness + 1.0 * know_how + 0.8 * trust - 2.5 * weariness)


@compiled
def view_step(openness: float, citizens_voice: float, rate: float) -> float:
    """Return the share of the way that a view moves towards the lived experience heard in a meeting.

    Args:
        openness: Openness of the professional.
        citizens_voice: Share of voice that citizens had.
        rate: Speed of learning from lived experience.

    >>> view_step(0.5, 0.5, 0.2)
    0.05
    """
    return rate * openness * citizens_voice


@compiled
def practice(openness: float, know_how: float) -> float:
    """Return how far a professional works in a co-creating way: willing and able.

    >>> practice(0.5, 0.4)
    0.2
    """
    return openness * know_how


@compiled
def authority_of_sector(base: float, status: float, gap: float) -> float:
    """Return a profession's authority from its status in [-1, 1] and the gap between professions.

    >>> authority_of_sector(3.0, 0.5, 0.0), round(authority_of_sector(3.0, 1.0, 0.5), 2)
    (3.0, 4.5)
    """
    return base * (1.0 + gap * status)
