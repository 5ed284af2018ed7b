"""Ten languages: each page is wholly in the one that was asked for, and has room for the longest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cocreate.model.levers import ASSUMPTION
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.evidence import evidence
from cocreate.viz.app.words import LANGUAGES, Words
from cocreate.viz.app.words.catalogue import PSEUDO, texts_of
from tests.browser.places import PLACES
from tests.browser.visitors import DESKTOP, PHONE, Visit, Visitor, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ZOOMED = (640, 450)
"""A window of 1280 x 900 at 200 %: as many CSS pixels, each four of the screen."""

TEXTS = """() => {
  const plain = 'code, script, style, noscript, [lang]:not(html), [translate=no]';
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && !node.parentElement.closest(plain)) found.push(node.data);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'aria-description']) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      if (!one.closest(plain)) found.push(one.getAttribute(name));
    }
  }
  return found;
}"""
"""All texts of a page, seen and unseen, that are meant to be read in the visitor's language."""

INNERMOST = re.compile("⟦[^⟦⟧]*⟧")


def names() -> list[str]:
    """Return what is the same in every language: names of levers and of sources, the longest first."""
    found = evidence()
    assert found is not None
    sources = {one.source.removeprefix("direction: ").removeprefix("level: ") for one in LEVERS.values()}
    sources |= {one.source for one in found.patterns}
    return sorted({*LEVERS, *sources} - {ASSUMPTION, ""}, key=len, reverse=True)


def undisguised(texts: list[str]) -> list[str]:
    """Return the texts that hold letters which no file of words gave, addresses and names left out."""
    same = re.compile("|".join([r"https?://\S+", rf"\b{PSEUDO}\b", *map(re.escape, names())]))
    found = []
    for text in texts:
        left = same.sub("", text)
        while (shorter := INNERMOST.sub("", left)) != left:
            left = shorter
        if re.search(r"[^\W\d_]", left):
            found.append(text)
    return found


def test_hard_coded_text_would_be_found() -> None:
    said = ["⟦Ïñ ⟦öñé⟧ ~⟧", "12 %", "⟦Tîtlé⟧ | ⟦Ñamé⟧", "No title", "⟦Yêš⟧ no"]
    assert undisguised(said) == ["No title", "⟦Yêš⟧ no"]


@pytest.mark.parametrize("name", [name for name in PLACES if name != "model"])
def test_no_text_is_hard_coded(visit: Visit, name: str) -> None:
    page = PLACES[name].visit(visit(), PSEUDO)
    if page.locator(".cc-drawer button").count():
        page.locator(".cc-drawer button").click()
        page.locator(".cc-find").wait_for()
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    page.wait_for_timeout(200)
    assert undisguised(page.evaluate(TEXTS)) == []


def test_the_description_says_in_which_language_it_is(visit: Visit) -> None:
    page = PLACES["model"].visit(visit(), "fi")
    assert page.locator(".cc-odd h1").first.evaluate("one => one.closest('[lang]').lang") == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_their_title_in_every_language(visit: Visit, language: str) -> None:
    visitor, words = visit(), Words(language, strict=True)
    for name, key in {"explore": "explore.title", "lesson-result": "lessons.silos.title"}.items():
        page = PLACES[name].visit(visitor, language)
        sees(page.locator("html")).to_have_attribute("lang", language)
        sees(page.locator("main h1").first).to_have_text(words(key))
        sees(page).to_have_title(re.compile(f"^{re.escape(words(key))}"))


MEASURED = """texts => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = getComputedStyle(document.body).font;
  const width = (text) => pen.measureText(text).width;
  const widest = (words) => Math.max(...words.map(width));
  const beaten = (score) => (a, b) => (score(texts[b].join(' ')) > score(texts[a].join(' ')) ? b : a);
  const longest = (score) => Object.keys(texts).reduce(beaten(score));
  return [...new Set([longest(width), longest((text) => widest(text.split(/\\s+/)))])];
}"""
"""Given texts by language, returns the language that takes most room, and the one with the widest word."""


def longest_languages(page: Any, areas: tuple[str, ...]) -> list[str]:
    """Return the languages in which texts of some areas take most room, measured in the page's own font."""
    texts = {
        code: [text for key, text in texts_of(code).items() if key.split(".")[0] in areas]
        for code in LANGUAGES
    }
    found: list[str] = page.evaluate(MEASURED, texts)
    return found


def overflow_at(visitor: Visitor, size: tuple[int, int]) -> int:
    """Return by how many pixels the page is too wide for a window of some size."""
    visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
    visitor.page.wait_for_timeout(150)
    return visitor.overflow()


@pytest.mark.parametrize("name", PLACES)
def test_nothing_is_too_wide_in_the_longest_languages(visit: Visit, name: str) -> None:
    visitor = visit(device_scale_factor=2)
    page = visitor.open("/?lang=en")
    wide = {}
    for language in longest_languages(page, ("common", *PLACES[name].areas)):
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        PLACES[name].visit(visitor, language)
        for size in (DESKTOP, ZOOMED, PHONE):
            wide[language, size] = overflow_at(visitor, size)
    assert {key: pixels for key, pixels in wide.items() if pixels > 0} == {}
