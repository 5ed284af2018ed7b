"""Who tells a story: the texts of a language, and its words for numbers, months and lists."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from cocreate.experiments.words import in_words, listed, month_name, sector_name

FILE = Path(__file__).parent / "story_texts.toml"


class Teller(Protocol):
    """A language that stories can be told in."""

    def say(self, key: str, **values: str | int) -> str:
        """Return a text with its placeholders filled in; ``count`` chooses the plural form.

        Args:
            key: Key of a text in ``story_texts.toml``, such as ``"person.joined"``.
            values: What the placeholders stand for.
        """
        ...

    def knows(self, key: str) -> bool:
        """Return whether there is a text of that key."""
        ...

    def sector(self, sector: int) -> str:
        """Return the name of a sector."""
        ...

    def lever(self, name: str) -> str:
        """Return what a lever is called."""
        ...

    def month(self, month: int) -> str:
        """Return the month of the year, month 0 being a January."""
        ...

    def listed(self, parts: list[str]) -> str:
        """Return parts as a list in a sentence."""
        ...


class English:
    """Stories in English, with numbers up to twelve in words.

    >>> English().say("person.tables", count=1), English().say("person.tables", count=14)
    ('In all, they sat at one table.', 'In all, they sat at 14 tables.')
    """

    def say(self, key: str, **values: str | int) -> str:
        """Return a text with its placeholders filled in, as :meth:`Teller.say`."""
        texts = _texts()
        form = "one" if values.get("count") == 1 else "other"
        text = texts.get(f"{key}.{form}") or texts[key]
        words = {name: in_words(value) if isinstance(value, int) else value for name, value in values.items()}
        return text.format_map(words)

    def knows(self, key: str) -> bool:
        """Return whether there is a text of that key."""
        return key in _texts()

    def sector(self, sector: int) -> str:
        """Return the name of a sector."""
        return sector_name(sector)

    def lever(self, name: str) -> str:
        """Return the name of a lever itself, which ``cocreate explain`` knows."""
        return name

    def month(self, month: int) -> str:
        """Return the month of the year, month 0 being a January."""
        return month_name(month)

    def listed(self, parts: list[str]) -> str:
        """Return parts as a list in a sentence."""
        return listed(parts)


@cache
def _texts() -> dict[str, str]:
    return _flat(tomllib.loads(FILE.read_text(encoding="utf-8")))


def _flat(tables: dict[str, Any], before: str = "") -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in tables.items():
        texts |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return texts
