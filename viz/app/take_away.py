"""What a visitor can take away from a world: a link, files, and the way to the comparison."""

from __future__ import annotations

import solara

from cocreate.viz.app.controls.copy import CopyLink
from cocreate.viz.app.controls.file import TextFile
from cocreate.viz.app.explore_controls import Change
from cocreate.viz.app.notices import Notices
from cocreate.viz.app.parts import link, tag
from cocreate.viz.app.state import Problem, read_levers_file
from cocreate.viz.app.visit import Visit

LABELS = {
    "page.html": "explore.save_page",
    "series.csv": "explore.save_csv",
    "worlds.csv": "explore.save_worlds",
    "slide.png": "explore.save_png",
    "slide.pdf": "explore.save_pdf",
    "world.toml": "explore.save_world",
}


@solara.component
def TakeAway(visit: Visit, change: Change) -> None:
    """Offer link and files, and open a file of settings."""
    words, setting = visit.words, visit.setting
    problems = solara.use_reactive(tuple[Problem, ...]())

    def opened(text: str) -> None:
        reading = read_levers_file(text)
        problems.set(reading.problems)
        if not reading.problems:
            change(lambda _now: reading.setting)

    with tag("section", css="cc-card", aria_label=words("explore.share")):
        tag("h2", words("explore.share"))
        with tag("div", css="cc-row"):
            CopyLink(
                label=words("explore.copy_link"),
                copied=words("explore.copied"),
                by_hand=words("explore.copy_failed"),
            )
            to_compare = visit.address("/compare", setting.baseline, setting, outcome=visit.entry("outcome"))
            link(words("explore.compare"), to_compare, css="cc-button")
        tag("p", words("explore.link_note"), css="cc-soft")
        with tag("ul", css="cc-files"):
            for name, key in LABELS.items():
                address = visit.address(f"/files/{name}", setting, outcome=visit.entry("outcome"))
                tag("li", tag("a", words(key), href=address, download=""))
        TextFile(
            label=words("explore.open_file"),
            choose=words("explore.choose_file"),
            on_text=opened,
            note=words("explore.find_hint"),
        )
        Notices(words, problems.value)
