"""Choices that are all in sight: one of them, or a few."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from solara.components.component_vue import component_vue


@component_vue("radios.vue", vuetify=False)
def _Radios(
    name: str,
    legend: str,
    choices: Sequence[Mapping[str, str]],
    value: Sequence[str],
    many: bool,
    most: int,
    event_put: Any,
) -> None: ...


@solara.component
def Radios(
    name: str,
    legend: str,
    choices: Mapping[str, str],
    value: Sequence[str],
    on_choose: Callable[[tuple[str, ...]], None],
    most: int = 1,
) -> None:
    """Show choices.

    Args:
        name: Name, unique on the page.
        legend: What is chosen.
        choices: Labels by value, in order.
        value: What is chosen now.
        on_choose: Called with what is chosen then, in the order of the choices.
        most: How many can be chosen; 1 for radio buttons.
    """

    def put(data: Any) -> None:
        found = tuple(one for one in choices if isinstance(data, list) and one in data)
        if len(found) <= most:
            on_choose(found)

    _Radios(
        name=name,
        legend=legend,
        choices=[{"value": one, "label": label} for one, label in choices.items()],
        value=[one for one in value if one in choices],
        many=most > 1,
        most=most,
        event_put=put,
    )
