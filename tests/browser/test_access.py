"""For everybody: by keyboard with a focus that is seen, without motion, at twice the size, for a reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.places import PLACES
from tests.browser.visitors import Visit, patient, sees, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAYER = "document.querySelector('.ccp-player').player"

TAB_STOPS = """() => {
  window.reached = new Set();
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const groups = new Set();
  return [...document.querySelectorAll(kinds)].filter((one) => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== 'radio') return true;
    const first = !groups.has(one.name);
    groups.add(one.name);
    return first;
  }).length;
}"""
"""Counts what Tab has to reach; of radio buttons that belong together it reaches one."""

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || window.reached.has(one)) return null;
  window.reached.add(one);
  const ring = (part) => {
    const style = part && getComputedStyle(part);
    return Boolean(style) && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const seen = one.closest('label') || one;
  const box = seen.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const ringed = ring(one) || ring(one.labels && one.labels[0]);
  return { what: one.outerHTML.slice(0, 120), ring: ringed, inside, size: box.width * box.height };
}"""

FAR = 150
"""Presses of Tab within which anything on the longest page is reached."""


def walk(page: Any) -> list[dict[str, Any]]:
    """Press Tab from the top of a page until it comes round, and return every stop."""
    page.evaluate("document.activeElement && document.activeElement.blur()")
    stops: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("Tab never comes to an end")


@pytest.mark.parametrize(
    "name",
    ["start", "lesson-guess", "lesson-draw", "lesson-tokens", "explore", "compare", "session", "about"],
)
def test_tab_reaches_everything_and_the_focus_is_seen(visit: Visit, name: str) -> None:
    page = PLACES[name].visit(visit())
    count = page.evaluate(TAB_STOPS)
    stops = walk(page)
    assert len(stops) == count
    assert [one["what"] for one in stops if not one["ring"]] == []
    assert [one["what"] for one in stops if not one["inside"] or one["size"] < 100] == []


def test_a_world_is_changed_played_and_undone_without_a_mouse(visit: Visit) -> None:
    visitor = visit()
    page = PLACES["explore"].visit(visitor)
    before = visitor.settled()
    tab_to(page, "input[type=range]", FAR)
    page.keyboard.press("End")
    after = visitor.settled(before)
    tab_to(page, ".ccp-stage", FAR)
    page.keyboard.press("Space")
    page.wait_for_function(f"{PLAYER}.time > 1")
    page.keyboard.press("Space")
    assert page.evaluate(f"{PLAYER}.playing") is False
    tab_to(page, ".ccp-player select", FAR)
    page.evaluate("document.activeElement.blur()")  # Tab begins at the top again
    tab_to(page, ".cc-controls input[type=range]", FAR)
    undo = page.get_by_role("button", name="Undo")
    sees(undo).to_be_enabled()
    undo.evaluate("button => button.setAttribute('data-sought', '')")
    tab_to(page, "[data-sought]", FAR)
    page.keyboard.press("Enter")
    assert visitor.settled(after) == before


def test_a_session_is_chosen_and_led_without_a_mouse(visit: Visit) -> None:
    page = PLACES["trainer"].visit(visit())
    tab_to(page, "main .cc-door", FAR)
    page.keyboard.press("Enter")
    page.locator(".cc-clock").wait_for()
    tab_to(page, ".cc-clock button", FAR)
    page.keyboard.press("Enter")
    tab_to(page, "[data-next]", FAR)
    page.keyboard.press("Enter")
    page.wait_for_function("location.search.includes('plan.part=2')")


@pytest.mark.parametrize("name", ["explore", "lesson-watch"])
def test_who_asks_for_less_motion_sees_none_and_can_step(visit: Visit, name: str) -> None:
    page = PLACES[name].visit(visit(reduced_motion="reduce"))
    page.locator(".ccp-picture").wait_for()
    assert not page.get_by_role("button", name="Play", exact=True).is_visible()
    frames = page.evaluate(f"{PLAYER}.frames")
    page.wait_for_timeout(700)
    assert page.evaluate(f"[{PLAYER}.time, {PLAYER}.frames]") == [0, frames]
    page.get_by_role("button", name="One month on").click()
    assert page.evaluate(f"{PLAYER}.time") == 1
    lasting = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 10).length"
    assert page.evaluate(lasting) == 0


AXE_ELSEWHERE = ("lesson-watch", "lesson-table", "lesson-tokens", "lessons", "sandbox", "room")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_places_that_have_no_test_of_their_own_are_sound(
    visit: Visit, violations: Callable[[Any], list[str]], theme: str
) -> None:
    visitor = visit(color_scheme=theme)
    found = {name: violations(PLACES[name].visit(visitor)) for name in AXE_ELSEWHERE}
    page = PLACES["start"].visit(visitor)
    page.locator(".cc-languages summary").click()
    page.locator(".cc-languages a").first.wait_for()
    found["languages"] = violations(page)
    page = visitor.open("/explore?lang=en&months=24&preset=gone&sector_silo=high", ".cc-notice")
    visitor.settled()
    found["notice"] = violations(page)
    assert {name: one for name, one in found.items() if one} == {}


def test_a_page_that_is_not_there_is_sound(
    chromium: Any, server: Any, violations: Callable[[Any], list[str]]
) -> None:
    page = patient(chromium.new_page(locale="el-GR"))
    page.goto(f"{server.address}/nonsense")
    assert violations(page) == []
    page.close()
