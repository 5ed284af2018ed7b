"""Texts of figures: every word drawn, by key, so that a figure can be drawn in another language."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cocreate.agents.errors import CocreateError
from cocreate.experiments.errors import nearest

type Value = str | int | float

UNKNOWN = "\N{EN DASH}"
"""What stands where there is no number."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class FigureTextError(CocreateError, LookupError):
    """Figures have no text of that name, or a text needs a value that it was not given."""

    def __str__(self) -> str:
        """Return the message itself, without the quotes that LookupErrors of a key may add."""
        return str(self.args[0])


class Texts:
    """The texts of figures in one language, with its way to write numbers.

    >>> texts = Texts({"number.decimal": ",", "number.thousands": "."})
    >>> texts.number(1234.5, 1), texts("axis.years")
    ('1.234,5', 'Years from the start')
    """

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        """Take texts over the English ones.

        Args:
            texts: Texts by the keys of ``viz/texts.toml``, such as ``"lives.title"``; what is missing stays
                English. A key may have the forms ``one`` and ``other``, between which a value called
                ``count`` chooses.

        Raises:
            FigureTextError: There is no such key.
        """
        own = dict(texts or {})
        for key in own:
            if key not in _ENGLISH:
                raise FigureTextError(f"Figures have no text {key!r}.{nearest(key, tuple(_ENGLISH))}")
        self._texts = _ENGLISH | own

    def __call__(self, key: str, **values: Value) -> str:
        """Return a text with its placeholders filled in; numbers are written as the language does.

        Args:
            key: Such as ``"axis.years"``.
            values: What the placeholders stand for. Hand over a year or a seed as text.

        Raises:
            FigureTextError: There is no such text, or it needs a value that is missing.
        """
        form = f"{key}.{'one' if values.get('count') == 1 else 'other'}"
        text = self._texts.get(form) or self._texts.get(key)
        if text is None:
            raise FigureTextError(f"Figures have no text {key!r}.{nearest(key, tuple(self._texts))}")
        return _PLACEHOLDER.sub(lambda found: self._filled(key, found[1], values), text)

    def number(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """Return a number as the language writes it, a dash where there is none.

        Args:
            value: The number.
            digits: Digits after the decimal sign.
            signed: Whether a number above zero has a plus.
        """
        if not math.isfinite(value):
            return UNKNOWN
        written = f"{round(value, digits) + 0.0:{'+' if signed and round(value, digits) else ''},.{digits}f}"
        marks = {
            ",": self._texts["number.thousands"],
            ".": self._texts["number.decimal"],
            "-": "\N{MINUS SIGN}",
        }
        return "".join(marks.get(letter, letter) for letter in written)

    def percent(self, share: float, digits: int = 0) -> str:
        """Return a share from 0 to 1 in per cent, a dash where there is none."""
        return (
            self("number.percent", number=self.number(100 * share, digits))
            if math.isfinite(share)
            else UNKNOWN
        )

    def _filled(self, key: str, name: str, values: Mapping[str, Value]) -> str:
        if name not in values:
            raise FigureTextError(f"The text {key!r} needs a value called {name!r}.")
        value = values[name]
        if isinstance(value, str):
            return value
        whole = isinstance(value, int) or float(value).is_integer()
        return self.number(value, 0 if whole else 1)


def _flat(tables: Mapping[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in tables.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = str(value)
    return found


_ENGLISH = _flat(tomllib.loads(Path(__file__).with_name("texts.toml").read_text("utf-8")))

ENGLISH = Texts()
"""What figures say where no other language is handed over."""
