"""Voice and deliberation: who is heard in a meeting, and what it does to what people think.

Deliberation follows Friedkin and Johnsen (1990): people move towards what they hear as far as they are
susceptible, and hold on to where they started for the rest.
"""

import math

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.compiled import compiled

type Vector = NDArray[np.float64]
type Matrix = NDArray[np.float64]

FREE_OF_CROWDING = 8
HEARS_ALL = -1


@compiled
def voice_exponent(power: float, facilitation: float, crowding: float, people: int) -> float:
    """Return how steeply authority turns into voice in a meeting.

    ``power (1 - f)``, grown by ``1 + crowding (1 - f) log(n / 8)`` in groups of more than eight: unequal
    turns weigh more where many want the floor and nobody facilitates.

    Args:
        power: Exponent without facilitation (``power_imbalance``).
        facilitation: Facilitation at this meeting, in [0, 1].
        crowding: Effect of group size.
        people: People present.

    >>> voice_exponent(2.0, 0.5, 0.0, 30), voice_exponent(2.0, 1.0, 0.2, 30)
    (1.0, 0.0)
    """
    exponent = power * (1.0 - facilitation)
    if people > FREE_OF_CROWDING:
        exponent *= 1.0 + crowding * (1.0 - facilitation) * math.log(people / FREE_OF_CROWDING)
    return exponent


@compiled
def shares(weights: Vector, count: int) -> None:
    """Turn the first ``count`` weights into shares that sum to one, in place."""
    total = 0.0
    for j in range(count):
        total += weights[j]
    for j in range(count):
        weights[j] = weights[j] / total if total > 0.0 else 1.0 / count


@compiled
def effective_voices(voice: Vector, count: int) -> float:
    """Return ``1 / sum v^2``, the number of equal voices that would be as concentrated."""
    total = 0.0
    for j in range(count):
        total += voice[j] * voice[j]
    return 1.0 / total


@compiled
def gini(voice: Vector, count: int) -> float:
    """Return the Gini coefficient of the first ``count`` entries, 0 where all are equal."""
    spread = 0.0
    total = 0.0
    for i in range(count):
        total += voice[i]
        for j in range(i):
            spread += 2.0 * abs(voice[i] - voice[j])
    return spread / (2.0 * count * total) if total > 0.0 else 0.0


@compiled
def hearing(voice: Vector, block: NDArray[np.int64], across: float) -> Matrix:
    """Return who hears whom: the matrix W of Friedkin and Johnsen, with rows that sum to one.

    Everybody hears everybody by voice. Members of a block (a profession) give the share ``1 - across`` of
    their attention to their own block only.

    Args:
        voice: Shares of voice, shape (people,), sum one.
        block: Block of each person, -1 for those who hear all; shape (people,).
        across: Share of attention that knows no blocks, in [0, 1].

    Returns:
        Matrix of shape (people, people).
    """
    count = len(voice)
    matrix = np.zeros((count, count))
    for i in range(count):
        own = 0.0
        for j in range(count):
            if block[i] >= 0 and block[j] == block[i]:
                own += voice[j]
        for j in range(count):
            if block[i] < 0 or own <= 0.0:
                matrix[i, j] = voice[j]
                continue
            matrix[i, j] = across * voice[j]
            if block[j] == block[i]:
                matrix[i, j] += (1.0 - across) * voice[j] / own
    return matrix


@compiled
def deliberate(weights: Matrix, susceptibility: Vector, start: Matrix, rounds: int) -> Matrix:
    """Return positions after rounds of deliberation: ``z <- A W z + (I - A) z(0)``.

    Args:
        weights: Who hears whom, shape (people, people); rows sum to one.
        susceptibility: The diagonal of A, in [0, 1], shape (people,).
        start: Positions at the start, shape (people, dimensions).
        rounds: Rounds of listening.

    Returns:
        Positions, shape (people, dimensions).
    """
    people, size = start.shape
    now = start.copy()
    for _ in range(rounds):
        after = np.zeros((people, size))
        for i in range(people):
            for d in range(size):
                heard = 0.0
                for j in range(people):
                    heard += weights[i, j] * now[j, d]
                after[i, d] = susceptibility[i] * heard + (1.0 - susceptibility[i]) * start[i, d]
        now = after
    return now


def settled(weights: Matrix, susceptibility: Vector, start: Matrix) -> Matrix:
    """Return where deliberation settles: ``(I - A W)^-1 (I - A) z(0)``.

    Args:
        weights: Who hears whom, shape (people, people).
        susceptibility: The diagonal of A, shape (people,), below one for at least somebody.
        start: Positions at the start, shape (people,) or (people, dimensions).
    """
    keep = np.diag(susceptibility)
    unit = np.eye(len(susceptibility))
    result: Matrix = np.linalg.solve(unit - keep @ weights, (unit - keep) @ start)
    return result


@compiled
def deliberate_by_voice(
    now: Matrix,
    start: Matrix,
    voice: Vector,
    susceptibility: Vector,
    block: NDArray[np.int64],
    across: float,
    rounds: int,
) -> None:
    """Deliberate in place with the weights of :func:`hearing`, in time linear in the people.

    Args:
        now: Positions, set to ``start`` by the caller, changed in place; shape (people, dimensions).
        start: Positions at the start.
        voice: Shares of voice, sum one over the people.
        susceptibility: In [0, 1], shape (people,).
        block: Block of each person, -1 for those who hear all, else below 8.
        across: Share of attention that knows no blocks.
        rounds: Rounds of listening.
    """
    people = len(voice)
    size = start.shape[1]
    blocks = np.zeros(8)
    for j in range(people):
        if block[j] >= 0:
            blocks[block[j]] += voice[j]
    own = np.zeros(8)
    for _ in range(rounds):
        for d in range(size):
            heard = 0.0
            own[:] = 0.0
            for j in range(people):
                part = voice[j] * now[j, d]
                heard += part
                if block[j] >= 0:
                    own[block[j]] += part
            for i in range(people):
                listened = heard
                if block[i] >= 0 and blocks[block[i]] > 0.0:
                    listened = across * heard + (1.0 - across) * own[block[i]] / blocks[block[i]]
                now[i, d] = susceptibility[i] * listened + (1.0 - susceptibility[i]) * start[i, d]
