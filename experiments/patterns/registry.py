"""The registry of patterns."""

from collections.abc import Sequence

from cocreate.experiments.patterns import (
    v01_project,
    v02_structural,
    v03_routine,
    v04_election,
    v05_government,
    v06_component,
    v07_promises,
    v08_transfer,
    v09_wave,
    v10_contact,
)
from cocreate.experiments.patterns.errors import UnknownPatternError
from cocreate.experiments.patterns.pattern import Pattern

PATTERNS: dict[str, Pattern] = {
    module.PATTERN.id: module.PATTERN
    for module in (
        v01_project, v02_structural, v03_routine, v04_election, v05_government, v06_component, v07_promises,
        v08_transfer, v09_wave, v10_contact,
    )
}  # fmt: skip
"""Every pattern by id, in order."""


def chosen(ids: Sequence[str]) -> tuple[Pattern, ...]:
    """Return patterns by id, in the order asked for; all of them where none is named.

    Raises:
        UnknownPatternError: There is no pattern of that id.
    """
    for one in ids:
        if one.upper() not in PATTERNS:
            raise UnknownPatternError(one, tuple(PATTERNS))
    return tuple(PATTERNS[one.upper()] for one in ids) or tuple(PATTERNS.values())
