"""An organisation: works in one sector, employs professionals, may adopt the principles of co-creation."""

from __future__ import annotations

from enum import IntEnum

from cocreate.agents.columns import Column, Declared
from cocreate.agents.compiled import compiled


class Kind(IntEnum):
    """Who owns an organisation."""

    PUBLIC = 0
    THIRD_SECTOR = 1
    PRIVATE = 2


class Organisation(Declared):
    """State of an organisation. It acts through its staff, so it is a table and no Mesa agent."""

    table_name = "organisations"

    threshold = Column("f8", "influence at which it adopts when its staff has no practice", "share", 0)
    practice = Column("f8", "mean of openness times know-how of its staff", "share", 0, 1)
    staff = Column("i8", "professionals who work there", "count", 0)
    exposure = Column("f8", "pilots and services that touch it now", "count", 0)
    region = Column("i4", "region", "index", 0)
    sector = Column("i4", "sector of service", "index", 0)
    kind = Column("i4", "public 0, third sector 1, private 2", "code", 0, 2)
    adopted = Column("i4", "1 where the principles of co-creation are adopted", "flag", 0, 1)
    since = Column("i4", "month of the last change", "month", -1)


@compiled
def adopts(influence: float, threshold: float) -> bool:
    """Tell whether influence reaches the threshold (Granovetter 1978).

    Both are shares of those around who have adopted.

    >>> adopts(0.5, 0.5), adopts(0.49, 0.5)
    (True, False)
    """
    return influence >= threshold


@compiled
def threshold_with(threshold: float, practice: float, weight: float) -> float:
    """Return an organisation's threshold when its staff has practice: it falls with what staff can do.

    >>> threshold_with(0.8, 0.5, 0.0), threshold_with(0.8, 0.5, 1.0)
    (0.8, 0.4)
    """
    return threshold * (1.0 - weight * practice)


@compiled
def adoption_probability(adopters: float, rate: float, around: float) -> float:
    """Return the chance that one who is surrounded by adopters follows in a month (chain binomial).

    ``1 - (1 - rate / around)^adopters``, where ``around`` counts all in reach, oneself included.

    >>> round(adoption_probability(2.0, 0.2, 20.0), 4)
    0.0199
    """
    if around <= 0.0:
        return 0.0
    return 1.0 - (1.0 - rate / around) ** adopters
