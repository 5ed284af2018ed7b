"""Ensembles on a page: worlds of several settings on common random numbers, shown as they come in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cocreate.viz.app.background import Progress, use_background
from cocreate.viz.app.played import Played
from cocreate.viz.app.state import Setting
from cocreate.viz.app.worlds import WORLDS, worlds


@dataclass(frozen=True)
class Ensembles:
    """Worlds of some settings.

    Attributes:
        settings: The settings.
        played: Worlds of each, as many of each; those in one place share their seed.
    """

    settings: tuple[Setting, ...]
    played: tuple[tuple[Played, ...], ...]

    @property
    def worlds(self) -> int:
        """Worlds of each setting so far."""
        return len(self.played[0]) if self.played else 0


def use_ensembles(settings: Sequence[Setting], count: int = WORLDS) -> Progress[Ensembles]:
    """Return the worlds of some settings, as far as they are simulated.

    Args:
        settings: The settings; those in one place of the results share their random draws where their seeds
            agree. None at all ask for nothing.
        count: Worlds of each.
    """

    def work(gone: Callable[[], bool]) -> Iterator[Ensembles]:
        return together(settings, gone, count)

    return use_background(work, " ".join([str(count), *(one.key() for one in settings)]))


def together(
    settings: Sequence[Setting], gone: Callable[[], bool], count: int = WORLDS
) -> Iterator[Ensembles]:
    """Give the worlds of all settings, one more of each at a time.

    Args:
        settings: The settings.
        gone: Says whether nobody waits any more.
        count: Worlds of each.
    """
    found: list[list[Played]] = [[] for _ in settings]
    for one_of_each in zip(*(worlds().ensemble(one, count, gone) for one in settings), strict=False):
        for mine, world in zip(found, one_of_each, strict=True):
            mine.append(world)
        yield Ensembles(tuple(settings), tuple(tuple(mine) for mine in found))
