"""Compare: two worlds on common random numbers, what would happen without a change, and whose share it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from cocreate.agents.errors import CocreateError
from cocreate.viz.app.compare_parts import Gap, SharesOfParts, Without
from cocreate.viz.app.controls.copy import CopyLink
from cocreate.viz.app.course import use_course
from cocreate.viz.app.ensembles import use_ensembles
from cocreate.viz.app.explore_controls import (
    Change,
    ChangeList,
    Headlines,
    PresetChoice,
    SeedRow,
    refused_text,
)
from cocreate.viz.app.headlines import END, HEADLINES
from cocreate.viz.app.parts import tag
from cocreate.viz.app.replays import World, use_replays
from cocreate.viz.app.result import OutcomeChoice, outcome_of
from cocreate.viz.app.shares import parts_between, second_world
from cocreate.viz.app.state import Setting
from cocreate.viz.app.story_card import StoryCard
from cocreate.viz.app.take_away import LABELS
from cocreate.viz.app.visit import Visit, use_visit
from cocreate.viz.app.words import Words

PATH = "/compare"
EXAMPLE = "support"
"""Headline by which the second world differs when the address names none."""


@solara.component
def Page() -> None:
    """Show the page."""
    visit = use_visit()
    words = visit.words
    refused = solara.use_reactive("")
    solara.Title(visit.title("compare.title"))
    first, second = both(visit)
    outcome = outcome_of(visit)
    names = (words("compare.first"), words("compare.second"))
    progress = use_ensembles((first, second))

    course = use_course(visit.query, (first, second))

    def changing(*, of_second: bool) -> Change:
        def change(make: Callable[[Setting], Setting]) -> None:
            one, other = course.now
            try:
                now = (one, second_world(one, make(other))) if of_second else _with_first(make(one), other)
            except CocreateError as error:
                refused.set(refused_text(words, error))
                return
            refused.set("")
            address = address_of(visit, *now)
            course.ask(address.partition("?")[2], now)
            visit.go(address)

        return change

    tag("h1", words("compare.title"))
    tag("p", words("compare.lead"))
    if refused.value:
        tag("p", refused.value, css="cc-notice", role="alert")
    with solara.Div(classes=["cc-pair"]):
        for place, setting in enumerate((first, second)):
            with tag("section", css="cc-card", aria_label=names[place]):
                tag("h2", names[place])
                _Side(visit, setting, changing(of_second=bool(place)), slot=str(place))
    with tag("div", css="cc-row cc-both"):
        SeedRow(visit, changing(of_second=False))
    OutcomeChoice(visit, address_of(visit, first, second, keep_outcome=False))
    Gap(words, progress, names, outcome)
    parts = parts_between(first, second)
    Without(words, first, second, parts, outcome)
    SharesOfParts(words, first, parts, outcome)
    _Watch(words, first, second)
    _Files(visit, first, second)


def both(visit: Visit) -> tuple[Setting, Setting]:
    """Return the two worlds of the address; the second has the luck and the months of the first."""
    first = visit.setting
    if visit.has_second:
        return first, visit.second.setting
    headline = next(one for one in HEADLINES if one.name == EXAMPLE)
    return first, first.with_levers(headline.levers(first, END))


def _with_first(first: Setting, second: Setting) -> tuple[Setting, Setting]:
    """Return both worlds after a change of the first, whose luck and months the second takes over."""
    return first, second_world(first, second)


def address_of(visit: Visit, first: Setting, second: Setting, *, keep_outcome: bool = True) -> str:
    """Return the address of this page for other worlds."""
    outcome = visit.entry("outcome") if keep_outcome else ""
    return visit.address(PATH, first, second, outcome=outcome)


@solara.component
def _Watch(words: Words, first: Setting, second: Setting) -> None:
    """Show the player with both worlds, and the stories of whoever was picked."""
    picked = solara.use_reactive(dict[str, Any]())
    progress = use_replays(second, first)
    with tag("section", css="cc-card", aria_label=words("compare.watch")):
        tag("h2", words("compare.watch"))
        tag("p", words("compare.watch_note"), css="cc-soft")
        World(progress, on_picked=lambda found: picked.set(dict(found)))
        StoryCard(words, second, first, picked.value)


@solara.component
def _Files(visit: Visit, first: Setting, second: Setting) -> None:
    """Offer the link and the files that hold both worlds."""
    words = visit.words
    with tag("section", css="cc-card", aria_label=words("explore.share")):
        tag("h2", words("explore.share"))
        address = address_of(visit, first, second)
        CopyLink(
            label=words("explore.copy_link"),
            copied=words("explore.copied"),
            by_hand=words("explore.copy_failed"),
            address=address,
        )
        with tag("ul", css="cc-files"):
            for name in ("page.html", "worlds.csv", "slide.png", "slide.pdf"):
                file = visit.address(f"/files/{name}", first, second, outcome=visit.entry("outcome"))
                tag("li", tag("a", words(LABELS[name]), href=file, download=""))


@solara.component
def _Side(visit: Visit, setting: Setting, change: Change, slot: str) -> None:
    """Show what one of the two worlds is."""
    PresetChoice(visit, setting, change)
    Headlines(visit, setting, change, slot)
    ChangeList(visit, setting, change)
