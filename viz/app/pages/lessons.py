"""The page Lessons."""

import solara

from cocreate.viz.app.parts import tag
from cocreate.viz.app.visit import use_words


@solara.component
def Page() -> None:  # noqa: N802 - components are named like classes
    """Show the page."""
    words = use_words()
    solara.Title(f"{words('lessons.title')} – {words('common.name')}")
    tag("h1", words("lessons.title"))
