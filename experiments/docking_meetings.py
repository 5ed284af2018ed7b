"""Checks of the meeting: deliberation, voice, weighted votes, effective voices."""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from cocreate.agents.initiative import State
from cocreate.experiments.docking_check import Check, exact, largest, sampled
from cocreate.experiments.docking_worlds import convene, run_between, tables_of_all, world_with
from cocreate.model.decision import Rule, pass_probability, pivotal_probability
from cocreate.model.model import CoCreationModel
from cocreate.model.sessions import ATTENDANCE
from cocreate.model.voice import deliberate, deliberate_by_voice, hearing, settled, shares

DELIBERATION = "deliberation"
VOTES = "weighted votes"
VOICES = "effective voices"

FRIEDKIN_JOHNSEN = "Friedkin and Johnsen 1990, closed form"
ENUMERATION = "enumeration of votes (Banzhaf 1965)"
DECOMPOSITION = "bias and variance of a weighted mean"

LONG = 1000
"""Rounds after which deliberation has settled to rounding, for susceptibilities up to 0.97."""

type Vector = NDArray[np.float64]


# --- Friedkin and Johnsen ---------------------------------------------------------------------------


def voice_settles_at(
    strong: int, weak: int, strong_voice: float, susceptibility: tuple[float, float]
) -> tuple[float, float, float]:
    """Return where two groups settle that start at 1 and 0 and hear all, and their voice-weighted mean.

    Args:
        strong: People who start at 1.
        weak: People who start at 0, each with voice 1.
        strong_voice: Voice of each who starts at 1.
        susceptibility: Of those who start at 1, and of those who start at 0, below one for the first.

    Returns:
        Position of the strong, of the weak, and mean, all in [0, 1].
    """
    share = strong * strong_voice / (strong * strong_voice + weak)
    a_strong, a_weak = susceptibility
    mean = share * (1.0 - a_strong) / (1.0 - share * a_strong - (1.0 - share) * a_weak)
    return a_strong * mean + 1.0 - a_strong, a_weak * mean, mean


def silo_gap(cross: float, susceptibility: float) -> float:
    """Return how far two equal silos stay apart that start at 1 and 0.

    Args:
        cross: Weight that each gives to the other silo, in [0, 0.5].
        susceptibility: Of all, in [0, 1).
    """
    return (1.0 - susceptibility) / (1.0 - susceptibility * (1.0 - 2.0 * cross))


def example_checks() -> list[Check]:
    """Return checks of the published example of three people."""
    weights = np.array([[0.5, 0.5, 0.0], [0.2, 0.6, 0.2], [0.0, 0.3, 0.7]])
    open_to = np.array([0.8, 0.5, 0.9])
    start = np.array([[0.0], [0.5], [1.0]])
    steps = deliberate(weights, open_to, start, LONG)[:, 0]
    keep = np.diag(open_to)
    solved = np.linalg.inv(np.eye(3) - keep @ weights) @ (np.eye(3) - keep) @ start[:, 0]
    at_rest = settled(weights, open_to, start[:, 0])
    name = "three people, person {} settles at"
    out = [
        exact(DELIBERATION, name.format(i + 1), float(solved[i]), float(steps[i]), FRIEDKIN_JOHNSEN)
        for i in range(3)
    ]
    out.append(largest(DELIBERATION, "rounds and solved system agree", steps - at_rest, FRIEDKIN_JOHNSEN))
    return out


def voice_checks(strong: int, weak: int, strong_voice: float, susceptibility: float) -> list[Check]:
    """Return checks of where people settle who all hear all, by voice.

    Args:
        strong: People who start at 1.
        weak: People who start at 0, each with voice 1.
        strong_voice: Voice of each who starts at 1.
        susceptibility: Of all, in [0, 0.97].
    """
    people = strong + weak
    voice = np.concatenate([np.full(strong, strong_voice), np.ones(weak)])
    shares(voice, people)
    start = np.concatenate([np.ones(strong), np.zeros(weak)])[:, None]
    now = start.copy()
    open_to = np.full(people, susceptibility)
    block = np.full(people, -1, np.int64)
    deliberate_by_voice(now, start, voice, open_to, block, 1.0, LONG)
    high, low, _ = voice_settles_at(strong, weak, strong_voice, (susceptibility, susceptibility))
    name = f"{strong} of voice {strong_voice:g} and {weak} of voice 1: the {{}} settle at"
    return [
        exact(DELIBERATION, name.format("first"), high, float(now[0, 0]), FRIEDKIN_JOHNSEN),
        exact(DELIBERATION, name.format("others"), low, float(now[-1, 0]), FRIEDKIN_JOHNSEN),
    ]


