"""Languages: which one a visitor asked for, or else reads."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.viz.app.words import LANGUAGES, PSEUDO, preferred


@dataclass(frozen=True)
class Choice:
    """A language, and whether it is the one that was asked for.

    Attributes:
        name: Code of the language.
        known: False when another one was asked for, which there is not.
    """

    name: str
    known: bool = True


def language_of(asked: str, accepted: str = "") -> Choice:
    """Return the language for a visitor.

    Args:
        asked: Code in the link, empty for none.
        accepted: The browser's header ``Accept-Language``.

    >>> language_of("fi"), language_of("", "sv-FI,sv;q=0.9"), language_of("tlh", "nl")
    (Choice(name='fi', known=True), Choice(name='sv', known=True), Choice(name='nl', known=False))
    """
    if asked in LANGUAGES or asked == PSEUDO:
        return Choice(asked)
    return Choice(preferred(accepted), known=not asked)
