"""The server: it says its address, keeps to itself, and can be stopped and started under a visitor."""

import socket
from typing import Any

import pytest

from cocreate.viz.app.errors import AddressError
from cocreate.viz.app.serve import serve
from cocreate.viz.app.words import Words
from tests.browser.crowd import Crowd
from tests.browser.visitors import Server, Visit, Visitor, patient, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.address.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_told_with_a_way_out() -> None:
    pytest.importorskip("solara")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(AddressError, match="--port 0 for any free one"):
            serve(port=taken.getsockname()[1], open_browser=False)


def test_there_is_a_page_for_pages_that_are_not_there(chromium: Any, server: Server) -> None:
    page = patient(chromium.new_page(locale="fi-FI"))
    for path in ("/nonsense", "/files/nonsense", "/look/nonsense.css", "/look/..%2fsite.py"):
        answer = page.goto(f"{server.address}{path}")
        assert answer is not None
        assert answer.status == 404
        assert page.evaluate("document.documentElement.lang") == "fi"
        assert page.locator("main a").count() == 1
    page.close()


def test_a_page_says_that_the_server_is_gone_still_moves_and_goes_on_after_a_restart(chromium: Any) -> None:
    server = Server()
    page = patient(chromium.new_page(locale="en-GB"))
    visitor = Visitor(page, server.address)
    visitor.open("/explore?lang=en&preset=village&months=60&seed=5", "canvas")
    server.stop()
    page.locator("#cc-offline").wait_for(state="visible")
    month = page.locator(".ccp-player input[type=range]").first
    before = month.input_value()
    month.focus()
    page.keyboard.press("End")
    assert month.input_value() != before
    again = Server(server.port)
    page.locator("#cc-offline").wait_for(state="hidden")
    page.wait_for_function("window.solara.debug.remountCount > 0")
    page.get_by_text("World number: 5").wait_for()
    page.get_by_role("button", name="Another world").click()
    page.wait_for_function("location.search.includes('seed=6')")
    assert "Traceback" not in page.inner_text("body")
    page.close()
    again.stop()


def test_a_page_whose_link_was_made_for_another_version_is_told_what_is_missing(visit: Visit) -> None:
    page = visit().open("/compare?lang=en&preset=gone&b.preset=gone_too", ".cc-sentence")
    sees(page.locator(".cc-notice")).to_contain_text("gone_too")


def test_visitors_who_come_all_at_once_to_a_server_that_has_just_begun_see_their_pages(
    chromium: Any,
) -> None:
    server = Server()
    crowd = Crowd(chromium, server, 6)
    crowd.open(["/explore?lang=en&preset=village&months=24"] * 6, ".cc-sentence")
    assert crowd.problems == []
    crowd.leave()
    server.stop()
    assert "Traceback" not in server.said


BREAKING = """
import cocreate.viz.app.main as pages

def broken():
    raise RuntimeError("the secret of the house")

pages.use_visit = broken
"""


def test_what_breaks_outside_all_pages_is_told_in_plain_words_and_written_to_the_log(chromium: Any) -> None:
    server = Server(first=BREAKING, SOLARA_TELEMETRY_MIXPANEL_ENABLE="False")  # as the command sets it
    page = patient(chromium.new_page(locale="fi-FI"))
    page.goto(f"{server.address}/explore")
    told = page.get_by_text(Words("fi")("common.broken"))
    told.wait_for()
    shown = page.inner_text("body")
    assert "Traceback" not in shown
    assert "secret" not in page.content()
    page.locator("#cc-broken a").wait_for()
    page.close()
    server.stop()
    assert "the secret of the house" in server.said
