"""Changes: what leads from one world to another, in the visitor's language, for what is taken away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import parse_qs

from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.charts import MONTHS_A_YEAR
from cocreate.viz.app.controls.rows import headline_place, unit_text, value_text
from cocreate.viz.app.headlines import END, HEADLINES, Headline
from cocreate.viz.app.lessons.catalogue import lesson_named
from cocreate.viz.app.lessons.lesson import Kind
from cocreate.viz.app.lessons.play import CHOICE, GUESS, LESSON
from cocreate.viz.app.state import Setting
from cocreate.viz.app.words import Words

APART = " · "
"""What parts changes from each other: a semicolon asks a question in Greek."""

MOST_NAMED = 4
"""Changes that are named, as many as there are sliders; further ones are counted."""

UNNAMED = (
    "chance",
    "choice",
    "dimensions",
    "organisations",
    "people",
    "regions",
    "rounds",
    "sectors",
    "ties",
)
"""Units that say nothing beside the name of a lever: what it counts stands in its name."""


def changed(words: Words, query: str, first: Setting, second: Setting) -> str:
    """Return what was changed between two worlds: as the lesson of an address says it, or by its settings.

    Args:
        words: Words of the visitor's language.
        query: Query of the address.
        first: The world before.
        second: The world with the changes.

    Returns:
        A sentence; empty where nothing was changed.
    """
    lines = in_lesson(words, query, first, second) or between(words, first, second)
    if not lines:
        return ""
    named = lines[:MOST_NAMED]
    if len(lines) > len(named):
        named.append(words("slide.more", count=len(lines) - len(named)))
    return words("slide.changed", what=APART.join(named))


def in_lesson(words: Words, query: str, first: Setting, second: Setting) -> list[str]:
    """Return what a lesson calls the change; nothing where the address names none that makes these worlds."""
    entries = parse_qs(query)
    lesson, choice, guess = (entries.get(name, [""])[-1] for name in (LESSON, CHOICE, GUESS))
    found = lesson_named(lesson)
    if found is None or not found.outcome:
        return []
    if found.kind is Kind.TOKENS:
        names = tuple(one.name for one in found.reforms if one.name in guess.split(","))
        world = found.bought(names, first.seed)
    else:
        names = (found.choice(choice).name,)
        world = found.setting(found.choice(choice), first.seed)
    if (found.setting_before(first.seed).key(), world.key()) != (first.key(), second.key()):
        return []
    return [words(f"lessons.{found.id}.choices.{name}") for name in names]


def between(words: Words, first: Setting, second: Setting) -> list[str]:
    """Return each difference between two worlds, as the sliders and settings of the app call it.

    Args:
        words: Words of the visitor's language.
        first: The world before.
        second: The world with the changes.
    """
    before, now = first.parameters, second.parameters
    same_start = first.preset == second.preset
    # Between two presets, only what was set by hand is named besides them.
    asked = LEVERS if same_start else {**first.levers, **second.levers}
    differing = [name for name in asked if getattr(before, name) != getattr(now, name)]
    lines = []
    if not same_start:
        titles = [words(f"preset.{one.preset or 'default'}.title") for one in (first, second)]
        lines.append(_line(words("explore.preset"), *titles))
    for headline in HEADLINES if same_start else ():
        moved = _moved(words, headline, headline.position(first), headline.position(second))
        if moved:
            lines.append(moved)
            differing = [name for name in differing if name not in headline.opened]
    lines += [_lever(words, name, getattr(before, name), getattr(now, name)) for name in differing]
    only_before, only_now = (
        _later(words, side, [one for one in side.interventions if one not in other.interventions])
        for side, other in ((first, second), (second, first))
    )
    if only_before:
        only_before[0] = f"{words('slide.before')}: {only_before[0]}"
    if only_before and only_now:  # or they would be read as of the world before, too
        only_now[0] = f"{words('slide.now')}: {only_now[0]}"
    return lines + only_before + only_now


def _line(name: str, before: str, now: str) -> str:
    return f"{name}: {before} → {now}"


def _place(words: Words, headline: Headline, position: int) -> str:
    """Return what a position of a headline slider is called; an end by its name alone, which is shorter."""
    if abs(position) == END:
        return words(f"headline.{headline.name}.{'right' if position > 0 else 'left'}")
    return headline_place(words, headline, position)


def _moved(words: Words, headline: Headline, before: int | None, now: int | None) -> str:
    """Return from where to where a headline slider went; nothing where it stands, or stood, nowhere."""
    if before is None or now is None or before == now:
        return ""
    places = [_place(words, headline, place) for place in (before, now)]
    return _line(words(f"headline.{headline.name}.label"), *places)


def _lever(words: Words, name: str, before: Value, now: Value) -> str:
    """Return from what to what a lever went, with the unit of a number."""
    line = _line(words(f"lever.{name}.label"), *(value_text(words, name, one) for one in (before, now)))
    unit = LEVERS[name].unit
    called = "" if unit in UNNAMED else unit_text(words, unit)
    return f"{line} ({called})" if called else line


def _later(words: Words, setting: Setting, changes: Iterable[Intervention]) -> list[str]:
    """Return what changes during a run, month by month; a month is said where its changes begin.

    Args:
        words: Words of the visitor's language.
        setting: The world.
        changes: Those of its changes that are told, in order of months.
    """
    lines = []
    for month, together in groupby(changes, key=lambda one: one.month):
        told = _in_month(words, setting, month, [one.lever for one in together])
        if told:
            lines += [_since(words, month, told[0]), *told[1:]]
    return lines


def _in_month(words: Words, setting: Setting, month: int, names: Sequence[str]) -> list[str]:
    """Return what changes in one month: headline sliders, and the levers that they do not account for."""
    before, now = (
        setting.parameters.model_dump()
        | {one.lever: one.value for one in setting.all_interventions if one.month < until}
        for until in (month, month + 1)
    )
    moving = {name: value for name, value in before.items() if name not in FIXED}
    left = [name for name in names if before[name] != now[name]]
    lines = []
    for headline in HEADLINES:
        if not set(left).isdisjoint(headline.opened):
            # What shapes the start was set for the whole run: it does not tell where the slider stood.
            moved = _moved(
                words, headline, headline.place_of(setting, moving), headline.place_of(setting, now)
            )
            if moved:
                lines.append(moved)
                left = [name for name in left if name not in headline.opened]
    return lines + [_lever(words, name, before[name], now[name]) for name in left]


def _since(words: Words, month: int, what: str) -> str:
    """Return from when on something holds: from a year on, where it begins with one."""
    if month % MONTHS_A_YEAR:
        return words("explore.change_at", month=month, what=what)
    return f"{words('explore.from_year', year=month // MONTHS_A_YEAR + 1)}: {what}"
