"""Words for the life of an initiative, for voice and for trust, as community reports say them."""

from __future__ import annotations

from bisect import bisect_right

from cocreate.agents.initiative import Reason, State
from cocreate.experiments.story_teller import Teller

VOICE_FROM = (0.5, 0.8, 1.25, 2.0)
"""Voice, as a multiple of an equal share, from which the next word is used."""

TRUST_FROM = (0.15, 0.35, 0.65, 0.85)
SHARE_FROM = (0.05, 0.15, 0.22, 0.29, 0.39, 0.46, 0.55, 0.7, 0.85)


def state_in_words(teller: Teller, state: State, reason: Reason) -> str:
    """Return a clause that tells which state an initiative entered, and why.

    >>> from cocreate.experiments.story_teller import English
    >>> state_in_words(English(), State.ENDED, Reason.ELECTION)
    'the newly elected council ended it'
    """
    if state is State.ENDED:
        key = f"ended.{reason.name.lower()}"
        return teller.say(key if teller.knows(key) else "ended.none")
    copied = state is State.DECIDED and reason is Reason.COPIED
    return teller.say("state.copied" if copied else f"state.{state.name.lower()}")


def voice_in_words(teller: Teller, relative: float) -> str:
    """Return how much somebody was heard, from their voice as a multiple of an equal share.

    >>> from cocreate.experiments.story_teller import English
    >>> voice_in_words(English(), 0.3), voice_in_words(English(), 1.0)
    ('hardly at all', 'about as much as an equal share')
    """
    return teller.say(f"voice.{bisect_right(VOICE_FROM, relative)}")


def trust_in_words(teller: Teller, trust: float) -> str:
    """Return a level of trust.

    >>> from cocreate.experiments.story_teller import English
    >>> trust_in_words(English(), 0.2), trust_in_words(English(), 0.7)
    ('low', 'high')
    """
    return teller.say(f"trust.{bisect_right(TRUST_FROM, trust)}")


def share_in_words(teller: Teller, share: float) -> str:
    """Return a share of a whole.

    >>> from cocreate.experiments.story_teller import English
    >>> share_in_words(English(), 0.26), share_in_words(English(), 0.0)
    ('about a quarter', 'next to nothing')
    """
    return teller.say(f"share.{bisect_right(SHARE_FROM, share)}")