def silo_check(cross: float, susceptibility: float, members: int = 2) -> Check:
    """Return the check of the gap between two silos of equal voice.

    Args:
        cross: Weight that each gives to the other silo, in [0, 0.5].
        susceptibility: Of all, in [0, 0.97].
        members: People in each silo.
    """
    block = np.repeat(np.array([0, 1], np.int64), members)
    weights = hearing(np.full(2 * members, 0.5 / members), block, 2.0 * cross)
    start = (block == 0).astype(float)[:, None]
    end = deliberate(weights, np.full(2 * members, susceptibility), start, LONG)
    gap = float(end[0, 0] - end[-1, 0])
    name = f"gap of two silos, cross weight {cross:g}"
    return exact(DELIBERATION, name, silo_gap(cross, susceptibility), gap, FRIEDKIN_JOHNSEN)


def meeting_check(
    strong: int,
    weak: int,
    strong_voice: float,
    susceptibility: tuple[float, float] = (0.8, 0.6),
    seed: int = 1,
) -> Check:
    """Return the check that meetings of the model design what the closed form says.

    Professionals start at 1 with voice ``strong_voice``, citizens at 0 with voice 1. Who comes to a
    meeting is up to chance and is read back from the voice that citizens had.

    Args:
        strong: Professionals, at least 1.
        weak: Citizens, at least 1; at most 60 people in all.
        strong_voice: Voice of a professional.
        susceptibility: Of professionals and of citizens, in [0, 0.97].
        seed: Seed.
    """
    levers = {"context_distance": 0.0, "deliberation_rounds": LONG}
    model = world_with({**tables_of_all(levers, weak, strong, 20), "horizon": 1}, seed)

    def set_up(model: CoCreationModel) -> None:
        convene(model)
        people = model.table("people")
        expert = people["role"] == 1
        people["authority"] = np.where(expert, strong_voice, 1.0)
        people["openness"] = np.where(expert, *susceptibility)
        model.table("citizens")["need"] = 0.0
        model.table("professionals")["view"] = 1.0

    run_between(model, 1, {"recruitment": set_up})
    rows = model.initiative_rows
    rows = rows[rows["sessions"] == 1]
    differences = []
    for row in rows:
        odds = (1.0 - row["user_voice"]) / row["user_voice"]
        mean = voice_settles_at(1, 1, float(odds), susceptibility)[2]
        differences.append(float(row["design"][0]) - mean)
    name = f"designs of {len(rows)} meetings, {strong} of voice {strong_voice:g} and {weak} of voice 1"
    return largest(DELIBERATION, name, np.array(differences), FRIEDKIN_JOHNSEN)


def deliberation_checks() -> list[Check]:
    """Return the checks of deliberation with published numbers."""
    checks = example_checks()
    for voice in (1.0, 4.0):
        checks += voice_checks(10, 40, voice, 0.8)
    checks += [silo_check(cross, 0.9) for cross in (0.05, 0.25)]
    checks += [meeting_check(10, 40, voice) for voice in (1.0, 4.0)]
    return checks


# --- weighted votes ---------------------------------------------------------------------------------

RULES = (
    ("majority", Rule.MAJORITY, 0.5),
    ("two thirds", Rule.SUPERMAJORITY, 2 / 3),
    ("three quarters", Rule.SUPERMAJORITY, 3 / 4),
    ("unanimity", Rule.UNANIMITY, 1.0),
)
"""Decision rules by name, with the share of voice that they need; a majority needs more than half."""


