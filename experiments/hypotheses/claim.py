"""Claims: what a hypothesis expects of an outcome in some worlds, precise enough to be wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

SMALLEST = 0.2
"""Smallest effect that counts, in standard deviations between worlds: small in the sense of Cohen (1988)."""


class Expected(StrEnum):
    """What a claim expects of an effect; :data:`SMALLEST` and less is about zero."""

    MORE = "more"
    LESS = "less"
    SAME = "about the same"
    NOT_MORE = "less or about the same"
    NOT_LESS = "more or about the same"


@dataclass(frozen=True)
class Claim:
    """One effect, and what is expected of it.

    The effect is a weighted sum of an outcome over worlds that share their random draws: a difference has
    the weights 1 and -1; an interaction of two levers, a difference of differences, has four.

    A claim with ``ways`` speaks of several effects. It holds where all effects of one way are as expected,
    and fails where each way has an effect that is shown not to be: a peak at a middle level is above both
    ends, and any of the middle levels may be the one.

    Attributes:
        says: The claim in a sentence.
        outcome: Name of a measure, see :data:`~cocreate.experiments.hypotheses.measures.MEASURES`.
        weights: Weights of worlds by name; they sum to zero. Empty for a claim with ``ways``.
        expected: What is expected of the weighted sum, or of each.
        essential: Whether the hypothesis is refuted if this claim fails, whatever the others say.
        smallest: Smallest effect that counts, in standard deviations between worlds, larger than 0.
        ways: For a claim that can hold in several ways, the weights of the effects that each needs.
        validity: Whether it says what makes the comparison a fair one, such as equal effort, rather than what
            the hypothesis expects. If it fails, or is unsettled, there is no verdict on the others.
    """

    says: str
    outcome: str
    weights: Mapping[str, float] = field(hash=False)
    expected: Expected
    essential: bool = False
    smallest: float = SMALLEST
    ways: tuple[tuple[Mapping[str, float], ...], ...] = field(default=(), hash=False)
    validity: bool = False

    @property
    def effects(self) -> tuple[tuple[Mapping[str, float], ...], ...]:
        """The weights of its effects, way by way."""
        return self.ways or ((self.weights,),)

    @property
    def tests(self) -> int:
        """How many effects it looks at."""
        return sum(map(len, self.effects))

    @property
    def worlds(self) -> frozenset[str]:
        """Names of the worlds that it compares."""
        return frozenset(world for way in self.effects for weights in way for world in weights)


@dataclass(frozen=True)
class Boundary:
    """A condition under which the effect of a hypothesis may be another one.

    Attributes:
        question: What it depends on, to be read after "depends on", such as "whether ties can grow".
        claim: The effect of the hypothesis under that condition, with what would be expected if the condition
            did not matter.
        foreseen: What the hypothesis expects under that condition.
    """

    question: str
    claim: Claim
    foreseen: Expected


def difference(arm: str, baseline: str) -> dict[str, float]:
    """Return the weights of a difference.

    >>> difference("standing", "events")
    {'standing': 1.0, 'events': -1.0}
    """
    return {arm: 1.0, baseline: -1.0}


def interaction(both: str, one: str, other: str, neither: str) -> dict[str, float]:
    """Return the weights of an interaction: what two changes do together beyond the sum of each alone.

    >>> interaction("11", "10", "01", "00")
    {'11': 1.0, '10': -1.0, '01': -1.0, '00': 1.0}
    """
    return {both: 1.0, one: -1.0, other: -1.0, neither: 1.0}


def mean_over(arms: Sequence[str], baselines: Sequence[str]) -> dict[str, float]:
    """Return the weights of a mean over some worlds less the mean over others.

    >>> mean_over(["slow", "middle"], ["fast"])
    {'slow': 0.5, 'middle': 0.5, 'fast': -1.0}
    """
    return {arm: 1 / len(arms) for arm in arms} | {one: -1 / len(baselines) for one in baselines}


def peak(worlds: Sequence[str]) -> tuple[tuple[Mapping[str, float], ...], ...]:
    """Return the ways in which an outcome can be highest between two ends: a world that is above both.

    A mean over the worlds between the ends would dilute a peak at one of them.

    Args:
        worlds: Names of three or more worlds, from one end to the other.

    >>> for way in peak(["fast", "middle", "slow"]):
    ...     print(*way)
    {'middle': 1.0, 'fast': -1.0} {'middle': 1.0, 'slow': -1.0}
    """
    first, *middle, last = worlds
    return tuple((difference(one, first), difference(one, last)) for one in middle)
