"""A real browser and a real server for the tests of pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SERVE = "from cocreate.cli import main; main()"
PATIENCE = 60_000
"""Milliseconds that a page may take on a busy machine."""

OF_SOLARA = "Failed to evaluate Vue script and find module.exports"
"""The one warning that Solara's own navigator gives in every page."""

DESKTOP, PHONE = (1280, 900), (390, 844)


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


class Server:
    """The app as its command starts it, in a process of its own.

    Attributes:
        address: Where it answers.
        process: The process.
    """

    def __init__(self, port: int = 0, **environment: str) -> None:
        """Start it and wait until it says its address."""
        command = [sys.executable, "-c", SERVE, "app", "--no-browser", "--port", str(port)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "COCREATE_APP_WORKERS": "1", **environment},
        )
        self._lines: list[str] = []
        self.address = self._until_it_answers()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def port(self) -> int:
        """The port at which it listens."""
        return int(self.address.rsplit(":", 1)[1])

    @property
    def said(self) -> str:
        """All that it has printed so far."""
        return "".join(self._lines)

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)
        self._listener.join(20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _until_it_answers(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)
            found = re.search(r"http://[\w.:]+", line)
            if found:
                return found[0]
        raise AssertionError(f"The server ended: {self.said}")

    def _listen(self) -> None:
        assert self.process.stdout is not None
        self._lines.extend(self.process.stdout)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a running server for all tests of pages."""
    pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')
    running = Server()
    yield running
    running.stop()
    assert "Traceback" not in running.said


@dataclass
class Visitor:
    """Somebody with a browser of their own; everything that goes wrong in it is remembered.

    Attributes:
        page: The page.
        address: The server's address.
        problems: What went wrong.
    """

    page: Any
    address: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str, shows: str = "h1") -> Any:
        """Open a page and wait until it shows something."""
        self.page.goto(f"{self.address}{path}")
        self.page.locator(shows).first.wait_for(timeout=PATIENCE)
        return self.page

    def settled(self, other_than: str = "") -> str:
        """Wait until all worlds are there, and return the sentence about them.

        Args:
            other_than: Sentence that was there before; another one is waited for.
        """
        self.page.wait_for_function(
            "before => { const text = css => { const one = document.querySelector(css);"
            " return one ? one.textContent.trim() : null; };"
            " return text('.cc-result .cc-busy') === '' && !document.querySelector('.cc-stale')"
            " && text('.cc-result .cc-sentence') !== before; }",
            arg=other_than,
            timeout=PATIENCE,
        )
        return str(self.page.locator(".cc-result .cc-sentence").first.inner_text())

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def listen(self) -> None:
        """Remember every error, failed answer and request to elsewhere."""
        page = self.page
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("console", lambda one: self._hear(one.type, one.text))
        page.on("response", lambda one: self._judge(one.status, one.url))
        page.on("request", lambda one: self._follow(one.url))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" or (kind == "warning" and OF_SOLARA not in text):
            self.problems.append(f"console {kind}: {text}")

    def _judge(self, status: int, url: str) -> None:
        if status >= 400:
            self.problems.append(f"{status}: {url}")

    def _follow(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.problems.append(f"request to elsewhere: {url}")


type Visit = Callable[..., Visitor]


@pytest.fixture
def visit(chromium: Any, server: Server) -> Iterator[Visit]:
    """Return a function that makes visitors of the server; the test fails on anything that goes wrong for one."""
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
