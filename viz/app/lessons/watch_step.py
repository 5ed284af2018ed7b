"""The step in which one of the worlds is watched, beside the same world without the change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solara

from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.parts import tag
from cocreate.viz.app.replays import World, use_replays
from cocreate.viz.app.story_card import StoryCard


@solara.component
def WatchStep(play: Play) -> None:
    """Show the player, and the story of whoever is picked."""
    words = play.visit.words
    month = solara.use_reactive(0)
    picked = solara.use_reactive(dict[str, Any]())
    progress = use_replays(play.now, play.before)

    def pick(found: Mapping[str, Any]) -> None:
        picked.set(dict(found))

    if not play.projector:
        tag("p", words("lessons.watch_lead"))
    World(progress, month.value, month.set, pick)
    if play.projector:  # picture, buttons and timeline have the window to themselves
        tag("p", words("lessons.watch_lead"))
    if picked.value:
        StoryCard(words, play.now, play.before, picked.value)
