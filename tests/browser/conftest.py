"""A real browser and a real server for the tests of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.browser.visitors import DESKTOP, Server, Visit, Visitor, patient

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


WISH = "COCREATE_BROWSER_TESTS"
"""Variable of the environment: with the value ``required`` nothing may be missing."""


def lacking(what: str, remedy: str) -> NoReturn:
    """Skip a test that needs what is not installed, or fail where it has to run.

    Args:
        what: What is not installed.
        remedy: Command that installs it.
    """
    if os.environ.get(WISH) == "required":
        pytest.fail(f"{what} is not installed, but {WISH}=required: {remedy}")
    pytest.skip(f"{what} is not installed: {remedy}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Return a running Chromium."""
    if not Path(CHROMIUM).exists():
        lacking("Chromium", "apt-get install chromium")
    if find_spec("playwright") is None:
        lacking("playwright", "make venv")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - may be missing

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a running server for all tests of pages."""
    if find_spec("solara") is None:
        lacking("The app", 'pip install "cocreate[app]"')
    running = Server()
    yield running
    running.stop()
    assert "Traceback" not in running.said
    assert running.reached_out == []


@pytest.fixture
def visit(chromium: Any, server: Server) -> Iterator[Visit]:
    """Return a function that makes visitors; the test fails on anything that goes wrong for one of them."""
    visitors: list[Visitor] = []

    def come(size: tuple[int, int] = DESKTOP, to: Server = server, **options: Any) -> Visitor:
        view = {"width": size[0], "height": size[1]}
        context = patient(chromium.new_context(viewport=view, **options))
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
    if find_spec("axe_playwright_python") is None:
        lacking("axe-playwright-python", "make venv")
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - may be missing

    axe = Axe()

    def found(page: Any) -> list[str]:
        results = axe.run(page).response["violations"]
        return [f"{one['id']}: {[node['html'][:200] for node in one['nodes']][:3]}" for one in results]

    return found
