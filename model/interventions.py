"""Interventions: a lever that changes at a month, so that a run can be a story."""

from collections.abc import Sequence
from dataclasses import dataclass

from cocreate.model.parameters import ParameterError, Parameters, Value, lever_named

FIXED = frozenset(
    {
        "regions", "sectors", "organisations_per_sector", "citizens_per_region", "professionals_per_region",
        "politicians_per_region", "dimensions", "group_size", "horizon", "null_world", "need_entanglement",
        "hard_to_reach_share", "group_offset", "need_spread", "storytellers", "context_distance",
        "boundary_spanners",
    "lived_experience_gap", "interprofessional_gap", "tolerance_mean", "threshold_high",
    }
)  # fmt: skip
"""Levers that shape the world at its start and cannot change later."""


@dataclass(frozen=True)
class Intervention:
    """A lever set to another value from a month on.

    Attributes:
        month: First month in which the new value holds, counted from 0.
        lever: Name of the lever.
        value: New value.
    """

    month: int
    lever: str
    value: Value


def checked(parameters: Parameters, interventions: Sequence[Intervention]) -> tuple[Intervention, ...]:
    """Return the interventions in order of month, after checking each of them.

    Args:
        parameters: The levers at the start.
        interventions: What changes, in any order.

    Raises:
        ParameterError: For an unknown lever, one that cannot change during a run, a month outside
            the horizon, or a value that is not allowed then.
    """
    ordered = tuple(sorted(interventions, key=lambda change: change.month))
    now: dict[str, Value] = {}
    for number, change in enumerate(ordered):
        lever_named(change.lever)
        if change.lever in FIXED:
            raise ParameterError(
                f"{change.lever} shapes the world at its start and cannot change in month"
                f" {change.month}: set it for the whole run instead."
            )
        if not 0 <= change.month < parameters.horizon:
            raise ParameterError(
                f"The intervention on {change.lever} falls in month {change.month}, outside the months"
                f" 0 to {parameters.horizon - 1} of the run: choose a month inside, or a longer horizon."
            )
        now[change.lever] = change.value
        if number + 1 == len(ordered) or ordered[number + 1].month > change.month:
            parameters.changed(now)  # all changes of a month together have to make sense
    return ordered
