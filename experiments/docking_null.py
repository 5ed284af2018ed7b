"""Checks of null worlds: twins, worlds without some kind of people, and labels that must not matter."""

from collections.abc import Callable

import numpy as np
from scipy.stats import friedmanchisquare, ks_2samp

from cocreate.experiments.docking_check import Check, exact
from cocreate.model.measures import SERIES
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import OF_SESSIONS, OUTCOMES
from cocreate.model.parameters import Parameters, Value
from cocreate.model.world import World

NULL = "null worlds"
IDENTITY = "equal levers and seed"
SENSE = "ranges and zeros that the world implies"
EXCHANGE = "labels are arbitrary"

LEAST_CHANCE = 0.001
"""Chance at which a comparison of two labels counts as a difference: one in 1,000 sets of seeds by chance."""


def bytes_that_differ(one: CoCreationModel, two: CoCreationModel, but: tuple[str, ...] = ()) -> int:
    """Return in how many bytes the state, the log and the series of two models differ.

    Args:
        one: A model.
        two: Another.
        but: Tables, or columns such as ``"nation.events"``, that do not count.
    """
    differing = 0
    for name in (*World.table_names(), "series"):
        mine = one.series if name == "series" else one.table(name)
        yours = two.series if name == "series" else two.table(name)
        if name in but:
            continue
        if mine.shape != yours.shape or mine.dtype != yours.dtype:
            return max(int(mine.nbytes), int(yours.nbytes), 1)
        for column in mine.dtype.names or (None,):
            if f"{name}.{column}" in but:
                continue
            pair = (mine, yours) if column is None else (mine[column], yours[column])
            left, right = (np.frombuffer(part.tobytes(), np.uint8) for part in pair)
            differing += int(np.sum(left != right))
    return differing


def twins_check(levers: dict[str, Value], seed: int = 1) -> Check:
    """Return the check that two runs with equal levers and seed are equal in every byte."""
    one, two = (CoCreationModel(Parameters.of(levers), rng=seed) for _ in range(2))
    one.run()
    two.run()
    return exact(NULL, "bytes in which twins differ", 0.0, float(bytes_that_differ(one, two)), IDENTITY)


def nonsense_in(model: CoCreationModel) -> list[str]:
    """Return the monthly outcomes that are not finite or leave the range of a share.

    Outcomes of sessions have no value in a month without one.
    """
    wrong = []
    held = model.series["sessions"] > 0
    for name in SERIES.names or ():
        values = model.series[name]
        if name in OF_SESSIONS:
            values = np.concatenate([values[held], np.where(np.isnan(values[~held]), 0.0, np.nan)])
        is_share = name in OUTCOMES and OUTCOMES[name].unit == "share"
        outside = is_share and bool(np.any((values < 0.0) | (values > 1.0 + 1e-12)))
        if not np.all(np.isfinite(values)) or outside:
            wrong.append(name)
    return wrong


type Expectation = Callable[[CoCreationModel], float]


def of_last_month(*names: str) -> Expectation:
    """Return a function that adds up outcomes of the last month."""
    return lambda model: float(sum(abs(model.series[name][-1]) for name in names))


def over_all_months(name: str) -> Expectation:
    """Return a function that adds up an outcome over the months in which it can be measured."""
    return lambda model: float(np.nansum(np.abs(model.series[name])))


def ties(layer: str) -> Expectation:
    """Return a function that counts the ties of a layer."""
    return lambda model: float(model.graph(layer).number_of_edges())


def funded(model: CoCreationModel) -> float:
    """Return how many initiatives an outside programme pays for."""
    return float(model.initiative_rows["funded_outside"].sum())


