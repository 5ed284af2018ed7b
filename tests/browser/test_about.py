"""About: what the model is and is not, with its sources, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.visitors import PHONE, Visit, sees

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_settings_open_with_their_sources(visit: Visit) -> None:
    page = visit().open("/about?lang=en", ".cc-about")
    page.get_by_text("Walls (silos)").first.click()
    row = page.get_by_role("row", name="sector_silo")
    row.wait_for()
    sees(row).to_contain_text("CoSIE policy brief")


def test_patterns_that_the_model_misses_are_told(visit: Visit) -> None:
    page = visit().open("/about?lang=en", ".cc-about")
    page.get_by_role("table", name="Does it behave like the world?").wait_for()
    page.get_by_text("Not met: “Projects alone change little").wait_for()
    page.get_by_text("It predicts no town").wait_for()


def test_the_description_is_read_without_a_network(visit: Visit) -> None:
    page = visit().open("/about/model?lang=en", ".cc-odd h1")
    sees(page.locator(".cc-odd table").nth(10)).to_be_visible()
    sees(page.get_by_role("heading", name="1.1 Purpose and patterns")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/about?lang=en", "/about/model?lang=en"])
def test_the_pages_are_sound_for_everybody(
    visit: Visit, violations: Callable[[Any], list[str]], path: str, theme: str
) -> None:
    assert violations(visit(color_scheme=theme).open(path, ".cc-about, .cc-odd")) == []


def test_nothing_is_wider_than_a_phone(visit: Visit) -> None:
    visitor = visit(PHONE)
    for path, shows in {"/about?lang=xx": ".cc-about", "/about/model?lang=xx": ".cc-odd"}.items():
        visitor.open(path, shows)
        assert visitor.overflow() <= 0, path
