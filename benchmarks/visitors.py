"""The app with visitors: how long a slider takes, alone and in a class of 25, and what a visitor costs.

Real pages in Chromium on the same machine as the server, so that both share its cores: a room where everybody
has a device of their own is kinder to the server.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.timing import show
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.crowd import Crowd, memory
from tests.browser.visitors import Server

CLASS = 25
EVERY = 2.0
"""Seconds between the moves of two visitors who do not wait for a sign: each moves about once a minute."""

READS = 5.0
"""Seconds that a visitor looks at the first page; the server, which has just begun, makes ready meanwhile."""

ALONE = (10, -10, 7, -4, 9, -7, 5, -9, 3, -2, 8, -5, 6, -3, 4, -8, 2, -6, 1, -1)
"""Places to which one visitor moves a slider, one after the other; no world is simulated twice."""


DRAWN = """() => {
  const player = document.querySelector('.ccp-player').player;
  const took = [];
  for (let frame = 0; frame < 300; frame++) {
    player.time = 30 + frame / 10;
    const begin = performance.now();
    player.draw();
    took.push((performance.now() - begin) / 1000);
  }
  return took;
}"""
"""Draws months 30 to 60 of the world on the page, as playing does, and returns the seconds of each frame."""


def percentile(times: Sequence[float], share: float) -> float:
    """Return the time within which a share of all is done."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show_times(name: str, times: Sequence[float]) -> None:
    """Print the middle of some times, and what 95 % stay within."""
    show(f"{name}_median_seconds", percentile(times, 0.5))
    show(f"{name}_95_percent_seconds", percentile(times, 0.95))


def alone(browser: Any, server: Server) -> None:
    """Measure one visitor at the default world, and the picture that plays it."""
    visitor = Crowd(browser, server, 1)
    show_times("first_page", visitor.open(["/explore?lang=en"], "canvas"))
    visitor.visitors[0].settled()
    time.sleep(READS)
    moves = []
    for value in ALONE:
        moves += visitor.move(value)
        visitor.visitors[0].settled()
    show_times("slider_to_sentence", [sentence for sentence, _ in moves])
    show_times("slider_to_picture", [picture for _, picture in moves])
    show_times("player_frame_of_1250_people", visitor.visitors[0].page.evaluate(DRAWN))
    visitor.leave()


def together(browser: Any, server: Server) -> None:
    """Measure a class in Explore, each in a world of their own: all move a slider at once, then in turn."""
    before = memory(server)
    crowd = Crowd(browser, server, CLASS)
    paths = [f"/explore?lang=en&seed={1_000 * one}" for one in range(1, CLASS + 1)]
    show_times("class_page", crowd.open(paths, "canvas"))
    show("class_memory_a_page_megabytes", (memory(server) - before) / CLASS)
    for visitor in crowd.visitors:
        visitor.settled()
    moves = crowd.move(10)
    show_times("class_slider_to_sentence", [sentence for sentence, _ in moves])
    show_times("class_slider_to_picture", [picture for _, picture in moves])
    for visitor in crowd.visitors:
        visitor.settled()
    show("class_memory_a_visitor_megabytes", (memory(server) - before) / CLASS)
    moves = crowd.move(-10, every=EVERY)
    show_times("class_in_turn_slider_to_sentence", [sentence for sentence, _ in moves])
    show_times("class_in_turn_slider_to_picture", [picture for _, picture in moves])
    crowd.leave()


def main() -> None:
    """Print seconds and megabytes; without Chromium there is nothing to measure with."""
    if not Path(CHROMIUM).exists():
        print("# Chromium is missing, so the app is not measured: apt-get install chromium")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        server = Server()
        alone(browser, server)
        together(browser, server)
        server.stop()
        browser.close()
