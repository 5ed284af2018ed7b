"""Words for the life of an initiative and for voice, as community reports say them."""

from __future__ import annotations

from cocreate.agents.initiative import Reason, State

ENTERED: dict[State, str] = {
    State.RECRUITING: "the proposal was taken up, and the search for people began",
    State.COCREATING: "enough people had come together, and the meetings began",
    State.DECIDED: "the table voted for the design it had worked out",
    State.NO_AGREEMENT: "the design was put to the vote and found no agreement",
    State.PILOTING: "the council put the decision into practice, and the pilot started",
    State.STRUCTURAL: "support, means and routine came together, and it became a structural service,"
    " a regular part of what the region offers",
    State.PARTLY: "the money ended and the service stopped, but a part of it lived on: a skill, a group"
    " or a tool",
}
"""What it means to enter a state."""

TAKEN_OVER = "the design of the other region was taken over as it was, without a table of its own"

ENDED: dict[Reason, str] = {
    Reason.LAPSED: "it petered out, as nobody carried it further",
    Reason.TOO_FEW_JOINED: "it was given up, because too few people had joined",
    Reason.PEOPLE_LEFT: "it came to an end, because too many people had left the table",
    Reason.BACKLASH: "it was stopped by those who felt that control was slipping from them",
    Reason.VOTED_DOWN: "without an agreement, it was over",
    Reason.SUPPORT_WITHDRAWN: "the council let it go, as support for it had faded",
    Reason.DROPPED_BY_COUNCIL: "the council dropped what had been decided together",
    Reason.FUNDING_ENDED: "the money ended, and nothing of it was left",
    Reason.ELECTION: "the newly elected council ended it",
}
"""What ended an initiative."""

CHAMPIONS = ("a group of citizens", "a professional", "a politician", "people who had visited another region")
"""Who proposed it, by the code of the column ``champion_kind``."""

INCLUSION = (
    "Citizens were to be consulted",
    "Citizens were to take part in the design",
    "Citizens were to take part throughout, the vote included",
)
"""Part of citizens, by the code of the column ``inclusion``."""


def state_in_words(state: State, reason: Reason) -> str:
    """Return a clause that tells which state an initiative entered, and why.

    >>> state_in_words(State.ENDED, Reason.ELECTION)
    'the newly elected council ended it'
    """
    if state is State.ENDED:
        return ENDED.get(reason, "it ended")
    if state is State.DECIDED and reason is Reason.COPIED:
        return TAKEN_OVER
    return ENTERED.get(state, "it was proposed")


def voice_in_words(relative: float) -> str:
    """Return how much somebody was heard, from their voice as a multiple of an equal share.

    >>> voice_in_words(0.3), voice_in_words(1.0)
    ('hardly at all', 'about as much as an equal share')
    """
    for below, words in (
        (0.5, "hardly at all"),
        (0.8, "less than an equal share"),
        (1.25, "about as much as an equal share"),
        (2.0, "more than an equal share"),
    ):
        if relative < below:
            return words
    return "far more than an equal share"


def trust_in_words(trust: float) -> str:
    """Return a level of trust.

    >>> trust_in_words(0.2), trust_in_words(0.7)
    ('low', 'high')
    """
    for below, words in ((0.15, "very low"), (0.35, "low"), (0.65, "middling"), (0.85, "high")):
        if trust < below:
            return words
    return "very high"


def share_in_words(share: float) -> str:
    """Return a share of a whole.

    >>> share_in_words(0.26), share_in_words(0.0)
    ('about a quarter', 'next to nothing')
    """
    marks = (
        (0.05, "next to nothing"),
        (0.15, "about a tenth"),
        (0.22, "about a fifth"),
        (0.29, "about a quarter"),
        (0.39, "about a third"),
        (0.46, "a good two fifths"),
        (0.55, "about half"),
        (0.7, "about three fifths"),
        (0.85, "about three quarters"),
    )
    for below, words in marks:
        if share < below:
            return words
    return "nearly all"
