"""A button that copies the address of the page."""

from __future__ import annotations

from solara.components.component_vue import component_vue


@component_vue("copy.vue", vuetify=False)
def CopyLink(label: str, copied: str, by_hand: str, address: str = "") -> None:
    """Show the button.

    Args:
        label: What it says.
        copied: Said once the address is copied.
        by_hand: Said when the browser does not allow it.
        address: Address to copy; that of the page when empty.
    """