EMPTY: tuple[tuple[str, dict[str, Value], tuple[tuple[str, Expectation], ...]], ...] = (
    (
        "no citizens",
        {"citizens_per_region": 0, "null_world": "yes"},
        (
            ("users' voice", over_all_months("users_voice")),
            ("participation, engagement, fit", of_last_month("participation", "engaged", "effectiveness")),
        ),
    ),
    (
        "no professionals",
        {"professionals_per_region": 0, "null_world": "yes"},
        (("ties among colleagues", ties("colleagues")), ("ties of service", ties("service"))),
    ),
    (
        "no politicians",
        {"politicians_per_region": 0, "null_world": "yes"},
        (("support", over_all_months("support")), ("ties of councils", ties("council"))),
    ),
    (
        "one region",
        {"regions": 1},
        (("regions reached from outside", of_last_month("reached_copied", "reached_adapted")),),
    ),
    (
        "no ties",
        {"friends": 0, "colleagues": 0, "contacts": 0},
        (
            ("ties of friends", ties("friends")),
            ("ties of colleagues", ties("colleagues")),
            ("ties of service", ties("service")),
        ),
    ),
    (
        "no outside funding",
        {"eu_funding": 0.0},
        (("initiatives paid from outside", funded),),
    ),
    (
        "nobody proposes",
        {"proposal_rate": 0.0},
        (("initiatives", of_last_month("initiatives", "pilots", "sessions", "effort")),),
    ),
)
"""Null worlds by name: levers, and what must be zero in them."""


def empty_checks(seed: int = 1, months: int = 96) -> list[Check]:
    """Return checks that worlds without something run, stay in range, and lack what they must lack.

    Args:
        seed: Seed.
        months: Months to simulate.
    """
    checks = []
    for words, levers, zeros in EMPTY:
        model = CoCreationModel(Parameters.of({"regions": 4, "horizon": months, **levers}), rng=seed)
        model.run()
        wrong = float(len(nonsense_in(model)))
        checks.append(exact(NULL, f"{words}: outcomes out of range", 0.0, wrong, SENSE))
        checks += [
            exact(NULL, f"{words}: {what}", 0.0, expectation(model), SENSE) for what, expectation in zeros
        ]
    return checks


def label_checks(
    runs: int = 100, seed: int = 1, pairs: tuple[tuple[int, int], ...] = ((0, 7), (3, 4))
) -> list[Check]:
    """Return checks that regions, and sectors, with different labels fare alike over many seeds.

    Regions are compared by the test of Kolmogorov and Smirnov, the sectors of a run by the test of Friedman
    (1937), which allows for what they share. A comparison fails although labels do not matter with a chance
    of :data:`LEAST_CHANCE`, or less where two regions of a run are alike for reasons of their own.

    Args:
        runs: Runs of ten regions and four sectors.
        seed: First seed.
        pairs: Regions to compare, labels from 0 to 9.
    """
    names = ("trust", "support", "know_how", "adopters", "proposals", "pilots")
    regional = {name: np.zeros((runs, 10)) for name in names}
    proposed, piloted = np.zeros((runs, 4)), np.zeros((runs, 4))
    for run in range(runs):
        model = CoCreationModel(Parameters.of({"horizon": 90}), rng=seed + run)
        model.run()
        for name in names:
            regional[name][run] = model.table("regions")[name]
        rows = model.initiative_rows
        proposed[run] = np.bincount(rows["lead_sector"], minlength=4)
        piloted[run] = np.bincount(rows["lead_sector"][rows["piloted"] >= 0], minlength=4)
    checks = []
    for one, two in pairs:
        for name, values in regional.items():
            chance = float(ks_2samp(values[:, one], values[:, two], method="asymp").pvalue)
            checks.append(_alike(f"{name} of regions {one} and {two}", chance))
    for name, counts in (("proposals", proposed), ("pilots", piloted)):
        checks.append(_alike(f"{name} of all sectors", float(friedmanchisquare(*counts.T)[1])))
    return checks


def _alike(what: str, chance: float) -> Check:
    name = f"{what}: chance of a difference like this, at least"
    passed = chance >= LEAST_CHANCE
    return Check(NULL, name, LEAST_CHANCE, chance, 1.0 - LEAST_CHANCE, passed, EXCHANGE)


def null_checks() -> list[Check]:
    """Return the checks of null worlds."""
    return [twins_check({"horizon": 60}), *empty_checks(), *label_checks()]
