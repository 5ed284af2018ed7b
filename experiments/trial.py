"""A trial of one lever: which outcomes move when it goes from low to high in a few small worlds."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cocreate.model.levers import Lever
from cocreate.model.parameters import Parameters, Value

WORLDS = 6
SMALL: dict[str, Value] = {"regions": 3, "horizon": 120}
"""The worlds of a trial: the default world, but smaller and shorter."""

NEEDS_COMPILING = frozenset({"sectors", "dimensions"})
"""Levers whose change needs the model to be compiled anew, too long for a trial or a page."""

BASES: dict[str, dict[str, Value]] = {
    "quota": {"decision_rule": "supermajority", "acceptance_radius": 0.6},
    "decision_rule": {"acceptance_radius": 0.6},
    "region_network": {"regions": 10},
}
"""Levers of other than the default worlds, in which a lever is tried that matters only together with them."""

STRETCH = 5.0
"""Numbers are tried up to so many times their default: some ranges reach up to what takes hours."""


@dataclass(frozen=True)
class Move:
    """What one outcome does in a trial.

    Attributes:
        outcome: Name of the outcome.
        low: Mean at the lever's low value.
        high: Mean at its high value.
        clear: Mean difference between paired worlds over its standard error; large is clear.
    """

    outcome: str
    low: float
    high: float
    clear: float


def ends_of(lever: Lever) -> tuple[Value, Value]:
    """Return the two values that a trial compares."""
    if lever.choices:
        return lever.choices[0], lever.choices[-1]
    assert lever.low is not None
    assert lever.high is not None
    default = float(lever.default)
    low, high = lever.low, lever.high
    if lever.group == "size":
        low, high = max(low, default / 2), min(high, default * 2)
    elif default > 0:
        high = min(high, default * STRETCH)
    return (math.ceil(low), math.floor(high)) if lever.whole else (low, high)


def try_out(lever: Lever, worlds: int = WORLDS) -> list[Move]:
    """Return which outcomes move with a lever, the clearest first.

    Both worlds of a pair share every random draw that they can, so that they differ because of the
    lever. A few small worlds show what a lever touches; they prove nothing about its size. Some levers are
    tried in other than the default worlds, see :data:`BASES`.

    Args:
        lever: The lever; not one of :data:`NEEDS_COMPILING`.
        worlds: Pairs of worlds, seeds 1, 2, ...
    """
    from cocreate.model.model import CoCreationModel  # noqa: PLC0415 - heavy

    small = Parameters.of({**SMALL, **BASES.get(lever.name, {})})
    paired = []
    for seed in range(1, worlds + 1):
        ends = []
        for value in ends_of(lever):
            model = CoCreationModel(_world_with(small, lever, value), rng=seed)
            model.run()
            ends.append(model.outcomes())
        paired.append(ends)
    moves = [_move(name, paired) for name in paired[0][0]]
    moved = [move for move in moves if move is not None]
    return sorted(moved, key=lambda move: -abs(move.clear))


def _world_with(small: Parameters, lever: Lever, value: Value) -> Parameters:
    others: dict[str, Value] = {}
    if lever.name == "eu_funding_start":
        others["eu_funding_end"] = max(int(value), small.eu_funding_end)
    if lever.name == "eu_funding_end":
        others["eu_funding_start"] = min(int(value), small.eu_funding_start)
    if lever.name.endswith("_per_region"):
        others["null_world"] = "yes"
    return small.changed({**others, lever.name: value})


def _move(name: str, paired: list[list[dict[str, float]]]) -> Move | None:
    values = np.array([[end[name] for end in ends] for ends in paired])
    values = values[~np.isnan(values).any(axis=1)]
    difference = values[:, 1] - values[:, 0]
    if len(values) < 2 or not difference.any():  # noqa: PLR2004 - no spread from one pair
        return None
    error = float(difference.std(ddof=1)) / math.sqrt(len(values))
    clear = float(difference.mean()) / error if error > 0 else math.inf
    return Move(name, float(values[:, 0].mean()), float(values[:, 1].mean()), clear)
