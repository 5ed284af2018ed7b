"""A button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cocreate.viz.app.parts import tag


def button(text: str, on_click: Callable[[], None], *, main: bool = False, disabled: bool = False) -> Any:
    """Return a button.

    Args:
        text: What it says.
        on_click: Called when it is pressed.
        main: Whether it is what a visitor most likely wants.
        disabled: Whether it can be pressed at all.
    """
    css = "cc-button cc-main" if main else "cc-button"
    state = "disabled" if disabled else None
    return tag("button", text, css=css, on_click=on_click, type="button", disabled=state)
