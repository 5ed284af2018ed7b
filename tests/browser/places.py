"""All places of the app, each with what is there once it can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.browser.visitors import Visitor


@dataclass(frozen=True)
class Place:
    """A page, or a step of one.

    Attributes:
        path: Its address, without the language.
        shows: CSS selector of what appears last.
        areas: Areas of texts that it is made of, beside those of all pages.
    """

    path: str
    shows: str
    areas: tuple[str, ...]

    def in_language(self, language: str) -> str:
        """Return its address in a language."""
        return f"{self.path}{'&' if '?' in self.path else '?'}{urlencode({'lang': language})}"

    def visit(self, visitor: Visitor, language: str = "en") -> Any:
        """Open it, wait until all of it is there, and return the page."""
        page = visitor.open(self.in_language(language), self.shows)
        if page.locator(".cc-result .cc-busy").count():
            visitor.settled()
        return page


WORLD = ("explore", "headline", "preset", "outcome", "result", "verdict", "player", "lever")
LESSON = ("lessons",)
ANSWER = ("lessons", "outcome", "verdict")

PLACES = {
    "start": Place("/", ".cc-doors", ("start",)),
    "lessons": Place("/lessons", ".cc-lessons", LESSON),
    "lesson-guess": Place("/lessons/silos", "fieldset", LESSON),
    "lesson-draw": Place("/lessons/election", ".cc-draw svg", LESSON),
    "lesson-tokens": Place("/lessons/together", "fieldset", LESSON),
    "lesson-phone": Place("/lessons/phone?step=play", ".cc-phones", LESSON),
    "lesson-result": Place("/lessons/silos?step=result&lesson.guess=more", ".cc-answer", ANSWER),
    "lesson-watch": Place("/lessons/silos?step=watch&lesson.guess=more", "canvas", ("lessons", "player")),
    "lesson-brief": Place("/lessons/silos?step=brief&lesson.guess=more", ".cc-card", LESSON),
    "lesson-table": Place("/lessons/silos?step=table&lesson.guess=more", ".cc-card", LESSON),
    "sandbox": Place("/lessons/sandbox", ".cc-card", LESSON),
    "explore": Place("/explore?preset=village&months=60&sector_silo=0.2", "canvas", WORLD),
    "compare": Place(
        "/compare?preset=village&months=60&b.preset=village&b.communication_channels=0.9&outcome=trust",
        "canvas",
        ("compare", *WORLD),
    ),
    "trainer": Place("/trainer", ".cc-doors", ("trainer",)),
    "session": Place("/trainer?plan=45&plan.part=2", ".cc-clock", ("trainer",)),
    "cards": Place("/trainer/cards", ".cc-role", ("trainer",)),
    "room": Place("/trainer/room?plan=45&plan.part=1&projector=1", "main h1", ("trainer",)),
    "about": Place("/about", ".cc-about", ("about", "lever")),
    "model": Place("/about/model", ".cc-odd h1", ("about",)),
}
"""Places by name."""
