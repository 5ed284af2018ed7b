"""Whether the parts of a study fit together: its worlds, levers, draws, design and conclusions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from cocreate.experiments.errors import PresetError, nearest
from cocreate.experiments.study.conclude import FEWEST_POINTS, Conclude
from cocreate.experiments.study.designs import Design, Factorial, FromTable, Morris, Paired, Sampled, Sobol
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import ParameterError, Value

type Settings = Mapping[str, Value]


def check_worlds(worlds: Sequence[World], design: Design, shared: Settings) -> None:
    """Check names, the baseline, changes of levers, and that no world sets a lever that the design varies.

    Args:
        worlds: The worlds of a study.
        design: Its design.
        shared: Levers that all worlds share.

    Raises:
        StudyError: One of these is not in order.
    """
    names = [world.name for world in worlds]
    if not names:
        raise StudyError("worlds: there are none; give one or more, or leave the entry out.")
    for name in names:
        if names.count(name) > 1:
            raise StudyError(f"worlds: two are called {name!r}; give each a name of its own.")
    if isinstance(design, Paired) and design.baseline and design.baseline not in names:
        raise StudyError(
            f"design, baseline: there is no world {design.baseline!r}.{nearest(design.baseline, names)}"
            f" The worlds are {', '.join(names)}."
        )
    for name in design.varies:
        setting = [f"world {world.name!r}" for world in worlds if name in world.levers]
        setting += ["levers"] if name in shared else []
        if setting:
            raise StudyError(
                f"design: {name} is varied here, but set in {' and '.join(setting)}: leave one of them out."
            )
    for world in worlds:
        _check_changes(world, design)


def _check_changes(world: World, design: Design) -> None:
    """Check that no intervention of a world cancels another one, or a factor of the design."""
    changes = [(one.month, one.lever) for one in (*world.start.interventions, *world.interventions)]
    preset = f" (those of its preset {world.preset!r} count as well)" if world.start.interventions else ""
    for month, lever in changes:
        if month == 0 and lever in design.varies:
            raise StudyError(
                f"world {world.name!r}, interventions: {lever} is varied by the design, but changes in month"
                f" 0 already, so that all points would be alike{preset}: leave one of them out, or let it"
                " change in a later month."
            )
        if changes.count((month, lever)) > 1:
            raise StudyError(
                f"world {world.name!r}, interventions: {lever} changes twice in month {month}, and only one"
                f" of these can hold{preset}: leave one of them out, or move it to another month."
            )


def check_conclusions(
    wanted: Conclude, design: Design, worlds: int, *, pilots: bool, replicates: int
) -> None:
    """Check that a study simulates and keeps what its conclusions need.

    Args:
        wanted: The conclusions.
        design: Its design.
        worlds: Number of its worlds.
        pilots: Whether it keeps pilots.
        replicates: Runs at each point.

    Raises:
        StudyError: It does not.
    """
    paired = isinstance(design, Paired) and worlds > 1
    needs = {
        "contrasts": (paired, "a design of kind 'paired', and two or more worlds"),
        "precision": (paired, "a design of kind 'paired', and two or more worlds"),
        "sensitivity": (isinstance(design, Sobol | Morris), "a design of kind 'sobol' or 'morris'"),
        "discovery": (
            isinstance(design, Sampled | Factorial | FromTable),
            "a design that varies factors, such as one of kind 'latin_hypercube'",
        ),
        "survival": (pilots, "the pilots of each run: write pilots = true in [keep]"),
    }
    for name, (given, need) in needs.items():
        if getattr(wanted, name) is not None and not given:
            raise StudyError(f"conclude, {name}: it needs {need}.")
    if wanted.discovery and design.size < FEWEST_POINTS:
        raise StudyError(
            f"conclude, discovery: it needs {FEWEST_POINTS} points or more, since half of them test what the"
            f" others suggest, but the design has {design.size}. Take a design of kind"
            " 'latin_hypercube', whose points can be as many as you like, or leave the part out."
        )
    if wanted.precision and wanted.precision.budget < replicates:
        raise StudyError(
            f"conclude, precision, budget: it must be at least the {replicates} replicates to begin with, but"
            f" is {wanted.precision.budget}."
        )


def check_settings(
    worlds: Sequence[World], design: Design, shared: Settings, draws: Sequence[Settings] | None
) -> None:
    """Check that levers make sense together: for every draw, and at every point for the first one.

    Args:
        worlds: The worlds of a study.
        design: Its design.
        shared: Levers that all worlds share.
        draws: Uncertain levers that replicates start from.

    Raises:
        StudyError: They contradict each other somewhere, or an intervention cannot happen.
    """
    for world in worlds:
        for where, draw, factors in _combinations(design, draws):
            try:
                world.resolved(draw, shared, factors)
            except (ParameterError, PresetError) as error:
                raise StudyError(f"world {world.name!r}{where}: {error}") from None


def _combinations(
    design: Design, draws: Sequence[Settings] | None
) -> Iterator[tuple[str, Settings, Settings]]:
    first = next(design.samples())
    for number, draw in enumerate(draws or ({},), 1):
        yield f", draw {number}" if draws else "", draw, first
    for number, factors in enumerate(islice(design.samples(), 1, None), 2):
        setting = ", ".join(f"{name} = {value}" for name, value in factors.items())
        yield f", point {number} ({setting})", draws[0] if draws else {}, factors
