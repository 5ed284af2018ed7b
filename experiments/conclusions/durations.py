"""Durations, carried out on the pilots of a study: how long services go on in each world."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.experiments.analysis.lifelines import Fates, Lifeline, fates, lifeline
from cocreate.experiments.study.results import Results


@dataclass(frozen=True, eq=False)
class Duration:
    """What became of the pilots of a world, and how long they went on.

    Attributes:
        world: Name of the world.
        lifeline: Share of services still going by age.
        fates: What became of them by the horizon.
    """

    world: str
    lifeline: Lifeline
    fates: Fates


def durations(results: Results) -> tuple[Duration, ...]:
    """Return what became of the pilots of each world that had any.

    Args:
        results: Runs whose pilots were kept.
    """
    found = []
    for world in results.study.worlds:
        runs = results.of(world.name)
        if any(len(one.pilots) for one in runs):
            seed = results.study.seed
            found.append(Duration(world.name, lifeline(runs, seed), fates(runs, seed)))
    return tuple(found)
