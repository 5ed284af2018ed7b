"""Changes: what leads from one world to another, in the visitor's language, for what is taken away."""

from __future__ import annotations

from urllib.parse import parse_qs

from cocreate.model.interventions import Intervention
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.controls.rows import headline_place, value_text
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
        places = [headline.position(one) for one in (first, second)]
        if None not in places and places[0] != places[1]:
            texts = [_place(words, headline, place or 0) for place in places]
            lines.append(_line(words(f"headline.{headline.name}.label"), *texts))
            differing = [name for name in differing if name not in headline.opened]
    for name in differing:
        values = [value_text(words, name, getattr(side, name)) for side in (before, now)]
        lines.append(_line(words(f"lever.{name}.label"), *values))
    one_sided = [
        [one for one in side.interventions if one not in other.interventions]
        for side, other in ((first, second), (second, first))
    ]
    lines += [f"{words('slide.before')}: {_later(words, one)}" for one in one_sided[0]]
    return lines + [_later(words, one) for one in one_sided[1]]


def _line(name: str, before: str, now: str) -> str:
    return f"{name}: {before} → {now}"


def _place(words: Words, headline: Headline, position: int) -> str:
    """Return what a position of a headline slider is called; an end by its name alone, which is shorter."""
    if abs(position) == END:
        return words(f"headline.{headline.name}.{'right' if position > 0 else 'left'}")
    return headline_place(words, headline, position)


def _later(words: Words, one: Intervention) -> str:
    """Return a change during the run."""
    what = f"{words(f'lever.{one.lever}.label')}: {value_text(words, one.lever, one.value)}"
    return words("explore.change_at", month=one.month, what=what)
