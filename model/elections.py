"""Elections: seats change hands, governments change side, and some initiatives end with them."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import DECIDED, ELECTION, ENDED, NO_AGREEMENT, PILOTING, STRUCTURAL
from cocreate.agents.person import logistic, shifted
from cocreate.agents.politician import estrangement, leaning
from cocreate.model.adoption import credit_of_principles
from cocreate.model.bonds import lose_bonds
from cocreate.model.change import SERVICE_ENDED, break_promise, enter, place_sponsors
from cocreate.model.diary import (
    ELECTION_HELD,
    GOVERNMENT_CHANGED,
    LOST_SEAT,
    NOBODY,
    SPONSOR_LOST,
    note,
    note_person,
)
from cocreate.model.population import clipped
from cocreate.model.streams import ELECTIONS, normal, uniform
from cocreate.model.world import World

REGION_DRAWS = 1_000_000_000
INITIATIVE_DRAWS = 2_000_000_000
ANCHOR_HOLDS = 0.8
"""How far a rule of the council holds an initiative against a new one (0 to 1)."""

SWING = 0.5
FAVOURED = 0.8


@part
def votes_now(world: World, r: int) -> bool:
    """Tell whether a region holds an election this month."""
    month = world.nation["month"][0]
    term = int(world.levers["term_length"][0])
    return month > 0 and month % term == world.regions["election_phase"][r] % term


@part
def next_election(world: World, r: int) -> int:
    """Return the month of a region's next election after this one."""
    month = world.nation["month"][0]
    term = int(world.levers["term_length"][0])
    wait = (world.regions["election_phase"][r] % term - month) % term
    return month + (wait if wait > 0 else term)


@compiled
def hold_elections(world: World) -> None:
    """Hold the elections that fall due, then settle what becomes of initiatives there."""
    any_vote = False
    for r in range(len(world.regions)):
        if votes_now(world, r):
            any_vote = True
            elect(world, r)
    if any_vote:
        for slot in range(world.nation["active"][0]):
            k = world.living[slot]
            if votes_now(world, world.initiatives["region"][k]):
                settle(world, k)


@part
def elect(world: World, r: int) -> None:
    """Elect a council: each seat may change hands, and the mood may favour the other side."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    before = world.regions["government"][r]
    swing = uniform(world.streams, ELECTIONS, REGION_DRAWS + r, month, 0) < SWING
    governing = 1.0 if before >= 0.0 else -1.0
    favoured = -governing if swing else governing
    total = 0.0
    for i in range(world.regions["first_politician"][r], world.regions["last_person"][r]):
        row = world.people["role_row"][i]
        if uniform(world.streams, ELECTIONS, i, month, 0) < lever["turnover"]:
            side = favoured if uniform(world.streams, ELECTIONS, i, month, 1) < FAVOURED else -favoured
            seat_newcomer(world, i, row, side)
        total += world.politicians["party"][row]
    count = world.regions["last_person"][r] - world.regions["first_politician"][r]
    after = total / count if count > 0 else 0.0
    world.regions["government"][r] = after
    note(world, ELECTION_HELD, NOBODY, NOBODY, r, 0, after)
    if count > 0 and (after >= 0.0) != (before >= 0.0):
        note(world, GOVERNMENT_CHANGED, NOBODY, NOBODY, r, 0, abs(after - before))


@part
def seat_newcomer(world: World, i: int, row: int, side: float) -> None:
    """Let a newcomer take a politician's seat: another party position, own support, little know-how."""
    lever = world.levers[0]
    month = world.nation["month"][0]
    r = world.people["region"][i]
    party = side * lever["ideological_distance"]
    party = clipped(party + 0.1 * normal(world.streams, ELECTIONS, i, month, 2), -1.0, 1.0)
    world.politicians["party"][row] = party
    lean = leaning(party, world.regions["engaged"][r], credit_of_principles(world, r))
    own = 0.6 * normal(world.streams, ELECTIONS, i, month, 3)
    world.politicians["support"][row] = logistic(lean + own)
    world.politicians["elected"][row] = month
    world.people["know_how"][i] = 0.15 * uniform(world.streams, ELECTIONS, i, month, 4)
    openness = 0.5 + 0.15 * normal(world.streams, ELECTIONS, i, month, 5)
    world.people["openness"][i] = clipped(openness, 0.02, 0.98)
    world.people["weariness"][i] = 0.0
    world.people["generation"][i] += 1
    lose_bonds(world, i)
    note_person(world, LOST_SEAT, i, NOBODY, 0, party)


@part
def settle(world: World, k: int) -> None:
    """Count the election and the sponsors that an initiative has left, and draw whether it is ended.

    What counts is the loss of sponsors together with the distance of the new government from them, as far
    as neither a community nor a rule holds the initiative; and low support, no sponsors, no slack. Turnover
    as such does not count.
    """
    lever = world.levers[0]
    month = world.nation["month"][0]
    r = world.initiatives["region"][k]
    lost = drop_sponsors(world, k, month)
    if world.initiatives["piloted"][k] >= 0:
        world.initiatives["elections"][k] += 1
    if world.initiatives["state"][k] == NO_AGREEMENT:
        return
    if world.levers["couplings"][0] > 0.0 and month <= world.initiatives["committed_until"][k]:
        return
    distance = estrangement(
        world.regions["government"][r],
        world.initiatives["sponsor_party"][k],
        world.initiatives["sponsor_reach"][k],
    )
    exposed = 1.0 - world.initiatives["community"][k]
    exposed *= 1.0 - ANCHOR_HOLDS * world.initiatives["legal_anchor"][k]
    score = (
        lever["estrangement_weight"] * distance * lost * exposed
        - 3.0 * (world.regions["support"][r] - 0.5)
        - 1.5 * world.initiatives["community"][k]
        - 2.0 * world.initiatives["legal_anchor"][k]
        - 0.6 * world.initiatives["sponsors"][k]
        - 1.0 * (lever["local_slack"] - 0.3)
    )
    chance = shifted(lever["election_cancel"], lever["couplings"] * score)
    draw = uniform(world.streams, ELECTIONS, INITIATIVE_DRAWS + world.initiatives["identity"][k], month, 0)
    if draw < chance:
        state = world.initiatives["state"][k]
        if state == DECIDED:
            break_promise(world, k, 1.0)
        elif state in (PILOTING, STRUCTURAL):
            break_promise(world, k, SERVICE_ENDED)
        enter(world, k, ENDED, ELECTION)
    elif world.initiatives["sponsors"][k] > 0:
        place_sponsors(world, k)


@part
def drop_sponsors(world: World, k: int, month: int) -> float:
    """Strike sponsors who lost their seat off an initiative's list; return the share lost.

    An initiative that never had a sponsor counts as having lost all.
    """
    count = world.initiatives["sponsors"][k]
    kept = 0
    for place in range(count):
        person = world.sponsors[k, place]
        row = world.people["role_row"][person]
        if world.politicians["elected"][row] == month:
            note(world, SPONSOR_LOST, person, k, world.initiatives["region"][k], 0, 0.0)
        else:
            world.sponsors[k, kept] = person
            kept += 1
    for place in range(kept, count):
        world.sponsors[k, place] = -1
    world.initiatives["sponsors"][k] = kept
    return 1.0 - kept / count if count > 0 else 1.0
