"""Rows for sliders: those of the headlines, and one for every lever."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from cocreate.experiments.trial import NEEDS_COMPILING
from cocreate.model.levers import Lever
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.controls.sliders import Group, Row
from cocreate.viz.app.headlines import END, Headline
from cocreate.viz.app.state import MOST_MONTHS, Setting
from cocreate.viz.app.words import Words

NOT_HERE = NEEDS_COMPILING | {"null_world"}
"""Levers without a slider."""

REACH = 10
"""A slider goes up to so many times the starting value where far more is allowed."""


def headline_row(words: Words, headline: Headline, setting: Setting, slot: str = "", month: int = 0) -> Row:
    """Return the row of a headline slider.

    Args:
        words: Words of the visitor's language.
        headline: The slider.
        setting: The world.
        slot: Part of the row's id, for a page with several sets of them, which has no other settings below.
        month: Month of the run that it shows; 0 for the start.
    """
    name = f"headline.{headline.name}"
    position = headline.position(setting, month)
    left, right = words(f"{name}.left"), words(f"{name}.right")
    moves = [lever_line(words, lever, setting, month) for lever in headline.opened]
    return Row(
        id=f"headline{slot}_{headline.name}",
        label=words(f"{name}.label"),
        value=0 if position is None else position,
        start=0,
        low=-END,
        high=END,
        meaning=words(f"{name}.meaning"),
        left=left,
        right=right,
        said=[headline_place(words, headline, place) for place in range(-END, END + 1)],
        own=words("headline.own_apart" if slot else "headline.own") if position is None else "",
        moves_title=words("headline.moves", count=len(moves)),
        moves=moves,
    )


def headline_place(words: Words, headline: Headline, position: int) -> str:
    """Return what a position of a headline slider is called."""
    if position == 0:
        return words("headline.middle")
    end = words(f"headline.{headline.name}.{'right' if position > 0 else 'left'}")
    return words("headline.towards", share=words.percent(abs(position) / END), end=end)


def lever_line(words: Words, name: str, setting: Setting, month: int = 0) -> str:
    """Return a line that says how a lever was and is now, or in a month of the run."""
    before, now = getattr(setting.start.parameters, name), setting.values_at(month)[name]
    label = f"{words(f'lever.{name}.label')} ({name})"
    if before == now:
        return words("headline.as_it_was", lever=label, value=value_text(words, name, now))
    return words(
        "headline.moved",
        lever=label,
        before=value_text(words, name, before),
        now=value_text(words, name, now),
    )


def value_text(words: Words, name: str, value: Value) -> str:
    """Return a lever's value in the visitor's language."""
    if isinstance(value, str):
        return choice_text(words, name, value)
    return words.number(value, 0 if LEVERS[name].whole else _digits(value))


def choice_text(words: Words, name: str, value: str) -> str:
    """Return what a choice is called."""
    key = f"lever.{name}.choices.{value}"
    return words(key) if key in words else value


def allowed_text(words: Words, lever: Lever) -> str:
    """Return the values that a lever may have, in the visitor's language."""
    if lever.low is None or lever.high is None:
        return "; ".join(value_text(words, lever.name, one) for one in lever.choices)
    low, high = (value_text(words, lever.name, one) for one in (lever.low, lever.high))
    return words("about.range", low=low, high=high)


def _digits(value: float) -> int:
    return next(digits for digits in range(5) if digits == 4 or round(value, digits) == value)  # noqa: PLR2004


def lever_groups(words: Words, setting: Setting, names: Iterable[str] = (), month: int = 0) -> list[Group]:
    """Return a row for every lever, in the groups of the model.

    Args:
        words: Words of the visitor's language.
        setting: The world.
        names: Levers to show; all when empty.
        month: Month of the run that they show; 0 for the start.
    """
    now = setting.values_at(month)
    wanted = set(names) or {name for name in LEVERS if name not in NOT_HERE}
    rows: dict[str, list[Row]] = {}
    for name, lever in LEVERS.items():
        if name in wanted:
            rows.setdefault(lever.group, []).append(lever_row(words, lever, setting, now[name]))
    return [Group(found, words(f"group.{group}")) for group, found in rows.items()]


def lever_row(words: Words, lever: Lever, setting: Setting, now: Any) -> Row:
    """Return the row of one lever, which has a value now."""
    name = lever.name
    start = getattr(setting.start.parameters, name)
    label, meaning = words(f"lever.{name}.label"), words(f"lever.{name}.meaning")
    if lever.choices:
        choices = [{"value": one, "label": choice_text(words, name, one)} for one in lever.choices]
        return Row(name, label, now, start, "choice", meaning=meaning, parameter=name, choices=choices)
    low, high = slider_range(lever, start, now)
    step = 1.0 if lever.whole else _step(low, high, start)
    return Row(
        name, label, now, start, low=low, high=high, step=step, whole=lever.whole,
        unit=unit_text(words, lever.unit), meaning=meaning, parameter=name,
    )  # fmt: skip


def unit_text(words: Words, unit: str) -> str:
    """Return what a unit of levers is called; nothing for plain numbers."""
    if unit in ("share", "factor", "exponent", "log-odds"):
        return ""
    key = f"unit.{unit.replace(' ', '_')}"
    return words(key) if key in words else unit


def _step(low: float, high: float, start: float) -> float:
    """Return a round step that divides a range into about 100 parts, and on which the start lies."""
    step = 10.0 ** math.floor(math.log10((high - low) / 100))
    return step if math.isclose(start / step, round(start / step), rel_tol=1e-9) else step / 10


def slider_range(lever: Lever, start: float, now: float) -> tuple[float, float]:
    """Return the ends of a lever's slider: what is allowed, as far as a visitor's hand can aim.

    Args:
        lever: The lever.
        start: Its value in the starting world.
        now: Its value now.
    """
    assert lever.low is not None
    assert lever.high is not None
    high = min(REACH * start, lever.high) if 0 < start * REACH < lever.high else lever.high
    if lever.name == "horizon":
        high = min(high, MOST_MONTHS)
    low = max(lever.low, 1) if lever.name.endswith("_per_region") else lever.low
    return low, max(high, now)
