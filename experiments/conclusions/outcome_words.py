"""What outcomes are, those derived from others included, and how their numbers are written."""

from __future__ import annotations

from math import isnan, nan

from cocreate.experiments.study.tasks import PER_REGION
from cocreate.model.outcomes import OUTCOMES, Outcome

IN_HUNDREDTHS = frozenset({"share", "difference", "flag"})
"""Units of numbers from 0 to 1 that are written in hundredths."""

ENDINGS = {"share": "\N{NO-BREAK SPACE}%", "flag": "\N{NO-BREAK SPACE}%", "difference": " points"}
"""What stands after a level, by unit."""

MOST_MORE = 3
"""Digits that an interval close to zero has at most beyond the usual ones."""

type Interval = tuple[float, float]
"""Lower and upper end."""

MINUS = "\N{MINUS SIGN}"


def outcome_named(name: str) -> Outcome:
    """Return the declaration of an outcome; a name that nobody declared stands for itself.

    >>> outcome_named("structural_per_region").meaning
    'structural co-created services now, per region'
    """
    if name in OUTCOMES:
        return OUTCOMES[name]
    if name in PER_REGION:
        whole = OUTCOMES[PER_REGION[name]]
        return Outcome(name, f"{whole.meaning}, per region", whole.unit, whole.better, "end")
    return Outcome(name, name.replace("_", " "), "")


def factor_of(unit: str) -> float:
    """Return by what a number is multiplied to be written: 100 for shares, 1 for others."""
    return 100.0 if unit in IN_HUNDREDTHS else 1.0


def unit_of_level(unit: str) -> str:
    """Return the unit in which a level is written.

    >>> unit_of_level("share"), unit_of_level("ties")
    ('%', 'ties')
    """
    return ENDINGS[unit].strip() if unit in ENDINGS else unit


def unit_of_change(unit: str) -> str:
    """Return the unit in which a difference is written.

    >>> unit_of_change("share"), unit_of_change("ties")
    ('percentage points', 'ties')
    """
    return "percentage points" if unit in IN_HUNDREDTHS else unit


def change_in_text(unit: str, value: float, beside: Interval = (nan, nan)) -> str:
    """Return a difference with its unit, as a sentence has it.

    Args:
        unit: Unit of the outcome.
        value: The difference.
        beside: Ends of the interval that is told with it, none when NaN.

    >>> change_in_text("share", 0.012), change_in_text("count", 0.5), change_in_text("ties", 2)
    ('+1.2 percentage points', '+0.50', '+2.00 ties')
    """
    named = "" if unit == "count" else f" {unit_of_change(unit)}"
    return f"{change(unit, value, beside)}{named}".rstrip()


def level(unit: str, value: float) -> str:
    """Return a value as text.

    >>> level("difference", 0.476), level("count", 1.25), level("share", float("nan"))
    ('47.6 points', '1.25', 'unknown')
    """
    ending = "" if isnan(value) else ENDINGS.get(unit, "")
    return f"{_plain(unit, value)}{ending}"


def change(unit: str, value: float, beside: Interval = (nan, nan)) -> str:
    """Return a difference as text with its sign.

    Args:
        unit: Unit of the outcome.
        value: The difference.
        beside: Ends of the interval that is told with it, whose digits it takes; none when NaN.

    >>> change("share", 0.012), change("count", -0.5), change("share", 0.0)
    ('+1.2', '\N{MINUS SIGN}0.50', '0.0')
    """
    shown = _plain(unit, value, beside)
    return f"+{shown}" if value > 0 and shown.strip("0.") else shown


def span(unit: str, low: float, high: float) -> str:
    """Return both ends of the interval of a difference as text.

    An interval that leaves out zero does not read as if it touched it: see :func:`digits_apart`.

    >>> span("share", -0.01, 0.03), span("share", 0.0004, 0.002), span("share", float("nan"), float("nan"))
    ('\N{MINUS SIGN}1.0 to +3.0', '+0.04 to +0.20', 'unknown')
    """
    if isnan(low):
        return "unknown"
    return f"{change(unit, low, (low, high))} to {change(unit, high, (low, high))}"


def digits_apart(low: float, high: float, digits: int) -> int:
    """Return the digits after the point at which an interval that leaves out zero reads so.

    This is decided here for reports, the console and documents.

    Args:
        low: Lower end, as it is to be written: in hundredths for shares.
        high: Upper end.
        digits: Digits that are usual.

    Returns:
        The usual ones, or up to :data:`MOST_MORE` more.

    >>> digits_apart(0.04, 0.2, 1), digits_apart(-0.2, -0.004, 1), digits_apart(-0.04, 0.2, 1)
    (2, 3, 1)
    """
    if not (low > 0 or high < 0):
        return digits
    nearest = min(abs(low), abs(high))
    enough = (digits + more for more in range(MOST_MORE) if round(nearest, digits + more) > 0)
    return next(enough, digits + MOST_MORE)


def _plain(unit: str, value: float, beside: Interval = (nan, nan)) -> str:
    factor = factor_of(unit)
    low, high = beside
    return number(value * factor, digits_apart(low * factor, high * factor, 1 if factor > 1 else 2))


def number(value: float, least: int = 2) -> str:
    """Return a number with about three digits.

    Args:
        value: The number.
        least: Digits after the point of a number below 10.

    >>> number(3.14159), number(31.4159), number(-1234.5), number(-0.001)
    ('3.14', '31.4', '\N{MINUS SIGN}1,234', '0.00')
    """
    if isnan(value):
        return "unknown"
    size = abs(value)
    digits = least if size < 10 else 1 if size < 100 else 0  # noqa: PLR2004 - about three digits
    text = f"{value:,.{digits}f}"
    return text.lstrip("-") if text.strip("-0.") == "" else text.replace("-", MINUS)


def p_value(p: float) -> str:
    """Return a p-value as text.

    >>> p_value(0.0321), p_value(1e-9), p_value(float("nan"))
    ('0.032', 'below 0.001', 'unknown')
    """
    if isnan(p):
        return "unknown"
    return "below 0.001" if p < 0.001 else f"{p:.3f}"  # noqa: PLR2004 - as the text says
