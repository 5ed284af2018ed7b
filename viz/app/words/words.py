"""Texts for a visitor: looked up by key, filled in, with the numbers and dates of the language."""

import datetime
import logging
import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from numbers import Real

from babel import Locale, negotiate_locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent, get_minus_sign_symbol, get_plus_sign_symbol

from cocreate.agents.errors import CocreateError
from cocreate.viz.app.words.catalogue import LANGUAGES, PSEUDO, SOURCE, texts_of

type Value = str | int | float

MONTHS_A_YEAR = 12

MOST_DIGITS = 3
"""Decimals of a number that is filled into a text."""

SURE_DIGITS = 15
"""Digits of a number that do not come from working with it in binary."""

NOT_A_NUMBER = "\N{EN DASH}"
"""What stands where there is no number to show."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ACCEPTED = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?")
_log = logging.getLogger(__name__)


class MissingTextError(CocreateError, LookupError):
    """A text, or a value that it names, is missing."""

    def __str__(self) -> str:
        """Return the message itself, without the quotes that LookupErrors of a key may add."""
        return str(self.args[0])


class Words:
    """The texts of one language.

    >>> words = Words("nl")
    >>> words.number(1234.5, digits=1), words.percent(0.25)
    ('1.234,5', '25%')

    Attributes:
        language: Code of the language.
        locale: Code for the ``lang`` attribute of a page and for ``Intl`` in a browser.
        strict: Whether a missing text is an error (tests). Visitors see it in English instead, or as its
            key where English lacks it as well.
    """

    def __init__(self, language: str = SOURCE, *, strict: bool = False) -> None:
        """Read the texts of a language.

        Args:
            language: A code of :data:`~cocreate.viz.app.words.catalogue.LANGUAGES`, or ``"xx"``.
            strict: Raise on a missing text.

        Raises:
            LanguageError: When the app has no such language.
        """
        own = texts_of(language)
        self._texts = own if strict else texts_of(SOURCE) | own
        self.language = language
        self.locale = SOURCE if language == PSEUDO else language
        self.strict = strict
        self._babel = Locale.parse("en_GB" if self.locale == SOURCE else self.locale)

    def __call__(self, key: str, **values: Value) -> str:
        """Return a text with its placeholders filled in.

        Whole numbers and decimals are written as the language writes them; a text goes in as it is,
        so hand over a year or a seed as text. Where a key has plural forms (``key.one``,
        ``key.few``, ``key.many``, ``key.other``), the value called ``count`` chooses among them by the
        rules of the language (Unicode CLDR).

        Args:
            key: Such as ``"explore.title"``.
            values: What the placeholders stand for.

        Raises:
            MissingTextError: Of a strict one, when the text or a value is missing.
        """
        text = self._texts.get(self._form(key, values.get("count")))
        if text is None:
            return self._missing(f"{self.language} has no text {key!r}.", key)
        return _PLACEHOLDER.sub(lambda found: self._filled(key, found[1], values), text)

    def __contains__(self, key: str) -> bool:
        """Return whether there is a text of that key, plural forms included."""
        return key in self._texts or f"{key}.other" in self._texts

    def branch(self, prefix: str) -> dict[str, str]:
        """Return all texts under a key, placeholders open, by the rest of their keys.

        Made for what fills in by itself: the player in the browser, figures.

        Args:
            prefix: Such as ``"player"``.
        """
        start = f"{prefix}."
        return {key.removeprefix(start): text for key, text in self._texts.items() if key.startswith(start)}

    def each(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list, in order.

        Args:
            key: Key of a list in the files, such as ``"about.limits"``.
        """
        items: list[str] = []
        while (numbered := f"{key}.{len(items)}") in self._texts:
            items.append(self._texts[numbered])
        return tuple(items)

    def number(self, value: float, digits: int = 0, *, signed: bool = False) -> str:
        """Return a number as the language writes it.

        Args:
            value: Any number; what is not finite is written as a dash.
            digits: Digits after the decimal sign.
            signed: Write a plus before what is above zero.
        """
        if not math.isfinite(value):
            return NOT_A_NUMBER
        pattern = f"#,##0.{'0' * digits}" if digits else "#,##0"
        shown = rounded(value, digits)
        sign = get_plus_sign_symbol(self._babel) if signed and shown > 0 else ""
        return self._with_minus(sign + format_decimal(shown, pattern, self._babel))

    def percent(self, share: float, digits: int = 0) -> str:
        """Return a share from 0 to 1 as a percentage.

        Args:
            share: 0.25 for 25 %; what is not finite is written as a dash.
            digits: Digits after the decimal sign.
        """
        if not math.isfinite(share):
            return NOT_A_NUMBER
        pattern = self._babel.percent_formats[None].pattern
        pattern = pattern.replace("0", f"0.{'0' * digits}") if digits else pattern
        hundredths = 2  # digits of a share before those of its percentage
        return self._with_minus(format_percent(rounded(share, hundredths + digits), pattern, self._babel))

    def date(self, day: datetime.date) -> str:
        """Return a date with the month in words."""
        return format_date(day, "long", self._babel)

    def month_name(self, month: int) -> str:
        """Return the month of the year on its own, month 0 being a January.

        Args:
            month: Month of a run, counted from 0.
        """
        return str(self._babel.months["stand-alone"]["wide"][month % MONTHS_A_YEAR + 1])

    def month(self, month: int) -> str:
        """Return a month of a run as people say it: "March of year 3".

        Args:
            month: Month of a run, counted from 0.
        """
        return self("time.month_of_year", month=self.month_name(month), year=month // MONTHS_A_YEAR + 1)

    def listed(self, parts: Sequence[str]) -> str:
        """Return parts as a list in a sentence: "a, b and c"."""
        return format_list(list(parts), locale=self._babel)

    def _with_minus(self, written: str) -> str:
        """Return a number with the language's own minus, where babel writes a hyphen."""
        return written.replace("-", get_minus_sign_symbol(self._babel))

    def _form(self, key: str, count: Value | None) -> str:
        if not isinstance(count, Real) or not math.isfinite(count):
            return key
        shown = int(count) if count == int(count) else float(count)  # 1.0 is shown as 1, and counts as one
        form = f"{key}.{self._babel.plural_form(shown)}"
        other = f"{key}.other"
        return form if form in self._texts else other if other in self._texts else key

    def _filled(self, key: str, name: str, values: dict[str, Value]) -> str:
        if name not in values:
            return self._missing(f"The text {key!r} needs a value called {name!r}.", f"{{{name}}}")
        value = values[name]
        if isinstance(value, str):
            return value
        if not math.isfinite(value):
            return NOT_A_NUMBER
        return format_decimal(rounded(value, MOST_DIGITS), locale=self._babel)

    def _missing(self, message: str, shown: str) -> str:
        if self.strict:
            raise MissingTextError(message)
        _log.warning(message)
        return shown


def preferred(accepted: str) -> str:
    """Return the language of the app that a browser likes best.

    >>> preferred("sv-FI,sv;q=0.9,fi;q=0.8"), preferred("fi;q=0.3, ET-ee"), preferred("ja")
    ('sv', 'et', 'en')

    Args:
        accepted: The header ``Accept-Language`` (RFC 9110, 12.5.4). What cannot be read in it is passed over.
    """
    weights = {
        found[1].lower(): float(found[2] or 1)
        for part in accepted.split(",")
        if (found := _ACCEPTED.fullmatch(part.strip()))
    }
    ranked = sorted((code for code, weight in weights.items() if weight > 0), key=lambda code: -weights[code])
    return negotiate_locale(ranked, list(LANGUAGES), sep="-") or SOURCE


def rounded(value: float, digits: int) -> Decimal:
    """Return a number rounded as it is written in decimals, halves away from zero, zero without a minus.

    >>> [str(rounded(value, 1)) for value in (0.25, 0.35, -0.25, 100 * 0.0145, -0.04)]
    ['0.3', '0.4', '-0.3', '1.5', '0.0']
    """
    written = Decimal(f"{value:.{SURE_DIGITS}g}")
    if written.adjusted() >= SURE_DIGITS:
        return written
    return written.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0
