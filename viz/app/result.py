"""The result: what twenty pairs of worlds say about one outcome, filling in as they come."""

from __future__ import annotations

from collections.abc import Sequence

import solara

from cocreate.viz.app.background import Progress
from cocreate.viz.app.charts import Side, chart
from cocreate.viz.app.controls.choice import Choice, Option
from cocreate.viz.app.ensembles import Ensembles
from cocreate.viz.app.parts import folded, markup, table, tag
from cocreate.viz.app.verdicts import (
    OFFERED,
    Compared,
    compared,
    on_chance,
    sentence,
    typical,
    values_table,
)
from cocreate.viz.app.visit import Visit
from cocreate.viz.app.words import Words
from cocreate.viz.app.worlds import WORLDS


def outcome_of(visit: Visit) -> str:
    """Return the outcome that the address asks for, or else the first one."""
    asked = visit.entry("outcome")
    return asked if asked in OFFERED else OFFERED[0]


@solara.component
def OutcomeChoice(visit: Visit, address_with: str) -> None:
    """Let the visitor choose the outcome.

    Args:
        visit: What the address says.
        address_with: Address of the page without the entry ``outcome``.
    """
    words = visit.words
    options = [Option(name, words(f"outcome.{name}.label")) for name in OFFERED]
    now = outcome_of(visit)
    Choice(
        label=words("result.outcome"),
        options=options,
        value=now,
        on_value=lambda name: visit.go(f"{address_with}&outcome={name}"),
        note=words(f"outcome.{now}.meaning"),
    )


@solara.component
def Result(words: Words, progress: Progress[Ensembles], names: Sequence[str], outcome: str) -> None:
    """Show the sentence, the chart and the table.

    Args:
        words: Words of the visitor's language.
        progress: Worlds of both settings.
        names: What each is called.
        outcome: Name of the outcome.
    """
    if waited_for(words, progress):
        return
    found = progress.value
    assert found is not None
    with tag("div", css="cc-stale" if progress.stale else ""):
        _Found(words, found, names, outcome)
    tag("p", words_of_progress(words, progress), css="cc-busy")


def waited_for(words: Words, progress: Progress[Ensembles]) -> bool:
    """Say whether worlds could not be simulated or come yet, and return whether there are none to show."""
    if progress.failed:
        tag("p", words("explore.failed"), css="cc-notice", role="alert")
    if progress.value is None and not progress.failed:
        tag("p", words("result.waiting", worlds=WORLDS), css="cc-sentence", role="status")
    return progress.value is None


@solara.component
def _Found(words: Words, found: Ensembles, names: Sequence[str], outcome: str) -> None:
    said = say(words, found, outcome)
    sides = sides_of(found, names)
    markup(chart(words, sides, outcome, said))
    heads, rows = values_table(words, dict(zip(names, found.played, strict=True)), outcome)
    folded(words("chart.table"), table(heads, rows, words(f"outcome.{outcome}.label")))


def say(words: Words, found: Ensembles, outcome: str) -> str:
    """Show what the worlds say of an outcome, and return the sentence."""
    result = compared(found.played[0], found.played[1], outcome)
    said = sentence(words, result)
    with tag("div", role="status"):
        tag("p", said, css="cc-sentence")
        tag("p", typical(words, result), " ", tag("strong", chance_of(words, found, result)))
    return said


def chance_of(words: Words, found: Ensembles, result: Compared) -> str:
    """Return what is said of chance, which is nothing as long as worlds are missing."""
    return on_chance(words, result) if found.worlds == WORLDS else ""


def sides_of(found: Ensembles, names: Sequence[str]) -> list[Side]:
    """Return both settings as a chart shows them."""
    return [
        Side(name, played, setting.parameters.regions, css)
        for name, played, setting, css in zip(
            names, found.played, found.settings, ("before", "now"), strict=True
        )
    ]


def words_of_progress(words: Words, progress: Progress[Ensembles]) -> str:
    """Return how many worlds are ready, nothing once all are."""
    if progress.value is None or (progress.done and not progress.failed):
        return ""
    done = 0 if progress.stale else progress.value.worlds
    return words("result.more_to_come", done=done, worlds=WORLDS)
