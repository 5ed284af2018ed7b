"""A field that opens a text file of the visitor's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara
from solara.components.component_vue import component_vue


@component_vue("file.vue", vuetify=False)
def _TextFile(label: str, choose: str, note: str, event_put: Any) -> None: ...


@solara.component
def TextFile(label: str, choose: str, on_text: Callable[[str], None], note: str = "") -> None:
    """Show the field: the browser's own would speak the browser's language, not the visitor's.

    Args:
        label: What the file is.
        choose: What the button says.
        on_text: Called with what it holds; empty when it is far too large.
        note: Shown below.
    """
    _TextFile(label=label, choose=choose, note=note, event_put=lambda text: on_text(str(text)))
