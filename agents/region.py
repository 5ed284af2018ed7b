"""A region: its council, its services, its money, and what its people need."""

from __future__ import annotations

from cocreate.agents.columns import Column, Declared


class Region(Declared):
    """State of a region and of its council."""

    table_name = "regions"

    need = Column("f8", "mean need of the region", "need units", shape=("dimensions",))
    voters_need = Column(
        "f8", "need of the easy to reach, relative to the mean", "need units", shape=("dimensions",)
    )
    first_citizen = Column("i8", "first row of its citizens in people", "index", 0)
    first_professional = Column("i8", "first row of its professionals in people", "index", 0)
    first_politician = Column("i8", "first row of its politicians in people", "index", 0)
    last_person = Column("i8", "row after its last person", "index", 0)
    first_organisation = Column("i8", "first row of its organisations", "index", 0)
    last_organisation = Column("i8", "row after its last organisation", "index", 0)
    election_phase = Column("i8", "month of its first election, counted within a term", "month", 0)
    government = Column("f8", "mean party position of its council", "position", -1, 1)
    support = Column("f8", "mean support for co-creation on the council", "share", 0, 1)
    lobbying = Column("f8", "pressure on the council against co-creation", "share", 0, 1)
    incentive = Column("f8", "outside incentives felt by the council this month", "share", 0, 1)
    showing = Column("f8", "visible results now, as they build up over the month", "share", 0, 1)
    results = Column("f8", "visible results of its pilots and co-created services", "share", 0, 1)
    infrastructure = Column("f8", "standing support: a group with memory", "share", 0, 1)
    storytelling = Column("f8", "chance that a story finds somebody to carry it", "share", 0, 1)
    met = Column("i8", "sessions held this month", "count", 0)
    practice_months = Column("f8", "months of practice with shared power", "months", 0)
    award = Column("f8", "standing from an award, fading", "share", 0, 1)
    engaged = Column("f8", "share of citizens who have taken part and trust", "share", 0, 1)
    participants = Column("i8", "citizens who have ever taken part", "count", 0)
    adopters = Column("f8", "share of its organisations that adopted the principles", "share", 0, 1)
    adopted = Column("i8", "1 where local government has adopted the principles", "flag", 0, 1)
    adopted_since = Column("i8", "month of the last change, -1 for none", "month", -1)
    novel_since = Column("i8", "month in which its council first adopted them, -1 for never", "month", -1)
    proposals = Column("i8", "initiatives proposed so far", "count", 0)
    active = Column("i8", "initiatives under way, pilots included", "count", 0)
    structural = Column("i8", "structural co-created services", "count", 0)
    pilots = Column("i8", "pilots started so far", "count", 0)
    reached = Column("i8", "0 never, 1 own, 2 copied, 3 adapted: first way a service took root", "code", 0, 3)
    trust = Column("f8", "mean trust of its citizens", "share", 0, 1)
    trust_hard_to_reach = Column("f8", "mean trust of its hard-to-reach citizens", "share", 0, 1)
    know_how = Column("f8", "mean know-how of its people", "share", 0, 1)
    openness = Column("f8", "mean openness of its professionals and politicians", "share", 0, 1)
    weariness = Column("f8", "mean weariness of its citizens", "share", 0, 1)
    effectiveness = Column("f8", "mean fit of services to its citizens", "share", 0, 1)
    effectiveness_hard_to_reach = Column("f8", "the same for the hard to reach", "share", 0, 1)
    effort = Column("f8", "effort spent so far on meetings and on standing support", "person-months", 0)
    stale = Column("i8", "1 where effectiveness has to be measured again", "flag", 0, 1)


class Service(Declared):
    """What one sector offers in one region: row ``region * sectors + sector``."""

    table_name = "services"

    design = Column("f8", "the service as it is offered", "need units", shape=("dimensions",))
    expert_view = Column("f8", "the sector's view of what people need", "need units", shape=("dimensions",))
    initiative = Column(
        "i8", "initiative whose design is in use, -1 for the conventional service", "index", -1
    )


class Nation(Declared):
    """State of the national government, and the model's counters."""

    table_name = "nation"

    month = Column("i8", "months simulated so far", "month", 0)
    adopted = Column("i8", "1 where the national government has adopted the principles", "flag", 0, 1)
    adopted_since = Column("i8", "month of the last change, -1 for none", "month", -1)
    initiatives = Column("i8", "initiatives ever proposed", "count", 0)
    active = Column("i8", "rows in use in the list of living initiatives", "count", 0)
    events = Column("i8", "rows in use in the log of events", "count", 0)
    diaries = Column("i8", "1 where the log keeps what happens to every person", "flag", 0, 1)
    backlashes = Column("i8", "backlash events so far", "count", 0)
    pilots = Column("i8", "pilots started so far", "count", 0)
    structural_ever = Column("i8", "pilots that became structural so far", "count", 0)
    partly = Column("i8", "pilots that were partly continued so far", "count", 0)
    pilots_ended = Column("i8", "pilots that ended so far without becoming structural", "count", 0)
    structural_ended = Column("i8", "structural services that ended so far", "count", 0)
    invitations = Column("i8", "invitations so far", "count", 0)
    acceptances = Column("i8", "invitations accepted so far", "count", 0)
    votes = Column("i8", "decisions put to a vote so far", "count", 0)
    agreements = Column("i8", "decisions that passed so far", "count", 0)
    sessions = Column("i8", "sessions held this month", "count", 0)
    users_voice = Column("f8", "sum over this month's sessions of the voice of citizens", "share", 0)
    hard_voice = Column("f8", "the same for hard-to-reach citizens", "share", 0)
    gini = Column("f8", "sum over this month's sessions of the Gini of voice", "share", 0)
    effective = Column("f8", "sum over this month's sessions of effective voices", "people", 0)
    shared = Column(
        "f8", "sum over this month's sessions of users' voice over their share of seats", "ratio", 0
    )
