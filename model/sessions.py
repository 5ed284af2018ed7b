"""Sessions: a table meets; people speak, listen, learn, grow close, feel threatened, leave."""

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.citizen import leaving
from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import COCREATING, CONSULTED, PILOTING, THROUGHOUT
from cocreate.agents.person import (
    CITIZEN,
    PROFESSIONAL,
    loss_of_voice,
    openness_after,
    practise,
    threat,
    trust_after_good,
)
from cocreate.agents.professional import view_step
from cocreate.model.bonds import community_of, strengthen
from cocreate.model.change import unseat
from cocreate.model.decision import acceptance
from cocreate.model.diary import (
    BACKLASHED,
    HEARD,
    IGNORED,
    LEARNED,
    LEFT,
    MET,
    NOBODY,
    THREATENED,
    TOLD_STORY,
    note,
    note_person,
)
from cocreate.model.staff import EVENT_SHARE
from cocreate.model.streams import SESSIONS, one_of, uniform
from cocreate.model.voice import (
    HEARS_ALL,
    deliberate_by_voice,
    effective_voices,
    gini,
    shares,
    voice_exponent,
)
from cocreate.model.world import World

ATTENDANCE = 0.95
CONSULTED_VOICE = 0.3
HEARD_FROM = 0.5
CONTACT_ONLY = 0.2
CAPACITY_RATE = 0.4
BACKLASH_RATE = 1.0
STORY_TRIES = 4
WEARINESS_RATE = 0.1

COMES = 0
STRIKES_BACK = 1
MINGLES = 2
LEAVES = 3
"""Purposes of a person's draws at a table."""

TABLE_DRAWS = 16
TABLE_PURPOSES = 4


@part
def facilitation_now(world: World, r: int) -> float:
    """Return facilitation in a region this month: it ramps up over ``transfer_pace`` months of practice."""
    ramp = world.regions["practice_months"][r] / world.levers["transfer_pace"][0]
    return world.levers["facilitation"][0] * min(1.0, ramp)


@compiled
def hold_sessions(world: World) -> None:
    """Let each table meet that is co-creating, or that keeps users at the table during its pilot."""
    size = world.seats.shape[1] + 1
    present = np.zeros(size, np.int64)
    voice = np.zeros(size)
    start = np.zeros((size, world.citizens["need"].shape[1]))
    month = world.nation["month"][0]
    world.nation["sessions"][0] = 0
    world.nation["users_voice"][0] = 0.0
    world.nation["hard_voice"][0] = 0.0
    world.nation["gini"][0] = 0.0
    world.nation["effective"][0] = 0.0
    world.nation["shared"][0] = 0.0
    for slot in range(world.nation["active"][0]):
        k = world.living[slot]
        state = world.initiatives["state"][k]
        pilots_on = state == PILOTING and world.initiatives["inclusion"][k] == THROUGHOUT
        if state != COCREATING and not (pilots_on and (month - world.initiatives["since"][k]) % 2 == 1):
            continue
        r = world.initiatives["region"][k]
        who = world.initiatives["identity"][k]
        count = gather(world, k, present)
        if count < 2:  # noqa: PLR2004 - a meeting takes two
            continue
        taken_over = EVENT_SHARE * world.regions["infrastructure"][r]
        if uniform(world.streams, SESSIONS, who, month, 0) < taken_over:
            world.regions["effort"][r] += float(count)  # goes into the standing group instead
        else:
            meet(world, k, count, present, voice, start)


@part
def draw_at(world: World, person: int, k: int, purpose: int) -> float:
    """Return a uniform number that belongs to a person at a table this month.

    It hangs on the identity of the initiative, so that twins share it however many others there are.
    """
    what = TABLE_DRAWS + TABLE_PURPOSES * world.initiatives["identity"][k] + purpose
    return uniform(world.streams, SESSIONS, person, world.nation["month"][0], what)


@part
def gather(world: World, k: int, present: NDArray[np.int64]) -> int:
    """Fill in who comes to a meeting and return how many."""
    count = 0
    for place in range(world.initiatives["members"][k]):
        person = world.seats[k, place]
        chance = ATTENDANCE * (1.0 - 0.5 * world.people["weariness"][person])
        if draw_at(world, person, k, COMES) < chance:
            present[count] = person
            count += 1
    return count


