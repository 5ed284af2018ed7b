"""Progress of a study: how many runs are there, how fast they come, and how it is told on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cocreate.experiments.study.tasks import RunFailure, RunResult

if TYPE_CHECKING:
    from rich.console import Console

QUIET_SECONDS = 30.0
"""Seconds between two lines where there is no terminal."""


@dataclass
class Tally:
    """How far a session has come.

    Attributes:
        total: Runs of the study, or of the share of it.
        present: Runs that were there before the session.
        done: Runs that the session has simulated.
        failed: Runs that came to nothing in it.
        processor_seconds: Processor time of the runs so far.
        cores: Runs simulated at once; 0 when there was nothing to simulate.
        began: When the session began, on the clock of :func:`time.monotonic`.
        first: When the first record came: workers take a while to start, which says nothing about the pace.
    """

    total: int
    present: int = 0
    done: int = 0
    failed: int = 0
    processor_seconds: float = 0.0
    cores: int = 0
    began: float = field(default_factory=time.monotonic)
    first: float | None = None

    def count(self, record: RunResult | RunFailure) -> None:
        """Take note of a record."""
        if self.first is None:
            self.first = time.monotonic()
        if isinstance(record, RunFailure):
            self.failed += 1
        else:
            self.done += 1
        self.processor_seconds += record.seconds

    @property
    def settled(self) -> int:
        """Runs that are not waited for any more."""
        return self.present + self.done + self.failed

    @property
    def seconds(self) -> float:
        """Seconds since the session began."""
        return time.monotonic() - self.began

    @property
    def per_second(self) -> float:
        """Runs of this session in a second, counted after the first; 0 before there are two."""
        after = self.done + self.failed - 1
        if self.first is None or after < 1:
            return 0.0
        return after / max(time.monotonic() - self.first, 1e-9)

    @property
    def seconds_left(self) -> float:
        """Seconds until the end at this pace; infinite while there is none."""
        return (self.total - self.settled) / self.per_second if self.per_second else float("inf")


def together(tallies: Sequence[Tally]) -> Tally:
    """Return what sessions that followed one another have done, as if they were one.

    Args:
        tallies: One or more, the first one first.

    >>> found = together([Tally(4, present=1, done=3, began=5.0), Tally(8, present=4, done=4, began=9.0)])
    >>> found.total, found.present, found.done, found.began
    (8, 1, 7, 5.0)
    """
    return Tally(
        total=tallies[-1].total,
        present=tallies[0].present,
        done=sum(one.done for one in tallies),
        failed=sum(one.failed for one in tallies),
        processor_seconds=sum(one.processor_seconds for one in tallies),
        began=tallies[0].began,
        first=tallies[0].first,
    )


type Progress = Callable[[Tally], None]
"""Called at the start and whenever records have come."""


def in_words(tally: Tally) -> str:
    """Return how far it is as a line.

    >>> in_words(Tally(200, present=150))
    '150 of 200 runs'
    """
    words = [f"{tally.settled:,} of {tally.total:,} runs"]
    if tally.per_second:
        words.append(f"{tally.per_second:,.3g} a second")
    if tally.failed:
        words.append(f"{tally.failed:,} failed")
    if tally.per_second and tally.settled < tally.total:
        words.append(f"{duration(tally.seconds_left)} left")
    return ", ".join(words)


def duration(seconds: float) -> str:
    """Return a time as people say it.

    >>> duration(42), duration(190), duration(7500)
    ('42 s', '3 min', '2 h 05 min')
    """
    minutes = round(seconds / 60)
    if seconds < 100:  # noqa: PLR2004 - below that, minutes are too coarse
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02d} min"  # noqa: PLR2004


@contextmanager
def told_on(console: Console) -> Iterator[Progress]:
    """Give a progress that is shown on a console: a bar on a terminal, else a line now and then."""
    if not console.is_terminal:
        yield _lines(console)
        return
    from rich.progress import BarColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    with Bar(BarColumn(), TextColumn("{task.description}"), console=console, transient=True) as bar:
        task = bar.add_task("")

        def show(tally: Tally) -> None:
            bar.update(task, description=in_words(tally), total=tally.total, completed=tally.settled)

        yield show


def _lines(console: Console) -> Progress:
    last = float("-inf")

    def show(tally: Tally) -> None:
        nonlocal last
        ends = tally.settled >= tally.total
        if ends or time.monotonic() - last >= QUIET_SECONDS:
            last = time.monotonic()
            console.print(in_words(tally), soft_wrap=True, highlight=False)

    return show
