"""The life of initiatives: each month, each one goes on, stays, or ends, and the reason is kept.

Base rates are levers. What shifts them adds up on the scale of log-odds, times ``couplings``; with couplings
at zero only the base rates are left. Coefficients are assumptions unless a source is given.
"""

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import (
    AGREED,
    BACKLASH,
    BY_COPY,
    COCREATING,
    COMPONENT_SURVIVED,
    COPIED,
    DECIDED,
    DROPPED_BY_COUNCIL,
    ENDED,
    FUNDING_ENDED,
    IMPLEMENTED,
    LAPSED,
    NO_AGREEMENT,
    PARTLY,
    PEOPLE_LEFT,
    PILOTING,
    PROPOSED,
    READY,
    RECRUITING,
    STRUCTURAL,
    SUPPORT_WITHDRAWN,
    THROUGHOUT,
    TOO_FEW_JOINED,
    VOTED_DOWN,
    WINDOW,
    life_step,
    survives_in_part,
)
from cocreate.agents.person import CITIZEN, shifted
from cocreate.agents.politician import novelty
from cocreate.model.change import SERVICE_ENDED, break_promise, enter, keep_promise
from cocreate.model.decision import accepts, passes
from cocreate.model.elections import next_election
from cocreate.model.sessions import facilitation_now, give_voice, take_positions
from cocreate.model.streams import LIFE, uniform
from cocreate.model.world import World

LEAST_MEMBERS = 3
SEEN_RATE = 0.2
ONE_SIDED = 0.15
RESULTS_SEEN = 5.0


@compiled
def live_on(world: World) -> None:
    """Let every living initiative take a month's step, then strike the ended ones off the list."""
    for r in range(len(world.regions)):
        world.regions["showing"][r] = 0.0
    for slot in range(world.nation["active"][0]):
        k = world.living[slot]
        state = world.initiatives["state"][k]
        if state == PROPOSED:
            leave_proposed(world, k)
        elif state == RECRUITING:
            leave_recruiting(world, k)
        elif state == COCREATING:
            leave_cocreating(world, k)
        elif state == PILOTING:
            leave_piloting(world, k)
        elif state == STRUCTURAL:
            leave_structural(world, k)
        elif state == NO_AGREEMENT:
            enter(world, k, ENDED, VOTED_DOWN)
        if world.initiatives["state"][k] == DECIDED:
            leave_decided(world, k)
        show_results(world, k)
    strike_off(world)
    for r in range(len(world.regions)):
        gap = world.regions["showing"][r] - world.regions["results"][r]
        world.regions["results"][r] += SEEN_RATE * gap


@part
def strike_off(world: World) -> None:
    """Keep only living initiatives on the list, in their order."""
    kept = 0
    for slot in range(world.nation["active"][0]):
        k = world.living[slot]
        if world.initiatives["finished"][k] < 0:
            world.living[kept] = k
            kept += 1
    world.nation["active"][0] = kept


@part
def show_results(world: World, k: int) -> None:
    """Add what a pilot or a service achieves to what the region can see; stories carry it further.

    What has been there for long is taken for granted (Tolbert and Zucker 1996).
    """
    state = world.initiatives["state"][k]
    if state not in (PILOTING, STRUCTURAL):
        return
    r = world.initiatives["region"][k]
    told = world.regions["storytelling"][r] * world.levers["community_reporting"][0]
    gain = max(0.0, world.initiatives["result"][k])
    months = float(world.nation["month"][0] - world.initiatives["piloted"][k])
    new = novelty(months, min(1.0, world.levers["couplings"][0] * world.levers["novelty_fades"][0]))
    seen = min(1.0, gain * RESULTS_SEEN * (1.0 + told)) * new
    before = world.regions["showing"][r]
    world.regions["showing"][r] = before + seen * (1.0 - before)


@part
def step_of(world: World, k: int, stage: int, advance: float, end: float) -> int:
    """Draw this month's step of an initiative from the chances of its stage."""
    who = world.initiatives["identity"][k]
    draw = uniform(world.streams, LIFE, who, world.nation["month"][0], stage)
    return life_step(draw, advance, end)


