"""Plans: what happens in a session of 45, 90 or 180 minutes, part by part.

The guide for facilitators has the same parts and minutes; a test compares both.
"""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.viz.app.lessons.catalogue import lesson_named

ROOM = "/trainer/room"
"""Path of the page that the room looks at between lessons."""


@dataclass(frozen=True)
class Part:
    """One part of a session.

    Attributes:
        plan: Name of the plan: its minutes.
        place: Its place in the plan, from 0 on.
        activity: A lesson, or ``opening``, ``pause`` or ``close``; as in the keys of its texts.
        minutes: Minutes that it has.
    """

    plan: str
    place: int
    activity: str
    minutes: int

    @property
    def number(self) -> str:
        """Its number as people count, from 1 on."""
        return str(self.place + 1)

    @property
    def path(self) -> str:
        """Path of the page that the room looks at."""
        return f"/lessons/{self.activity}" if self.is_lesson else ROOM

    @property
    def is_lesson(self) -> bool:
        """Whether the room plays a lesson."""
        return lesson_named(self.activity) is not None


def _plan(name: str, *parts: tuple[str, int]) -> tuple[Part, ...]:
    return tuple(Part(name, place, activity, minutes) for place, (activity, minutes) in enumerate(parts))


PLANS: dict[str, tuple[Part, ...]] = {
    "45": _plan("45", ("opening", 4), ("phone", 10), ("election", 13), ("power", 13), ("close", 5)),
    "90": _plan(
        "90",
        ("opening", 6),
        ("phone", 12),
        ("silos", 12),
        ("election", 15),
        ("power", 15),
        ("together", 20),
        ("close", 10),
    ),
    "180": _plan(
        "180",
        ("opening", 10),
        ("phone", 15),
        ("silos", 20),
        ("election", 20),
        ("power", 20),
        ("pause", 15),
        ("copying", 20),
        ("together", 30),
        ("sandbox", 18),
        ("close", 12),
    ),
}
"""Parts of each plan by its name."""

ROLES = ("citizen", "unheard", "nurse", "manager", "politician", "opposition", "bridge", "chair")
"""Roles that cards are printed for."""


def part_of(plan: str, number: str) -> Part | None:
    """Return a part of a plan: the first one for a wrong number, None where there is no such plan.

    Args:
        plan: Name of the plan.
        number: Number of the part, from 1 on.

    >>> part_of("45", "2").activity, part_of("45", "many").activity, part_of("7", "1")
    ('phone', 'opening', None)
    """
    if plan not in PLANS:
        return None
    return next((one for one in PLANS[plan] if one.number == number), PLANS[plan][0])


def part_after(plan: str, number: str) -> Part | None:
    """Return the part after another one; None after the last one, or where there is no such plan."""
    now = part_of(plan, number)
    return _at(now, 1) if now is not None else None


def part_before(plan: str, number: str) -> Part | None:
    """Return the part before another one; None before the first one, or where there is no such plan."""
    now = part_of(plan, number)
    return _at(now, -1) if now is not None else None


def _at(part: Part, step: int) -> Part | None:
    place = part.place + step
    return PLANS[part.plan][place] if 0 <= place < len(PLANS[part.plan]) else None
