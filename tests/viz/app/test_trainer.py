"""Sessions: plans that add up, the same in the app and in the guide, and a link that works."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cocreate.viz.app.lessons import LESSONS
from cocreate.viz.app.lessons.lesson import WHOLE
from cocreate.viz.app.state import read_query
from cocreate.viz.app.trainer.link import code_of, only_here, origin_of
from cocreate.viz.app.trainer.plans import PLANS, ROLES, part_after, part_before, part_of
from cocreate.viz.app.visit import Visit
from cocreate.viz.app.words import Words

WORDS = Words("en", strict=True)
GUIDE = Path(__file__).parents[3] / "docs" / "facilitator-guide.md"


@pytest.mark.parametrize("plan", PLANS)
def test_the_minutes_of_the_parts_are_those_of_the_plan(plan: str) -> None:
    assert sum(one.minutes for one in PLANS[plan]) == int(plan)


@pytest.mark.parametrize("plan", PLANS)
def test_every_part_has_notes_and_a_title(plan: str) -> None:
    for part in PLANS[plan]:
        area = "lessons" if part.is_lesson else "trainer"
        assert WORDS(f"{area}.{part.activity}.title")
        assert WORDS(f"trainer.{part.activity}.do")
        if not part.is_lesson:
            assert WORDS(f"trainer.{part.activity}.room")


@pytest.mark.parametrize("plan", PLANS)
def test_the_guide_has_the_same_parts_and_minutes_as_the_app(plan: str) -> None:
    section = GUIDE.read_text(encoding="utf-8").split(f"### {plan} minutes")[1].split("##")[0]
    told = re.findall(r"^\| ([^|]+?) \| (\d+) \|", section, re.MULTILINE)
    titles = [
        WORDS(f"{'lessons' if one.is_lesson else 'trainer'}.{one.activity}.title") for one in PLANS[plan]
    ]
    assert told == [(title, str(part.minutes)) for title, part in zip(titles, PLANS[plan], strict=True)]


def test_the_guide_goes_through_the_steps_of_each_kind_of_lesson() -> None:
    section = " ".join(
        GUIDE.read_text(encoding="utf-8").split("## How each lesson goes")[1].split("\n## ")[0].split()
    )
    usual = re.findall(r"\d\. \*\*([^*]+)\.\*\*", section)
    assert usual == [WORDS(f"lessons.step.{step}") for step in WHOLE]
    for lesson in LESSONS:
        if lesson.steps != WHOLE:
            told = section.split(f"*{WORDS(f'lessons.{lesson.id}.title')}*")[1]
            steps = ", ".join(WORDS(f"lessons.step.{step}") for step in lesson.steps)
            assert re.findall(r"\*\*([^*]+)\*\*", told)[0] == steps


def test_a_session_goes_from_part_to_part_and_ends() -> None:
    first, last = PLANS["90"][0], PLANS["90"][-1]
    assert part_before("90", first.number) is None
    assert part_after("90", first.number) == PLANS["90"][1]
    assert part_after("90", last.number) is None
    assert part_after("", "1") is None


@pytest.mark.parametrize(("plan", "number"), [("45", "99"), ("45", "x"), ("45", "")])
def test_a_wrong_number_of_a_part_leads_to_the_first_one(plan: str, number: str) -> None:
    assert part_of(plan, number) == PLANS[plan][0]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_whole_card(role: str) -> None:
    assert all(WORDS(f"trainer.role.{role}.{name}") for name in ("title", "who", "want", "fear"))


@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({}, "http://127.0.0.1"),
        ({"host": ["192.168.1.20:8765"]}, "http://192.168.1.20:8765"),
        ({"host": "a.example", "x-forwarded-proto": "https"}, "https://a.example"),
        ({"host": "a.example", "x-forwarded-proto": "javascript"}, "http://a.example"),
        (
            {
                "host": "127.0.0.1:8765",
                "x-forwarded-host": "a.example, inner",
                "x-forwarded-proto": "https,http",
            },
            "https://a.example",
        ),
    ],
)
def test_the_link_follows_the_address_by_which_the_visitor_came(
    headers: dict[str, list[str] | str], origin: str
) -> None:
    assert origin_of(headers) == origin


def test_an_address_of_this_machine_is_told_from_one_of_the_room() -> None:
    assert only_here("http://localhost:8765")
    assert only_here("http://127.0.0.1")
    assert only_here("http://0.0.0.0:8765")
    assert only_here("http://[::]:8765")
    assert not only_here("http://192.168.1.20:8765")
    assert not only_here("http://[fe80::1]:8765")


@pytest.mark.parametrize(
    ("origin", "code"), [("http://127.0.0.1:8765", False), ("http://192.168.1.20:8765", True)]
)
def test_a_code_is_shown_where_it_works_and_else_the_command_that_makes_it_work(
    origin: str, code: bool
) -> None:
    solara = pytest.importorskip("solara", reason='The app is not installed: pip install "cocreate[app]"')
    from cocreate.viz.app.pages.trainer import Invitation  # noqa: PLC0415 - after the skip

    here = Visit("/trainer", "lang=en", WORDS, read_query(""), lambda _to: None)
    box, context = solara.render(Invitation(here, origin), handle_error=False)
    shown = " ".join(parts(box))
    context.close()
    assert ("<svg" in shown) == (f"{origin}/" in shown) == code
    assert ("cocreate app --host" in shown) != code


def parts(box: Any) -> list[str]:
    """Return all texts and markup in a tree of elements."""
    own = [str(getattr(box, "unsafe_innerHTML", ""))]
    inner = [[one] if isinstance(one, str) else parts(one) for one in getattr(box, "children", [])]
    return own + [text for one in inner for text in one]


def test_the_code_is_a_drawing_that_names_no_other_host() -> None:
    drawn = code_of("http://192.168.1.20:8765/?lang=fi")
    assert drawn.startswith("<svg")
    assert "script" not in drawn
    assert drawn != code_of("http://192.168.1.20:8765/?lang=sv")