@part
def leave_proposed(world: World, k: int) -> None:
    """Proposed: support, incentives and a standing group help to start; a copy needs no recruiting."""
    lever = world.levers[0]
    r = world.initiatives["region"][k]
    score = lever["couplings"] * (
        2.0 * (world.regions["support"][r] - 0.5)
        + 0.8 * world.regions["incentive"][r]
        + 0.8 * world.regions["infrastructure"][r]
        + 0.5 * (lever["local_slack"] - 0.3)
    )
    advance = shifted(lever["advance_proposed"], score)
    step = step_of(world, k, PROPOSED, advance, shifted(lever["end_proposed"], -score))
    if step > 0:
        if world.initiatives["mode"][k] == COPIED:
            decide(world, k, BY_COPY)
        else:
            enter(world, k, RECRUITING, READY)
    elif step < 0:
        low = world.regions["support"][r] < 0.4  # noqa: PLR2004 - names the reason only
        enter(world, k, ENDED, SUPPORT_WITHDRAWN if low else LAPSED)


@part
def leave_recruiting(world: World, k: int) -> None:
    """Recruiting: starts when enough people sit at the table."""
    lever = world.levers[0]
    filled = world.initiatives["members"][k] / lever["group_size"]
    score = lever["couplings"] * 4.0 * (filled - 0.5)
    advance = shifted(lever["advance_recruiting"], score)
    if lever["couplings"] > 0.0 and world.initiatives["members"][k] < LEAST_MEMBERS:
        advance = 0.0
    step = step_of(world, k, RECRUITING, advance, shifted(lever["end_recruiting"], -score))
    if step > 0:
        enter(world, k, COCREATING, READY)
    elif step < 0:
        enter(world, k, ENDED, TOO_FEW_JOINED)


@part
def leave_cocreating(world: World, k: int) -> None:
    """Co-creating: calls for a decision when the design suits the group; ends when people or will go."""
    lever = world.levers[0]
    pressure = world.initiatives["opposition"][k]
    few = world.initiatives["members"][k] < LEAST_MEMBERS
    met = min(1.0, 0.2 * (world.initiatives["sessions"][k] - 4.0))
    ripe = 3.0 * (world.initiatives["acceptability"][k] - 0.5) + met
    wrong = 3.0 * pressure + (3.0 if few else 0.0)
    advance = shifted(lever["advance_cocreating"], lever["couplings"] * (ripe - pressure))
    end = shifted(lever["end_cocreating"], lever["couplings"] * wrong)
    step = step_of(world, k, COCREATING, advance, end)
    if step > 0:
        if lever["couplings"] == 0.0 or vote(world, k):
            decide(world, k, AGREED)
        else:
            enter(world, k, NO_AGREEMENT, VOTED_DOWN)
    elif step < 0:
        reason = LAPSED
        if few:
            reason = PEOPLE_LEFT
        elif pressure > 0.1:  # noqa: PLR2004 - names the reason only
            reason = BACKLASH
        enter(world, k, ENDED, reason)


@part
def vote(world: World, k: int) -> bool:
    """Put a design to the vote of the table by the decision rule; return whether it passes.

    Votes weigh as voices do. Users vote where they are included throughout. Everybody accepts a design
    that lies within reach of where they stood; who opposes the initiative needs it half as far away.
    """
    lever = world.levers[0]
    members = world.initiatives["members"][k]
    present = np.zeros(members, np.int64)
    voters = 0
    for place in range(members):
        person = world.seats[k, place]
        votes_too = world.initiatives["inclusion"][k] == THROUGHOUT
        if world.people["role"][person] != CITIZEN or votes_too:
            present[voters] = person
            voters += 1
    if voters == 0:
        return False
    weights = np.zeros(members)
    even = facilitation_now(world, world.initiatives["region"][k])
    give_voice(world, k, voters, present, weights, even)
    in_favour = np.zeros(members, np.bool_)
    ballots(world, k, voters, present, in_favour)
    passed = passes(in_favour, weights, voters, int(lever["decision_rule"]), lever["quota"])
    world.nation["votes"][0] += 1
    world.nation["agreements"][0] += passed
    return passed


