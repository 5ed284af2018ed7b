"""Buttons for what only the browser can do: print the page, or let the curtain fall."""

from __future__ import annotations

from typing import Literal

import solara
from solara.components.component_vue import component_vue


@component_vue("press.vue", vuetify=False)
def _Press(does: str, label: str) -> None: ...


@solara.component
def Press(does: Literal["print", "curtain"], label: str) -> None:
    """Show the button.

    Args:
        does: What it does.
        label: What is written on it.
    """
    _Press(does=does, label=label)
