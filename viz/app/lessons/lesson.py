"""What a lesson is: data that pages, plans for trainers and tests read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cocreate.model.parameters import Value
from cocreate.viz.app.state import Setting


class Kind(StrEnum):
    """How a lesson is played."""

    WAY = "way"  # guess more, about the same, or less
    LINE = "line"  # draw the line of the years to come
    PHONE = "phone"  # find the way through a network by hand
    TOKENS = "tokens"  # choose a few reforms
    SANDBOX = "sandbox"  # free play with a task


class Step(StrEnum):
    """The steps of a lesson."""

    GUESS = "guess"
    PLAY = "play"
    RESULT = "result"
    WATCH = "watch"
    BRIEF = "brief"
    TABLE = "table"


WHOLE = (Step.GUESS, Step.RESULT, Step.WATCH, Step.BRIEF, Step.TABLE)

STEPS: Mapping[Kind, tuple[Step, ...]] = {
    Kind.WAY: WHOLE,
    Kind.LINE: WHOLE,
    Kind.TOKENS: WHOLE,
    Kind.PHONE: (Step.GUESS, Step.PLAY, Step.RESULT, Step.BRIEF, Step.TABLE),
    Kind.SANDBOX: (Step.PLAY, Step.BRIEF, Step.TABLE),
}
"""Steps of each kind of lesson, in order."""


@dataclass(frozen=True)
class Choice:
    """One position of the only control that a lesson shows.

    Attributes:
        name: Name, as in the keys of its texts.
        levers: Levers that differ from the world before.
        expected: What the policy brief leads one to expect of the lesson's outcome, compared with the
            world before: ``"more"``, ``"less"`` or, where it says nothing, empty.
    """

    name: str
    levers: Mapping[str, Value] = field(hash=False)
    expected: str = ""


@dataclass(frozen=True)
class Reform:
    """Something that tokens buy.

    Attributes:
        name: Name, as in the keys of its texts.
        levers: Levers that it sets.
    """

    name: str
    levers: Mapping[str, Value] = field(hash=False)


@dataclass(frozen=True)
class Lesson:
    """One idea.

    Attributes:
        id: Name in addresses and in the keys of its texts.
        kind: How it is played.
        minutes: Minutes that it takes in a room.
        outcome: Name of the outcome that is guessed; empty for those without a guess in worlds.
        also: Outcomes that are shown beside it.
        choices: What can be tried, the first one suggested.
        before: Levers of the world before, where it is not the usual one.
        reforms: What tokens buy.
        tokens: Number of tokens.
        counted: What there can be more or fewer of, as in the keys of texts; empty for what is not counted.
    """

    id: str
    kind: Kind
    minutes: int
    outcome: str = ""
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    before: Mapping[str, Value] = field(default_factory=dict, hash=False)
    reforms: tuple[Reform, ...] = ()
    tokens: int = 0
    counted: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps in order."""
        return STEPS[self.kind]

    def choice(self, name: str) -> Choice:
        """Return a choice by its name; the suggested one where there is none of that name."""
        return next((one for one in self.choices if one.name == name), self.choices[0])

    def setting_before(self, seed: int = 1) -> Setting:
        """Return the world before the change."""
        return Setting.of(levers=self.before, seed=seed)

    def setting(self, choice: Choice, seed: int = 1) -> Setting:
        """Return the same world with the change."""
        return Setting.of(levers={**self.before, **choice.levers}, seed=seed)

    def bought(self, names: tuple[str, ...], seed: int = 1) -> Setting:
        """Return the world with some reforms.

        Args:
            names: Names of reforms.
            seed: Seed of the world.
        """
        levers: dict[str, Value] = {}
        for one in self.reforms:
            if one.name in names:
                levers.update(one.levers)
        return Setting.of(levers=levers, seed=seed)
