"""Corners: all combinations of some changes of a world, each made or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.errors import AnalysisError
from cocreate.experiments.analysis.source import Outcomes
from cocreate.experiments.errors import nearest
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Value

MOST = 10
"""Changes above which their combinations are too many to simulate: 1,024 worlds."""


@dataclass(frozen=True)
class Change:
    """What is done to a world, as a whole or not at all.

    Attributes:
        name: Name in worlds, tables and figures, unique among the changes.
        levers: Levers that it sets.
        interventions: Levers that it changes during the run.
    """

    name: str
    levers: Mapping[str, Value] = field(default_factory=dict, hash=False)
    interventions: tuple[Intervention, ...] = ()


def corners(base: World, changes: Sequence[Change]) -> tuple[World, ...]:
    """Return the worlds of all combinations of changes, for a study on common random numbers.

    Args:
        base: The world without any of them. Its name is that of the first corner.
        changes: The changes, at most :data:`MOST`; no two may set the same lever.

    Returns:
        ``2 ** len(changes)`` worlds; bit ``i`` of a world's place is set where change ``i`` is made.

    Raises:
        AnalysisError: No changes or too many, two of one name, or two that set the same lever.
    """
    _check(changes)
    return tuple(_corner(base, made) for made in _combinations(changes))


def worth(results: Outcomes, base: World, changes: Sequence[Change], outcome: str) -> NDArray[np.float64]:
    """Return an outcome at every corner.

    Args:
        results: Results of a study with the worlds of :func:`corners`.
        base: The world without any change.
        changes: The changes.
        outcome: Name of an outcome.

    Returns:
        Shape (corners, replicates), in the order of :func:`corners`; NaN where there is none.

    Raises:
        AnalysisError: No changes or too many, two of one name, or two that set the same lever.
    """
    return np.stack([results.values(one.name, outcome) for one in corners(base, changes)])


def changes_between(
    start: World, end: World, groups: Mapping[str, Sequence[str]] | None = None
) -> tuple[Change, ...]:
    """Return the changes that turn one world into another, lever by lever or by groups of levers.

    Args:
        start: The world before.
        end: The world after all changes.
        groups: Names of levers by name of the change that makes them together; one change for each lever
            that differs when None.

    Raises:
        AnalysisError: Nothing differs, the worlds differ in interventions, a lever is in no group or in
            two, or a group names a lever that does not differ.
    """
    before, earlier = start.resolved({}, {}, {})
    after, later = end.resolved({}, {}, {})
    if earlier != later:
        raise AnalysisError(
            f"{start.title} and {end.title} differ in interventions: give these to changes of their own."
        )
    there = before.model_dump()
    differing = {name: value for name, value in after.model_dump().items() if value != there[name]}
    groups = groups if groups is not None else {name: (name,) for name in differing}
    grouped = [name for names in groups.values() for name in names]
    _check_groups(grouped, differing, f"between {start.title} and {end.title}")
    return tuple(Change(group, {name: differing[name] for name in names}) for group, names in groups.items())


def subsets(count: int, size: int) -> list[tuple[int, ...]]:
    """Return all sets of some of a number of changes, as rising places.

    >>> subsets(3, 2)
    [(0, 1), (0, 2), (1, 2)]
    """
    return list(combinations(range(count), size))


def _combinations(changes: Sequence[Change]) -> list[list[Change]]:
    numbers = range(2 ** len(changes))
    return [[one for place, one in enumerate(changes) if number >> place & 1] for number in numbers]


def _corner(base: World, made: Sequence[Change]) -> World:
    if not made:
        return base
    levers = dict(base.levers)
    for change in made:
        levers.update(change.levers)
    return World(
        name=" + ".join([base.name, *(one.name for one in made)]),
        label=" + ".join([base.title, *(one.name for one in made)]),
        preset=base.preset,
        levers=levers,
        interventions=(*base.interventions, *(step for one in made for step in one.interventions)),
    )


def _check(changes: Sequence[Change]) -> None:
    names = [one.name for one in changes]
    if not 1 <= len(names) <= MOST or len(set(names)) < len(names):
        raise AnalysisError(
            f"Between 1 and {MOST} changes with different names can be combined, but these were given:"
            f" {', '.join(names) or 'none'}. Make several levers one change to have fewer."
        )
    levers = [lever for one in changes for lever in one.levers]
    twice = sorted({lever for lever in levers if levers.count(lever) > 1})
    if twice:
        raise AnalysisError(f"Two changes set {', '.join(twice)}: make them one, or let one leave it alone.")


def _check_groups(grouped: Sequence[str], differing: Mapping[str, Value], where: str) -> None:
    if not differing:
        raise AnalysisError(f"Nothing differs {where}.")
    left = [name for name in differing if name not in grouped]
    if left:
        raise AnalysisError(f"No group holds {', '.join(left)}, which differ {where}: add them to one.")
    wrong = [name for name in grouped if name not in differing]
    if wrong:
        hint = nearest(wrong[0], list(differing))
        raise AnalysisError(f"A group holds {', '.join(wrong)}, which are alike {where}.{hint}")