@part
def meet(
    world: World,
    k: int,
    count: int,
    present: NDArray[np.int64],
    voice: NDArray[np.float64],
    start: NDArray[np.float64],
) -> None:
    """Hold one meeting: voices, deliberation, and what it does to the people who are there."""
    story = hear_story(world, k)
    speakers = count + (1 if story >= 0 else 0)
    if story >= 0:
        present[count] = story
    r = world.initiatives["region"][k]
    even = facilitation_now(world, r)
    give_voice(world, k, speakers, present, voice, even)
    take_positions(world, speakers, present, start)
    discuss(world, k, speakers, present, voice, start, even)
    users, hard, seats = users_share(world, speakers, present, voice)
    keep_record(world, k, speakers, voice, users, hard)
    shared = users * speakers / seats if seats > 0 else 0.0
    world.nation["shared"][0] += shared
    learn(world, k, speakers, count, present, voice)
    react(world, k, speakers, count, present, voice)
    progress = world.initiatives["acceptability"][k] * min(1.0, shared)
    mind_losses(world, k, speakers, present, voice, progress)
    mingle(world, k, count, present)
    world.initiatives["community"][k] = community_of(world, k)
    strengths = CAPACITY_RATE * world.levers["asset_based"][0] * users
    world.initiatives["capacity"][k] = practise(world.initiatives["capacity"][k], strengths)
    part_ways(world, k, speakers, present, voice)
    world.regions["met"][r] += 1
    world.regions["effort"][r] += float(count)


@part
def hear_story(world: World, k: int) -> int:
    """Return a hard-to-reach person whose story is brought to the meeting, or -1.

    Community reporting gathers stories where there are people to carry them.
    """
    r = world.initiatives["region"][k]
    month = world.nation["month"][0]
    who = world.initiatives["identity"][k]
    chance = world.levers["community_reporting"][0] * world.regions["storytelling"][r]
    if uniform(world.streams, SESSIONS, who, month, 1) >= chance:
        return NOBODY
    first = world.regions["first_citizen"][r]
    citizens = world.regions["first_professional"][r] - first
    if citizens == 0:
        return NOBODY
    for attempt in range(STORY_TRIES):
        person = first + one_of(uniform(world.streams, SESSIONS, who, month, 2 + attempt), citizens)
        if world.people["hard_to_reach"][person] == 1 and world.people["seats"][person] == 0:
            world.people["initiative"][person] = k
            note_person(world, TOLD_STORY, person, k, 0, 0.0)
            return person
    return NOBODY


@part
def give_voice(
    world: World,
    k: int,
    speakers: int,
    present: NDArray[np.int64],
    voice: NDArray[np.float64],
    even: float,
) -> None:
    """Share out voice: by authority, less steeply the better the meeting is facilitated."""
    exponent = voice_exponent(world.levers["power_imbalance"][0], even, world.levers["crowding"][0], speakers)
    consulted = world.initiatives["inclusion"][k] == CONSULTED and world.initiatives["sessions"][k] > 0
    for j in range(speakers):
        voice[j] = world.people["authority"][present[j]] ** exponent
        if consulted and world.people["role"][present[j]] == CITIZEN:
            voice[j] *= CONSULTED_VOICE
    shares(voice, speakers)


@part
def take_positions(
    world: World, speakers: int, present: NDArray[np.int64], start: NDArray[np.float64]
) -> None:
    """Fill in where each person stands: citizens by need, professionals by view, politicians by voters."""
    for j in range(speakers):
        person = present[j]
        role = world.people["role"][person]
        row = world.people["role_row"][person]
        r = world.people["region"][person]
        for d in range(start.shape[1]):
            if role == PROFESSIONAL:
                start[j, d] = world.professionals["view"][row, d]
            elif role == CITIZEN:
                start[j, d] = world.regions["need"][r, d] + world.citizens["need"][row, d]
            else:
                start[j, d] = world.regions["need"][r, d] + world.regions["voters_need"][r, d]


