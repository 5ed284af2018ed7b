"""The diary: typed events of people, initiatives, regions and the nation."""

from enum import IntEnum

from cocreate.agents.compiled import part
from cocreate.model.world import World


class Kind(IntEnum):
    """What happened."""

    INVITED = 0
    DECLINED = 1
    JOINED = 2
    HEARD = 3
    IGNORED = 4
    TOLD_STORY = 5
    THREATENED = 6
    BACKLASH = 7
    LEFT = 8
    PROMISE_KEPT = 9
    PROMISE_BROKEN = 10
    GREW_CLOSE = 11
    TRAINED = 12
    SUCCEEDED = 13
    LOST_SEAT = 14
    PROPOSED = 15
    SPONSORED = 16
    STATE = 17
    SECTOR_JOINED = 18
    SPONSOR_LOST = 19
    MET = 20
    ELECTION = 21
    GOVERNMENT_CHANGED = 22
    COUNCIL_ADOPTED = 23
    COUNCIL_LAPSED = 24
    ORGANISATION_ADOPTED = 25
    ORGANISATION_LAPSED = 26
    NATION_ADOPTED = 27
    NATION_LAPSED = 28
    AWARD = 29
    VISITED = 30
    LEVER = 31
    LEARNED = 32


INVITED = int(Kind.INVITED)
DECLINED = int(Kind.DECLINED)
JOINED = int(Kind.JOINED)
HEARD = int(Kind.HEARD)
IGNORED = int(Kind.IGNORED)
TOLD_STORY = int(Kind.TOLD_STORY)
THREATENED = int(Kind.THREATENED)
BACKLASHED = int(Kind.BACKLASH)
LEFT = int(Kind.LEFT)
PROMISE_KEPT = int(Kind.PROMISE_KEPT)
PROMISE_BROKEN = int(Kind.PROMISE_BROKEN)
GREW_CLOSE = int(Kind.GREW_CLOSE)
TRAINED = int(Kind.TRAINED)
SUCCEEDED = int(Kind.SUCCEEDED)
LOST_SEAT = int(Kind.LOST_SEAT)
PROPOSED_ONE = int(Kind.PROPOSED)
SPONSORED = int(Kind.SPONSORED)
STATE_CHANGED = int(Kind.STATE)
SECTOR_JOINED = int(Kind.SECTOR_JOINED)
SPONSOR_LOST = int(Kind.SPONSOR_LOST)
MET = int(Kind.MET)
ELECTION_HELD = int(Kind.ELECTION)
GOVERNMENT_CHANGED = int(Kind.GOVERNMENT_CHANGED)
COUNCIL_ADOPTED = int(Kind.COUNCIL_ADOPTED)
COUNCIL_LAPSED = int(Kind.COUNCIL_LAPSED)
ORGANISATION_ADOPTED = int(Kind.ORGANISATION_ADOPTED)
ORGANISATION_LAPSED = int(Kind.ORGANISATION_LAPSED)
NATION_ADOPTED = int(Kind.NATION_ADOPTED)
NATION_LAPSED = int(Kind.NATION_LAPSED)
AWARDED = int(Kind.AWARD)
VISITED = int(Kind.VISITED)
LEVER_SET = int(Kind.LEVER)
LEARNED = int(Kind.LEARNED)

NOBODY = -1


@part
def note(
    world: World, kind: int, person: int, initiative: int, region: int, detail: int, value: float
) -> None:
    """Write an event into the log, which has room for a month (see :func:`room_for_a_month`)."""
    row = world.nation["events"][0]
    world.events["month"][row] = world.nation["month"][0]
    world.events["kind"][row] = kind
    world.events["person"][row] = person
    world.events["initiative"][row] = initiative
    world.events["region"][row] = region
    world.events["detail"][row] = detail
    world.events["value"][row] = value
    world.nation["events"][0] = row + 1


@part
def note_person(world: World, kind: int, person: int, initiative: int, detail: int, value: float) -> None:
    """Write what happened to one person, where the run keeps diaries."""
    if world.nation["diaries"][0] == 1:
        note(world, kind, person, initiative, world.people["region"][person], detail, value)
