"""The first page: one question, and three doors."""

from __future__ import annotations

import solara

from cocreate.viz.app.lessons import LESSONS
from cocreate.viz.app.parts import link, tag
from cocreate.viz.app.state import Setting
from cocreate.viz.app.visit import use_visit

DOORS = ("lessons", "explore", "trainer")


@solara.component
def Page() -> None:
    """Show the question and the doors."""
    visit = use_visit()
    words = visit.words
    minutes = [one.minutes for one in LESSONS]
    known = {"least": min(minutes), "most": max(minutes)}
    solara.Title(words("common.name"))
    with tag("div", css="cc-start"):
        tag("p", words("start.kicker", people=Setting().set_up.people_count), css="cc-kicker")
        tag("h1", words("start.question"))
        tag("p", words("start.answer"), css="cc-lead")
        with tag("ul", css="cc-doors"):
            for door in DOORS:
                with tag("li"), tag("a", css="cc-door", href=visit.address(f"/{door}"), data_here=""):
                    tag("strong", words(f"start.{door}"))
                    tag("span", words(f"start.{door}_more", **known))
        link(words("start.about"), visit.address("/about"))