def weight_needed(total: int, rule: Rule, quota: float) -> int:
    """Return the least whole weight with which a proposal passes, of a total of whole weights."""
    if rule is Rule.MAJORITY:
        return total // 2 + 1
    return total if rule is Rule.UNANIMITY else math.ceil(quota * total - 1e-9)


def pivotal_in_theory(strong: int, weak: int, needed: int) -> tuple[float, float]:
    """Return how often the strong voice, and a weak one, is pivotal when all vote by fair coins.

    Args:
        strong: Weight of the one strong voice, a whole number.
        weak: Voices of weight 1.
        needed: Weight that passes a proposal.

    Returns:
        Probability of the strong voice, and of one weak voice.
    """
    others = binom(weak, 0.5)
    by_strong = float(others.cdf(needed - 1) - others.cdf(needed - strong - 1))
    rest = binom(weak - 1, 0.5)
    by_weak = 0.5 * float(rest.pmf(needed - 1) + rest.pmf(needed - 1 - strong))
    return by_strong, by_weak


def power_checks(strong: int, weak: int) -> list[Check]:
    """Return checks of who is pivotal: one voice of some weight among many of weight 1.

    Args:
        strong: Weight of the strong voice, a whole number of at least 1.
        weak: Number of voices of weight 1, at most about fifteen.
    """
    weights = np.array([float(strong)] + [1.0] * weak)
    checks = []
    for words, rule, quota in RULES:
        needed = weight_needed(strong + weak, rule, quota)
        targets = pivotal_in_theory(strong, weak, needed)
        for voter, who in ((0, f"voice of {strong}"), (1, "voice of 1")):
            found = pivotal_probability(weights, voter, rule, quota)
            checks.append(exact(VOTES, f"{words}: {who} is pivotal", targets[voter], found, ENUMERATION))
    return checks


def passing_checks(voters: int, accept: float) -> list[Check]:
    """Return checks of how often equal voices pass a proposal.

    Args:
        voters: Voters, at most about fifteen.
        accept: Probability that each accepts.
    """
    checks = []
    for words, rule, quota in RULES:
        needed = weight_needed(voters, rule, quota)
        target = float(binom(voters, accept).sf(needed - 1))
        found = pass_probability(np.ones(voters), accept, rule, quota)
        name = f"{words}: {voters} equal voices pass"
        checks.append(exact(VOTES, name, target, found, "binomial distribution"))
    return checks


def table_vote_check(
    place: int, voters: int, accept: float, strong: float = 1.0, seed: int = 1, tables: int = 400
) -> Check:
    """Return the check that tables of the model pass designs as often as votes with weights say.

    Args:
        place: Place of the rule in :data:`RULES`.
        voters: Professionals at each table, 3 to 15.
        accept: Probability that a design lies within reach of a professional.
        strong: Standing of the first professional; the others have 1.
        seed: Seed.
        tables: Tables in each of five months.
    """
    words, rule, quota = RULES[place]
    share = max(0.5, quota)
    levers = {
        **tables_of_all({}, 0, voters, tables),
        "decision_rule": rule.name.lower(),
        "quota": share,
        "couplings": 1e-9,  # a vote is taken only where initiatives are coupled to their people
        "advance_cocreating": 1.0,
        "horizon": 5,
    }
    model = world_with(levers, seed)
    rng = np.random.default_rng(seed)
    passed: list[NDArray[np.bool_]] = []

    def set_up(model: CoCreationModel) -> None:
        convene(model)
        people = model.table("people")
        expert = people["role"] == 1
        people["openness"] = 0.5
        people["authority"][expert] = np.tile([strong] + [1.0] * (voters - 1), tables)
        model.table("initiatives")["design"] = 0.0
        far = 10.0 * model.parameters.acceptance_radius
        near = rng.random(len(model.table("professionals"))) < accept
        model.table("professionals")["view"][:] = np.where(near, 0.0, far)[:, None]

    def read(model: CoCreationModel) -> None:
        passed.append(model.initiative_rows["state"][:tables] == State.DECIDED)

    run_between(model, 5, {"sessions": set_up, "life of initiatives": read})
    weights = np.array([strong] + [1.0] * (voters - 1))
    target = pass_probability(weights, accept, rule, share)
    name = f"{words}: tables of {voters} that pass"
    return sampled(VOTES, name, target, np.concatenate(passed).astype(float), "binomial distribution")


