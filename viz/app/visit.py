"""Visits: what one visitor sees and has chosen, for all components of a page.

The address of the page holds all of it, so that a link, the browser's back button and a new server lead to
the same page. Nothing here outlives the visitor's page or is shared with another one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

import solara
import solara.lab

from cocreate.viz.app.language import language_of
from cocreate.viz.app.state import SECOND, Problem, Reading, Setting, as_query, read_query
from cocreate.viz.app.words import Words


@dataclass(frozen=True)
class Visit:
    """What the address of a page says.

    Attributes:
        path: Path of the page, such as ``/explore``.
        query: Query of the address, without the question mark.
        words: Words of the visitor's language.
        reading: The world that the query describes, and what of it could not be used.
        go: Opens an address of the app.
    """

    path: str
    query: str
    words: Words
    reading: Reading
    go: Callable[[str], None]

    @property
    def setting(self) -> Setting:
        """The world that the visitor looks at."""
        return self.reading.setting

    @property
    def second(self) -> Reading:
        """The second world, of a page that shows two, with the luck and the months of the first."""
        return read_query(self.query, SECOND, self.setting)

    @property
    def has_second(self) -> bool:
        """Whether the address names a second world."""
        return any(name.startswith(SECOND) for name in parse_qs(self.query, keep_blank_values=True))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in the address could not be used."""
        return self.reading.problems + (self.second.problems if self.has_second else ())

    def title(self, key: str) -> str:
        """Return the title of a page for the browser's tab.

        Args:
            key: Key of its heading.
        """
        return f"{self.words(key)} | {self.words('common.name')}"

    def entry(self, name: str, default: str = "") -> str:
        """Return an entry of the query that belongs to a page, such as ``outcome``."""
        return parse_qs(self.query).get(name, [default])[-1]

    def address(
        self, path: str, setting: Setting | None = None, second: Setting | None = None, **entries: str
    ) -> str:
        """Return the address of a page in the visitor's language.

        Args:
            path: Path of the page.
            setting: World that the page shows; the usual one when None.
            second: Second world; none when None.
            entries: Entries that belong to the page.
        """
        worlds = [(setting, "")] if setting is not None else []
        worlds += [(second, SECOND)] if second is not None else []
        if second is not None and second == Setting():
            entries = {**entries, f"{SECOND}preset": ""}
        query = as_query(
            *worlds,
            **{name: text for name, text in entries.items() if text or "." in name},
            lang=self.words.language,
        )
        return f"{path}?{query}"


def use_visit() -> Visit:
    """Return what the address of the visitor's page says."""
    router = solara.use_router()
    query = router.search or ""
    accepted = _accepted_languages()
    asked = parse_qs(query).get("lang", [""])[-1]
    words = solara.use_memo(lambda: Words(language_of(asked, accepted).name), [asked, accepted])
    reading = solara.use_memo(lambda: read_query(query), [query])
    return Visit(router.path, query, words, reading, router.push)


def use_words() -> Words:
    """Return the words of the visitor's language."""
    return use_visit().words


def use_theme() -> str:
    """Return ``"dark"`` or ``"light"``, as the visitor has it now."""
    return "dark" if solara.lab.use_dark_effective() else "light"


def language_problem(visit: Visit) -> Problem | None:
    """Return what to say of a language that there is not."""
    asked = visit.entry("lang")
    if language_of(asked, _accepted_languages()).known:
        return None
    return Problem("problem.unknown_language", {"name": asked[:12], "used": visit.words.language})


def _accepted_languages() -> str:
    headers = solara.lab.headers.value or {}
    found = headers.get("accept-language") or headers.get("Accept-Language") or ""
    return found if isinstance(found, str) else ",".join(found)
