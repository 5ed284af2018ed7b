"""Random numbers: named streams, and a draw that depends on nothing but who, when and what for.

A draw is a pure function of (seed, stream, month, who, what): the counter-based generator Philox4x32 with
seven rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"). Two worlds
with the same seed therefore share every draw that both make, however differently they unfold, and the order
in which people are visited does not matter.
"""

import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.compiled import compiled


class Stream(IntEnum):
    """The streams. Each has its own key, so that one mechanism's draws never depend on another's."""

    TOPOLOGY = 0
    INITIAL_STATE = 1
    PROPOSALS = 2
    RECRUITMENT = 3
    SESSIONS = 4
    LIFE = 5
    ELECTIONS = 6
    STAFF = 7
    EVERYDAY = 8
    ADOPTION = 9
    TRANSFER = 10
    SHOCKS = 11


TOPOLOGY = int(Stream.TOPOLOGY)
INITIAL_STATE = int(Stream.INITIAL_STATE)
PROPOSALS = int(Stream.PROPOSALS)
RECRUITMENT = int(Stream.RECRUITMENT)
SESSIONS = int(Stream.SESSIONS)
LIFE = int(Stream.LIFE)
ELECTIONS = int(Stream.ELECTIONS)
STAFF = int(Stream.STAFF)
EVERYDAY = int(Stream.EVERYDAY)
ADOPTION = int(Stream.ADOPTION)
TRANSFER = int(Stream.TRANSFER)
SHOCKS = int(Stream.SHOCKS)

MASK = 0xFFFFFFFF


def stream_keys(rng: np.random.Generator) -> NDArray[np.int64]:
    """Return one key of 64 bits for each stream, as two columns of 32 bits.

    Args:
        rng: The model's generator; its seed sequence gives the keys, and is not advanced by draws.

    Returns:
        Array of shape (streams, 2).
    """
    words = rng.integers(0, MASK, size=(len(Stream), 2), endpoint=True, dtype=np.int64)
    return np.ascontiguousarray(words)


@compiled
def random_words(key_low: int, key_high: int, who: int, month: int, what: int) -> tuple[int, int]:
    """Return two words of 32 random bits for one counter value (Philox4x32-7).

    Products wrap in compiled code and do not in Python; the masks keep the bits that both agree on.
    """
    word_0 = who & MASK
    word_1 = (who >> 32) & MASK
    word_2 = month & MASK
    word_3 = what & MASK
    for _ in range(7):
        product_0 = 0xD2511F53 * word_0
        product_1 = 0xCD9E8D57 * word_2
        word_0, word_1, word_2, word_3 = (
            ((product_1 >> 32) & MASK) ^ word_1 ^ key_low,
            product_1 & MASK,
            ((product_0 >> 32) & MASK) ^ word_3 ^ key_high,
            product_0 & MASK,
        )
        key_low = (key_low + 0x9E3779B9) & MASK
        key_high = (key_high + 0xBB67AE85) & MASK
    return word_0, word_1


@compiled
def uniform(streams: NDArray[np.int64], stream: int, who: int, month: int, what: int) -> float:
    """Return a uniform number in [0, 1) with 53 random bits.

    Args:
        streams: Keys from :func:`stream_keys`.
        stream: Which stream.
        who: Whose draw it is: a person, an initiative, a region.
        month: When.
        what: Which of the draws that the same actor makes in the same month and stream.
    """
    high, low = random_words(
        int(streams[stream, 0]), int(streams[stream, 1]), int(who), int(month), int(what)
    )
    return ((high >> 5) * 67108864.0 + (low >> 6)) / 9007199254740992.0


@compiled
def normal(streams: NDArray[np.int64], stream: int, who: int, month: int, what: int) -> float:
    """Return a standard normal number (Box and Muller 1958) from the 64 bits of one counter value."""
    high, low = random_words(
        int(streams[stream, 0]), int(streams[stream, 1]), int(who), int(month), int(what)
    )
    radius = math.sqrt(-2.0 * math.log((high + 0.5) / 4294967296.0))
    return radius * math.cos(6.283185307179586 * ((low + 0.5) / 4294967296.0))


@compiled
def one_of(draw: float, count: int) -> int:
    """Return an index in ``range(count)`` from a uniform draw.

    >>> one_of(0.99, 3)
    2
    """
    return min(int(draw * count), count - 1)
