"""How numbers are written in tables, text and figures."""

from math import isnan

from cocreate.experiments.analysis.contrast import Difference
from cocreate.experiments.themes import COUNTED

POINTS = 100
"""Points in one: shares and indices from 0 to 1 are shown in hundredths."""

MINUS = "\N{MINUS SIGN}"


def scale(outcome: str) -> float:
    """Return by what an outcome is multiplied to be shown: 1 for counts, 100 for shares and indices."""
    return 1.0 if outcome in COUNTED else float(POINTS)


def level(outcome: str, value: float) -> str:
    """Return a value as text: a count, or hundredths of a share or index.

    >>> level("trust", 0.476), level("structural_per_region", 1.5), level("trust", float("nan"))
    ('47.6 %', '1.50', 'unknown')
    """
    if isnan(value):
        return "unknown"
    shown = value * scale(outcome)
    return _plain(shown, 2) if outcome in COUNTED else f"{_plain(shown, 1)} %"


def counted(number: int, noun: str) -> str:
    """Return a number of things in words.

    >>> counted(1, "region"), counted(2, "region")
    ('1 region', '2 regions')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def change(outcome: str, value: float) -> str:
    """Return a difference as text with its sign, in percentage points or as a count.

    >>> change("trust", 0.012), change("structural_per_region", 0.5), change("trust", 0.0)
    ('+1.2', '+0.50', '0.0')
    """
    if isnan(value):
        return "unknown"
    shown = _plain(value * scale(outcome), 2 if outcome in COUNTED else 1)
    positive = value > 0 and shown.strip("0.") != ""
    return f"+{shown}" if positive else shown


def interval(one: Difference) -> str:
    """Return a difference and its interval as text, such as ``+5.7 [+3.1, +8.4]``."""
    if isnan(one.low):
        return change(one.outcome, one.difference)
    low, high = change(one.outcome, one.low), change(one.outcome, one.high)
    return f"{change(one.outcome, one.difference)} [{low}, {high}]"


def _plain(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    if text.strip("-0.") == "":
        return text.lstrip("-")
    return text.replace("-", MINUS)
