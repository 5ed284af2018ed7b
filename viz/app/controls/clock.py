"""A clock that counts down in the browser."""

from __future__ import annotations

from collections.abc import Mapping

import solara
from solara.components.component_vue import component_vue

from cocreate.viz.app.words import Words


@component_vue("clock.vue", vuetify=False)
def _Clock(minutes: float, part: str, labels: Mapping[str, str]) -> None: ...


@solara.component
def Clock(words: Words, minutes: float, part: str) -> None:
    """Show the clock.

    Args:
        words: Words of the visitor's language.
        minutes: Minutes to count down; below zero it goes on counting what is too much.
        part: What is timed; another one begins with its own minutes.
    """
    names = ("title", "start", "pause", "more", "reset", "over")
    _Clock(minutes=minutes, part=part, labels={name: words(f"trainer.clock.{name}") for name in names})
