"""Trainer: a session with a clicker, a curtain, a clock, and a second window for the room."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.visitors import PHONE, Visit, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SESSION = "/trainer?lang=en&plan=45"


def test_a_clicker_leads_through_the_parts(visit: Visit) -> None:
    page = visit().open(SESSION, ".cc-clock")
    sees(page.locator(".cc-clock-face")).to_have_text("04:00")
    page.keyboard.press("PageDown")
    page.wait_for_function("location.search.includes('plan.part=2')")
    page.get_by_role("heading", name="Whom do you phone?").wait_for()
    sees(page.locator(".cc-clock-face")).to_have_text("10:00")
    page.keyboard.press("PageUp")
    page.wait_for_function("location.search.includes('plan.part=1')")


def test_the_clock_runs_and_stops(visit: Visit) -> None:
    page = visit().open(SESSION, ".cc-clock")
    page.get_by_role("button", name="Start").click()
    page.wait_for_function("document.querySelector('.cc-clock-face').textContent < '03:59'")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Start").wait_for()
    stood = page.locator(".cc-clock-face").inner_text()
    page.wait_for_timeout(1_500)
    assert page.locator(".cc-clock-face").inner_text() == stood
    page.get_by_role("button", name="Set back").click()
    sees(page.locator(".cc-clock-face")).to_have_text("04:00")


def test_the_window_of_the_room_follows_the_notes_and_its_curtain_falls(visit: Visit) -> None:
    page = visit().open(SESSION, ".cc-clock")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the room’s window").click()
    room = opened.value
    room.get_by_role("heading", name="Opening").wait_for()
    sees(room.locator(".cc-header")).not_to_be_visible()
    page.keyboard.press("PageDown")
    room.get_by_role("heading", name="Whom do you phone?").wait_for()
    page.keyboard.press("b")
    room.locator(".cc-curtain").wait_for()
    assert page.locator(".cc-curtain").count() == 0
    page.keyboard.press("b")
    room.locator(".cc-curtain").wait_for(state="detached")


def test_the_clicker_leads_the_room_through_a_lesson_and_on_to_the_next_part(visit: Visit) -> None:
    page = visit().open("/lessons/phone?lang=en&plan=45&plan.part=2&projector=1", "fieldset")
    for step in ("Try it", "What happened", "What it stands for", "For the table"):
        page.keyboard.press("PageDown")
        page.get_by_role("heading", name=step, exact=True).wait_for()
    page.keyboard.press("PageDown")
    page.wait_for_url("**/lessons/election**")
    page.wait_for_url("**plan.part=3**")


def test_page_down_scrolls_as_usual_where_nobody_leads(visit: Visit) -> None:
    page = visit().open("/lessons/silos?lang=en&lesson.guess=less", "fieldset")
    page.keyboard.press("PageDown")
    page.wait_for_timeout(500)
    assert "step=result" not in page.url


def test_cards_are_printed_without_the_rest_of_the_page(visit: Visit) -> None:
    page = visit().open("/trainer/cards?lang=en", ".cc-role")
    sees(page.locator(".cc-role")).to_have_count(8)
    page.emulate_media(media="print")
    sees(page.locator(".cc-header")).not_to_be_visible()
    sees(page.get_by_role("button", name="Print")).not_to_be_visible()
    sees(page.locator(".cc-role").first).to_be_visible()


def test_where_only_this_machine_can_open_the_app_a_command_stands_in_place_of_the_code(visit: Visit) -> None:
    page = visit().open("/trainer?lang=en", ".cc-invitation")
    sees(page.locator(".cc-command")).to_have_text("cocreate app --host 192.168.1.20")
    page.get_by_text("works on this computer only").wait_for()
    assert page.locator(".cc-code").count() == 0


def test_the_code_leads_to_the_address_by_which_the_visitor_came(visit: Visit) -> None:
    visitor = visit()
    visitor.address = visitor.address.replace(
        "127.0.0.1", "room.localhost"
    )  # a name as a network may give it
    page = visitor.open("/trainer?lang=en", ".cc-code svg")
    label = re.compile(re.escape(f"{visitor.address}/?lang=en"))
    sees(page.locator(".cc-code")).to_have_attribute("aria-label", label)
    assert page.locator(".cc-command").count() == 0


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
@pytest.mark.parametrize("size", [(1280, 720), (1280, 900), (1920, 1080)], ids=str)
def test_at_the_projector_picture_buttons_and_timeline_share_a_window_and_grow_with_the_letters(
    visit: Visit, size: tuple[int, int], motion: str
) -> None:
    path = "/lessons/power?lang=en&step=watch&plan=45&plan.part=4&projector=1"
    page = visit(size, reduced_motion=motion).open(path, ".ccp-line")
    page.wait_for_function("document.querySelector('.ccp-player').player?.stage.height > 0")
    assert page.locator(".ccp-note").count() == (motion == "reduce")
    seen = page.evaluate(
        "() => { const player = document.querySelector('.ccp-player').player;"
        " const box = css => document.querySelector(css).getBoundingClientRect();"
        " const letters = parseFloat(getComputedStyle(document.documentElement).fontSize);"
        " return { end: box('.ccp-line').bottom, top: box('.ccp-sentence').top, window: window.innerHeight,"
        "   unit: player.unit, letters, row: player.timeline.rowHeight * player.unit,"
        "   high: box('.ccp-line').height - player.timeline.height * player.unit }; }"
    )
    assert 0 <= seen["top"] < seen["end"] <= seen["window"]
    assert seen["unit"] == pytest.approx(seen["letters"] / 16)
    assert seen["letters"] >= 18
    assert abs(seen["high"]) < 1


def test_a_mark_is_hit_where_it_is_seen_when_letters_are_large(visit: Visit) -> None:
    page = visit((1920, 1080)).open("/lessons/power?lang=en&step=watch&projector=1", ".ccp-line")
    page.wait_for_function("document.querySelector('.ccp-player').player?.stage.height > 0")
    at, x, y = page.evaluate(
        "() => { const { timeline, replay, unit } = document.querySelector('.ccp-player').player;"
        " const mark = replay.marks.findLast(one => one[1] === 'election');"
        " return [mark[0], timeline.x(mark[0]) * unit, timeline.rowY(0) * unit]; }"
    )
    page.locator(".ccp-line").click(position={"x": x, "y": y})
    page.wait_for_function("at => document.querySelector('.ccp-player').player.time === at", arg=at)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_sound_for_everybody(
    visit: Visit, violations: Callable[[Any], list[str]], theme: str
) -> None:
    visitor = visit(color_scheme=theme)
    room = "/trainer/room?lang=en&plan=45&plan.part=1&projector=1"
    for path, shows in {SESSION: ".cc-clock", "/trainer/cards?lang=en": ".cc-role", room: "h1"}.items():
        assert violations(visitor.open(path, shows)) == [], path


def test_nothing_is_wider_than_a_phone(visit: Visit) -> None:
    visitor = visit(PHONE)
    for path in (SESSION, "/trainer?lang=en", "/trainer/cards?lang=en"):
        visitor.open(path.replace("lang=en", "lang=xx"))
        assert visitor.overflow() <= 0, path
