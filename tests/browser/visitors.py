"""Who visits the app in tests, and the server that they visit."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SERVE = "from cocreate.cli import main; main()"
PATIENCE = 60_000
"""Milliseconds that a page may take on a busy machine."""

OF_SOLARA = "Failed to evaluate Vue script and find module.exports"
"""The one warning that Solara's own navigator gives in every page."""

DESKTOP, PHONE = (1280, 900), (390, 844)

INSIDE = Path(__file__).parent / "inside"
"""Folder from which Python loads what watches over the server from inside."""


def guarded_environment(**environment: str) -> dict[str, str]:
    """Return the environment of a process that cannot leave this machine, and says when it tries."""
    paths = [str(INSIDE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **environment}


class Server:
    """The app as its command starts it, in a process of its own that cannot leave this machine.

    Attributes:
        address: Where it answers.
        process: The process.
    """

    def __init__(self, port: int = 0, first: str = "", **environment: str) -> None:
        """Start it and wait until it says its address.

        Args:
            port: Port at which it listens, 0 for any.
            first: Code that runs in it before all else.
            environment: Variables of its environment.
        """
        command = [sys.executable, "-c", f"{first}\n{SERVE}", "app", "--no-browser", "--port", str(port)]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=guarded_environment(**{"COCREATE_APP_WORKERS": "1", **environment}),
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

    @property
    def reached_out(self) -> list[str]:
        """Lines in which it said that something in it tried to leave this machine."""
        return [line for line in self.said.splitlines() if "REACHED OUT" in line]

    def pages_held(self) -> int:
        """Return how many pages it keeps in memory."""
        known = self.said.count("PAGES HELD:")
        self.process.send_signal(signal.SIGUSR1)
        for _ in range(200):
            found = re.findall(r"PAGES HELD: (\d+)\n", self.said)
            if len(found) > known:
                return int(found[-1])
            time.sleep(0.05)
        raise AssertionError(f"The server does not answer: {self.said}")

    def stop(self, *, at_once: bool = False) -> None:
        """End it.

        Args:
            at_once: Kill it, so that it has no time to say goodbye to anybody.
        """
        if at_once:
            self.process.kill()
        else:
            self.process.terminate()
        self.process.wait(120)
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
        for line in self.process.stdout:
            self._lines.append(line)


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
        self.page.locator(shows).first.wait_for()
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


def sees(what: Any) -> Any:
    """Return what can be expected of a page or a part of it; each expectation waits until it is met.

    Args:
        what: A page, or what was located on it.
    """
    from playwright.sync_api import expect  # noqa: PLC0415 - may be missing

    expect.set_options(timeout=PATIENCE)
    return expect(what)


def patient[T: Any](page: T) -> T:
    """Return a page, or a browser's context, after letting it wait as long as a busy machine may need.

    Args:
        page: The page or the context.
    """
    page.set_default_timeout(PATIENCE)
    return page


def wait_until(page: Any, expression: str) -> None:
    """Wait until something is true of a page whose policy forbids it to evaluate text.

    Args:
        page: The page.
        expression: What is to be true, in JavaScript.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression} does not come true"
        page.wait_for_timeout(50)


def arrive(page: Any, step: str) -> None:
    """Wait until a step of a lesson is shown.

    Args:
        page: The page of the lesson.
        step: What the step is called.
    """
    page.locator(f".cc-trail a[aria-current=step]:has-text({step!r})").wait_for()
    page.locator(f".cc-step h2:has-text({step!r})").first.wait_for()


def tab_to(page: Any, selector: str, most: int = 60) -> None:
    """Press Tab until something is reached; a keyboard trap or a lost focus fails.

    Args:
        page: The page.
        selector: What to reach.
        most: Presses after which it counts as out of reach.
    """
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement.matches(css)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")
