"""The four headline sliders: silos, continuity, power and standing support, each moving a few levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cocreate.experiments.themes import THEMES
from cocreate.model.parameters import LEVERS, Value
from cocreate.viz.app.state import Setting

END = 10
"""Steps from the middle of a slider to each end."""

DIGITS = 4
"""Digits that a lever between two ends is rounded to."""


@dataclass(frozen=True)
class Headline:
    """One slider over several levers; to its right lies what the policy brief recommends.

    Attributes:
        name: Name, as in the keys of its texts.
        closed: Levers at its left end.
        opened: The same levers at its right end. In the middle they are as in the preset. A lever that the
            preset has at an end already, or beyond, goes on from there to the last value that is allowed.
    """

    name: str
    closed: Mapping[str, Value]
    opened: Mapping[str, Value]

    def levers(self, setting: Setting, position: int) -> dict[str, Value]:
        """Return the levers at a position of the slider.

        Args:
            setting: The world; only its preset counts.
            position: From -:data:`END` to :data:`END`.
        """
        start = setting.start.parameters
        end, other = (self.opened, self.closed) if position > 0 else (self.closed, self.opened)
        share = abs(position) / END
        values = {name: (getattr(start, name), end[name], other[name]) for name in self.opened}
        return {
            name: _between(name, here, _reachable(name, here, *ends), share)
            for name, (here, *ends) in values.items()
        }

    def position(self, setting: Setting, month: int = 0) -> int | None:
        """Return where the slider stands in a world; None where its levers were set one by one.

        Args:
            setting: The world.
            month: Month of the run that counts; 0 for the start.
        """
        return self.place_of(setting, setting.values_at(month))

    def place_of(self, setting: Setting, values: Mapping[str, Value]) -> int | None:
        """Return where the slider stands with some values of its levers; None where they fit no position.

        Args:
            setting: The world; only its preset counts.
            values: Values by lever; levers that are left out do not count.
        """
        now = {name: values[name] for name in self.opened if name in values}
        for position in sorted(range(-END, END + 1), key=abs):
            if now.items() <= self.levers(setting, position).items():
                return position
        return None


def _reachable(name: str, start: Value, end: Value, other: Value) -> Value:
    """Return an end of a slider; where the preset is there or beyond it already, the last value allowed."""
    lever = LEVERS[name]
    first, last, opposite = (_number(name, one) for one in (start, end, other))
    rising = last > opposite
    if first < last if rising else first > last:
        return end
    low, high = (lever.choices[0], lever.choices[-1]) if lever.choices else (lever.low, lever.high)
    limit = high if rising else low
    return end if limit is None else limit


def _between(name: str, start: Value, end: Value, share: float) -> Value:
    """Return a lever's value on the way from the middle of a slider to an end."""
    lever = LEVERS[name]
    first, last = _number(name, start), _number(name, end)
    value = first + (last - first) * share
    if lever.choices:
        return lever.choices[round(value)]
    return round(value) if lever.whole else round(value, DIGITS)


def _number(name: str, value: Value) -> float:
    """Return a lever's value as a number: a choice by its place."""
    choices = LEVERS[name].choices
    return choices.index(str(value)) if choices else float(value)


def _of_theme(name: str, without: tuple[str, ...] = ()) -> Headline:
    theme = next(one for one in THEMES if one.name == name)
    ends = [
        {lever: value for lever, value in (arm.levers or {}).items() if lever not in without}
        for arm in (theme.closed, theme.opened)
    ]
    return Headline(name, *ends)


SUPPORT = "support_infrastructure"

HEADLINES = (
    _of_theme("silos"),
    _of_theme("continuity", without=(SUPPORT,)),  # standing support is a slider of its own
    _of_theme("power"),
    Headline("support", {SUPPORT: 0.0}, {SUPPORT: 0.8}),
)
"""The sliders in the order in which they are shown."""
