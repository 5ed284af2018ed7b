"""Levers and interventions as TOML: what presets, saved runs and files of your own are written in."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import PresetError, nearest
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Parameters, Value


@dataclass(frozen=True, eq=False)
class NotedIntervention(Intervention):
    """An intervention with a word on why, for readers only: it counts for no run and in no comparison.

    Attributes:
        note: Why.
    """

    note: str = ""

    def __eq__(self, other: object) -> bool:
        """Tell whether the same changes in the same month, whatever is said of it."""
        if not isinstance(other, Intervention):
            return NotImplemented
        return (self.month, self.lever, self.value) == (other.month, other.lever, other.value)

    __hash__ = Intervention.__hash__


INTERVENTION_KEYS = {"month", "lever", "value", "note"}


def levers_as_toml(parameters: Parameters, interventions: Sequence[Intervention] = ()) -> str:
    """Return all levers, and what changes them, as text that :func:`read_toml` reads back."""
    lines = ["[levers]"]
    lines += [f"{name} = {_value(value)}" for name, value in parameters.model_dump().items()]
    for change in interventions:
        lines += [
            "",
            "[[interventions]]",
            f"month = {change.month}",
            f"lever = {_value(change.lever)}",
            f"value = {_value(change.value)}",
        ]
    return "\n".join(lines) + "\n"


def _value(value: Value) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file holds.

    Raises:
        PresetError: The file cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))  # some editors put a mark of their own first
    except OSError as error:
        raise PresetError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PresetError(
            f"{path} is no valid TOML: {error}. Texts stand in quotation marks, names of tables in"
            " [brackets]."
        ) from None


def levers_in(content: Mapping[str, Any], where: str) -> dict[str, Value]:
    """Return the levers that a file sets.

    Args:
        content: What the file holds.
        where: How to call it in a message.

    Raises:
        PresetError: ``levers`` is no table.
    """
    levers = content.get("levers", {})
    if not isinstance(levers, dict):
        raise PresetError(f"{where}: 'levers' must be a table: [levers], then one line for each lever.")
    return dict(levers)


def interventions_in(content: Mapping[str, Any], where: str) -> tuple[Intervention, ...]:
    """Return the interventions that a file lists.

    Raises:
        PresetError: One of them lacks its month, lever or value, or has another entry.
    """
    listed = content.get("interventions", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise PresetError(f"{where}: 'interventions' must be a list of tables: [[interventions]].")
    return tuple(_intervention(one, number, where) for number, one in enumerate(listed, 1))


def _intervention(entry: Mapping[str, Any], number: int, where: str) -> Intervention:
    for key in entry:
        if key not in INTERVENTION_KEYS:
            hint = nearest(key, sorted(INTERVENTION_KEYS))
            raise PresetError(f"{where}: intervention {number} has an unknown entry {key!r}.{hint}")
    missing = [key for key in ("month", "lever", "value") if key not in entry]
    if missing:
        raise PresetError(
            f"{where}: intervention {number} lacks {' and '.join(missing)}; it needs month, lever and value."
        )
    month = entry["month"]
    if isinstance(month, bool) or not isinstance(month, int):
        raise PresetError(f"{where}: intervention {number}: month must be a whole number, but is {month!r}.")
    return with_note(Intervention(month, str(entry["lever"]), entry["value"]), _note(entry, number, where))


def _note(entry: Mapping[str, Any], number: int, where: str) -> str:
    note = entry.get("note", "")
    if not isinstance(note, str):
        raise PresetError(f"{where}: intervention {number}: note must be a text, but is {note!r}.")
    return note.strip()


def note_of(change: Intervention) -> str:
    """Return why a lever changes, empty if nobody says."""
    return change.note if isinstance(change, NotedIntervention) else ""


def with_note(change: Intervention, note: str) -> Intervention:
    """Return an intervention with a word on why, or the plain one for none.

    >>> change = Intervention(48, "training", 0.0)
    >>> with_note(change, "the programme ends") == change
    True
    """
    plain = change.month, change.lever, change.value
    return NotedIntervention(*plain, note) if note else Intervention(*plain)
