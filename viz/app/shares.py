"""Shares: which of several changes a gap between two worlds comes from, and what is left without one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import numpy as np

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.attribution import complete, mean_estimate, shapley_values
from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.analysis.estimate import Estimate
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.chance import Counts, counts_of
from cocreate.viz.app.ensembles import together
from cocreate.viz.app.headlines import HEADLINES
from cocreate.viz.app.state import SECOND, Setting, read_query
from cocreate.viz.app.verdicts import values_of
from cocreate.viz.app.worlds import WORLDS

MOST = 5
"""Changes that are told apart: their combinations are 32 worlds, each played with 20 seeds."""

LEAST = 0.005
"""Share that is written as one percent."""

REST = "rest"
LATER = "later"


@dataclass(frozen=True)
class Part:
    """One change between two worlds, made as a whole or not at all.

    Attributes:
        name: A headline, a lever, :data:`REST` for several other levers, or :data:`LATER` for what
            changes during the run.
        levers: Levers that it sets.
        interventions: Levers that it changes during the run.
    """

    name: str
    levers: Mapping[str, Value] = field(default_factory=dict, hash=False)
    interventions: tuple[Intervention, ...] = ()


def second_world(first: Setting, second: Setting) -> Setting:
    """Return the second world with the seed and the months of the first, so that both share their luck.

    Raises:
        CocreateError: Something changes in the second world after the months of the first.
    """
    return Setting.of(second.preset, second.levers, second.interventions, first.seed, first.horizon)


def worlds_in(query: str) -> tuple[Setting, Setting, bool]:
    """Return the first and the second world of an address, and whether it names both.

    Args:
        query: Query of the address. With one world only, its starting world is the first.
    """
    setting = read_query(query).setting
    if any(name.startswith(SECOND) for name in parse_qs(query, keep_blank_values=True)):
        return setting, read_query(query, SECOND, setting).setting, True
    return setting.baseline, setting, False


def parts_between(first: Setting, second: Setting) -> tuple[Part, ...]:
    """Return the changes that lead from one world to another; none where that cannot be told.

    Args:
        first: The world before.
        second: The world after all changes.
    """
    before, after = first.parameters, second.parameters
    differing = {
        name: getattr(after, name) for name in LEVERS if getattr(after, name) != getattr(before, name)
    }
    later = tuple(one for one in second.all_interventions if one not in first.all_interventions)
    if any(one not in second.all_interventions for one in first.all_interventions):
        return ()
    parts = []
    for headline in HEADLINES:
        mine = {name: differing.pop(name) for name in headline.opened if name in differing}
        if mine:
            parts.append(Part(headline.name, mine))
    room = MOST - len(parts) - bool(later)
    if len(differing) <= room:
        parts += [Part(name, {name: value}) for name, value in differing.items()]
    elif differing:
        parts.append(Part(REST, differing))
    return (*parts, Part(LATER, interventions=later)) if later else tuple(parts)


def with_parts(first: Setting, made: Sequence[Part]) -> Setting:
    """Return the first world with some of the changes made.

    Raises:
        CocreateError: Those changes do not go together without the others.
    """
    levers = {**first.levers, **{name: value for part in made for name, value in part.levers.items()}}
    added = tuple(one for part in made for one in part.interventions)
    return Setting.of(first.preset, levers, (*first.interventions, *added), first.seed, first.months)


def corners(first: Setting, parts: Sequence[Part]) -> tuple[Setting, ...]:
    """Return the worlds of all combinations; bit ``i`` of a world's place is set where change ``i`` is made.

    Raises:
        CocreateError: Some combination is not allowed.
    """
    return tuple(
        with_parts(first, [part for place, part in enumerate(parts) if number >> place & 1])
        for number in range(2 ** len(parts))
    )


def key_of(first: Setting, parts: Sequence[Part], outcome: str) -> str:
    """Return a name for shares that changes with whatever can change them.

    Args:
        first: The world without any change.
        parts: The changes.
        outcome: Name of the outcome.
    """
    made = [(part.name, sorted(part.levers.items()), part.interventions) for part in parts]
    return f"{first.key()} {outcome} {made!r}"


@dataclass(frozen=True)
class Shares:
    """The gap between two worlds, divided among the changes.

    Attributes:
        parts: Shapley value of each change, in the unit of the outcome; they sum to the total.
        total: The whole gap.
        counts: In how many pairs of worlds the gap went which way.
    """

    parts: tuple[Estimate, ...]
    total: Estimate
    counts: Counts

    @property
    def worlds(self) -> int:
        """Pairs of worlds that it rests on."""
        return self.counts.pairs

    @property
    def sure(self) -> bool:
        """Whether the counts tell the gap from chance, and its mean goes the same way."""
        verdict = self.counts.verdict()
        return verdict is (Verdict.MORE if self.total.value > 0 else Verdict.LESS)

    @property
    def opposed(self) -> bool:
        """Whether a change worked against the gap, by so much that its share would have a minus."""
        return any(one.value * self.total.value <= -LEAST * self.total.value**2 for one in self.parts)


def share_out(
    first: Setting, parts: Sequence[Part], outcome: str, gone: Callable[[], bool], count: int = WORLDS
) -> Iterator[Shares | CocreateError]:
    """Give the shares, better ones with each world that was played in all combinations.

    Args:
        first: The world without any change.
        parts: The changes.
        outcome: Name of the outcome.
        gone: Says whether nobody waits any more.
        count: Worlds.
    """
    try:
        settings = corners(first, parts)
    except CocreateError as error:
        yield error
        return
    for found in together(settings, gone, count):
        game = np.stack([values_of(one, outcome) for one in found.played])
        if not np.isnan(game).any(axis=0).all():
            known = complete(game)
            values = tuple(mean_estimate(one) for one in shapley_values(known))
            yield Shares(values, mean_estimate(known[-1] - known[0]), counts_of(known[0], known[-1]))
