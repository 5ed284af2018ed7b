"""Visitors: a link tells one what another saw, and nothing else ever passes between them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.places import PLACES
from tests.browser.visitors import Visit, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COPYING = {"permissions": ["clipboard-read", "clipboard-write"], "locale": "en-GB"}
ALL = "main"


def copied_link(page: Any) -> str:
    """Press the button that copies the link, and return the link."""
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("name", ["explore", "compare"])
def test_a_copied_link_opened_afresh_says_and_holds_the_same(visit: Visit, name: str) -> None:
    visitor = visit(**COPYING)
    page = PLACES[name].visit(visitor)
    before = visitor.settled()
    page.get_by_role("slider", name="Standing support").last.focus()
    page.keyboard.press("End")
    said = visitor.settled(before)
    link = copied_link(page)
    other = visit(locale="en-GB")
    other.open(link.removeprefix(other.address), "canvas")
    assert other.settled() == said
    held = "(() => { const p = document.querySelector('.ccp-player').player; return JSON.stringify("
    held += "[p.replay.levers, p.replay.seed, p.replay.marks]); })()"
    page.wait_for_function(f"({held}) === {other.page.evaluate(held)!r}")


def test_a_link_to_a_lessons_answer_gives_the_same_answer(visit: Visit) -> None:
    answers = []
    for _ in range(2):
        page = PLACES["lesson-result"].visit(visit())
        page.locator(".cc-onward").wait_for()
        answers.append(page.locator(".cc-result").inner_text())
    assert answers[0] == answers[1]


def shown(visitor: Visitor) -> str:
    """Return all that a page says, and its address."""
    fields = "[...document.querySelectorAll('input, select')].map(one => one.value).join()"
    return f"{visitor.page.url} {visitor.page.inner_text(ALL)} {visitor.page.evaluate(fields)}"


def test_nothing_that_one_visitor_does_shows_at_another(visit: Visit) -> None:
    one, other = visit(locale="en-GB"), visit(locale="fi-FI")
    PLACES["explore"].visit(one)
    PLACES["explore"].visit(other, "fi")
    before = shown(other)
    page = one.page
    page.get_by_role("button", name="Another world").click()
    page.get_by_role("button", name="All settings").click()
    page.get_by_label("Find a setting").fill("mandate")
    page.locator("#cc-mandate").focus()
    page.keyboard.press("End")
    page.wait_for_function("location.search.includes('mandate=1')")
    page.locator(".cc-theme select").select_option("dark")
    page.get_by_label("Look at", exact=True).select_option(index=1)
    page.locator(".ccp-stage").focus()
    page.keyboard.press("End")
    one.settled()
    assert shown(other) == before
    assert other.page.evaluate("document.querySelector('.ccp-player').player.time") == 0


def test_a_curtain_and_a_clicker_reach_the_rooms_window_of_the_same_browser_only(visit: Visit) -> None:
    trainer, other = visit(), visit()
    PLACES["session"].visit(trainer)
    PLACES["room"].visit(other)
    before = shown(other)
    trainer.page.keyboard.press("b")
    trainer.page.keyboard.press("PageDown")
    trainer.page.wait_for_function("location.search.includes('plan.part=3')")
    other.page.wait_for_timeout(500)
    assert shown(other) == before
    assert other.page.locator(".cc-curtain").count() == 0


def test_two_tabs_of_one_browser_are_two_visits(visit: Visit) -> None:
    one = visit()
    PLACES["explore"].visit(one)
    tab = Visitor(one.page.context.new_page(), one.address)
    PLACES["explore"].visit(tab)
    before = shown(tab)
    one.page.get_by_role("button", name="Another world").click()
    one.page.wait_for_function("location.search.includes('seed=2')")
    one.settled()
    assert shown(tab) == before
