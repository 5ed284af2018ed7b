"""Opening themes step by step: worlds between closed and open silos, power and continuity."""

from __future__ import annotations

from itertools import product

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.hypothesis import COSIE, Hypothesis
from cocreate.experiments.study.worlds import World
from cocreate.experiments.themes import THEMES, Theme
from cocreate.model.parameters import Value

STEPS = 4
"""Levels of each theme, from closed to open."""

LEVELS = ("closed", "1/3", "2/3", "open")
"""Names of these levels."""

INCLUSIONS = ("consulted", "design", "throughout")


def levers_at(theme: Theme, step: int) -> dict[str, Value]:
    """Return the levers of a theme at one of its levels.

    Numbers go from closed to open in equal steps, whole ones are rounded; choices go through their order.

    Args:
        theme: The theme.
        step: Level, from 0 (closed) to ``STEPS - 1`` (open).

    >>> levers_at(THEMES[1], 0)["commitment"], levers_at(THEMES[1], 1)["commitment"]
    (0, 8)
    """
    share = step / (STEPS - 1)
    return {
        name: _between(theme.closed.levers[name], theme.opened.levers[name], share)
        for name in theme.closed.levers
    }


def _between(closed: Value, opened: Value, share: float) -> Value:
    if isinstance(closed, str) or isinstance(opened, str):
        first, last = INCLUSIONS.index(str(closed)), INCLUSIONS.index(str(opened))
        return INCLUSIONS[round(first + share * (last - first))]
    value = closed + share * (opened - closed)
    return round(value) if isinstance(closed, int) and isinstance(opened, int) else round(value, 6)


def grid_name(steps: tuple[int, ...]) -> str:
    """Return the name of a world of the grid.

    >>> grid_name((0, 3, 1))
    'silos0_continuity3_power1'
    """
    return "_".join(f"{theme.name}{step}" for theme, step in zip(THEMES, steps, strict=True))


def grid_world(steps: tuple[int, ...]) -> World:
    """Return a world with each theme at one of its levels, in the order of ``THEMES``."""
    levers: dict[str, Value] = {}
    for theme, step in zip(THEMES, steps, strict=True):
        levers |= levers_at(theme, step)
    label = ", ".join(f"{theme.name} {LEVELS[step]}" for theme, step in zip(THEMES, steps, strict=True))
    return World(name=grid_name(steps), label=label, levers=levers)


def grid() -> tuple[World, ...]:
    """Return all worlds of the grid, the last theme changing fastest."""
    return tuple(grid_world(steps) for steps in product(range(STEPS), repeat=len(THEMES)))


def opening(theme: Theme, id: str, title: str, lesson: str) -> Hypothesis:  # noqa: A002 - the field's name
    """Return the hypothesis that opening a theme makes co-creation scale further.

    Args:
        theme: The theme.
        id: Id of the hypothesis.
        title: It in a phrase.
        lesson: The lesson behind it in a sentence.
    """
    opened, closed = theme.opened.label, theme.closed.label
    place = THEMES.index(theme)
    others = " and ".join(one.name for one in THEMES if one is not theme)
    rest = {level: _with_others(place, level) for level in (0, STEPS - 1)}
    return Hypothesis(
        id=id,
        name=theme.name,
        title=title,
        lesson=lesson,
        source=COSIE,
        levers=tuple(theme.opened.levers),
        worlds=(
            World(name="closed", label=closed, levers=theme.closed.levers),
            World(name="default", label="default world"),
            World(name="opened", label=opened, levers=theme.opened.levers),
            *(world for pair in rest.values() for world in pair),
        ),
        claims=tuple(
            Claim(
                f"With {opened}, {gain} than with {closed}.",
                outcome,
                difference("opened", "closed"),
                Expected.MORE,
            )
            for outcome, gain in SCALING.items()
        ),
        refuted_if=f"co-creation scales no further with {opened}",
        boundaries=tuple(
            Boundary(
                f"whether {others} are {how}",
                Claim(
                    f"Where {others} are {how}, a region has more regular services with {opened}, too.",
                    "structural_per_region",
                    difference(rest[level][1].name, rest[level][0].name),
                    Expected.MORE,
                ),
                foreseen=Expected.MORE,
            )
            for level, how in ((0, "closed"), (STEPS - 1, "open"))
        ),
    )


SCALING = {
    "structural_per_region": "a region has more regular services",
    "regions_reached": "services take root in more regions",
    "councils": "more councils adopt the principles",
}
"""Outcomes that stand for scaling, and what more of them means."""


def _with_others(place: int, level: int) -> tuple[World, World]:
    """Return a theme closed and opened, while all the others stand at a level."""
    steps = [level] * len(THEMES)
    low, high = list(steps), list(steps)
    low[place], high[place] = 0, STEPS - 1
    return grid_world(tuple(low)), grid_world(tuple(high))