@part
def ballots(
    world: World, k: int, voters: int, present: NDArray[np.int64], in_favour: NDArray[np.bool_]
) -> None:
    """Fill in who accepts a design."""
    lever = world.levers[0]
    size = world.professionals["view"].shape[1]
    stands = np.zeros((voters, size))
    take_positions(world, voters, present, stands)
    radius = lever["acceptance_radius"] * (1.0 - 0.5 * world.initiatives["opposition"][k])
    for j in range(voters):
        distance = 0.0
        for d in range(size):
            away = stands[j, d] - world.initiatives["design"][k, d]
            distance += away * away
        in_favour[j] = accepts(distance, world.people["openness"][present[j]], radius)


@part
def decide(world: World, k: int, reason: int) -> None:
    """Enter the state decided: the council binds itself, and may anchor the decision in a rule."""
    lever = world.levers[0]
    r = world.initiatives["region"][k]
    month = world.nation["month"][0]
    enter(world, k, DECIDED, reason)
    if lever["commitment"] > 0:
        world.initiatives["committed_until"][k] = next_election(world, r) + int(lever["commitment"]) - 1
    anchored = lever["legal_anchor"] + lever["mandate"] - lever["legal_anchor"] * lever["mandate"]
    who = world.initiatives["identity"][k]
    world.initiatives["legal_anchor"][k] = uniform(world.streams, LIFE, who, month, 20) < anchored


@part
def backing(world: World, k: int) -> float:
    """Return how far the council stands behind an initiative: mean support, less what political silos take.

    Politicians who are no boundary spanners back what is not their own less by ``political_silo``: those of
    the other side where sponsors come from one side, all of them where nobody sponsors it (no window without
    somebody who carries it through: Kingdon 1984). What has sponsors from both sides is everybody's own.
    """
    r = world.initiatives["region"][k]
    side = world.initiatives["sponsor_party"][k]
    nobodys = world.initiatives["sponsors"][k] == 0
    one_sided = abs(side) >= ONE_SIDED
    first = world.regions["first_politician"][r]
    last = world.regions["last_person"][r]
    total = 0.0
    for i in range(first, last):
        row = world.people["role_row"][i]
        support = world.politicians["support"][row]
        other_side = one_sided and (world.politicians["party"][row] < 0.0) != (side < 0.0)
        if (nobodys or other_side) and world.people["spanner"][i] == 0:
            support *= 1.0 - world.levers["political_silo"][0]
        total += support
    return total / max(1, last - first)


@part
def leave_decided(world: World, k: int) -> None:
    """Decided: the council puts it into practice, or drops it."""
    lever = world.levers[0]
    r = world.initiatives["region"][k]
    score = lever["couplings"] * (
        3.0 * (backing(world, k) - 0.5)
        + 0.6 * world.regions["incentive"][r]
        + 1.0 * (lever["local_slack"] - 0.3)
        + 0.3 * world.initiatives["sponsors"][k]
        - 1.5 * world.initiatives["opposition"][k]
        - 2.0 * world.regions["lobbying"][r]
    )
    advance = shifted(lever["advance_decided"], score)
    step = step_of(world, k, DECIDED, advance, shifted(lever["end_decided"], -score))
    if step > 0:
        enter(world, k, PILOTING, IMPLEMENTED)
        keep_promise(world, k)
    elif step < 0:
        break_promise(world, k, 1.0)
        enter(world, k, ENDED, DROPPED_BY_COUNCIL)


@part
def adopted_around(world: World, k: int) -> float:
    """Return the share of the organisations in an initiative's sectors that adopted the principles."""
    r = world.initiatives["region"][k]
    touched = 0
    adopted = 0
    for o in range(world.regions["first_organisation"][r], world.regions["last_organisation"][r]):
        if (world.initiatives["sectors"][k] >> world.organisations["sector"][o]) & 1 == 1:
            touched += 1
            adopted += world.organisations["adopted"][o]
    return adopted / touched if touched > 0 else 0.0


