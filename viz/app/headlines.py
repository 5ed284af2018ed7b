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
        opened: The same levers at its right end. In the middle they are as in the preset.
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
        end = self.opened if position > 0 else self.closed
        share = abs(position) / END
        return {name: _between(name, getattr(start, name), end[name], share) for name in self.opened}

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


def _between(name: str, start: Value, end: Value, share: float) -> Value:
    """Return a lever's value on the way from the middle of a slider to an end."""
    if isinstance(start, str) or isinstance(end, str):
        choices = LEVERS[name].choices
        first, last = choices.index(str(start)), choices.index(str(end))
        return choices[round(first + (last - first) * share)]
    value = start + (end - start) * share
    return round(value) if LEVERS[name].whole else round(value, DIGITS)


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
