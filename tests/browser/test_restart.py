"""A server that dies: pages say so and keep what they have; when it is back they go on by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.places import PLACES
from tests.browser.visitors import Server, Visitor, patient

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAYER = "document.querySelector('.ccp-player').player"


@pytest.fixture
def pages(chromium: Any) -> Iterator[list[Any]]:
    """Return three empty pages of one browser."""
    context = patient(chromium.new_context(locale="en-GB"))
    yield [context.new_page() for _ in range(3)]
    context.close()


def test_pages_outlive_a_server_that_is_killed_and_go_on_with_the_next_one(pages: list[Any]) -> None:
    explore, lesson, trainer = pages
    server = Server()
    for page, name in zip(pages, ("explore", "lesson-watch", "session"), strict=True):
        PLACES[name].visit(Visitor(page, server.address))
    server.stop(at_once=True)
    for page in pages:
        page.locator("#cc-offline").wait_for(state="visible")
    for page in (explore, lesson):
        page.locator(".ccp-stage").focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(f"{PLAYER}.time") == 1
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function(f"{PLAYER}.time > 2")
    explore.get_by_role("button", name="Another world").click()
    trainer.keyboard.press("PageDown")
    again = Server(server.port)
    for page in pages:
        page.locator("#cc-offline").wait_for(state="hidden")
    explore.get_by_role("button", name="Another world").click()
    explore.wait_for_function("location.search.includes('seed=')")
    lesson.locator("[data-next]").click()
    lesson.wait_for_function("location.search.includes('step=brief')")
    trainer.get_by_role("button", name="Start").wait_for()
    trainer.keyboard.press("PageDown")
    trainer.wait_for_function("location.search.includes('plan.part=')")
    assert not any("Traceback" in page.inner_text("body") for page in pages)
    again.stop()
    assert "Traceback" not in again.said


def test_a_page_that_waited_for_long_goes_on_once_there_is_a_server(pages: list[Any]) -> None:
    server = Server()
    page = PLACES["explore"].visit(Visitor(pages[0], server.address))
    page.evaluate("() => { solara.debug.kernel()._reconnectAttempt = 99; }")  # as after two minutes
    server.stop(at_once=True)
    page.wait_for_function("window.app.$data.connectionStatus === 'disconnected'")
    page.locator("#cc-offline").wait_for(state="visible")
    again = Server(server.port)
    page.locator("#cc-offline").wait_for(state="hidden")
    page.get_by_role("button", name="Another world").click()
    page.wait_for_function("location.search.includes('seed=2')")
    assert "sector_silo=0.2" in page.url
    again.stop()


def test_a_server_that_is_stopped_under_its_visitors_says_nothing_about_it(pages: list[Any]) -> None:
    server = Server()
    Visitor(pages[0], server.address).open("/?lang=en")
    server.stop()
    assert server.said.splitlines() == [f"The app is at {server.address} (Ctrl+C stops it)."]
