"""Decision rules: majority, supermajority, unanimity, authority; and who is pivotal under them."""

import itertools
import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.compiled import compiled


class Rule(IntEnum):
    """How a group decides, in the order of the lever ``decision_rule``."""

    MAJORITY = 0
    SUPERMAJORITY = 1
    UNANIMITY = 2
    AUTHORITY = 3


MAJORITY = int(Rule.MAJORITY)
SUPERMAJORITY = int(Rule.SUPERMAJORITY)
UNANIMITY = int(Rule.UNANIMITY)
AUTHORITY = int(Rule.AUTHORITY)

ROUNDING = 1e-9


@compiled
def passes(
    votes: NDArray[np.bool_], weights: NDArray[np.float64], count: int, rule: int, quota: float
) -> bool:
    """Tell whether a proposal passes.

    Args:
        votes: Who votes for it; the first ``count`` entries count.
        weights: Weight of each vote, in any unit.
        count: Voters.
        rule: A :class:`Rule`. Majority: more than half of the weight; supermajority: at least ``quota``
            of it; unanimity: nobody against; authority: the voter of most weight decides.
        quota: Share of weight that a supermajority needs.

    Returns:
        True where it passes; False where nobody votes.
    """
    in_favour = 0.0
    total = 0.0
    against = 0
    first = -1
    for j in range(count):
        total += weights[j]
        if votes[j]:
            in_favour += weights[j]
        else:
            against += 1
        if first < 0 or weights[j] > weights[first]:
            first = j
    if count == 0:
        return False
    if rule == MAJORITY:
        return in_favour > 0.5 * total + ROUNDING * total
    if rule == SUPERMAJORITY:
        return in_favour >= (quota - ROUNDING) * total
    if rule == UNANIMITY:
        return against == 0
    return bool(votes[first])


@compiled
def accepts(squared_distance: float, openness: float, radius: float) -> bool:
    """Tell whether somebody accepts a proposal that far from where they started.

    The radius grows with openness: half of it when closed, one and a half when fully open.

    >>> accepts(0.3, 0.5, 0.6), accepts(0.5, 0.0, 0.6)
    (True, False)
    """
    reach = radius * (0.5 + openness)
    return squared_distance <= reach * reach


@compiled
def acceptance(squared_distance: float, width: float) -> float:
    """Return how well a proposal suits somebody, in (0, 1].

    >>> acceptance(0.0, 0.8)
    1.0
    """
    return math.exp(-squared_distance / (2.0 * width * width))


def pass_probability(weights: NDArray[np.float64], accept: float, rule: Rule, quota: float = 2 / 3) -> float:
    """Return the probability that a proposal passes when each voter accepts independently.

    Enumerates all votes, so it is meant for up to about twenty voters.

    Args:
        weights: Weight of each vote, shape (voters,).
        accept: Probability that a voter accepts.
        rule: Decision rule.
        quota: Share that a supermajority needs.
    """
    total = 0.0
    for votes in itertools.product((False, True), repeat=len(weights)):
        if passes(np.array(votes), weights, len(weights), int(rule), quota):
            total += accept ** sum(votes) * (1.0 - accept) ** (len(weights) - sum(votes))
    return total


def pivotal_probability(weights: NDArray[np.float64], voter: int, rule: Rule, quota: float = 2 / 3) -> float:
    """Return how often a voter's vote decides, when the others vote by fair coins (Banzhaf 1965).

    Args:
        weights: Weight of each vote, shape (voters,).
        voter: Whose vote.
        rule: Decision rule.
        quota: Share that a supermajority needs.
    """
    count = len(weights)
    swings = 0
    for others in itertools.product((False, True), repeat=count - 1):
        votes = np.array([*others[:voter], True, *others[voter:]])
        with_it = passes(votes, weights, count, int(rule), quota)
        votes[voter] = False
        swings += with_it and not passes(votes, weights, count, int(rule), quota)
    return swings / 2 ** (count - 1)
