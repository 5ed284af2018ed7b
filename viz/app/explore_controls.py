"""What a visitor of Explore can change: starting world, headline sliders, and every lever in a drawer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import solara

from cocreate.agents.errors import CocreateError
from cocreate.experiments.presets import preset_names
from cocreate.model.interventions import FIXED
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.controls.button import button
from cocreate.viz.app.controls.choice import Choice, Option
from cocreate.viz.app.controls.rows import headline_row, lever_groups, lever_line, value_text
from cocreate.viz.app.controls.sliders import Group, Sliders, SliderWords
from cocreate.viz.app.headlines import HEADLINES
from cocreate.viz.app.parts import tag
from cocreate.viz.app.state import LARGEST_SEED, MOST_CHANGES, Setting, TooLargeError, TooManyChangesError
from cocreate.viz.app.visit import Visit
from cocreate.viz.app.words import Words

MONTHS_A_YEAR = 12

type Change = Callable[[Callable[[Setting], Setting]], None]
"""Takes a function from one world to another, and shows what it makes of the present one."""


def refused_text(words: Words, error: CocreateError) -> str:
    """Return what is said of a change that could not be made.

    Args:
        words: Words of the visitor's language.
        error: Why not.
    """
    if isinstance(error, TooLargeError):
        return words("explore.too_large")
    if isinstance(error, TooManyChangesError):
        return words("explore.too_many", most=MOST_CHANGES)
    return words("explore.refused")


def slider_words(words: Words, *, find: bool = False) -> SliderWords:
    """Return the texts of sliders.

    Args:
        words: Words of the visitor's language.
        find: Whether there is a field to find sliders by name.
    """
    return SliderWords(
        words.locale,
        words("explore.moved"),
        words("explore.find") if find else "",
        words("explore.found_none"),
    )


@solara.component
def PresetChoice(visit: Visit, setting: Setting, change: Change) -> None:
    """Offer the presets."""
    words = visit.words
    options = [Option(name, words(f"preset.{name or 'default'}.title")) for name in ("", *preset_names())]
    Choice(
        label=words("explore.preset"),
        options=options,
        value=setting.preset,
        on_value=lambda name: change(lambda now: Setting.of(name, seed=now.seed)),
        note=words(f"preset.{setting.preset or 'default'}.meaning"),
    )


@solara.component
def SeedRow(visit: Visit, change: Change) -> None:
    """Say the seed, and offer the next one."""
    words = visit.words
    with tag("div", css="cc-row"):
        tag("span", f"{words('explore.seed')}: {visit.setting.seed}")
        button(words("explore.another"), lambda: change(_with_next_seed))


def _with_next_seed(setting: Setting) -> Setting:
    seed = setting.seed % LARGEST_SEED + 1
    return Setting.of(setting.preset, setting.levers, setting.interventions, seed, setting.months)


def changed_from(setting: Setting, month: int, levers: Mapping[str, Value]) -> Setting:
    """Return a world with some levers set from a month on; those that shape its start, for the whole run.

    What holds in that month anyway becomes no change.

    Args:
        setting: The world.
        month: The month; 0 for the start.
        levers: Levers by name.

    Raises:
        CocreateError: A value is not allowed, or does not go together with the others.
    """
    later = {name: value for name, value in levers.items() if month and name not in FIXED}
    at_start = {name: value for name, value in levers.items() if name not in later}
    changed = setting.with_levers(at_start) if at_start else setting
    for name in later:
        changed = changed.without_change(month, name)
    held = changed.values_at(month)
    return changed.changed_later(month, {name: value for name, value in later.items() if held[name] != value})


def only_at_start(setting: Setting, month: int, levers: Mapping[str, Value]) -> dict[str, Value]:
    """Return the levers that were to change later, and change for the whole run.

    Args:
        setting: The world before.
        month: Month from which on they were to change; 0 for the start.
        levers: Levers by name, with their new values.
    """
    now = setting.values_at()
    return {name: value for name, value in levers.items() if month and name in FIXED and now[name] != value}


@solara.component
def CannotLater(words: Words, setting: Setting, levers: Mapping[str, Value]) -> None:
    """Say which levers were set for the whole run in place of a later month, as long as that stands.

    Args:
        words: Words of the visitor's language.
        setting: The world.
        levers: What :func:`only_at_start` returned.
    """
    now = setting.values_at()
    names = [words(f"lever.{name}.label") for name, value in levers.items() if now[name] == value]
    if names:
        tag("p", " ".join(words("explore.cannot_later", lever=name) for name in names), role="status")


@solara.component
def Headlines(visit: Visit, setting: Setting, change: Change, slot: str = "", month: int = 0) -> None:
    """Show the four headline sliders.

    Args:
        visit: What the address says.
        setting: The world that they stand for.
        change: Takes what they do to it.
        slot: Tells the names of fields apart where a page has two sets of sliders.
        month: Month from which on what they do holds; 0 for the start.
    """
    words = visit.words
    later = solara.use_reactive(dict[str, Value]())
    rows = [headline_row(words, one, setting, slot, month) for one in HEADLINES]
    by_id = {row.id: one for row, one in zip(rows, HEADLINES, strict=True)}

    def put(name: str, value: float | str) -> None:
        headline, position = by_id[name], round(float(value))
        later.set(only_at_start(setting, month, headline.levers(setting, position)))
        change(lambda now: changed_from(now, month, headline.levers(now, position)))

    if month:
        since = words("explore.from_year", year=month // MONTHS_A_YEAR + 1)
        tag("p", f"{words('explore.from_when')}: {since}", css="cc-soft")
    CannotLater(words, setting, later.value)
    Sliders([Group(rows)], slider_words(words), put)


@solara.component
def ChangeList(visit: Visit, setting: Setting, change: Change) -> None:
    """List what differs from the starting world, each with a button that takes it back."""
    words = visit.words
    with tag("details", css="cc-group"):
        count = len(setting.levers) + len(setting.interventions)
        tag("summary", f"{words('explore.changes')}: {words.number(count)}")
        if setting.is_baseline:
            tag("p", words("explore.no_changes"), css="cc-soft")
            return
        with tag("ul", css="cc-changes"):
            for name in setting.levers:
                _change_line(words, lever_line(words, name, setting), _back_at_start(change, name))
            for one in setting.interventions:
                what = f"{words(f'lever.{one.lever}.label')}: {value_text(words, one.lever, one.value)}"
                line = words("explore.change_at", month=one.month, what=what)
                _change_line(words, line, _without_change(change, one.month, one.lever))


def _back_at_start(change: Change, lever: str) -> Callable[[], None]:
    return lambda: change(lambda now: now.without(lever))


def _without_change(change: Change, month: int, lever: str) -> Callable[[], None]:
    return lambda: change(lambda now: now.without_change(month, lever))


def _change_line(words: Words, line: str, take_back: Callable[[], None]) -> None:
    with tag("li"):
        tag("span", line)
        label = words("explore.take_back", what=line)
        tag(
            "button",
            words("explore.remove"),
            css="cc-link",
            on_click=take_back,
            type="button",
            aria_label=label,
        )


@solara.component
def Drawer(visit: Visit, change: Change, month: int, on_month: Callable[[int], None]) -> None:
    """Show every lever, folded; the sliders are made when the drawer is first opened.

    Args:
        visit: What the address says.
        change: Takes what the sliders do to the world.
        month: Month from which on what they do holds; 0 for the start.
        on_month: Called with another such month.
    """
    words, setting = visit.words, visit.setting
    opened = solara.use_reactive(False)
    later = solara.use_reactive(dict[str, Value]())

    def put(name: str, value: float | str) -> None:
        known: Value = int(value) if LEVERS[name].whole else value
        later.set(only_at_start(setting, month, {name: known}))
        change(lambda now: changed_from(now, month, {name: known}))

    with tag("div", css="cc-drawer"):
        with tag("div", css="cc-row"):
            tag(
                "button",
                words("explore.drawer"),
                css="cc-button",
                on_click=lambda: opened.set(not opened.value),
                type="button",
                aria_expanded="true" if opened.value else "false",
            )
        if not opened.value:
            return
        tag("p", words("explore.drawer_note"), css="cc-soft")
        years = range(1, setting.horizon // MONTHS_A_YEAR)
        Choice(
            label=words("explore.from_when"),
            options=[
                Option("0", words("explore.from_start")),
                *[
                    Option(str(year * MONTHS_A_YEAR), words("explore.from_year", year=year + 1))
                    for year in years
                ],
            ],
            value=str(month),
            on_value=lambda chosen: on_month(int(chosen)),
        )
        CannotLater(words, setting, later.value)
        Sliders(lever_groups(words, setting, month=month), slider_words(words, find=True), put)
