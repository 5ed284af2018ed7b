"""The boundary: whatever breaks inside a page, the visitor reads a sentence and the log has the rest."""

from __future__ import annotations

import logging
from typing import Any

import solara

from cocreate.viz.app.parts import tag
from cocreate.viz.app.visit import use_visit

logger = logging.getLogger("cocreate.app")


@solara.component
def Boundary(children: list[Any]) -> None:
    """Show the children, or a message where one of them breaks; another address tries again."""
    visit = use_visit()
    error, clear = solara.use_exception()
    broken_at = solara.use_ref("")
    here = f"{visit.path}?{visit.query}"
    if error is not None and broken_at.current not in ("", here):
        broken_at.current = ""
        clear()
        error = None
    if error is None:
        solara.Div(children=children)
        return
    if broken_at.current != here:
        broken_at.current = here
        logger.error("The page %s broke", visit.path, exc_info=error)
    words = visit.words
    with solara.Div(classes=["cc-notice", "cc-wrong"]):
        tag("h1", words("common.broken"), role="alert")
        tag("p", words("common.broken_more"))
        tag("p", tag("a", words("common.to_start"), href=f"/?lang={words.language}"))
