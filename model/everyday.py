"""Everyday life: people talk with those they know, forget, rest, and keep up close ties."""

from cocreate.agents.compiled import compiled, part
from cocreate.agents.person import CITIZEN, forget, pick_up
from cocreate.model.bonds import CLOSE, bond_strength, strengthen
from cocreate.model.streams import EVERYDAY, one_of, random_words
from cocreate.model.world import BONDS, World

REST = 0.05
TRUST_IN_TALK = 0.5
MEMORY_OF_A_GROUP = 0.6
ENGAGED_TRUST = 0.5
WORD = 4294967296.0


@compiled
def live_everyday(world: World) -> None:
    """Let everybody have a month of everyday life, region by region, and take stock of each region."""
    for r in range(len(world.regions)):
        for i in range(world.regions["first_citizen"][r], world.regions["last_person"][r]):
            spend_month(world, r, i)
        take_stock(world, r)


@part
def spend_month(world: World, r: int, i: int) -> None:
    """Let one person talk with an acquaintance, meet a close one, and forget or rest when at no table."""
    month = world.nation["month"][0]
    high, low = random_words(
        int(world.streams[EVERYDAY, 0]), int(world.streams[EVERYDAY, 1]), int(i), int(month), 0
    )
    first = world.tie_start[i]
    ties = world.tie_start[i + 1] - first
    if ties > 0:
        talk(world, i, world.ties["other"][first + one_of(high / WORD, ties)])
    if world.people["bonded"][i] == 1:
        meet_a_close_one(world, i, one_of(low / WORD, BONDS))
    back = world.levers["trust_return"][0]
    away = world.people["disposition"][i] - world.people["trust"][i]
    world.people["trust"][i] += back * away
    if world.people["seats"][i] == 0:
        rate = world.levers["forgetting"][0]
        if world.people["rounds"][i] > 0:
            rate *= 1.0 - MEMORY_OF_A_GROUP * world.regions["infrastructure"][r]
        world.people["know_how"][i] = forget(world.people["know_how"][i], rate)
        world.people["weariness"][i] *= 1.0 - REST


@part
def meet_a_close_one(world: World, i: int, place: int) -> None:
    """Let a person meet and talk with the other of a bond, if the two are close."""
    other = world.bonds["other"][i, place]
    if other >= 0 and bond_strength(world, i, place) > CLOSE:
        strengthen(world, i, other)
        strengthen(world, other, i)
        talk(world, i, other)


@part
def talk(world: World, i: int, other: int) -> None:
    """Let a person be moved by a talk: trust is infectious both ways, know-how is picked up."""
    rate = world.levers["exchange"][0]
    trust = world.people["trust"][i]
    world.people["trust"][i] = trust + TRUST_IN_TALK * rate * (world.people["trust"][other] - trust)
    world.people["know_how"][i] = pick_up(world.people["know_how"][i], world.people["know_how"][other], rate)


@compiled
def take_stock(world: World, r: int) -> None:
    """Work out the means of a region's people."""
    trust = 0.0
    hard_trust = 0.0
    hard = 0
    know_how = 0.0
    weariness = 0.0
    engaged = 0
    participants = 0
    openness = 0.0
    first = world.regions["first_citizen"][r]
    officials = world.regions["first_professional"][r]
    last = world.regions["last_person"][r]
    for i in range(first, last):
        know_how += world.people["know_how"][i]
        if world.people["role"][i] != CITIZEN:
            openness += world.people["openness"][i]
            continue
        trust += world.people["trust"][i]
        weariness += world.people["weariness"][i]
        if world.people["rounds"][i] > 0:
            participants += 1
            engaged += world.people["trust"][i] > ENGAGED_TRUST
        if world.people["hard_to_reach"][i] == 1:
            hard_trust += world.people["trust"][i]
            hard += 1
    citizens = max(1, officials - first)
    world.regions["participants"][r] = participants
    world.regions["trust"][r] = trust / citizens
    world.regions["weariness"][r] = weariness / citizens
    world.regions["engaged"][r] = engaged / citizens
    world.regions["trust_hard_to_reach"][r] = hard_trust / max(1, hard)
    world.regions["know_how"][r] = know_how / max(1, last - first)
    world.regions["openness"][r] = openness / max(1, last - officials)