@part
def window_score(world: World, k: int) -> float:
    """Return how far the window for a structural service is open, on log-odds (Kingdon 1984).

    Support, adoption by the organisations it touches, visible results, slack and capacity, a standing
    group, and above all an existing routine to build on (DellaVigna, Kim and Linos 2024).
    """
    r = world.initiatives["region"][k]
    return (
        3.0 * (backing(world, k) - 0.5)
        + 1.5 * adopted_around(world, k)
        + world.levers["evidence_weight"][0] * world.initiatives["result"][k]
        + 0.8 * (world.levers["local_slack"][0] - 0.3)
        + 1.2 * world.initiatives["capacity"][k]
        + world.levers["routine_weight"][0] * (world.initiatives["embedding"][k] - 0.5)
        + 1.2 * world.regions["infrastructure"][r]
        + 0.8 * world.initiatives["community"][k]
        - 2.0 * world.initiatives["opposition"][k]
        - 2.0 * world.regions["lobbying"][r]
    )


@part
def leave_piloting(world: World, k: int) -> None:
    """Piloting: becomes structural while the window is open, ends, or meets the end of its money."""
    lever = world.levers[0]
    r = world.initiatives["region"][k]
    month = world.nation["month"][0]
    couplings = lever["couplings"]
    advance = shifted(lever["advance_piloting"], couplings * window_score(world, k))
    if couplings > 0.0 and month - world.initiatives["since"][k] < lever["trial_months"]:
        advance = 0.0
    trouble = (
        -1.5 * (world.regions["support"][r] - 0.5)
        - 1.0 * world.initiatives["community"][k]
        - 1.0 * world.initiatives["result"][k]
        + 2.0 * world.initiatives["opposition"][k]
        + 1.0 * world.regions["lobbying"][r]
    )
    step = step_of(world, k, PILOTING, advance, shifted(lever["end_piloting"], couplings * trouble))
    if step > 0:
        enter(world, k, STRUCTURAL, WINDOW)
    elif step < 0:
        opposed = world.initiatives["opposition"][k] > 0.1  # noqa: PLR2004 - names the reason only
        break_promise(world, k, SERVICE_ENDED)
        enter(world, k, ENDED, BACKLASH if opposed else SUPPORT_WITHDRAWN)
    elif couplings > 0.0 and month >= world.initiatives["budget_end"][k]:
        outlive_money(world, k)


@part
def outlive_money(world: World, k: int) -> None:
    """Draw what is left of a pilot when its money ends: a skill, a group, a tool, or nothing."""
    r = world.initiatives["region"][k]
    month = world.nation["month"][0]
    skill = 0.0
    for place in range(world.initiatives["members"][k]):
        skill += world.people["know_how"][world.seats[k, place]]
    skill /= max(1, world.initiatives["members"][k])
    group = max(world.initiatives["community"][k], 0.5 * world.regions["infrastructure"][r])
    tool = 0.6 * world.initiatives["embedding"][k] + 0.3 * world.initiatives["capacity"][k]
    who = world.initiatives["identity"][k]
    if uniform(world.streams, LIFE, who, month, 21) < survives_in_part(skill, group, tool):
        enter(world, k, PARTLY, COMPONENT_SURVIVED)
    else:
        break_promise(world, k, SERVICE_ENDED)
        enter(world, k, ENDED, FUNDING_ENDED)


@part
def leave_structural(world: World, k: int) -> None:
    """Structural: ends where support is low, and no community, rule or routine holds it."""
    lever = world.levers[0]
    r = world.initiatives["region"][k]
    trouble = (
        -2.0 * (world.regions["support"][r] - 0.5)
        - 1.0 * world.initiatives["community"][k]
        - 1.0 * world.initiatives["legal_anchor"][k]
        - 1.0 * (world.initiatives["embedding"][k] - 0.5)
        - 1.0 * (lever["local_slack"] - 0.3)
        + 2.0 * world.regions["lobbying"][r]
    )
    end = shifted(lever["end_structural"], lever["couplings"] * trouble)
    if step_of(world, k, STRUCTURAL, 0.0, end) < 0:
        break_promise(world, k, SERVICE_ENDED)
        enter(world, k, ENDED, SUPPORT_WITHDRAWN)
