"""Where a factor counts as more than chance, when several are looked at once."""

from __future__ import annotations

FALSE_ALARMS = 0.05
"""Share of studies in which any factor without an effect is named, at most about."""

UNKNOWN = (
    "Without two replicates of the same points, effects cannot be told from chance, so no factor is named:"
    " take two or more."
)
"""What is said where chance between replicates is not known."""


def errors_needed(factors: int, blocks: int) -> float:
    """Return how many standard errors an effect must lie above what chance gives.

    The level is :data:`FALSE_ALARMS` over the number of factors (Bonferroni), on one side, by Student's t:
    the error is itself an estimate from few blocks.

    Args:
        factors: Factors that are looked at.
        blocks: Blocks or trajectories behind the effect, 2 or more.
    """
    from scipy import stats  # noqa: PLC0415 - heavy

    return float(stats.t.ppf(1 - FALSE_ALARMS / factors, blocks - 1))
