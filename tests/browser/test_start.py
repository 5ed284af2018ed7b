"""The first page: a question, three doors, ten languages, and a frame around it all."""

from collections.abc import Callable
from typing import Any

import pytest

from cocreate.viz.app.words import LANGUAGES, Words
from tests.browser.visitors import PHONE, Visit, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_doors_lead_to_their_pages_without_loading_anew(visit: Visit) -> None:
    visitor = visit(locale="en-GB")
    page = visitor.open("/")
    page.evaluate("window.sameDocument = true")
    page.get_by_role("link", name="Explore", exact=True).click()
    page.locator(".cc-explore").wait_for()
    page.wait_for_function("window.sameDocument && location.pathname === '/explore'")
    page.wait_for_function("document.activeElement.id === 'cc-main'")
    page.go_back()
    page.locator(".cc-doors").wait_for()


def test_the_browsers_language_is_used_and_the_links_language_wins(visit: Visit) -> None:
    page = visit(locale="fi-FI").open("/")
    sees(page.locator("html")).to_have_attribute("lang", "fi")
    sees(page.locator("h1")).to_have_text(Words("fi")("start.question"))
    page.locator(".cc-languages summary").click()
    page.locator(".cc-languages").get_by_text(LANGUAGES["el"]).click()
    sees(page.locator("html")).to_have_attribute("lang", "el")
    sees(page.locator("h1")).to_have_text(Words("el")("start.question"))


def test_an_unknown_language_is_told_and_the_page_goes_on(visit: Visit) -> None:
    page = visit(locale="en-GB").open("/?lang=tlh")
    sees(page.locator(".cc-notice")).to_contain_text("tlh")
    sees(page.locator(".cc-door")).to_have_count(3)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_sound_for_everybody_in_both_themes(
    visit: Visit, violations: Callable[[Any], list[str]], theme: str
) -> None:
    page = visit(color_scheme=theme, locale="en-GB").open("/")
    sees(page.locator(f".theme--{theme}#app")).to_have_count(1)
    assert violations(page) == []


def test_nothing_is_wider_than_a_phone(visit: Visit) -> None:
    visitor = visit(PHONE, locale="el")
    visitor.open("/")
    assert visitor.overflow() <= 0


def test_the_look_can_be_chosen_and_stays(visit: Visit) -> None:
    page = visit(color_scheme="light", locale="en-GB").open("/")
    page.locator(".cc-theme select").select_option("dark")
    page.locator("#app.theme--dark").wait_for()
    page.reload()
    page.locator("#app.theme--dark h1").wait_for()
