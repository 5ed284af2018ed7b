"""What a translation lacks: run ``python -m cocreate.viz.app.words.review fi`` after changing a file."""

import re
import sys
from collections.abc import Iterable, Iterator

from babel import Locale

from cocreate.viz.app.words.catalogue import LANGUAGES, SOURCE, texts_of

PLURAL_FORMS = frozenset({"zero", "one", "two", "few", "many", "other"})
"""Names of plural forms in the Unicode CLDR."""

_MOST_COUNTED = 1000
_WORDS_OF_A_SENTENCE = 4
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def faults_of(language: str) -> list[str]:
    """Return what is wrong with the texts of a language, one sentence each, none when all is well.

    Args:
        language: A code of :data:`~cocreate.viz.app.words.catalogue.LANGUAGES`.

    Raises:
        LanguageError: When the app has no such language.
    """
    return faults(texts_of(SOURCE), texts_of(language), needed_forms(language), allowed_forms(language))


def needed_forms(language: str) -> frozenset[str]:
    """Return the plural forms that whole numbers below a thousand take, and the general one.

    >>> sorted(needed_forms("pl")), sorted(needed_forms("fi"))
    (['few', 'many', 'one', 'other'], ['one', 'other'])
    """
    form = Locale.parse(language).plural_form
    return frozenset({form(count) for count in range(_MOST_COUNTED)} | {"other"})


def allowed_forms(language: str) -> frozenset[str]:
    """Return all plural forms of a language, those of millions included.

    >>> sorted(allowed_forms("es"))
    ['many', 'one', 'other']
    """
    return frozenset(Locale.parse(language).plural_form.tags | {"other"})


def faults(
    source: dict[str, str], translation: dict[str, str], needed: frozenset[str], allowed: frozenset[str]
) -> list[str]:
    """Return what is wrong with a translation, one sentence each.

    Args:
        source: Texts of the first language by key.
        translation: Texts of the other language by key.
        needed: Plural forms that the other language must have.
        allowed: Plural forms that it may have.
    """
    plurals = plurals_of(source)
    wanted, known = _keys(source, plurals, needed), _keys(source, plurals, needed | allowed)
    found = [
        *(f"{key} is missing." for key in wanted if key not in translation),
        *(f"{key} is in no English file." for key in translation if key not in known),
    ]
    for key in known:
        if key in translation:
            found += _faults_of_text(key, translation[key], *_models(key, source, plurals))
    return found


def plurals_of(texts: dict[str, str]) -> frozenset[str]:
    """Return the keys that have plural forms.

    >>> sorted(plurals_of({"a.one": "{count} day", "a.other": "{count} days", "b.other": "else"}))
    ['a']
    """
    forms: dict[str, set[str]] = {}
    for key in texts:
        stem, _, form = key.rpartition(".")
        forms.setdefault(stem, set()).add(form)
    return frozenset(stem for stem, found in forms.items() if {"one", "other"} <= found <= PLURAL_FORMS)


def _keys(source: dict[str, str], plurals: frozenset[str], forms: Iterable[str]) -> list[str]:
    keys: dict[str, None] = {}  # a set that keeps the order
    for key in source:
        stem = key.rpartition(".")[0]
        keys |= dict.fromkeys([f"{stem}.{form}" for form in sorted(forms)] if stem in plurals else [key])
    return list(keys)


def _models(key: str, source: dict[str, str], plurals: frozenset[str]) -> tuple[str, str]:
    """Return the English text to compare with, and a text with all placeholders that may occur."""
    stem, _, form = key.rpartition(".")
    if stem not in plurals:
        return source[key], source[key]
    forms = [text for other, text in source.items() if other.rpartition(".")[0] == stem]
    return source[f"{stem}.one" if form == "one" else f"{stem}.other"], " ".join(forms)


def _faults_of_text(key: str, text: str, model: str, models: str) -> Iterator[str]:
    names, needed = _names(text), _names(model)
    if key.endswith(".one"):
        needed -= {"count"}  # "once" needs no number
    if needed - names:
        yield f"{key} lacks {_braced(needed - names)}."
    if names - _names(models):
        yield f"{key} has {_braced(names - _names(models))}, which nothing fills in."
    if not text.strip() or text != text.strip():
        yield f"{key} is empty, or begins or ends with a space."
    if text == model and len(_PLACEHOLDER.sub("", text).split()) >= _WORDS_OF_A_SENTENCE:
        yield f"{key} is still in English."


def _names(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text))


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def main(languages: list[str]) -> int:
    """Print what is wrong with the translations, and return how many languages have faults.

    Args:
        languages: Codes; all translations when empty.
    """
    wrong = 0
    for language in languages or [code for code in LANGUAGES if code != SOURCE]:
        found = faults_of(language)
        wrong += bool(found)
        print(f"{language}: {len(found)} fault{'' if len(found) == 1 else 's'}.", *found, sep="\n  ")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
