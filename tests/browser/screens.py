"""Pictures of every page, to be looked at: ``python -m tests.browser.screens FOLDER [LANGUAGE ...]``.

Each page is taken wide and on a phone, light and dark, in English, Finnish and Greek if no language is named.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import ViewportSize, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.places import PLACES
from tests.browser.visitors import DESKTOP, PHONE, Server, Visitor, patient

LANGUAGES = ("en", "fi", "el")
SIZES = {"wide": DESKTOP, "phone": PHONE}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def take_all(folder: Path, languages: tuple[str, ...]) -> int:
    """Take a picture of every page and return how many there are.

    Args:
        folder: Where they go, a folder for each page.
        languages: Codes of languages.
    """
    server = Server()
    taken = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for (size, (width, height)), theme in product(SIZES.items(), THEMES):
            view = ViewportSize(width=width, height=height)
            context = patient(browser.new_context(viewport=view, color_scheme=theme, reduced_motion="reduce"))
            visitor = Visitor(context.new_page(), server.address)
            for language, (name, place) in product(languages, PLACES.items()):
                page = place.visit(visitor, language)
                path = folder / name / f"{name}-{language}-{size}-{theme}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=path, full_page=name != "model")  # the description has forty screens
                taken += 1
            context.close()
        browser.close()
    server.stop()
    return taken


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    print(f"{take_all(Path(sys.argv[1]), tuple(sys.argv[2:]) or LANGUAGES)} pictures in {sys.argv[1]}")
