"""Paper: what is printed looks the same in both themes, in dark ink on white."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.visitors import Visit, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOK = """() => [...document.querySelectorAll("html, #app, .cc-app, .cc-app *")].map(one => {
  const { color, backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(one);
  return [one.tagName, color, backgroundColor, borderTopColor, fill, stroke].join(" ");
})"""
"""The colours of all that a page shows."""

PAGES = {
    "/trainer?lang=en&plan=45": ".cc-clock",
    "/trainer/cards?lang=en": ".cc-role",
    "/lessons/silos?lang=en&step=watch&lesson.guess=more": ".ccp-line",
}
"""Pages that are printed, and what they show once they are there."""


def on_screen_and_on_paper(page: Any, theme: str) -> tuple[list[str], list[str]]:
    """Return the colours of a page as they are, and as they are printed."""
    if page.locator(".ccp-line").count():
        wait_until(page, f"document.querySelector('.ccp-player').dataset.theme === '{theme}'")
    screen = page.evaluate(LOOK)
    page.emulate_media(media="print")
    if page.locator(".ccp-line").count():
        wait_until(page, "document.querySelector('.ccp-player').dataset.theme === 'light'")
    paper = page.evaluate(LOOK)
    page.emulate_media(media="screen")
    return screen, paper


@pytest.mark.parametrize("chosen", [False, True], ids=["by the device", "by the visitor"])
def test_on_paper_the_dark_look_is_the_light_one(visit: Visit, chosen: bool) -> None:
    looks = []
    for theme in ("light", "dark"):
        visitor = visit(color_scheme="light" if chosen else theme)
        found = []
        for path, shows in PAGES.items():
            page = visitor.open(path, shows)
            if chosen:
                page.locator(".cc-tools select").select_option(theme)
                page.locator(f"#app.theme--{theme}").wait_for()
            found.append(on_screen_and_on_paper(page, theme))
        looks.append(found)
    for (light, light_paper), (dark, dark_paper) in zip(*looks, strict=True):
        assert light != dark
        assert light_paper == dark_paper
