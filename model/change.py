"""Changes of state: the one place where an initiative is born, moves on, and lets its people go."""

from cocreate.agents.citizen import experience_after
from cocreate.agents.compiled import part
from cocreate.agents.initiative import (
    ENDED,
    PARTLY,
    PILOTING,
    PROPOSED,
    STARTED,
    STRUCTURAL,
)
from cocreate.agents.person import CITIZEN, POLITICIAN, trust_after_bad, trust_after_good
from cocreate.model.diary import (
    NOBODY,
    PROMISE_BROKEN,
    PROMISE_KEPT,
    SPONSORED,
    STATE_CHANGED,
    note,
    note_person,
)
from cocreate.model.services import result_of, take_over, withdraw
from cocreate.model.world import SPONSORS, World

SERVICE_ENDED = 0.5
"""Part of the loss of trust in a dropped decision that the end of a pilot or a service costs."""


@part
def begin(world: World, region: int, sector: int, mode: int, champion: int, kind: int) -> int:
    """Add an initiative in state proposed and return its row; the caller fills in the rest.

    Args:
        world: The world, with room for one more initiative.
        region: Where it works.
        sector: Its first sector.
        mode: New, copied or adapted.
        champion: Person who proposes it, or -1 for a visitor.
        kind: What the champion is.
    """
    k = world.nation["initiatives"][0]
    month = world.nation["month"][0]
    world.nation["initiatives"][0] = k + 1
    world.living[world.nation["active"][0]] = k
    world.nation["active"][0] += 1
    world.initiatives["identity"][k] = region * 65_536 + world.regions["proposals"][region]
    world.regions["proposals"][region] += 1
    world.regions["active"][region] += 1
    world.initiatives["region"][k] = region
    world.initiatives["state"][k] = PROPOSED
    world.initiatives["reason"][k] = STARTED
    world.initiatives["since"][k] = month
    world.initiatives["proposed"][k] = month
    world.initiatives["piloted"][k] = -1
    world.initiatives["became_structural"][k] = -1
    world.initiatives["finished"][k] = -1
    world.initiatives["committed_until"][k] = -1
    world.initiatives["source"][k] = -1
    world.initiatives["mode"][k] = mode
    world.initiatives["champion"][k] = champion
    world.initiatives["champion_kind"][k] = kind
    world.initiatives["lead_sector"][k] = sector
    world.initiatives["sectors"][k] = 1 << sector
    row = region * (len(world.services) // len(world.regions)) + sector
    for d in range(world.services["design"].shape[1]):
        world.initiatives["design"][k, d] = world.services["expert_view"][row, d]
    note(world, STATE_CHANGED, champion, k, region, PROPOSED, STARTED)
    return k


@part
def seat(world: World, k: int, person: int) -> None:
    """Give a person a seat at an initiative's table; the caller checks that one is free."""
    world.seats[k, world.initiatives["members"][k]] = person
    world.initiatives["members"][k] += 1
    world.initiatives["joined"][k] += 1
    world.people["seats"][person] += 1
    world.people["rounds"][person] += 1
    world.people["initiative"][person] = k
    if world.people["role"][person] == CITIZEN:
        world.initiatives["citizens"][k] += 1
    elif world.people["role"][person] == POLITICIAN:
        sponsor(world, k, person)


@part
def sponsor(world: World, k: int, person: int) -> None:
    """Let a politician stand behind an initiative, as one of up to three."""
    count = world.initiatives["sponsors"][k]
    if count >= SPONSORS:
        return
    for place in range(SPONSORS):
        if world.sponsors[k, place] == person:
            return
    world.sponsors[k, count] = person
    world.initiatives["sponsors"][k] = count + 1
    place_sponsors(world, k)
    note_person(world, SPONSORED, person, k, 0, 0.0)


@part
def place_sponsors(world: World, k: int) -> None:
    """Note where an initiative's sponsors stand, of whom there is at least one: their middle and reach."""
    low = 1.0
    high = -1.0
    for place in range(world.initiatives["sponsors"][k]):
        row = world.people["role_row"][world.sponsors[k, place]]
        low = min(low, world.politicians["party"][row])
        high = max(high, world.politicians["party"][row])
    world.initiatives["sponsor_party"][k] = 0.5 * (low + high)
    world.initiatives["sponsor_reach"][k] = 0.5 * (high - low)


@part
def unseat(world: World, k: int, place: int) -> None:
    """Take the person at a place of a table away from it; the last one moves up."""
    person = world.seats[k, place]
    last = world.initiatives["members"][k] - 1
    world.seats[k, place] = world.seats[k, last]
    world.seats[k, last] = -1
    world.initiatives["members"][k] = last
    world.people["seats"][person] -= 1
    if world.people["role"][person] == CITIZEN:
        world.initiatives["citizens"][k] -= 1


@part
def enter(world: World, k: int, state: int, reason: int) -> None:
    """Move an initiative into a state, with everything that follows from it.

    See :data:`~cocreate.agents.initiative.TRANSITIONS` for the moves that may happen.
    """
    month = world.nation["month"][0]
    r = world.initiatives["region"][k]
    before = world.initiatives["state"][k]
    world.initiatives["state"][k] = state
    world.initiatives["reason"][k] = reason
    world.initiatives["since"][k] = month
    note(world, STATE_CHANGED, NOBODY, k, r, state, reason)
    if state == PILOTING:
        world.initiatives["piloted"][k] = month
        world.regions["pilots"][r] += 1
        world.nation["pilots"][0] += 1
        world.initiatives["result"][k] = result_of(world, k)
    elif state == STRUCTURAL:
        world.initiatives["became_structural"][k] = month
        world.regions["structural"][r] += 1
        world.nation["structural_ever"][0] += 1
        world.regions["active"][r] -= 1
        if world.regions["reached"][r] == 0:
            world.regions["reached"][r] = 1 + world.initiatives["mode"][k]
        take_over(world, k)
        empty_table(world, k)
    elif state in (ENDED, PARTLY):
        world.initiatives["finished"][k] = month
        if before == STRUCTURAL:
            world.regions["structural"][r] -= 1
            world.nation["structural_ended"][0] += 1
            withdraw(world, k)
        else:
            world.regions["active"][r] -= 1
            empty_table(world, k)
        if before == PILOTING:
            if state == ENDED:
                world.nation["pilots_ended"][0] += 1
            else:
                world.nation["partly"][0] += 1


@part
def empty_table(world: World, k: int) -> None:
    """Free the people at a table; who sat there stays on record in ``seats``."""
    for place in range(world.initiatives["members"][k]):
        world.people["seats"][world.seats[k, place]] -= 1


@part
def keep_promise(world: World, k: int) -> None:
    """Let everybody who took part see that a joint decision is put into practice."""
    gain = world.levers["follow_gain"][0]
    r = world.initiatives["region"][k]
    for i in range(world.regions["first_citizen"][r], world.regions["first_professional"][r]):
        if world.people["initiative"][i] == k:
            world.people["trust"][i] = trust_after_good(world.people["trust"][i], gain)
            row = world.people["role_row"][i]
            world.citizens["experience"][row] = experience_after(world.citizens["experience"][row], 1.0)
            world.people["weariness"][i] *= 0.5
            note_person(world, PROMISE_KEPT, i, k, 0, world.people["trust"][i])


@part
def break_promise(world: World, k: int, weight: float) -> None:
    """Let everybody who took part see that a joint decision comes to nothing.

    Args:
        world: The world.
        k: The initiative.
        weight: How much of ``follow_loss`` it costs: 1 for a decision that is dropped.
    """
    loss = weight * world.levers["follow_loss"][0]
    r = world.initiatives["region"][k]
    for i in range(world.regions["first_citizen"][r], world.regions["first_professional"][r]):
        if world.people["initiative"][i] == k:
            world.people["trust"][i] = trust_after_bad(world.people["trust"][i], loss)
            row = world.people["role_row"][i]
            world.citizens["experience"][row] = experience_after(world.citizens["experience"][row], -weight)
            note_person(world, PROMISE_BROKEN, i, k, 0, world.people["trust"][i])
