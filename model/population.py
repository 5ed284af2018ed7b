"""Population: who lives in the world, and what they need, think, and are used to."""

import math

from cocreate.agents.compiled import compiled, part
from cocreate.agents.person import CITIZEN, PROFESSIONAL, logistic, relative_expectation
from cocreate.agents.politician import leaning
from cocreate.agents.professional import authority_of_sector
from cocreate.model.streams import INITIAL_STATE, normal, one_of, uniform
from cocreate.model.world import World

CITIZENS_AUTHORITY = 1.0
PROFESSIONALS_AUTHORITY = 3.0
POLITICIANS_AUTHORITY = 4.0

HALF = 0.5
GOVERNING_SHARE = 0.67

SECTOR_DRAWS = -1
STATUS_DRAWS = -2
REGION_DRAWS = 1_000_000_000
SERVICE_DRAWS = 2_000_000_000
ORGANISATION_DRAWS = 3_000_000_000


@compiled
def clipped(value: float, low: float, high: float) -> float:
    """Return the value, moved into [low, high].

    >>> clipped(1.2, 0.0, 1.0)
    1.0
    """
    return min(high, max(low, value))


@part
def direction(world: World, who: int, part: int, size: int) -> float:
    """Return one component of a random direction (unit vector) that belongs to ``who``."""
    length = 0.0
    for d in range(size):
        component = normal(world.streams, INITIAL_STATE, who, 0, 100 + d)
        length += component * component
    return normal(world.streams, INITIAL_STATE, who, 0, 100 + part) / math.sqrt(length)


@part
def status_of_sector(world: World, sector: int, sectors: int) -> float:
    """Return the standing of a sector's profession in [-1, 1]: a random order, evenly spaced."""
    if sectors == 1:
        return 0.0
    mine = uniform(world.streams, INITIAL_STATE, STATUS_DRAWS, 0, sector)
    rank = 0
    for other in range(sectors):
        if uniform(world.streams, INITIAL_STATE, STATUS_DRAWS, 0, other) < mine:
            rank += 1
    return 2.0 * rank / (sectors - 1) - 1.0


@compiled
def draw_traits(world: World) -> None:
    """Draw regions, services and organisations, and the traits of people that the rest builds on.

    Traits are being hard to reach, bridging, a professional's sector, and a politician's party. Data of
    one's own may replace them before :func:`draw_state`.
    """
    draw_regions(world)
    draw_organisations(world)
    for i in range(len(world.people)):
        draw = uniform(world.streams, INITIAL_STATE, i, 0, 4)
        world.people["spanner"][i] = draw < world.levers["boundary_spanners"][0]
        role = world.people["role"][i]
        if role == CITIZEN:
            hard = uniform(world.streams, INITIAL_STATE, i, 0, 5) < world.levers["hard_to_reach_share"][0]
            world.people["hard_to_reach"][i] = hard
        elif role == PROFESSIONAL:
            first = world.regions["first_professional"][world.people["region"][i]]
            sectors = len(world.services) // len(world.regions)
            world.professionals["sector"][world.people["role_row"][i]] = (i - first) % sectors
        else:
            draw_party(world, i)


@compiled
def draw_state(world: World) -> None:
    """Draw what people need, think, trust and can do, given their traits."""
    for i in range(len(world.people)):
        role = world.people["role"][i]
        if role == CITIZEN:
            draw_citizen(world, i)
        elif role == PROFESSIONAL:
            draw_professional(world, i)
        else:
            draw_politician(world, i)


@compiled
def settle_in(world: World) -> None:
    """Work out what follows from people's state: what voice they are used to, and what councils hear."""
    for i in range(len(world.people)):
        world.people["disposition"][i] = world.people["trust"][i]
        set_expectation(world, i)
    remember_voters(world)


@part
def draw_regions(world: World) -> None:
    """Draw what each region needs, when it votes, and what its conventional services offer."""
    lever = world.levers[0]
    size = world.regions["need"].shape[1]
    sectors = len(world.services) // len(world.regions)
    for r in range(len(world.regions)):
        who = REGION_DRAWS + r
        for d in range(size):
            world.regions["need"][r, d] = lever["context_distance"] * normal(
                world.streams, INITIAL_STATE, who, 0, d
            )
        term = int(lever["term_length"])
        world.regions["election_phase"][r] = one_of(uniform(world.streams, INITIAL_STATE, who, 0, 90), term)
        world.regions["adopted_since"][r] = -1
        world.regions["novel_since"][r] = -1
        world.regions["stale"][r] = 1
        for s in range(sectors):
            row = r * sectors + s
            world.services["initiative"][row] = -1
            for d in range(size):
                away = lever["lived_experience_gap"] * direction(world, SECTOR_DRAWS - 10 - s, d, size)
                view = world.regions["need"][r, d] + away
                world.services["expert_view"][row, d] = view
                world.services["design"][row, d] = view
    world.nation["adopted_since"][0] = -1


