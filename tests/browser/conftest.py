"""A real browser and a real server for the tests of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.visitors import DESKTOP, Server, Visit, Visitor

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return a running Chromium; without one the test is skipped, or fails where CI_BROWSER is set."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI_BROWSER"):
            pytest.fail("Chromium is missing, but CI_BROWSER asks for it: apt-get install chromium")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a running server for all tests of pages."""
    pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')
    running = Server()
    yield running
    running.stop()
    assert "Traceback" not in running.said


@pytest.fixture
def visit(chromium: Any, server: Server) -> Iterator[Visit]:
    """Return a function that makes visitors; the test fails on anything that goes wrong for one of them."""
    visitors: list[Visitor] = []

    def come(size: tuple[int, int] = DESKTOP, to: Server = server, **options: Any) -> Visitor:
        view = {"width": size[0], "height": size[1]}
        context = chromium.new_context(viewport=view, **options)
        visitor = Visitor(context.new_page(), to.address)
        visitor.listen()
        visitors.append(visitor)
        return visitor

    yield come
    shown = [visitor.page.inner_text("body") for visitor in visitors]
    for visitor in visitors:
        visitor.page.context.close()
    assert [problem for visitor in visitors for problem in visitor.problems] == []
    assert not any("Traceback" in one for one in shown)


@pytest.fixture
def violations() -> Callable[[Any], list[str]]:
    """Return a function that lists what a page lacks for those who cannot see it or use no mouse."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()

    def found(page: Any) -> list[str]:
        results = axe.run(page).response["violations"]
        return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']][:3]}" for one in results]

    return found
