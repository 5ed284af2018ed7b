"""A politician: a seat on the council with a term, a party, and more or less support for co-creation."""

from __future__ import annotations

from cocreate.agents.columns import Column
from cocreate.agents.compiled import compiled
from cocreate.agents.person import Person, logistic


class Politician(Person):
    """A member of a region's council. The seat goes on when its holder is not elected again."""

    table_name = "politicians"

    party = Column("f8", "position of the party on a line", "position", -1, 1)
    support = Column("f8", "support for co-creation", "share", 0, 1)
    elected = Column("i4", "month in which the present holder won the seat", "month")


@compiled
def sponsoring(support: float, know_how: float) -> float:
    """Return the probability that a politician who is asked takes a seat at the table.

    >>> sponsoring(0.8, 0.2) > sponsoring(0.3, 0.2)
    True
    """
    return logistic(-2.5 + 4.0 * support + 1.0 * know_how)


@compiled
def support_aimed_at(
    leaning: float, results: float, incentives: float, peers: float, pressure: float
) -> float:
    """Return the support that a politician moves towards (logit; coefficients are an assumption).

    Args:
        leaning: What the party's position and an engaged electorate make of it, on log-odds.
        results: Visible results of co-created services in the region, in [0, 1].
        incentives: Outside incentives now: programmes, awards, a mandate, in [0, 1].
        peers: Mean support of fellow councillors, and adoption in regions nearby, in [0, 1].
        pressure: Lobbying against, and cost, in [0, 1].

    >>> support_aimed_at(0.0, 1.0, 0.0, 0.5, 0.0) > support_aimed_at(0.0, 0.0, 0.0, 0.5, 0.0)
    True
    """
    return logistic(leaning + 1.6 * results + 1.0 * incentives + 1.5 * (peers - 0.5) - 2.5 * pressure)


@compiled
def leaning(party: float, engaged: float, adopted: bool) -> float:
    """Return a politician's leaning towards co-creation, on log-odds.

    Neither side of the line owns co-creation: what counts is how many voters are engaged, whether the
    council has adopted its principles, and how far from the centre the party stands (parties at the
    edges rely less on joint work; an assumption).

    >>> leaning(0.0, 0.5, True) > leaning(0.0, 0.1, False)
    True
    """
    inherited = 0.6 if adopted else 0.0
    return -0.5 + 2.0 * engaged + inherited - 0.5 * abs(party)


@compiled
def estrangement(party: float, sponsors_party: float) -> float:
    """Return how far a government stands from those who sponsored a service, in [0, 1].

    >>> estrangement(-0.5, 0.5), estrangement(0.3, 0.3)
    (0.5, 0.0)
    """
    return 0.5 * abs(party - sponsors_party)
