"""Interrupts: signals wait while something is done that must not be broken off, and are obeyed afterwards."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Ctrl-C, and what job queues send when a job's time is up."""

type Handler = Callable[[int, FrameType | None], object]


class Interrupts:
    """Lets signals through, or holds them back.

    Only signals whose handler is a function are held back, since only these are noticed between two steps of
    Python; all others have their effect at once, as ever. Outside of the main thread there are none.

    Attributes:
        held: Whether signals wait. Setting it is a single step, which no signal can come in the middle of.
    """

    def __init__(self, *, held: bool = False) -> None:
        """Begin.

        Args:
            held: Whether signals wait from the first moment on.
        """
        self.held = held
        self._waiting: list[int] = []
        self._before: dict[int, Handler] = {}

    def __enter__(self) -> Self:
        """Take over signals from those who had them before."""
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                before = signal.getsignal(number)
                if callable(before):
                    self._before[number] = before
                    signal.signal(number, self._take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Give signals back; those that waited have their effect, unless an error ends the work anyway."""
        self.held = True
        for number, before in self._before.items():
            signal.signal(number, before)
        if error is None:
            self._deliver()

    def let_through(self) -> None:
        """Hold signals back no longer; those that waited have their effect now."""
        self.held = False
        self._deliver()

    def _take(self, number: int, frame: FrameType | None) -> None:
        if self.held:
            self._waiting.append(number)
        else:
            self._before[number](number, frame)

    def _deliver(self) -> None:
        waiting, self._waiting = self._waiting, []
        for number in dict.fromkeys(waiting):
            signal.raise_signal(number)