@part
def draw_organisations(world: World) -> None:
    """Draw each organisation's owner and threshold."""
    lever = world.levers[0]
    sectors = len(world.services) // len(world.regions)
    per_region = len(world.organisations) // len(world.regions)
    per_sector = per_region // sectors
    for o in range(len(world.organisations)):
        within = o % per_region
        world.organisations["region"][o] = o // per_region
        world.organisations["sector"][o] = within // per_sector
        world.organisations["kind"][o] = (within % per_sector) % 3
        world.organisations["since"][o] = -1
        draw = uniform(world.streams, INITIAL_STATE, ORGANISATION_DRAWS + o, 0, 0)
        top = max(0.1, lever["threshold_high"])
        world.organisations["threshold"][o] = 0.1 + (top - 0.1) * draw


@part
def draw_temper(world: World, i: int, openness: float) -> None:
    """Draw what all people have: trust, openness, tolerance, and a little know-how."""
    lever = world.levers[0]
    keys = world.streams
    world.people["trust"][i] = clipped(0.5 + 0.15 * normal(keys, INITIAL_STATE, i, 0, 0), 0.02, 0.98)
    world.people["openness"][i] = clipped(openness + 0.15 * normal(keys, INITIAL_STATE, i, 0, 1), 0.02, 0.98)
    world.people["tolerance"][i] = clipped(
        lever["tolerance_mean"] + 0.1 * normal(keys, INITIAL_STATE, i, 0, 2), 0.0, 1.0
    )
    world.people["know_how"][i] = 0.15 * uniform(keys, INITIAL_STATE, i, 0, 3)


@part
def set_expectation(world: World, i: int) -> None:
    """Set the voice a person is used to: that of a meeting of as many officials as citizens."""
    power = world.levers[0]["power_imbalance"]
    mean = 0.5 * PROFESSIONALS_AUTHORITY**power + 0.5 * CITIZENS_AUTHORITY**power
    world.people["expected_voice"][i] = relative_expectation(world.people["authority"][i], mean, power)


@part
def draw_citizen(world: World, i: int) -> None:
    """Draw a citizen: group, need, weights over sectors."""
    lever = world.levers[0]
    keys = world.streams
    draw_temper(world, i, 0.6)
    row = world.people["role_row"][i]
    r = world.people["region"][i]
    hard = world.people["hard_to_reach"][i] == 1
    world.people["group"][i] = hard
    authority = CITIZENS_AUTHORITY * math.exp(0.3 * normal(keys, INITIAL_STATE, i, 0, 6))
    if hard:
        authority *= 0.7
        world.people["trust"][i] = clipped(world.people["trust"][i] - 0.15, 0.02, 0.98)
    world.people["authority"][i] = authority
    draw = uniform(keys, INITIAL_STATE, i, 0, 7)
    world.citizens["storyteller"][row] = draw < lever["storytellers"]
    draw_need(world, i, row, r, hard)
    draw_weights(world, i, row)


@part
def draw_need(world: World, i: int, row: int, r: int, hard: bool) -> None:
    """Draw a citizen's need relative to the region's mean: the group's offset and the person's own part."""
    lever = world.levers[0]
    size = world.citizens["need"].shape[1]
    for d in range(size):
        offset = 0.0
        if hard:
            offset = lever["group_offset"] * direction(world, REGION_DRAWS + r, d, size)
        own = lever["need_spread"] * normal(world.streams, INITIAL_STATE, i, 0, 20 + d)
        world.citizens["need"][row, d] = offset + own


