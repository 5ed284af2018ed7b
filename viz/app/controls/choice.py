"""A choice of one among a few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import solara
from solara.components.component_vue import component_vue


@dataclass(frozen=True)
class Option:
    """Something to choose.

    Attributes:
        value: What is chosen.
        label: What it is called.
    """

    value: str
    label: str


@component_vue("choice.vue", vuetify=False)
def _Choice(
    label: str, options: Sequence[Mapping[str, str]], value: str, note: str, event_put: Any
) -> None: ...


@solara.component
def Choice(
    label: str, options: Sequence[Option], value: str, on_value: Callable[[str], None], note: str = ""
) -> None:
    """Show a choice.

    Args:
        label: What is chosen.
        options: What there is to choose from.
        value: What is chosen now.
        on_value: Called with what the visitor chooses.
        note: Shown below.
    """
    known = [one.value for one in options]

    def put(chosen: Any) -> None:
        if chosen in known and chosen != value:
            on_value(str(chosen))

    _Choice(label=label, options=[asdict(one) for one in options], value=value, note=note, event_put=put)
