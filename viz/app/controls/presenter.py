"""What a trainer's clicker does: on and back, and a curtain over the picture."""

from __future__ import annotations

from collections.abc import Mapping

import solara
from solara.components.component_vue import component_vue

from cocreate.viz.app.words import Words


@component_vue("presenter.vue", vuetify=False)
def _Presenter(notes: bool, projector: bool, room: str, step: str, labels: Mapping[str, str]) -> None: ...


@solara.component
def Presenter(
    words: Words, *, notes: bool = False, projector: bool = False, room: str = "", step: str = ""
) -> None:
    """Listen to Page Up, Page Down and B; show nothing until the curtain falls.

    Page Down follows the link marked ``data-next``, Page Up the one marked ``data-previous``.

    Args:
        words: Words of the visitor's language.
        notes: Whether this window shows the trainer's notes; it then leads the one at the projector.
        projector: Whether this window is the one at the projector: large letters, nothing around.
        room: Address that the window at the projector shall show, of the window with the notes.
        step: What the page shows; when it changes, the focus goes to where that begins.
    """
    _Presenter(
        notes=notes,
        projector=projector,
        room=room,
        step=step,
        labels={"curtain": words("trainer.curtain"), "lift": words("trainer.lift")},
    )
