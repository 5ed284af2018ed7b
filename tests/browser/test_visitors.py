"""A class at once: everybody's page loads and answers in bounded memory, and who leaves is forgotten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from tests.browser.crowd import Crowd, memory
from tests.browser.visitors import PATIENCE, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLASS = 25
MOST_MEMORY = 12.0
"""Megabytes that one visitor may take: a class of 25 on top of the server then needs no more than 300."""


@pytest.fixture
def forgetful() -> Iterator[Server]:
    """Return a server that forgets pages two seconds after nobody looks at them any more."""
    pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')
    server = Server(SOLARA_KERNEL_CULL_TIMEOUT="2s")
    yield server
    server.stop()
    assert "Traceback" not in server.said


def wait_until_forgotten(server: Server) -> None:
    """Wait until the server keeps no page in memory."""
    end = time.monotonic() + PATIENCE / 1000
    while server.pages_held() and time.monotonic() < end:
        time.sleep(0.5)
    assert server.pages_held() == 0


def worlds(first: int) -> list[str]:
    """Return a small world for each visitor, none like another's."""
    return [f"/explore?lang=en&preset=village&months=36&seed={first + 50 * one}" for one in range(CLASS)]


def test_a_class_works_at_once_and_is_forgotten_when_it_leaves(chromium: Any, forgetful: Server) -> None:
    first = Crowd(chromium, forgetful, 1)
    first.open(["/explore?lang=en&preset=village&months=36"], "canvas")
    before = memory(forgetful)
    crowd = Crowd(chromium, forgetful, CLASS)
    assert len(crowd.open(worlds(100), "canvas")) == CLASS
    assert forgetful.pages_held() == CLASS + 1
    assert len(crowd.move(10)) == CLASS
    seeds = [parse_qs(urlparse(visitor.page.url).query)["seed"] for visitor in crowd.visitors]
    assert seeds == [[str(100 + 50 * one)] for one in range(CLASS)]
    each = (memory(forgetful) - before) / CLASS
    assert crowd.problems == []
    crowd.leave()
    first.leave()
    wait_until_forgotten(forgetful)
    assert each < MOST_MEMORY
