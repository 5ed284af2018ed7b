"""Nonsense: whatever is in a link, in a file, or clicked at once, the page says what happened and goes on."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

from cocreate.viz.app.words import Words
from tests.browser.visitors import PATIENCE, Visit, Visitor, patient, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALL = "/explore?lang=en&preset=village&months=60"
WORDS = Words("en", strict=True)

LINKS = {
    "an unknown lever": ("secter_silo=0.2", "“secter_silo” is not something that can be set here"),
    "a value out of range": ("sector_silo=9", "“sector_silo” cannot be “9”"),
    "a text for a number": ("sector_silo=high", "“sector_silo” cannot be “high”"),
    "not a number": ("sector_silo=nan", "“sector_silo” cannot be “nan”"),
    "a seed of letters": ("seed=lucky", "“seed” has to be a whole number"),
    "a change of nothing": ("at=soon:sector_silo=0.2", "The change “soon:sector_silo=0.2” could not be read"),
    "a preset that is gone": ("preset=atlantis", "no starting world called “atlantis”"),
    "a script": ("%3Cscript%3Ealert(1)%3C/script%3E=1", "<script>alert(1)</script>"),
    "bytes that are no text": ("sector_silo=%FF%FE%00", "“sector_silo” cannot be"),
}


@pytest.mark.parametrize(("query", "said"), LINKS.values(), ids=LINKS.keys())
@pytest.mark.parametrize("path", ["/explore", "/compare"])
def test_a_hand_edited_link_is_told_and_the_page_goes_on(
    visit: Visit, path: str, query: str, said: str
) -> None:
    visitor = visit()
    page = visitor.open(f"{path}?lang=en&months=24&{query}", ".cc-sentence")
    sees(page.locator(".cc-notice")).to_contain_text(said)
    page.get_by_role("button", name="Another world").click()
    page.wait_for_function("location.search.includes('seed=2')")


@pytest.mark.parametrize("path", ["/", "/lessons/silos", "/trainer", "/about"])
def test_pages_without_a_world_open_with_any_query(visit: Visit, path: str) -> None:
    visitor = visit()
    page = visitor.open(f"{path}?lang=en&sector_silo=high&=&&x=%FF&plan=99&step=%00", "main h1")
    sees(page.locator("main h1").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/explore"])
def test_a_query_of_a_hundred_thousand_characters_is_answered_in_plain_words(
    chromium: Any, server: Any, path: str
) -> None:
    page = patient(chromium.new_page(locale="en-GB"))
    visitor = Visitor(page, server.address)
    page.goto(f"{server.address}{path}?sector_silo={'9' * 100_000}")
    page.get_by_text(WORDS("problem.too_long")).wait_for()
    assert "Traceback" not in page.inner_text("body")
    visitor.open("/?lang=en")
    page.close()


@pytest.mark.parametrize("query", ["sector_silo=high", "preset=atlantis", f"sector_silo={'9' * 100_000}"])
@pytest.mark.parametrize("file", ["series.csv", "page.html", "worlds.csv", "slide.png", "world.toml"])
def test_a_file_of_a_world_that_makes_no_sense_is_refused_in_plain_words(
    chromium: Any, server: Any, file: str, query: str
) -> None:
    page = patient(chromium.new_page(locale="en-GB"))
    answer = page.goto(f"{server.address}/files/{file}?lang=en&b.preset=village&{query}")
    assert answer is not None
    assert answer.status == 400
    assert WORDS("problem.heading", count=1) in page.locator("main").inner_text()
    assert page.locator("main a").count() == 1
    page.close()


@pytest.mark.parametrize("language", ["tlh", "EN", "en-GB", "../../etc/passwd", "%00", "é" * 300])
def test_an_unknown_language_leaves_a_page_in_a_known_one(visit: Visit, language: str) -> None:
    page = visit(locale="sv-SE").open(f"/?lang={language}")
    shown = page.evaluate("document.documentElement.lang")
    assert shown in ("en", "sv")
    sees(page.locator("main h1")).to_have_text(Words(shown)("start.question"))


FILES = {
    "binary.toml": bytes(range(256)) * 40,
    "json.json": json.dumps({"levers": [1, 2, {"sector_silo": None}]}).encode(),
    "levers of text.toml": b'sector_silo = "high"\n',
    "unknown.toml": b"no_such_lever = 1\n",
    "deep.toml": b"a = " + b"[" * 5_000 + b"]" * 5_000,
    "empty.toml": b"",
    "huge.toml": b"# nothing\n" * 1_000_000,
}


def test_files_of_nonsense_are_told_and_change_nothing(visit: Visit, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.open(SMALL, ".cc-files")
    before = page.url
    for name, content in FILES.items():
        path = tmp_path / name
        path.write_bytes(content)
        page.locator("input[type=file]").set_input_files(path)
        page.get_by_text(WORDS("problem.bad_file")).wait_for()
        page.wait_for_timeout(400)
        assert page.url == before, name
    page.get_by_role("button", name="Another world").click()
    page.wait_for_function("location.search.includes('seed=2')")


CHAOS = """() => {
  const buttons = [...document.querySelectorAll('.cc-controls button')];
  const slide = (name, value) => {
    const slider = document.getElementById(name);
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const sliders = [...document.querySelectorAll('.cc-controls input[type=range]')];
  for (let time = 0; time < 10; time++) {
    buttons[time % buttons.length].click();
    slide(sliders[time % sliders.length].id, sliders[0].max);
  }
}"""


def wait_until_still(page: Any) -> None:
    """Wait until nothing new has been shown for three seconds."""
    end, since, shown = time.monotonic() + PATIENCE / 1000, time.monotonic(), ""
    while time.monotonic() - since < 3:
        assert time.monotonic() < end
        now = page.url + page.inner_text("main")
        if now != shown:
            since, shown = time.monotonic(), now
        page.wait_for_timeout(200)


def test_ten_clicks_at_once_on_all_there_is_leave_a_page_that_says_what_its_address_says(
    visit: Visit,
) -> None:
    visitor = visit()
    page = visitor.open(SMALL, "canvas")
    visitor.settled()
    page.evaluate(CHAOS)
    wait_until_still(page)
    said = visitor.settled()
    seed = page.get_by_text("World number").inner_text()
    other = visit()
    other.open(urlparse(page.url)._replace(scheme="", netloc="").geturl(), "canvas")
    assert other.settled() == said
    assert other.page.get_by_text("World number").inner_text() == seed
    values = "[...document.querySelectorAll('.cc-controls input[type=range]')].map(one => one.value)"
    assert other.page.evaluate(values) == page.evaluate(values)


def test_ten_clicks_at_once_on_the_ways_of_a_lesson_lead_somewhere_that_exists(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/lessons/silos?lang=en&step=brief&lesson.guess=more", "[data-next]")
    page.evaluate(
        "() => { const ways = ['[data-next]', '[data-previous]', '.cc-trail a'];"
        " for (let i = 0; i < 10; i++) document.querySelector(ways[i % 3]).click(); }"
    )
    wait_until_still(page)
    place = page.locator(".cc-trail a[aria-current=step]")
    place.wait_for()
    sees(page.locator(".cc-step h2").first).to_have_text(place.inner_text())
