"""The story card: what happened to somebody in this world, beside what happened to them in the other one."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import solara

from cocreate.agents.errors import CocreateError
from cocreate.experiments.runs import run_of
from cocreate.experiments.story import report
from cocreate.experiments.story_pages import Report
from cocreate.model.model import CoCreationModel
from cocreate.viz.app.parts import markup, tag
from cocreate.viz.app.state import Setting
from cocreate.viz.app.words import Words
from cocreate.viz.app.worlds import worlds

SAME = ("identity", "proposed", "champion", "mode")
"""Columns by which an initiative is the same one in two worlds."""

type Picked = Mapping[str, Any]
"""Who was picked: ``{"kind": "person" or "initiative", "index": number}``; empty for nobody."""


class WordsTeller:
    """Stories in the language of a visitor; see :class:`~cocreate.experiments.story_teller.Teller`."""

    def __init__(self, words: Words) -> None:
        """Tell in a language.

        Args:
            words: Its texts.
        """
        self._words = words

    def say(self, key: str, **values: str | int) -> str:
        """Return a text of the area ``story`` with its placeholders filled in."""
        return self._words(f"story.{key}", **values)

    def knows(self, key: str) -> bool:
        """Return whether there is a text of that key."""
        return f"story.{key}" in self._words

    def sector(self, sector: int) -> str:
        """Return the name of a sector."""
        key = f"sector.{sector}"
        return self._words(key) if key in self._words else self._words("sector.further", number=sector + 1)

    def lever(self, name: str) -> str:
        """Return what a lever is called on its slider."""
        return self._words(f"lever.{name}.label")

    def month(self, month: int) -> str:
        """Return the month of the year, month 0 being a January."""
        return self._words.month_name(month)

    def listed(self, parts: list[str]) -> str:
        """Return parts as a list in a sentence."""
        return self._words.listed(parts)


def told(model: CoCreationModel, setting: Setting, picked: Picked, words: Words) -> Report:
    """Return the report of a person or an initiative.

    Args:
        model: The finished run of the setting, with diaries.
        setting: Its levers at the start.
        picked: Who was picked.
        words: Language of the report.

    Raises:
        StoryError: There is no such person or initiative.
    """
    run = run_of(model, setting.parameters, preset=setting.preset)
    index = int(picked["index"])
    if picked["kind"] == "person":
        return report(run, WordsTeller(words), person=index)
    return report(run, WordsTeller(words), initiative=index)


def twin_of(picked: Picked, mine: CoCreationModel, other: CoCreationModel) -> Picked | None:
    """Return the same person or initiative in another world; None where it is not there.

    A person keeps the index. An initiative is the same where the same champion proposed it in the same month
    and region, as the first there, or the second, and so on.
    """
    index = int(picked["index"])
    if picked["kind"] == "person":
        return picked if index < len(other.world.people) else None
    row = mine.initiative_rows[index]
    for number, candidate in enumerate(other.initiative_rows):
        if all(candidate[name] == row[name] for name in SAME):
            return {"kind": "initiative", "index": number}
    return None


def report_html(found: Report) -> str:
    """Return the body of a report as HTML: opening, years with headings, and close."""
    years = "".join(f"<h5>{escape(heading)}</h5><p>{escape(text)}</p>" for heading, text in found.years)
    return f"<p>{escape(found.opening)}</p>{years}<p>{escape(found.close)}</p>"


@solara.component
def StoryCard(words: Words, setting: Setting, other: Setting | None, picked: Picked) -> None:
    """Show the stories of whoever was picked, side by side.

    Args:
        words: Language of the visitor.
        setting: The world that is looked at.
        other: The world in grey; None for none.
        picked: Who was picked, as the player says it; empty for nobody.
    """
    which = [words.language, setting.key(), other.key() if other else "", *picked.values()]
    html = solara.use_memo(lambda: _html_or_nothing(words, setting, other, picked), which)
    with tag("section", css="cc-card cc-story", aria_label=words("player.card.title")):
        if not picked:
            tag("p", words("player.card.nobody"), css="cc-soft")
        elif html:
            markup(html)
        else:
            tag("p", words("player.card.failed"), role="alert")


def _html_or_nothing(words: Words, setting: Setting, other: Setting | None, picked: Picked) -> str:
    try:
        return stories_html(words, setting, other, picked) if picked else ""
    except CocreateError:
        return ""


def stories_html(words: Words, setting: Setting, other: Setting | None, picked: Picked) -> str:
    """Return the stories of somebody in one world, and in another one, as HTML.

    Args:
        words: Language of the visitor.
        setting: The world that is looked at.
        other: The world in grey; None, or the same setting, for none.
        picked: Who was picked.

    Raises:
        StoryError: There is no such person or initiative in the world that is looked at.
    """
    mine = worlds().model(setting)
    found = told(mine, setting, picked, words)
    top = (
        f'<p class="cc-soft">{escape(found.head)}</p><h3>{escape(found.title)}</h3>'
        f'<p class="cc-soft">{escape(found.notice)}</p>'
    )
    if other is None or other == setting:
        return top + report_html(found)
    theirs = worlds().model(other)
    twin = twin_of(picked, mine, theirs)
    if twin is None:
        beside = f"<p>{escape(words('player.card.never'))}</p>"
    else:
        story = told(theirs, other, twin, words)
        alike = report_html(story) == report_html(found)
        beside = f"<p>{escape(words('player.card.alike'))}</p>" if alike else report_html(story)
    columns = ((words("player.card.mine"), report_html(found)), (words("player.card.other"), beside))
    articles = "".join(f"<article><h4>{escape(name)}</h4>{html}</article>" for name, html in columns)
    return f'{top}<div class="cc-two">{articles}</div>'
