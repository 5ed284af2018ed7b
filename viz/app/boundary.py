"""The boundary: whatever breaks inside a page, the visitor reads a sentence and the log has the rest."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

import solara

from cocreate.viz.app.parts import tag
from cocreate.viz.app.visit import use_visit

logger = logging.getLogger("cocreate.app")


def guarded(page: Any) -> Callable[..., Any]:
    """Return a component that shows a page, or a message when it breaks; another address tries again.

    Args:
        page: The component of the page. It is made in here: an element handed over from outside would be
            tried again and again.
    """

    @functools.wraps(page.f)
    def Guarded(*parts: str) -> None:
        visit = use_visit()
        error, clear = solara.use_exception()
        broken_at = solara.use_ref("")
        here = f"{visit.path}?{visit.query}"
        if error is not None and broken_at.current not in ("", here):
            clear()
            error, broken_at.current = None, ""
        if error is None:
            page(*parts)
            return
        if broken_at.current != here:
            broken_at.current = here
            logger.error("The page %s broke", visit.path or "/", exc_info=error)
        words = visit.words
        with solara.Div(classes=["cc-notice", "cc-wrong"]):
            tag("h1", words("common.broken"), role="alert")
            tag("p", words("common.broken_more"))
            tag("p", tag("a", words("common.to_start"), href=f"/?lang={words.language}"))

    component: Callable[..., Any] = solara.component(Guarded)
    return component
