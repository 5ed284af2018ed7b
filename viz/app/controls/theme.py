"""A switch between the light look, the dark one, and that of the visitor's machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import solara
import solara.lab
from solara.components.component_vue import component_vue


@component_vue("theme.vue", vuetify=False)
def _ThemeSwitch(labels: Mapping[str, str], event_dark: Any) -> None: ...


@solara.component
def ThemeSwitch(labels: Mapping[str, str]) -> None:
    """Show the switch.

    Args:
        labels: Texts by ``title``, ``light``, ``dark`` and ``auto``.
    """

    def set_dark(dark: bool | None) -> None:
        solara.lab.theme.dark = dark

    _ThemeSwitch(labels=dict(labels), event_dark=set_dark)
