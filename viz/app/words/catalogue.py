"""Where texts are kept: TOML files, one a language, read once."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from cocreate.agents.errors import CocreateError
from cocreate.experiments.errors import nearest
from cocreate.viz.app.words.pseudo import disguised

LANGUAGES = {
    "en": "English",
    "fi": "suomi",
    "et": "eesti",
    "nl": "Nederlands",
    "it": "italiano",
    "es": "español",
    "pl": "polski",
    "hu": "magyar",
    "sv": "svenska",
    "el": "Ελληνικά",
}
"""Languages of the app by code, each under its own name."""

SOURCE = "en"
"""The language that texts are written in first."""

PSEUDO = "xx"
"""English in disguise: accents and brackets, a third longer. What stays plain is not in the files."""

_FOLDER = Path(__file__).parent


class LanguageError(CocreateError, LookupError):
    """The app has no such language."""

    def __init__(self, language: str) -> None:
        """Name the language.

        Args:
            language: The code that was asked for.
        """
        super().__init__(
            f"The app has no language {language!r}; it has {', '.join(LANGUAGES)}."
            f"{nearest(language, tuple(LANGUAGES))}"
        )

    def __str__(self) -> str:
        """Return the message itself, without the quotes that LookupErrors of a key may add."""
        return str(self.args[0])


@lru_cache(maxsize=len(LANGUAGES) + 1)
def texts_of(language: str) -> dict[str, str]:
    """Return the texts of a language by key.

    A language is one file, ``fi.toml``, with a table for each area of the app, or a folder with a
    file for each area: the key of ``title`` in ``en/explore.toml`` is ``explore.title``. The items of
    a list get numbers: ``about.limits.0``.

    Args:
        language: A code of :data:`LANGUAGES`, or :data:`PSEUDO`.

    Raises:
        LanguageError: When the app has no such language.
    """
    if language == PSEUDO:
        return {key: disguised(text) for key, text in texts_of(SOURCE).items()}
    if language not in LANGUAGES:
        raise LanguageError(language)
    one_file = _FOLDER / f"{language}.toml"
    if one_file.exists():
        return flattened(_read(one_file))
    return flattened({path.stem: _read(path) for path in sorted((_FOLDER / language).glob("*.toml"))})


def flattened(tables: dict[str, Any], before: str = "") -> dict[str, str]:
    """Return nested tables and lists of texts as one table.

    >>> flattened({"start": {"title": "A pilot", "doors": ["Lesson", "Explore"]}})
    {'start.title': 'A pilot', 'start.doors.0': 'Lesson', 'start.doors.1': 'Explore'}
    """
    texts: dict[str, str] = {}
    for name, value in tables.items():
        items = {str(i): item for i, item in enumerate(value)} if isinstance(value, list) else value
        if isinstance(items, dict):
            texts |= flattened(items, f"{before}{name}.")
        else:
            texts[f"{before}{name}"] = str(items)
    return texts


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
