"""The life of an initiative in words: states, reasons, and which reason goes with which change."""

from cocreate.agents.initiative import Reason, State

STATES: dict[State, str] = {
    State.PROPOSED: "somebody has proposed it",
    State.RECRUITING: "it looks for people to sit at its table",
    State.COCREATING: "the table meets and works on a design",
    State.DECIDED: "a design is decided; the council has yet to act on it",
    State.NO_AGREEMENT: "the design failed at the vote; the initiative ends in the next month",
    State.PILOTING: "the design is tried out, on a budget with an end",
    State.STRUCTURAL: "the design is a regular service",
    State.PARTLY: "the money ended; a skill, a group or a tool goes on, the service does not",
    State.ENDED: "nothing of it goes on",
}

REASONS: dict[Reason, str] = {
    Reason.NONE: "unused",
    Reason.STARTED: "proposed by a champion, or after a visit to another region",
    Reason.READY: "ready for the next stage",
    Reason.AGREED: "the table voted for the design",
    Reason.COPIED: "a copied design needs no table",
    Reason.IMPLEMENTED: "the council put the decision into practice",
    Reason.WINDOW: "the window for a regular service was open",
    Reason.LAPSED: "nobody took it further",
    Reason.TOO_FEW_JOINED: "recruiting came to nothing",
    Reason.PEOPLE_LEFT: "too few people were left at the table",
    Reason.BACKLASH: "members who felt threatened pressed against it",
    Reason.VOTED_DOWN: "the design failed at the vote",
    Reason.SUPPORT_WITHDRAWN: "support gave way",
    Reason.DROPPED_BY_COUNCIL: "the council dropped the joint decision",
    Reason.FUNDING_ENDED: "the money ended and nothing was left",
    Reason.ELECTION: "a newly elected council ended it",
    Reason.COMPONENT_SURVIVED: "the money ended and a component was left",
}

WHY: dict[tuple[State, State], frozenset[Reason]] = {
    (State.PROPOSED, State.RECRUITING): frozenset({Reason.READY}),
    (State.PROPOSED, State.DECIDED): frozenset({Reason.COPIED}),
    (State.PROPOSED, State.ENDED): frozenset({Reason.LAPSED, Reason.SUPPORT_WITHDRAWN, Reason.ELECTION}),
    (State.RECRUITING, State.COCREATING): frozenset({Reason.READY}),
    (State.RECRUITING, State.ENDED): frozenset({Reason.TOO_FEW_JOINED, Reason.ELECTION}),
    (State.COCREATING, State.DECIDED): frozenset({Reason.AGREED}),
    (State.COCREATING, State.NO_AGREEMENT): frozenset({Reason.VOTED_DOWN}),
    (State.COCREATING, State.ENDED): frozenset(
        {Reason.LAPSED, Reason.PEOPLE_LEFT, Reason.BACKLASH, Reason.ELECTION}
    ),
    (State.DECIDED, State.PILOTING): frozenset({Reason.IMPLEMENTED}),
    (State.DECIDED, State.ENDED): frozenset({Reason.DROPPED_BY_COUNCIL, Reason.ELECTION}),
    (State.NO_AGREEMENT, State.ENDED): frozenset({Reason.VOTED_DOWN}),
    (State.PILOTING, State.STRUCTURAL): frozenset({Reason.WINDOW}),
    (State.PILOTING, State.PARTLY): frozenset({Reason.COMPONENT_SURVIVED}),
    (State.PILOTING, State.ENDED): frozenset(
        {Reason.BACKLASH, Reason.SUPPORT_WITHDRAWN, Reason.FUNDING_ENDED, Reason.ELECTION}
    ),
    (State.STRUCTURAL, State.ENDED): frozenset({Reason.SUPPORT_WITHDRAWN, Reason.ELECTION}),
}
"""The reasons that each change of state can have."""
