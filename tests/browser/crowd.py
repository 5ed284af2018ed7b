"""Many visitors at once on one server: to it, each tab of a browser is a visitor of its own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.browser.visitors import Server, Visitor, patient

SLIDER = "cc-headline_support"
"""The slider that everybody moves: standing support."""

MOVE = """([id, value]) => {
  const sentence = () => (document.querySelector('.cc-result .cc-sentence') || {}).textContent;
  const held = () => {
    const one = document.querySelector('.ccp-player');
    return one && one.player.replay ? JSON.stringify(one.player.replay.levers) : null;
  };
  const slider = document.getElementById(id);
  const before = [sentence(), held()];
  const begin = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  slider.dispatchEvent(new Event('change', { bubbles: true }));
  const changed = async (look, was) => {
    const passed = () => (performance.now() - begin) / 1000;
    while (look() === was) {
      if (passed() > 60) throw new Error('nothing new within a minute');
      await new Promise((on) => setTimeout(on, 25));
    }
    return passed();
  };
  window.moved = Promise.all([changed(sentence, before[0]), changed(held, before[1])]);
}"""
"""Moves a slider, and keeps a promise of the seconds until there is a new sentence and a new picture."""


class Crowd:
    """Visitors who look at a page at the same time.

    Attributes:
        visitors: All of them.
    """

    def __init__(self, browser: Any, server: Server, size: int) -> None:
        """Open a tab for each; tabs of one browser share its cache, so that two cores can play them all.

        Args:
            browser: A running browser.
            server: The server that they visit.
            size: How many they are.
        """
        self._context = patient(browser.new_context(viewport={"width": 480, "height": 480}))
        self.visitors = [Visitor(self._context.new_page(), server.address) for _ in range(size)]
        for visitor in self.visitors:
            visitor.listen()

    def open(self, paths: Sequence[str], shows: str) -> list[float]:
        """Open a page for each, all at once, and return the seconds until each could use it."""
        begin = time.perf_counter()
        for visitor, path in zip(self.visitors, paths, strict=True):
            visitor.page.goto(f"{visitor.address}{path}", wait_until="commit")
        took = []
        for visitor in self.visitors:
            visitor.page.locator(shows).first.wait_for()
            took.append(time.perf_counter() - begin)
        return took

    def move(self, value: int, every: float = 0) -> list[tuple[float, float]]:
        """Move the slider of all, at once or one after the other.

        Args:
            value: Where to, from -10 to 10.
            every: Seconds from one visitor's move to the next one's.

        Returns:
            Seconds that each waited for a new sentence and for a new picture.
        """
        for visitor in self.visitors:
            visitor.page.evaluate(MOVE, [SLIDER, str(value)])
            time.sleep(every)
        return [tuple(visitor.page.evaluate("window.moved")) for visitor in self.visitors]

    def leave(self) -> None:
        """Close the browser without a word to the server."""
        self._context.close()

    @property
    def problems(self) -> list[str]:
        """What went wrong for anybody."""
        return [problem for visitor in self.visitors for problem in visitor.problems]


def memory(server: Server) -> float:
    """Return the megabytes that the server's own process holds, workers not counted."""
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
