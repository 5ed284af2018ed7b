"""What a study is to conclude: as data, so that a report can act on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from cocreate.experiments.errors import nearest
from cocreate.experiments.study.base import Part
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.tasks import KEPT_OUTCOMES

FEWEST_POINTS = 40
"""Points that a discovery needs: half of them must do for finding a box, half for testing it."""


def known_outcome(name: str, allowed: Sequence[str] = KEPT_OUTCOMES) -> str:
    """Return the name of an outcome after checking it.

    Args:
        name: The name.
        allowed: Names that are allowed here.

    Raises:
        StudyError: There is no outcome of that name.
    """
    if name not in allowed:
        what = "outcome" if allowed is KEPT_OUTCOMES else "outcome here"
        raise StudyError(
            f"There is no {what} {name!r}.{nearest(name, allowed)} 'cocreate outcomes' lists them."
        )
    return name


type OutcomeName = Annotated[str, AfterValidator(known_outcome)]
"""Name of an outcome that is kept of each run."""


class Contrasts(Part):
    """Compare every world with the baseline, in pairs that share their seed.

    Attributes:
        correction: How p-values are corrected for their number: ``holm`` keeps the chance of any false
            finding at 5 %, ``bh`` the share of false ones among the findings.
    """

    correction: Literal["holm", "bh"] = "holm"


class Precision(Part):
    """Add replicates until the differences to the baseline are known well enough.

    The looks come at even distances up to the budget, whatever replicates the study begins with.

    Attributes:
        outcome: Outcome whose differences count.
        half_width: Half the width that the 95 % interval may have, in the unit of the outcome.
        budget: Most replicates of each world.
        looks: How often results are looked at until then; the intervals allow for it.
    """

    outcome: OutcomeName
    half_width: float = Field(gt=0, allow_inf_nan=False)
    budget: int = Field(ge=3)
    looks: int = Field(default=5, ge=1, le=100)


class Sensitivity(Part):
    """Tell which factors matter, from a Sobol or Morris design.

    Attributes:
        resamples: Bootstrap samples behind each interval.
    """

    resamples: int = Field(default=1000, ge=100)


class Discovery(Part):
    """Find the box of factors in which an outcome lies beyond a threshold.

    Attributes:
        outcome: The outcome.
        threshold: Value beyond which a run counts, in the unit of the outcome.
        side: Whether runs ``above`` or ``below`` the threshold count.
        method: ``prim`` peels a box (Friedman and Fisher 1999), ``cart`` grows a tree (Breiman 1984).
    """

    outcome: OutcomeName
    threshold: float = Field(allow_inf_nan=False)
    side: Literal["above", "below"] = "above"
    method: Literal["prim", "cart"] = "prim"


class Survival(Part):
    """Tell how long pilots live, and how elections change that.

    Attributes:
        window: Months before and after an election at which the hazard is told.
    """

    window: int = Field(default=12, ge=1)


class Conclude(Part):
    """What to conclude; what is left out is not looked at.

    Attributes:
        contrasts: Compare worlds with the baseline.
        precision: Add replicates until differences are known well enough.
        sensitivity: Tell which factors matter.
        discovery: Find the box of factors in which something happens.
        survival: Tell how long pilots live.
    """

    contrasts: Contrasts | None = None
    precision: Precision | None = None
    sensitivity: Sensitivity | None = None
    discovery: Discovery | None = None
    survival: Survival | None = None
