"""Lessons: played through by keyboard, drawn with a finger, and sound for everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.visitors import PHONE, Visit, arrive, sees, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SILOS = "/lessons/silos?lang=en"
ELECTION = "/lessons/election?lang=en"


def test_a_whole_lesson_is_played_by_keyboard_alone(visit: Visit) -> None:
    page = visit().open(SILOS, "fieldset")
    assert page.locator("[data-next]").count() == 0  # a guess comes first
    tab_to(page, "input[name=guess]")
    page.keyboard.press("ArrowUp")
    page.wait_for_function("location.search.includes('lesson.guess=less')")
    for step in ("What happened", "Watch it", "What it stands for", "For the table"):
        page.locator("[data-next]").wait_for()
        tab_to(page, "[data-next]")
        page.keyboard.press("Enter")
        arrive(page, step)
        if step == "What happened":
            sees(page.locator(".cc-answer")).to_contain_text("You guessed “fewer”")
            sees(page.locator(".cc-sentence").first).to_contain_text("of 20 worlds")
        if step == "Watch it":
            page.locator("canvas").first.wait_for()
    page.get_by_text("Which wall did it meet first?").wait_for()
    tab_to(page, "[data-next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/election**")


def test_a_line_drawn_by_hand_is_shown_against_the_worlds(visit: Visit) -> None:
    page = visit().open(ELECTION, ".cc-draw svg")
    page.locator(".cc-draw-sliders").scroll_into_view_if_needed()
    box = page.locator(".cc-draw svg").bounding_box()
    highest = float(page.locator(".cc-draw-sliders input").last.get_attribute("max"))
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + 0.9 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.99 * box["width"], box["y"] + 0.25 * box["height"], steps=12)
    page.mouse.up()
    page.wait_for_function("location.search.includes('lesson.guess=')")
    kept = parse_qs(urlsplit(page.url).query)["lesson.guess"][0].split(",")
    shown = page.locator(".cc-draw-sliders output").all_inner_texts()
    assert [float(one) for one in kept] == [float(one) for one in shown]  # nothing is hidden by rounding
    sees(page.locator(".cc-draw-sliders input").last).to_have_attribute("step", "0.1")
    page.locator("[data-next]").click()
    said = page.locator(".cc-answer")
    sees(said).to_contain_text("Your line ends at")
    found = re.match(r"Your line ends at ([\d.]+),", said.inner_text())
    assert found is not None
    assert float(found[1]) == pytest.approx(0.75 * highest, abs=0.05 * highest)
    sees(page.locator(".guess .middle")).to_have_count(1)


def test_each_slider_stands_under_its_point_and_the_years_under_the_axis(visit: Visit) -> None:
    page = visit().open(ELECTION, ".cc-draw svg")
    points, sliders = (
        page.locator(css).evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(box => (box.left + box.right) / 2)"
        )
        for css in (".cc-draw-point", ".cc-draw-sliders input")
    )
    assert sliders == pytest.approx(points, abs=2)
    assert page.locator(".cc-draw-frame .cc-time").all_inner_texts() == ["0", "3", "6", "9", "12", "15"]


def test_the_phone_is_played_until_all_departments_are_reached(visit: Visit) -> None:
    page = visit().open("/lessons/phone?lang=en&step=play", ".cc-phones")
    for call in range(1, 20):
        if page.get_by_text("Done: you have spoken").count():
            break
        page.locator(".cc-desk-call").last.click()
        page.wait_for_function(f"document.querySelectorAll('.cc-desk-called').length === {call}")
    page.get_by_text("The shortest way takes 4").wait_for()
    made = page.locator(".cc-desk-called").count()
    page.reload()
    page.get_by_text("The shortest way takes 4").wait_for()
    sees(page.locator(".cc-desk-called")).to_have_count(made)  # the address keeps them
    page.locator("[data-next]").click()
    sees(page.locator(".cc-answer")).to_contain_text(f"You yourself needed {made} calls.")


def test_tokens_run_out_and_the_sum_is_told_apart_from_the_whole(visit: Visit) -> None:
    page = visit().open("/lessons/together?lang=en", "fieldset")
    boxes = page.get_by_role("checkbox")
    for place, left in enumerate(("2 tokens left", "1 token left", "0 tokens left")):
        boxes.nth(place).check()
        page.get_by_text(left).wait_for()
    sees(boxes.nth(5)).to_be_disabled()
    page.locator("[data-next]").click()
    page.get_by_role("table", name="Each reform alone").wait_for()
    sees(page.get_by_role("rowheader", name="Together")).to_have_count(1)


@pytest.mark.parametrize(
    "query",
    ["step=77&lesson.choice=x&lesson.guess=%3Cscript%3E", "lesson.guess=1,2&seed=-4", "plan=9&plan.part=x"],
)
def test_a_hand_edited_link_still_opens_the_lesson(visit: Visit, query: str) -> None:
    page = visit().open(f"/lessons/election?lang=en&{query}", ".cc-draw")
    sees(page.locator("h1").first).to_have_text("The next election")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_kinds_of_steps_are_sound_for_everybody(
    visit: Visit, violations: Callable[[Any], list[str]], theme: str
) -> None:
    visitor = visit(color_scheme=theme)
    for path, shows in {
        "/lessons?lang=en": ".cc-lessons",
        ELECTION: ".cc-draw",
        f"{SILOS}&step=result&lesson.guess=more": ".cc-answer",
        "/lessons/phone?lang=en&step=play": ".cc-phones",
        f"{SILOS}&step=brief": ".cc-card",
    }.items():
        page = visitor.open(path, shows)
        assert violations(page) == [], path


def test_nothing_is_wider_than_a_phone(visit: Visit) -> None:
    visitor = visit(PHONE)
    for path, shows in {
        ELECTION: ".cc-draw",
        f"{SILOS}&step=result&lesson.guess=more": ".cc-answer",
        "/lessons/phone?lang=en&step=play": ".cc-phones",
    }.items():
        visitor.open(path.replace("lang=en", "lang=xx"), shows)
        assert visitor.overflow() <= 0, path
