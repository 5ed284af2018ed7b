"""Notices: what a page says of a link or a file that it could not use as it is."""

from __future__ import annotations

from collections.abc import Sequence

import solara

from cocreate.viz.app.parts import tag
from cocreate.viz.app.problems import problem_text
from cocreate.viz.app.state import Problem
from cocreate.viz.app.words import Words


@solara.component
def Notices(words: Words, problems: Sequence[Problem]) -> None:
    """Say what could not be used, and that the page goes on without it."""
    if not problems:
        return
    with solara.Div(classes=["cc-notice"]):
        tag("p", words("problem.heading", count=len(problems)), role="status")
        tag("ul", *[tag("li", problem_text(words, one)) for one in problems])