def vote_checks() -> list[Check]:
    """Return the checks of weighted votes with published numbers."""
    tables = [table_vote_check(place, 9, 0.7) for place in range(len(RULES))]
    return [*power_checks(4, 8), *passing_checks(9, 0.7), *tables]


# --- effective voices -------------------------------------------------------------------------------


def misfit_in_theory(
    sizes: tuple[int, int], voices: tuple[float, float], biases: tuple[Vector, Vector], variance: float
) -> float:
    """Return the expected squared misfit of a voice-weighted design, over who comes to the meeting.

    For those who come it is ``|sum_g V_g bias_g|^2 + D s^2 sum v^2``.

    Args:
        sizes: People of the two groups, each of whom comes by chance.
        voices: Voice of a person of each group.
        biases: Mean view of each group, relative to the need; shape (dimensions,).
        variance: Variance of views in a group and dimension, in need units squared.
    """
    total = chances = 0.0
    dimensions = len(biases[0])
    for first in range(sizes[0] + 1):
        for second in range(sizes[1] + 1):
            if first + second < 2:  # noqa: PLR2004 - nobody meets alone
                continue
            chance = float(binom.pmf(first, sizes[0], ATTENDANCE) * binom.pmf(second, sizes[1], ATTENDANCE))
            weight = first * voices[0] + second * voices[1]
            bias = (first * voices[0] * biases[0] + second * voices[1] * biases[1]) / weight
            squares = (first * voices[0] ** 2 + second * voices[1] ** 2) / weight**2
            total += chance * (float(bias @ bias) + dimensions * variance * squares)
            chances += chance
    return total / chances


def effective_voices_check(
    sizes: tuple[int, int] = (12, 8),
    authority: float = 2.0,
    power: float = 1.5,
    spread: float = 0.5,
    seed: int = 1,
) -> Check:
    """Return the check of the mean squared misfit of decided designs.

    Args:
        sizes: Citizens and professionals at each table.
        authority: Standing of a professional; a citizen has 1.
        power: Lever ``power_imbalance``.
        spread: Standard deviation of views in a group and dimension, in need units.
        seed: Seed.
    """
    tables, months, dimensions = 100, 40, 3
    levers = {
        **tables_of_all({}, *sizes, tables),
        "power_imbalance": power,
        "dimensions": dimensions,
        "advance_cocreating": 1.0,
        "horizon": months,
    }
    model = world_with(levers, seed)
    rng = np.random.default_rng(seed)
    biases = (np.array([0.1, -0.2, 0.0]), np.array([0.5, 0.3, -0.4]))
    misfits: list[Vector] = []

    def set_up(model: CoCreationModel) -> None:
        convene(model)
        people = model.table("people")
        people["openness"] = 0.6
        people["authority"] = np.where(people["role"] == 1, authority, 1.0)
        need = model.table("regions")["need"]
        views = rng.normal(0.0, spread, (tables, sizes[1], dimensions)) + biases[1] + need[:, None]
        model.table("professionals")["view"] = views.reshape(-1, dimensions)
        model.table("citizens")["need"] = rng.normal(0.0, spread, (tables * sizes[0], 3)) + biases[0]

    def read(model: CoCreationModel) -> None:
        rows = model.initiative_rows[:tables]
        decided = (rows["state"] == State.DECIDED) & (rows["sessions"] == 1)
        away = rows["design"] - model.table("regions")["need"]
        misfits.append((away**2).sum(axis=1)[decided])

    run_between(model, months, {"recruitment": set_up, "life of initiatives": read})
    target = misfit_in_theory(sizes, (1.0, authority**power), biases, spread**2)
    name = f"squared misfit, {sizes[0]} citizens and {sizes[1]} professionals"
    return sampled(VOICES, name, target, np.concatenate(misfits), DECOMPOSITION)


def effective_voices_checks() -> list[Check]:
    """Return the checks of effective voices, for even and for uneven voices."""
    return [
        effective_voices_check(power=power, seed=1 + place) for place, power in enumerate((0.0, 1.5, 3.0))
    ]
