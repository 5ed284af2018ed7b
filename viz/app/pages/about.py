"""About: what the model is and is not, where its numbers come from, and what speaks for and against it."""

import solara

from cocreate.viz.app.parts import tag
from cocreate.viz.app.visit import use_words


@solara.component
def Page() -> None:
    """Show the page."""
    words = use_words()
    solara.Title(f"{words('about.title')} – {words('common.name')}")
    tag("h1", words("about.title"))


@solara.component
def Description() -> None:
    """Show the description of the model."""
    words = use_words()
    tag("h1", words("about.title"))
