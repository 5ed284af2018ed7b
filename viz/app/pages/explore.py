"""Explore: change a world, see it play out again, and read what twenty such worlds say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import solara

from cocreate.agents.errors import CocreateError
from cocreate.viz.app.controls.button import button
from cocreate.viz.app.course import use_course
from cocreate.viz.app.ensembles import use_ensembles
from cocreate.viz.app.explore_controls import (
    ChangeList,
    Drawer,
    Headlines,
    PresetChoice,
    SeedRow,
    refused_text,
)
from cocreate.viz.app.parts import tag
from cocreate.viz.app.replays import World, use_replays
from cocreate.viz.app.result import OutcomeChoice, Result, outcome_of
from cocreate.viz.app.state import Setting
from cocreate.viz.app.story_card import StoryCard
from cocreate.viz.app.take_away import TakeAway
from cocreate.viz.app.verdicts import compared, sentence
from cocreate.viz.app.visit import Visit, use_visit

PATH = "/explore"
MOST_UNDONE = 50


@solara.component
def Page() -> None:
    """Show the page."""
    visit = use_visit()
    words = visit.words
    past = solara.use_reactive(list[Setting]())
    refused = solara.use_reactive("")
    since = solara.use_reactive(0)
    month = since.value if since.value < visit.setting.horizon else 0
    solara.Title(visit.title("explore.title"))

    course = use_course(visit.query, visit.setting)

    def go(setting: Setting) -> None:
        address = address_of(visit, setting)
        course.ask(address.partition("?")[2], setting)
        visit.go(address)

    def change(make: Callable[[Setting], Setting]) -> None:
        before = course.now
        try:
            after = make(before)
        except CocreateError as error:
            refused.set(refused_text(words, error))
            return
        refused.set("")
        if after.key() != before.key() or after.preset != before.preset:
            past.set([*past.value, before][-MOST_UNDONE:])
            go(after)

    def undo() -> None:
        refused.set("")
        if past.value:
            *earlier, last = past.value
            past.set(earlier)
            go(last)

    tag("h1", words("explore.title"))
    tag("p", words("explore.lead"))
    if refused.value:
        tag("p", refused.value, css="cc-notice", role="alert")
    with solara.Div(classes=["cc-explore"]):
        with tag("section", css="cc-card cc-controls", aria_label=words("explore.controls")):
            PresetChoice(visit, visit.setting, change)
            SeedRow(visit, change)
            Headlines(visit, visit.setting, change, month=month)
            with tag("div", css="cc-row"):
                button(words("explore.undo"), undo, disabled=not past.value)
                button(
                    words("explore.reset"),
                    lambda: change(lambda setting: setting.baseline),
                    disabled=visit.setting.is_baseline,
                )
            ChangeList(visit, visit.setting, change)
            Drawer(visit, change, month, since.set)
        _Results(visit)
        with tag("div", css="cc-rest"):
            _Watch(visit, past.value[-1] if past.value else None)
            TakeAway(visit, change)


def address_of(visit: Visit, setting: Setting) -> str:
    """Return the address of this page for another world, looking at the same outcome."""
    return visit.address(PATH, setting, outcome=visit.entry("outcome"))


@solara.component
def _Results(visit: Visit) -> None:
    """Show what the worlds say; on a phone the sentence stays in sight while sliders are moved."""
    words, setting, outcome = visit.words, visit.setting, outcome_of(visit)
    progress = use_ensembles((setting.baseline, setting))
    with tag("div", css="cc-contents"):
        with (
            tag("div", css="cc-top"),
            tag("section", css="cc-card cc-result", aria_label=words("explore.results")),
        ):
            if setting.is_baseline:
                tag("p", words("explore.first_hint"))
            Result(words, progress, (words("explore.before"), words("explore.now")), outcome)
            OutcomeChoice(visit, visit.address(PATH, setting))
        if progress.value is not None and not setting.is_baseline:
            before, now = progress.value.played
            said = sentence(words, compared(before, now, outcome))
            with tag("div", css="cc-echo cc-stale" if progress.stale else "cc-echo", aria_hidden="true"):
                tag("p", said)


@solara.component
def _Watch(visit: Visit, previous: Setting | None) -> None:
    """Show the player, with the starting world or the one before the last change in grey."""
    words, setting = visit.words, visit.setting
    since_last = solara.use_reactive(False)
    month = solara.use_reactive(0)
    picked = solara.use_reactive(dict[str, Any]())
    twin = previous if since_last.value and previous is not None else setting.baseline
    progress = use_replays(setting, twin)

    def compare_with(last: bool) -> None:
        since_last.set(last)
        month.set(0)

    def pick(found: Mapping[str, Any]) -> None:
        picked.set(dict(found))

    with tag("section", css="cc-card", aria_label=words("explore.watch")):
        tag("h2", words("explore.watch"))
        grey = "explore.all_same" if setting.is_baseline else "explore.base_grey"
        tag("p", words("explore.last_change" if since_last.value and previous else grey), css="cc-soft")
        with tag("div", css="cc-row"):
            button(words("explore.replay_change"), lambda: compare_with(last=True), disabled=previous is None)
            if since_last.value:
                button(words("explore.replay_base"), lambda: compare_with(last=False))
        World(progress, month.value, month.set, pick)
        StoryCard(words, setting, twin, picked.value)