@part
def discuss(
    world: World,
    k: int,
    speakers: int,
    present: NDArray[np.int64],
    voice: NDArray[np.float64],
    start: NDArray[np.float64],
    even: float,
) -> None:
    """Deliberate, draw up a design, and measure how well it suits those present.

    The design of the group is the voice-weighted mean of positions after deliberation, averaged over
    its meetings. Professions listen to their own more, as far as sector silos go and nobody facilitates.
    """
    lever = world.levers[0]
    block = np.full(speakers, HEARS_ALL, np.int64)
    open_to = np.zeros(speakers)
    for j in range(speakers):
        open_to[j] = world.people["openness"][present[j]]
        if world.people["role"][present[j]] == PROFESSIONAL:
            block[j] = world.professionals["sector"][world.people["role_row"][present[j]]]
    across = 1.0 - lever["sector_silo"] * (1.0 - even)
    now = start[:speakers].copy()
    deliberate_by_voice(
        now,
        start[:speakers],
        voice[:speakers],
        open_to,
        block,
        across,
        int(lever["deliberation_rounds"]),
    )
    held = world.initiatives["sessions"][k]
    for d in range(start.shape[1]):
        proposed = 0.0
        for j in range(speakers):
            proposed += voice[j] * now[j, d]
        before = world.initiatives["design"][k, d]
        world.initiatives["design"][k, d] = before + (proposed - before) / (held + 1.0)
    total = 0.0
    squares = 0.0
    for j in range(speakers):
        distance = 0.0
        for d in range(start.shape[1]):
            away = start[j, d] - world.initiatives["design"][k, d]
            distance += away * away
        suits = acceptance(distance, lever["fit_width"])
        total += suits
        squares += suits * suits
    mean = total / speakers
    world.initiatives["acceptability"][k] = mean
    world.initiatives["equity_spread"][k] = max(0.0, squares / speakers - mean * mean) ** 0.5


@part
def users_share(
    world: World, speakers: int, present: NDArray[np.int64], voice: NDArray[np.float64]
) -> tuple[float, float, int]:
    """Return the share of voice of citizens, of hard-to-reach ones, and how many citizens speak."""
    users = 0.0
    hard = 0.0
    seats = 0
    for j in range(speakers):
        if world.people["role"][present[j]] == CITIZEN:
            users += voice[j]
            seats += 1
            if world.people["hard_to_reach"][present[j]] == 1:
                hard += voice[j]
    return min(1.0, users), min(1.0, hard), seats


@part
def keep_record(
    world: World, k: int, speakers: int, voice: NDArray[np.float64], users: float, hard: float
) -> None:
    """Add a meeting to the record of the initiative and of the month."""
    held = world.initiatives["sessions"][k]
    share = 1.0 / (held + 1.0)
    unequal = gini(voice, speakers)
    effective = effective_voices(voice, speakers)
    world.initiatives["user_voice"][k] += share * (users - world.initiatives["user_voice"][k])
    world.initiatives["hard_to_reach_voice"][k] += share * (
        hard - world.initiatives["hard_to_reach_voice"][k]
    )
    world.initiatives["voice_gini"][k] += share * (unequal - world.initiatives["voice_gini"][k])
    world.initiatives["effective_voices"][k] += share * (effective - world.initiatives["effective_voices"][k])
    world.initiatives["sessions"][k] = held + 1
    world.nation["sessions"][0] += 1
    world.nation["users_voice"][0] += users
    world.nation["hard_voice"][0] += hard
    world.nation["gini"][0] += unequal
    world.nation["effective"][0] += effective
    if world.nation["diaries"][0] == 1:
        note(world, MET, NOBODY, k, world.initiatives["region"][k], speakers, users)


@part
def learn(
    world: World,
    k: int,
    speakers: int,
    count: int,
    present: NDArray[np.int64],
    voice: NDArray[np.float64],
) -> None:
    """Let everybody practise, and professionals move their view to the lived experience they heard."""
    rate = world.levers["learning_rate"][0]
    size = world.professionals["view"].shape[1]
    lived = np.zeros(size)
    heard = 0.0
    for j in range(speakers):
        if world.people["role"][present[j]] == CITIZEN:
            row = world.people["role_row"][present[j]]
            r = world.people["region"][present[j]]
            heard += voice[j]
            for d in range(size):
                need = world.regions["need"][r, d] + world.citizens["need"][row, d]
                lived[d] += voice[j] * need
    for j in range(count):
        person = present[j]
        world.people["know_how"][person] = practise(world.people["know_how"][person], rate)
        if world.people["role"][person] != PROFESSIONAL or heard <= 0.0:
            continue
        step = view_step(world.people["openness"][person], heard, world.levers["view_learning"][0])
        row = world.people["role_row"][person]
        moved = 0.0
        for d in range(size):
            towards = step * (lived[d] / heard - world.professionals["view"][row, d])
            world.professionals["view"][row, d] += towards
            moved += towards * towards
        note_person(world, LEARNED, person, k, 0, moved**0.5)


