"""Without a network: every page loads, a lesson plays, and nothing ever asks for anything from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from tests.browser.places import PLACES
from tests.browser.visitors import Server, Visit, Visitor, arrive, guarded_environment, patient

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REACH_OUT = "import socket; socket.create_connection(({host!r}, 9), timeout=1)"


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_the_server_of_these_tests_cannot_leave_this_machine_without_being_noticed(host: str) -> None:
    command = [sys.executable, "-c", REACH_OUT.format(host=host)]
    done = subprocess.run(command, env=guarded_environment(), capture_output=True, text=True, check=False)
    assert "REACHED OUT" in done.stderr
    assert "Network is unreachable" in done.stderr


def test_every_page_loads_with_the_network_cut_off(visit: Visit, server: Server) -> None:
    visitor = visit()
    for place in PLACES.values():
        place.visit(visitor)
    assert server.reached_out == []


def test_a_request_to_elsewhere_would_fail_a_test(chromium: Any, server: Server) -> None:
    context = patient(chromium.new_context())
    visitor = Visitor(context.new_page(), server.address)
    visitor.listen()
    visitor.open("/?lang=en").evaluate("void fetch('http://192.0.2.1/').catch(() => {})")
    visitor.page.wait_for_timeout(200)
    context.close()
    assert visitor.problems[0] == "request to elsewhere: http://192.0.2.1/"


def test_a_lesson_plays_with_the_network_cut_off(visit: Visit, server: Server) -> None:
    page = visit().open("/lessons/silos?lang=en", "fieldset")
    page.locator("input[name=guess]").first.check()
    for shown in (".cc-answer", "canvas"):
        page.locator("[data-next]").click()
        page.locator(shown).first.wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(f"{PLAYED}.time > 2")
    page.get_by_role("button", name="Pause", exact=True).click()
    for step in ("What it stands for", "For the table"):
        page.locator("[data-next]").click()
        arrive(page, step)
    assert server.reached_out == []


def test_a_browser_that_goes_offline_keeps_its_page(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/explore?lang=en&preset=village&months=60", "canvas")
    visitor.settled()
    said = page.locator(".cc-result .cc-sentence").inner_text()
    page.context.set_offline(True)
    assert press_end(page) == 60
    assert page.locator(".cc-result .cc-sentence").inner_text() == said
    page.context.set_offline(False)


PLAYED = "document.querySelector('.ccp-player').player"


def press_end(page: Any) -> float:
    """Press End on the picture, and return the month that it shows then."""
    page.locator(".ccp-stage").focus()
    page.keyboard.press("End")
    return float(page.evaluate(f"{PLAYED}.time"))