@part
def draw_weights(world: World, i: int, row: int) -> None:
    """Draw how a citizen's needs spread over sectors: one problem, or many entangled ones.

    A share ``need_entanglement`` of the weight is spread as a flat Dirichlet draw.
    """
    entangled = world.levers[0]["need_entanglement"]
    sectors = world.citizens["weights"].shape[1]
    total = 0.0
    for s in range(sectors):
        draw = -math.log(1.0 - uniform(world.streams, INITIAL_STATE, i, 0, 40 + s))
        world.citizens["weights"][row, s] = draw
        total += draw
    main = one_of(uniform(world.streams, INITIAL_STATE, i, 0, 39), sectors)
    for s in range(sectors):
        spread = world.citizens["weights"][row, s] / total
        only = 1.0 if s == main else 0.0
        world.citizens["weights"][row, s] = entangled * spread + (1.0 - entangled) * only


@part
def draw_professional(world: World, i: int) -> None:
    """Draw a professional: sector, organisation, view, authority."""
    lever = world.levers[0]
    keys = world.streams
    draw_temper(world, i, 0.45)
    row = world.people["role_row"][i]
    r = world.people["region"][i]
    sectors = len(world.services) // len(world.regions)
    sector = world.professionals["sector"][row]
    per_sector = len(world.organisations) // len(world.services)
    office = one_of(uniform(keys, INITIAL_STATE, i, 0, 7), per_sector)
    world.professionals["organisation"][row] = (
        world.regions["first_organisation"][r] + sector * per_sector + office
    )
    status = status_of_sector(world, sector, sectors)
    world.people["authority"][i] = authority_of_sector(
        PROFESSIONALS_AUTHORITY, status, lever["interprofessional_gap"]
    ) * math.exp(0.2 * normal(keys, INITIAL_STATE, i, 0, 6))
    draw_view(world, i, row, 0)


@part
def draw_view(world: World, i: int, row: int, month: int) -> None:
    """Draw a professional's view: the sector's expert view and an own part."""
    lever = world.levers[0]
    sectors = len(world.services) // len(world.regions)
    service = world.people["region"][i] * sectors + world.professionals["sector"][row]
    for d in range(world.professionals["view"].shape[1]):
        own = lever["view_spread"] * normal(world.streams, INITIAL_STATE, i, month, 20 + d)
        world.professionals["view"][row, d] = world.services["expert_view"][service, d] + own


@part
def side_of_government(world: World, r: int) -> float:
    """Return the side (-1 or 1) that governs a region at the start."""
    draw = uniform(world.streams, INITIAL_STATE, REGION_DRAWS + r, 0, 91)
    return 1.0 if draw < HALF else -1.0


@part
def draw_party(world: World, i: int) -> None:
    """Draw a politician's party position. Two seats in three go to the side that governs."""
    keys = world.streams
    side = side_of_government(world, world.people["region"][i])
    if uniform(keys, INITIAL_STATE, i, 0, 7) > GOVERNING_SHARE:
        side = -side
    party = side * world.levers["ideological_distance"][0] + 0.1 * normal(keys, INITIAL_STATE, i, 0, 8)
    world.politicians["party"][world.people["role_row"][i]] = clipped(party, -1.0, 1.0)


@part
def draw_politician(world: World, i: int) -> None:
    """Draw a politician: authority, and support by leaning."""
    keys = world.streams
    draw_temper(world, i, 0.5)
    row = world.people["role_row"][i]
    world.people["authority"][i] = POLITICIANS_AUTHORITY * math.exp(
        0.2 * normal(keys, INITIAL_STATE, i, 0, 6)
    )
    lean = leaning(world.politicians["party"][row], 0.1, 0.0)
    own = 0.6 * normal(keys, INITIAL_STATE, i, 0, 9)
    world.politicians["support"][row] = logistic(lean + own)


@part
def remember_voters(world: World) -> None:
    """Work out, for each region, the mean need of those who are easy to reach: what councils hear.

    Also note how many storytellers there are.
    """
    size = world.regions["need"].shape[1]
    for r in range(len(world.regions)):
        heard = 0
        tellers = 0
        everyone = world.regions["first_professional"][r] - world.regions["first_citizen"][r]
        for i in range(world.regions["first_citizen"][r], world.regions["first_professional"][r]):
            row = world.people["role_row"][i]
            tellers += world.citizens["storyteller"][row]
            if world.people["hard_to_reach"][i] == 0:
                heard += 1
                for d in range(size):
                    world.regions["voters_need"][r, d] += world.citizens["need"][row, d]
        for d in range(size):
            if heard > 0:
                world.regions["voters_need"][r, d] /= heard
        if everyone > 0:
            world.regions["storytelling"][r] = 1.0 - math.exp(-10.0 * tellers / everyone)