@part
def react(
    world: World,
    k: int,
    speakers: int,
    count: int,
    present: NDArray[np.int64],
    voice: NDArray[np.float64],
) -> None:
    """Let citizens take in how they were heard, and all who came tire without results."""
    evenness = effective_voices(voice, speakers) / speakers
    shown = world.regions["results"][world.initiatives["region"][k]]
    tiring = WEARINESS_RATE * world.levers["fatigue"][0] * (1.0 - shown)
    for j in range(speakers):
        person = present[j]
        relative = voice[j] * speakers
        if world.people["role"][person] == CITIZEN:
            be_heard(world, k, person, relative, evenness)
        if j < count:
            world.people["weariness"][person] = practise(world.people["weariness"][person], tiring)


@part
def be_heard(world: World, k: int, person: int, relative: float, evenness: float) -> None:
    """Let a citizen gain trust by contact: more when heard, and most when heard on equal terms.

    Contact raises trust even on unequal terms, but less (Pettigrew and Tropp 2006). What is lost is
    lost later, when a joint decision comes to nothing.
    """
    gain = world.levers["trust_gain"][0]
    if relative >= HEARD_FROM:
        gain *= 0.5 + 0.5 * evenness
        world.people["trust"][person] = trust_after_good(world.people["trust"][person], gain)
        note_person(world, HEARD, person, k, 0, relative)
    else:
        gain *= CONTACT_ONLY
        world.people["trust"][person] = trust_after_good(world.people["trust"][person], gain)
        note_person(world, IGNORED, person, k, 0, relative)


@part
def mind_losses(
    world: World,
    k: int,
    speakers: int,
    present: NDArray[np.int64],
    voice: NDArray[np.float64],
    progress: float,
) -> None:
    """Let officials take in how much voice they have left.

    Progress that wins them over is a design that suits the table and in which users had their say: where
    power is not shared, there is nothing to see of sharing it (conditions of contact: Allport 1954).
    """
    for j in range(speakers):
        if world.people["role"][present[j]] != CITIZEN:
            mind_loss(world, k, present[j], voice[j] * speakers, progress)


@part
def mind_loss(world: World, k: int, person: int, relative: float, progress: float) -> None:
    """Let an official take in a loss of voice: open up with progress, or close and perhaps strike back."""
    lever = world.levers[0]
    r = world.people["region"][person]
    expected = world.people["expected_voice"][person]
    felt = threat(loss_of_voice(expected, relative), world.people["know_how"][person])
    tolerance = world.people["tolerance"][person]
    world.people["openness"][person] = openness_after(
        world.people["openness"][person], felt, tolerance, progress, lever["openness_rate"]
    )
    world.people["expected_voice"][person] += lever["expectation_rate"] * (relative - expected)
    beyond = felt - tolerance
    if beyond <= 0.0:
        return
    note_person(world, THREATENED, person, k, 0, felt)
    if draw_at(world, person, k, STRIKES_BACK) < BACKLASH_RATE * beyond:
        world.nation["backlashes"][0] += 1
        world.initiatives["backlashes"][k] += 1
        world.initiatives["opposition"][k] = practise(world.initiatives["opposition"][k], 0.2)
        world.regions["lobbying"][r] = practise(world.regions["lobbying"][r], 0.1)
        note(world, BACKLASHED, person, k, r, 0, felt)


@part
def mingle(world: World, k: int, count: int, present: NDArray[np.int64]) -> None:
    """Let each person grow closer to one other who is there."""
    for j in range(count):
        other = one_of(draw_at(world, present[j], k, MINGLES), count - 1)
        if other >= j:
            other += 1
        strengthen(world, present[j], present[other])
        strengthen(world, present[other], present[j])


@part
def part_ways(
    world: World, k: int, speakers: int, present: NDArray[np.int64], voice: NDArray[np.float64]
) -> None:
    """Let those leave who were not heard, are tired, or feel threatened."""
    base = world.levers["leaving"][0]
    for j in range(speakers):
        person = present[j]
        place = -1
        for candidate in range(world.initiatives["members"][k]):
            if world.seats[k, candidate] == person:
                place = candidate
        if place < 0:
            continue
        relative = voice[j] * speakers
        if world.people["role"][person] != CITIZEN:
            relative = relative / max(0.01, world.people["expected_voice"][person])
        chance = leaving(relative, world.people["weariness"][person], base)
        if draw_at(world, person, k, LEAVES) < chance:
            unseat(world, k, place)
            world.initiatives["left"][k] += 1
            note_person(world, LEFT, person, k, 0, relative)
