"""Recruitment: who is invited to a table, by which way, and who comes."""

import math

from cocreate.agents.citizen import willingness
from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import ADAPTED, COCREATING, RECRUITING
from cocreate.agents.person import CITIZEN, POLITICIAN, PROFESSIONAL, pick_up
from cocreate.agents.politician import sponsoring
from cocreate.agents.professional import joining
from cocreate.model.change import seat
from cocreate.model.diary import DECLINED, INVITED, JOINED, NOBODY, SECTOR_JOINED, note, note_person
from cocreate.model.streams import RECRUITMENT, one_of, uniform
from cocreate.model.world import World

INVITATIONS = 6
REFILLS = 2
DRAWS = 40
TRIES = 6
POLITICIANS_SHARE = 0.35
"""Share of the seats not planned for citizens that politicians are asked to take."""

VISITORS_KNOW_HOW = 0.6


@compiled
def recruit(world: World) -> None:
    """Let each initiative that has free seats invite people for a month."""
    for slot in range(world.nation["active"][0]):
        k = world.living[slot]
        state = world.initiatives["state"][k]
        if state == RECRUITING:
            r = world.initiatives["region"][k]
            extra = 4.0 * world.regions["infrastructure"][r]
            invite(world, k, INVITATIONS + int(extra))
        elif state == COCREATING:
            invite(world, k, REFILLS)


@part
def invite(world: World, k: int, invitations: int) -> None:
    """Send out invitations, one after the other, as long as seats are free."""
    for attempt in range(invitations):
        if world.initiatives["members"][k] >= int(world.levers["group_size"][0]):
            return
        wanted = role_wanted(world, k)
        if wanted == CITIZEN:
            person = find_citizen(world, k, attempt * DRAWS)
        elif wanted == PROFESSIONAL:
            person = find_professional(world, k, attempt * DRAWS)
        else:
            person = find_politician(world, k, attempt * DRAWS)
        if person >= 0 and has_time(world, person) and not sits_at(world, k, person):
            ask(world, k, person, attempt * DRAWS + 30)


@part
def role_wanted(world: World, k: int) -> int:
    """Return the role that is furthest behind the seat plan."""
    size = world.levers["group_size"][0]
    users = world.levers["end_user_seats"][0]
    politicians = 0
    for place in range(world.initiatives["members"][k]):
        politicians += world.people["role"][world.seats[k, place]] == POLITICIAN
    citizens = world.initiatives["citizens"][k]
    others = world.initiatives["members"][k] - citizens - politicians
    short_citizens = users * size - citizens
    short_politicians = (1.0 - users) * POLITICIANS_SHARE * size - politicians
    short_professionals = (1.0 - users) * (1.0 - POLITICIANS_SHARE) * size - others
    if short_citizens >= short_professionals and short_citizens >= short_politicians:
        return CITIZEN
    return PROFESSIONAL if short_professionals >= short_politicians else POLITICIAN


@part
def draw_for(world: World, k: int, what: int) -> float:
    """Return a uniform number that belongs to an initiative and a month."""
    return uniform(
        world.streams,
        RECRUITMENT,
        world.initiatives["identity"][k],
        world.nation["month"][0],
        what,
    )


@part
def acquaintance(world: World, k: int, what: int) -> int:
    """Return somebody whom a random member of the table knows, or -1."""
    members = world.initiatives["members"][k]
    if members == 0:
        return NOBODY
    person = world.seats[k, one_of(draw_for(world, k, what), members)]
    first = world.tie_start[person]
    count = int(world.tie_start[person + 1] - first)
    if count == 0:
        return NOBODY
    return world.ties["other"][first + one_of(draw_for(world, k, what + 1), count)]


@part
def find_citizen(world: World, k: int, what: int) -> int:
    """Return a citizen to invite: through a community reporter, along ties, or by official channels."""
    r = world.initiatives["region"][k]
    first = world.regions["first_citizen"][r]
    count = world.regions["first_professional"][r] - first
    if count == 0:
        return NOBODY
    way = draw_for(world, k, what)
    reporting = world.levers["community_reporting"][0] * world.regions["storytelling"][r]
    if way < reporting:
        return find_by_reporter(world, k, first, count, what + 1)
    if way < reporting + 0.5 * (1.0 - reporting):
        person = acquaintance(world, k, what + 10)
        if person >= 0 and world.people["role"][person] == CITIZEN:
            return person
        return NOBODY
    return find_by_channel(world, k, first, count, what + 12)


@part
def find_by_reporter(world: World, k: int, first: int, count: int, what: int) -> int:
    """Return a citizen whom a community reporter seeks out: a hard-to-reach one if there are some."""
    person = first
    for attempt in range(TRIES):
        person = first + one_of(draw_for(world, k, what + attempt), count)
        if world.people["hard_to_reach"][person] == 1:
            break
    return person


