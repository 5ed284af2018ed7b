"""A language that nobody speaks: it shows which texts of a page do not come from the files."""

import re

OPENING, CLOSING = "⟦", "⟧"
"""What every text of the pseudo-language begins and ends with."""

STRETCH = 3
"""One letter of padding for every so many letters: about as much longer as the longest translation."""

_ACCENTS = str.maketrans("AEIOUYaeiouyCcNnSsZz", "ÅÊÎÖÛÝåêîöûýÇçÑñŠšŽž")
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")


def disguised(text: str) -> str:
    """Return a text in disguise: readable, marked at both ends, longer, its placeholders untouched.

    >>> disguised("In {more} of {worlds} worlds")
    '⟦Îñ {more} öf {worlds} wörldš ~~~~~~~~~⟧'
    """
    parts = _PLACEHOLDER.split(text)
    changed = "".join(part if part.startswith("{") else part.translate(_ACCENTS) for part in parts)
    return f"{OPENING}{changed} {'~' * (len(text) // STRETCH)}{CLOSING}"
