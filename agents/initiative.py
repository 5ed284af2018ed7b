"""An initiative: from a proposal to a pilot, and from a pilot to a structural service or an end."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

import mesa

from cocreate.agents.columns import Column, Declared
from cocreate.agents.compiled import compiled

if TYPE_CHECKING:
    from cocreate.model.model import CoCreationModel


class State(IntEnum):
    """Where an initiative stands in its life."""

    PROPOSED = 0
    RECRUITING = 1
    COCREATING = 2
    DECIDED = 3
    NO_AGREEMENT = 4
    PILOTING = 5
    STRUCTURAL = 6
    PARTLY = 7
    ENDED = 8


PROPOSED = int(State.PROPOSED)
RECRUITING = int(State.RECRUITING)
COCREATING = int(State.COCREATING)
DECIDED = int(State.DECIDED)
NO_AGREEMENT = int(State.NO_AGREEMENT)
PILOTING = int(State.PILOTING)
STRUCTURAL = int(State.STRUCTURAL)
PARTLY = int(State.PARTLY)
ENDED = int(State.ENDED)

TRANSITIONS: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.RECRUITING, State.DECIDED, State.ENDED}),
    State.RECRUITING: frozenset({State.COCREATING, State.ENDED}),
    State.COCREATING: frozenset({State.DECIDED, State.NO_AGREEMENT, State.ENDED}),
    State.DECIDED: frozenset({State.PILOTING, State.ENDED}),
    State.NO_AGREEMENT: frozenset({State.ENDED}),
    State.PILOTING: frozenset({State.STRUCTURAL, State.PARTLY, State.ENDED}),
    State.STRUCTURAL: frozenset({State.ENDED}),
    State.PARTLY: frozenset(),
    State.ENDED: frozenset(),
}
"""Every change of state that may happen. Only a copied design goes from proposed straight to decided."""


class Reason(IntEnum):
    """Why an initiative changed its state."""

    NONE = 0
    STARTED = 1
    READY = 2
    AGREED = 3
    COPIED = 4
    IMPLEMENTED = 5
    WINDOW = 6
    LAPSED = 7
    TOO_FEW_JOINED = 8
    PEOPLE_LEFT = 9
    BACKLASH = 10
    VOTED_DOWN = 11
    SUPPORT_WITHDRAWN = 12
    DROPPED_BY_COUNCIL = 13
    FUNDING_ENDED = 14
    ELECTION = 15
    COMPONENT_SURVIVED = 16


STARTED = int(Reason.STARTED)
READY = int(Reason.READY)
AGREED = int(Reason.AGREED)
BY_COPY = int(Reason.COPIED)
IMPLEMENTED = int(Reason.IMPLEMENTED)
WINDOW = int(Reason.WINDOW)
LAPSED = int(Reason.LAPSED)
TOO_FEW_JOINED = int(Reason.TOO_FEW_JOINED)
PEOPLE_LEFT = int(Reason.PEOPLE_LEFT)
BACKLASH = int(Reason.BACKLASH)
VOTED_DOWN = int(Reason.VOTED_DOWN)
SUPPORT_WITHDRAWN = int(Reason.SUPPORT_WITHDRAWN)
DROPPED_BY_COUNCIL = int(Reason.DROPPED_BY_COUNCIL)
FUNDING_ENDED = int(Reason.FUNDING_ENDED)
ELECTION = int(Reason.ELECTION)
COMPONENT_SURVIVED = int(Reason.COMPONENT_SURVIVED)


class Mode(IntEnum):
    """Where the idea of an initiative came from."""

    NEW = 0
    COPIED = 1
    ADAPTED = 2


NEW = int(Mode.NEW)
COPIED = int(Mode.COPIED)
ADAPTED = int(Mode.ADAPTED)


class Inclusion(IntEnum):
    """In which phases end users sit at the table (after Arnstein's ladder, 1969)."""

    CONSULTED = 0
    DESIGN = 1
    THROUGHOUT = 2


CONSULTED = int(Inclusion.CONSULTED)
DESIGN = int(Inclusion.DESIGN)
THROUGHOUT = int(Inclusion.THROUGHOUT)


class Champion(IntEnum):
    """Who proposed an initiative."""

    CITIZENS = 0
    PROFESSIONAL = 1
    POLITICIAN = 2
    VISITOR = 3


BY_VISITOR = int(Champion.VISITOR)


class Initiative(mesa.Agent[Any], Declared):
    """A co-creation initiative: a group of people, a design for some sectors, and a life of states."""

    table_name = "initiatives"

    design = Column(
        "f8", "the service that the group has designed so far", "need units", shape=("dimensions",)
    )
    embedding = Column("f8", "how far it builds on an existing routine", "share", 0, 1)
    user_voice = Column("f8", "share of voice that citizens had, mean over sessions", "share", 0, 1)
    hard_to_reach_voice = Column(
        "f8", "share of voice of hard-to-reach citizens, mean over sessions", "share", 0, 1
    )
    effective_voices = Column("f8", "1 / sum of squared voices, mean over sessions", "people", 0)
    voice_gini = Column("f8", "Gini coefficient of voice, mean over sessions", "share", 0, 1)
    acceptability = Column("f8", "mean acceptance of the design by the group", "share", 0, 1)
    equity_spread = Column("f8", "standard deviation of acceptance in the group", "share", 0)
    opposition = Column("f8", "pressure from members who feel threatened", "share", 0, 1)
    community = Column("f8", "strength of the ties among its people", "share", 0, 1)
    capacity = Column("f8", "strengths of participants turned into capacity", "share", 0, 1)
    result = Column("f8", "visible gain in fit over the conventional service", "share", -1, 1)
    sponsor_party = Column("f8", "middle of its sponsors' party positions", "position", -1, 1)
    sponsor_reach = Column("f8", "half the distance between its sponsors' outer positions", "position", 0, 1)
    identity = Column("i8", "region times 65,536 plus its number there: names its random draws", "code", 0)
    sectors = Column("i8", "sectors it covers, one bit each", "bits", 0)
    region = Column("i4", "region in which it works", "index", 0)
    state = Column("i4", "state of life", "code", 0, 8)
    reason = Column("i4", "why it entered that state", "code", 0)
    since = Column("i4", "month in which it entered that state", "month", 0)
    proposed = Column("i4", "month of its proposal", "month", 0)
    piloted = Column("i4", "month in which the pilot started, -1 for never", "month", -1)
    became_structural = Column("i4", "month in which it became structural, -1 for never", "month", -1)
    finished = Column("i4", "month of its end or of partial continuation, -1 while alive", "month", -1)
    elections = Column("i4", "elections in its region since the pilot started", "count", 0)
    budget_end = Column("i4", "month in which its budget ends", "month", 0)
    committed_until = Column("i4", "month until which the council is bound to it", "month", -1)
    mode = Column("i4", "new 0, copied 1, adapted 2", "code", 0, 2)
    source = Column("i4", "initiative it was copied or adapted from, -1 for none", "index", -1)
    lead_sector = Column("i4", "sector of the champion", "index", 0)
    champion = Column("i4", "person who proposed it, -1 for a visitor", "index", -1)
    champion_kind = Column("i4", "citizens 0, professional 1, politician 2, visitor 3", "code", 0, 3)
    inclusion = Column("i4", "end users consulted 0, in design 1, throughout 2", "code", 0, 2)
    members = Column("i4", "people at the table", "count", 0)
    citizens = Column("i4", "citizens at the table", "count", 0)
    joined = Column("i4", "people who ever joined", "count", 0)
    left = Column("i4", "people who left the table", "count", 0)
    sponsors = Column("i4", "politicians who stand behind it", "count", 0)
    sessions = Column("i4", "sessions held", "count", 0)
    funded_outside = Column("i4", "1 where an outside programme pays", "flag", 0, 1)
    legal_anchor = Column("i4", "1 where a rule of the council anchors it", "flag", 0, 1)
    backlashes = Column("i4", "times that a member reacted with a backlash", "count", 0)

    def __init__(self, model: CoCreationModel, index: int) -> None:
        """Attach the agent to a row of the model's initiatives."""
        self.index = index
        super().__init__(model)

    def row_in(self, table: str) -> int:  # noqa: ARG002 - an initiative has one table
        """Return this initiative's row in its table."""
        return self.index

    @property
    def people(self) -> list[Any]:
        """The people at the table now."""
        model: Any = self.model
        return [model.person(index) for index in model.members_of(self.index)]

    @property
    def diary(self) -> list[Any]:
        """What happened to this initiative, oldest first."""
        model: Any = self.model
        return list(model.diary_of_initiative(self.index))


@compiled
def life_step(draw: float, advance: float, end: float) -> int:
    """Return 1 to go on to the next stage, -1 to end, 0 to stay, from one uniform draw.

    The two are competing risks: with ``advance + end`` above one they are scaled down together.

    >>> life_step(0.1, 0.25, 0.02), life_step(0.26, 0.25, 0.02), life_step(0.9, 0.25, 0.02)
    (1, -1, 0)
    """
    total = advance + end
    if total > 1.0:
        advance /= total
        end /= total
    if draw < advance:
        return 1
    return -1 if draw < advance + end else 0


@compiled
def inclusion_chosen(draw: float, know_how: float, guidance: float, floor: int) -> int:
    """Return the phases in which end users will sit at the table.

    Initiators who do not know better consult. Know-how and guidance both make it likelier that users
    are there from design onwards, or throughout; a rule may set a floor.

    >>> inclusion_chosen(0.9, 0.2, 0.0, 0), inclusion_chosen(0.9, 0.2, 0.0, 1)
    (0, 1)
    """
    knows = know_how + guidance - know_how * guidance
    chosen = CONSULTED
    if draw < knows * knows:
        chosen = THROUGHOUT
    elif draw < knows:
        chosen = DESIGN
    return max(chosen, floor)


@compiled
def survives_in_part(skill: float, group: float, tool: float) -> float:
    """Return the probability that at least one component outlives the money: a skill, a group, a tool.

    >>> round(survives_in_part(0.5, 0.5, 0.5), 3)
    0.875
    """
    return 1.0 - (1.0 - skill) * (1.0 - group) * (1.0 - tool)
