"""The lessons, in the order in which they are taught.

What a choice does is what the model makes of its levers; nothing here says how a lesson ends.
"""

from __future__ import annotations

from cocreate.experiments.themes import THEMES
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.lessons.lesson import Choice, Kind, Lesson, Reform
from cocreate.viz.app.state import Setting

WALLS = next(one for one in THEMES if one.name == "silos")
SHARED: dict[str, Value] = {"power_imbalance": 0.5, "facilitation": 0.8, "inclusion": "throughout"}
LINKED: dict[str, Value] = {"ecosystem": 0.9}
"""Regions that hear of each other, so that there is something to copy."""

LESSONS = (
    Lesson(
        "phone",
        Kind.PHONE,
        10,
        choices=(Choice("doors", {"sector_silo": 0.2}, "less"),),
        before={"sector_silo": LEVERS["sector_silo"].default},
        counted="calls",
    ),
    Lesson(
        "silos",
        Kind.WAY,
        10,
        outcome="structural_per_region",
        also=("regions_reached", "effectiveness"),
        choices=(
            Choice("high", WALLS.closed.levers or {}, "less"),
            Choice("open", WALLS.opened.levers or {}, "more"),
        ),
        counted="services",
    ),
    Lesson(
        "election",
        Kind.LINE,
        12,
        outcome="structural_per_region",
        also=("share_lasting", "trust"),
        choices=(
            Choice("lost", {"turnover": 0.6, "ideological_distance": 0.9, "commitment": 0}, "less"),
            Choice("kept", {"turnover": 0.2, "ideological_distance": 0.2, "commitment": 24}, "more"),
        ),
        counted="services",
    ),
    Lesson(
        "power",
        Kind.WAY,
        12,
        outcome="backlashes_per_region",
        also=("mean_users_voice", "structural_per_region"),
        choices=(
            Choice("at_once", {**SHARED, "transfer_pace": 1}, "more"),
            Choice("step_by_step", {**SHARED, "transfer_pace": 48}, "less"),
            Choice("steep", {"power_imbalance": 3.0, "facilitation": 0.0, "inclusion": "consulted"}),
        ),
    ),
    Lesson(
        "copying",
        Kind.WAY,
        12,
        outcome="effectiveness",
        also=("structural_per_region", "share_lasting"),
        choices=(
            Choice("copy", {"transfer_mode": "copy"}, "less"),
            Choice("principles", {"transfer_mode": "principles"}, "more"),
        ),
        before={**LINKED, "transfer_mode": "none"},
    ),
    Lesson(
        "together",
        Kind.TOKENS,
        20,
        outcome="structural_per_region",
        also=("share_lasting", "effectiveness", "trust"),
        reforms=(
            Reform("doors", {"sector_silo": 0.2, "communication_channels": 0.8}),
            Reform("parties", {"political_silo": 0.1, "ideological_distance": 0.2}),
            Reform("promise", {"commitment": 24}),
            Reform("staff", {"staff_turnover": 0.05}),
            Reform("group", {"support_infrastructure": 0.6}),
            Reform("chair", {"facilitation": 0.8}),
            Reform("users", {"inclusion": "throughout"}),
            Reform("training", {"training": 0.6}),
            Reform("money", {"eu_funding": 0.9}),
        ),
        tokens=3,
    ),
    Lesson("sandbox", Kind.SANDBOX, 15),
)
"""All lessons; how far each choice moves its levers is a choice of this program, not an estimate."""


def lesson_named(name: str) -> Lesson | None:
    """Return a lesson by its id, None where there is none."""
    return next((one for one in LESSONS if one.id == name), None)


def settings() -> list[Setting]:
    """Return all worlds that lessons compare, tokens left out: worth simulating beforehand."""
    found = []
    for lesson in LESSONS:
        if lesson.outcome:
            found.append(lesson.setting_before())
            found.extend(lesson.setting(one) for one in lesson.choices)
    return found