@part
def find_by_channel(world: World, k: int, first: int, count: int, what: int) -> int:
    """Return a citizen whom an official channel reaches, or -1.

    A hard-to-reach person is reached as far as channels are open, and then rarely.
    """
    person = first + one_of(draw_for(world, k, what), count)
    reach = 0.1 + 0.4 * world.levers["communication_channels"][0]
    if world.people["hard_to_reach"][person] == 1 and draw_for(world, k, what + 1) >= reach:
        return NOBODY
    return person


@part
def find_professional(world: World, k: int, what: int) -> int:
    """Return a professional to invite: a colleague of a member, or one of the lead sector.

    Somebody from another sector can be found along a tie only, so sectors join where ties cross.
    """
    if draw_for(world, k, what) < 0.5:  # noqa: PLR2004 - half along ties, half by the organisation chart
        person = acquaintance(world, k, what + 1)
        if person >= 0 and world.people["role"][person] == PROFESSIONAL:
            return person
        return NOBODY
    r = world.initiatives["region"][k]
    first = world.regions["first_professional"][r]
    count = world.regions["first_politician"][r] - first
    if count == 0:
        return NOBODY
    for attempt in range(TRIES):
        person = first + one_of(draw_for(world, k, what + 3 + attempt), count)
        sector = world.professionals["sector"][world.people["role_row"][person]]
        if sector == world.initiatives["lead_sector"][k]:
            return person
    return NOBODY


@part
def find_politician(world: World, k: int, what: int) -> int:
    """Return a politician to invite: somebody a sponsor is tied to, or any where there is no sponsor."""
    r = world.initiatives["region"][k]
    first = world.regions["first_politician"][r]
    count = world.regions["last_person"][r] - first
    if count == 0:
        return NOBODY
    sponsors = world.initiatives["sponsors"][k]
    if sponsors == 0:
        return first + one_of(draw_for(world, k, what), count)
    friend = world.sponsors[k, one_of(draw_for(world, k, what + 1), sponsors)]
    begin = world.tie_start[friend]
    ties = int(world.tie_start[friend + 1] - begin)
    if ties == 0:
        return NOBODY
    for attempt in range(TRIES):
        place = one_of(draw_for(world, k, what + 2 + attempt), ties)
        person = world.ties["other"][begin + place]
        if world.people["role"][person] == POLITICIAN:
            return person
    return NOBODY


@part
def has_time(world: World, person: int) -> bool:
    """Tell whether a person can sit at one more table: citizens at one, officials at up to three."""
    role = world.people["role"][person]
    most = 1 if role == CITIZEN else 2 if role == PROFESSIONAL else 3
    return world.people["seats"][person] < most


@part
def sits_at(world: World, k: int, person: int) -> bool:
    """Tell whether a person has a seat at a table."""
    for place in range(world.initiatives["members"][k]):  # noqa: SIM110 - compiled code has no any()
        if world.seats[k, place] == person:
            return True
    return False


@part
def ask(world: World, k: int, person: int, what: int) -> None:
    """Invite a person, who comes or declines."""
    role = world.people["role"][person]
    row = world.people["role_row"][person]
    trust = world.people["trust"][person]
    know_how = world.people["know_how"][person]
    weariness = world.people["weariness"][person]
    if role == CITIZEN:
        chance = willingness(trust, know_how, world.citizens["experience"][row], weariness)
    elif role == PROFESSIONAL:
        chance = joining(world.people["openness"][person], know_how, trust, weariness)
    else:
        chance = sponsoring(world.politicians["support"][row], know_how)
    world.nation["invitations"][0] += 1
    note_person(world, INVITED, person, k, 0, chance)
    if draw_for(world, k, what) >= chance:
        note_person(world, DECLINED, person, k, 0, chance)
        return
    world.nation["acceptances"][0] += 1
    seat(world, k, person)
    note_person(world, JOINED, person, k, 0, 0.0)
    if world.initiatives["mode"][k] == ADAPTED:
        visit = world.levers["ecosystem"][0] * math.sqrt(max(0.0, know_how))
        world.people["know_how"][person] = pick_up(know_how, VISITORS_KNOW_HOW, visit)
    if role == PROFESSIONAL:
        bring_sector(world, k, person)


@part
def bring_sector(world: World, k: int, person: int) -> None:
    """Widen an initiative by the sector of a professional who joined."""
    sector = world.professionals["sector"][world.people["role_row"][person]]
    if (world.initiatives["sectors"][k] >> sector) & 1 == 0:
        world.initiatives["sectors"][k] |= 1 << sector
        note(world, SECTOR_JOINED, person, k, world.initiatives["region"][k], sector, 0.0)
