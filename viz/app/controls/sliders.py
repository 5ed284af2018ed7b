"""Sliders and choices, many in one control: native inputs, each with label, value, meaning and parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import solara
from solara.components.component_vue import component_vue


@dataclass(frozen=True)
class Row:
    """One slider or choice.

    Attributes:
        id: Name, unique on the page; letters, digits and ``_``.
        label: What it is called.
        value: Where it stands.
        start: Where it stood in the starting world; marked on the slider.
        kind: ``"slider"`` or ``"choice"``.
        low: Smallest value.
        high: Largest value.
        step: From one value to the next.
        whole: Whether values are whole numbers.
        unit: Shown after the value.
        meaning: A sentence on what it stands for.
        parameter: Name of the parameter; empty for none.
        left: What its left end stands for.
        right: What its right end stands for.
        said: What each position is called, in place of its number.
        own: What its value is called while it stands at no position.
        choices: ``value`` and ``label`` of each choice.
        moves_title: Heads ``moves``.
        moves: What it moves, a line each.
    """

    id: str
    label: str
    value: float | str
    start: float | str
    kind: str = "slider"
    low: float = 0
    high: float = 1
    step: float = 1
    whole: bool = False
    unit: str = ""
    meaning: str = ""
    parameter: str = ""
    left: str = ""
    right: str = ""
    said: Sequence[str] = ()
    own: str = ""
    choices: Sequence[Mapping[str, str]] = ()
    moves_title: str = ""
    moves: Sequence[str] = ()


@dataclass(frozen=True)
class Group:
    """Rows under a title that folds them; always open without one."""

    rows: Sequence[Row]
    title: str = ""


@dataclass(frozen=True)
class SliderWords:
    """Texts of the control.

    Attributes:
        locale: Language in which numbers are written.
        moved: Heads the number of rows of a group that were moved.
        find: Label of the field that finds rows; no field when empty.
        none: Said when nothing is found.
    """

    locale: str
    moved: str = ""
    find: str = ""
    none: str = ""


@component_vue("sliders.vue", vuetify=False)
def _Sliders(groups: Sequence[Mapping[str, Any]], labels: Mapping[str, str], event_put: Any) -> None: ...


@solara.component
def Sliders(groups: Sequence[Group], labels: SliderWords, on_set: Callable[[str, float | str], None]) -> None:
    """Show rows.

    Args:
        groups: The rows in groups.
        labels: Texts of the control.
        on_set: Called with a row's id and its new value, once the visitor lets go of it.
    """
    known = {row.id: row for group in groups for row in group.rows}

    def put(data: Any) -> None:
        row = known.get(str(data.get("id")))
        value = data.get("value")
        if row is None or isinstance(value, bool):
            return
        if row.kind == "choice" and value in [one["value"] for one in row.choices]:
            on_set(row.id, str(value))
        elif row.kind == "slider" and isinstance(value, int | float) and row.low <= value <= row.high:
            on_set(row.id, value)

    _Sliders(groups=[asdict(group) for group in groups], labels=asdict(labels), event_put=put)
