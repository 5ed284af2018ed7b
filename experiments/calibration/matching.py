"""History matching: rule out settings wave by wave, then accept by simulation from what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.calibration.aims import AIMS, Aim, distances
from cocreate.experiments.calibration.emulator import Emulator
from cocreate.experiments.calibration.errors import CalibrationError
from cocreate.experiments.calibration.journal import Journal
from cocreate.experiments.calibration.priors import PRIORS, Prior, settings
from cocreate.experiments.calibration.simulator import Simulator

type Say = Callable[[str], None]

RULED_OUT = 2.5
"""Implausibility from which a setting is ruled out for the next wave."""

UNLIKELY = 0.5
"""Implausibility from which it is not simulated at the end: too few of these would be accepted."""

CANDIDATES = 2**15
"""Settings of the prior that the emulators look at in each wave."""


@dataclass(frozen=True)
class Plan:
    """How much to simulate.

    Attributes:
        waves: Settings in each wave.
        last: Settings that are simulated at the end, to be accepted or not.
        keep: Settings that make up the posterior.
        effort: Effort for each setting at the end; it is 1 before.
        seed: Seed of all draws of settings.
    """

    waves: tuple[int, ...] = (160, 64)
    last: int = 256
    keep: int = 128
    effort: int = 2
    seed: int = 11


QUICK = Plan(waves=(64, 32), last=48, keep=16, effort=1)
"""A plan for trying things out."""


@dataclass(frozen=True, eq=False)
class Fit:
    """Settings that agree with the patterns.

    Attributes:
        priors: The levers.
        aims: What was fitted.
        points: Accepted settings in the unit cube, shape (kept, levers), in random order, so that the first
            few of them are a fair sample, too.
        numbers: What was simulated there, shape (kept, aims).
        distance: Largest distance from an aim in tolerances, shape (kept,).
        left: Share of the prior not ruled out after each wave.
        simulated: Settings simulated in all.
    """

    priors: Sequence[Prior]
    aims: Sequence[Aim]
    points: NDArray[np.float64]
    numbers: NDArray[np.float64]
    distance: NDArray[np.float64]
    left: tuple[float, ...]
    simulated: int

    @property
    def settings(self) -> list[dict[str, float]]:
        """The accepted settings as levers by name."""
        return settings(self.priors, self.points)


def sobol(count: int, levers: int, seed: int) -> NDArray[np.float64]:
    """Return points that fill the unit cube evenly (scrambled Sobol sequence), shape (count, levers)."""
    from scipy.stats import qmc  # noqa: PLC0415 - heavy

    power = int(np.ceil(np.log2(max(2, count))))
    return np.asarray(qmc.Sobol(levers, rng=seed).random_base2(power))[:count]


def implausibility(
    emulator: Emulator, aims: Sequence[Aim], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far from the aims points must be, whatever the emulators' error.

    The distance of each number from its aim over the standard deviation of what is uncertain about it, the
    emulator's error and the tolerance; the largest of them (Craig et al. 1997; Vernon et al. 2010).
    """
    tolerance = np.array([aim.tolerance for aim in aims])
    miss = distances(aims, emulator.predict(points)) * tolerance
    found: NDArray[np.float64] = (miss / np.sqrt(emulator.error**2 + tolerance**2)).max(axis=1)
    return found


def match(
    simulator: Simulator,
    journal: Journal,
    plan: Plan,
    priors: Sequence[Prior] = PRIORS,
    aims: Sequence[Aim] = AIMS,
    say: Say = lambda _: None,
) -> Fit:
    """Fit uncertain levers to all aims together.

    Waves of simulations train emulators, which rule out settings that cannot agree with the aims. At the
    end, settings that should agree are simulated with more effort, and the nearest of them are accepted
    (rejection ABC).

    Args:
        simulator: Gives the numbers of a setting.
        journal: Keeps what was simulated.
        plan: How much to simulate.
        priors: The uncertain levers.
        aims: What to fit.
        say: Called with a sentence after each wave.

    Raises:
        CalibrationError: Nothing is left to accept from.
    """
    pool = sobol(CANDIDATES, len(priors), plan.seed)
    rng = np.random.default_rng(plan.seed)
    points = sobol(plan.waves[0], len(priors), plan.seed + 1)
    numbers = journal.numbers(simulator, settings(priors, points), 1)
    left: list[float] = []

    def drawn(count: int, cut: float) -> NDArray[np.float64]:
        misfit = implausibility(Emulator(points, numbers), aims, pool)
        left.append(float((misfit < RULED_OUT).mean()))
        say(f"{len(points)} settings simulated; {left[-1]:.1%} of the prior is not ruled out.")
        return _some_of(pool[misfit < cut], count, rng)

    for count in plan.waves[1:]:
        chosen = drawn(count, RULED_OUT)
        found = journal.numbers(simulator, settings(priors, chosen), 1)
        points, numbers = np.concatenate([points, chosen]), np.concatenate([numbers, found])
    last = drawn(plan.last, UNLIKELY)
    final = journal.numbers(simulator, settings(priors, last), plan.effort)
    return _accepted(plan, (priors, aims), last, final, (tuple(left), len(points) + len(last)))


def _some_of(plausible: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    if len(plausible) < count:
        raise CalibrationError(
            f"Only {len(plausible)} of {CANDIDATES} settings are plausible, too few to go on: the"
            " patterns may contradict each other here, or a prior is too narrow."
        )
    return plausible[rng.choice(len(plausible), count, replace=False)]


def _accepted(
    plan: Plan,
    told: tuple[Sequence[Prior], Sequence[Aim]],
    points: NDArray[np.float64],
    numbers: NDArray[np.float64],
    history: tuple[tuple[float, ...], int],
) -> Fit:
    priors, aims = told
    distance = distances(aims, numbers).max(axis=1)
    nearest = np.sort(np.argsort(distance, kind="stable")[: plan.keep])  # in the order they were drawn
    nearest = nearest[np.isfinite(distance[nearest])]
    if len(nearest) < plan.keep:
        raise CalibrationError(
            f"Only {len(nearest)} of {len(points)} settings could be measured at all, and {plan.keep} are"
            " wanted: plan more settings at the end."
        )
    return Fit(priors, aims, points[nearest], numbers[nearest], distance[nearest], *history)
