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
def leaning(party: float, engaged: float, credit: float) -> float:
    """Return a politician's leaning towards co-creation, on log-odds.

    Neither side of the line owns co-creation: what counts is how many voters are engaged, what credit the
    council has from principles that it adopted, and how far from the centre the party stands (parties at
    the edges rely less on joint work; an assumption).

    Args:
        party: Position of the party, in [-1, 1].
        engaged: Share of citizens who have taken part and trust.
        credit: Credit from adopted principles, 1 while new, 0 for none (see :func:`novelty`).

    >>> leaning(0.0, 0.5, 1.0) > leaning(0.0, 0.1, 0.0)
    True
    """
    return -0.5 + 2.0 * engaged + 0.6 * credit - 0.5 * abs(party)


@compiled
def novelty(months: float, fades: float) -> float:
    """Return what is left of the novelty of adopted principles, 1 in the month of adoption.

    Governments that adopt first gain votes by it, later ones and later terms do not (Spada 2010); what
    spreads as a fashion is dropped as one (Strang and Macy 2001).

    Args:
        months: Months since adoption.
        fades: Share lost in a month, in [0, 1].

    >>> novelty(0.0, 0.1), novelty(2.0, 0.1), novelty(50.0, 0.0)
    (1.0, 0.81, 1.0)
    """
    return (1.0 - fades) ** months


@compiled
def estrangement(party: float, sponsors_party: float, reach: float) -> float:
    """Return how far a government stands from the nearest of those who sponsored a service, in [0, 1].

    Where sponsors came from both sides, a government of either finds one of its own among them.

    Args:
        party: Party position of the government.
        sponsors_party: Middle of the sponsors' positions.
        reach: Half the distance between their outer positions.

    >>> estrangement(-0.5, 0.5, 0.0), estrangement(-0.5, 0.0, 0.5), estrangement(0.3, 0.3, 0.0)
    (0.5, 0.0, 0.0)
    """
    return 0.5 * max(0.0, abs(party - sponsors_party) - reach)
