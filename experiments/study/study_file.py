"""Studies as TOML: entries read from a file, and written as one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import PresetError
from cocreate.experiments.levers_file import read_toml
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.worlds import is_own_preset

ROWS = frozenset({"rows", "draws"})
"""Lists of tables that are written with one table a line, since there may be thousands."""


def entries_from_file(path: Path) -> dict[str, Any]:
    """Return the entries of a study in a TOML file, with paths that hold from here.

    The study is called like the file, unless it has a name.

    Raises:
        StudyError: The file cannot be read, or is no TOML.
    """
    try:
        entries = read_toml(path)
    except PresetError as error:
        raise StudyError(str(error)) from None
    return {"name": re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem), **_with_folder(entries, path.parent)}


def _with_folder(entries: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return entries with the folder of the study before the names of files."""
    found = dict(entries)
    over, design, worlds = (found.get(name) for name in ("over", "design", "worlds"))
    if isinstance(over, str) and over.lower().endswith((".csv", ".parquet")):
        found["over"] = str(folder / over)
    if isinstance(design, dict) and isinstance(design.get("file"), str):
        found["design"] = {**design, "file": str(folder / design["file"])}
    if isinstance(worlds, list):
        found["worlds"] = [_world_with_folder(world, folder) for world in worlds]
    return found


def _world_with_folder(world: Any, folder: Path) -> Any:
    preset = world.get("preset") if isinstance(world, dict) else None
    if not isinstance(preset, str) or not is_own_preset(preset):
        return world
    return {**world, "preset": str(folder / preset)}


def as_toml(entries: Mapping[str, Any]) -> str:
    """Return plain data as TOML.

    Args:
        entries: Texts, numbers, booleans, lists and dictionaries with plain names.

    Examples:
        >>> print(as_toml({"seed": 1, "design": {"kind": "sobol", "factors": {"turnover": [0.1, 0.5]}}}))
        seed = 1
        <BLANKLINE>
        [design]
        kind = "sobol"
        <BLANKLINE>
        [design.factors]
        turnover = [0.1, 0.5]
        <BLANKLINE>
    """
    return "\n".join(_lines(entries, "")) + "\n"


def _lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    below = {name: value for name, value in table.items() if _has_own_head(name, value)}
    for name, value in table.items():
        if name not in below:
            yield f"{name} = {_value(value)}"
    for name, value in below.items():
        for one in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{path}{name}]]" if isinstance(value, list) else f"[{path}{name}]"
            yield from _lines(one, f"{path}{name}.")


def _has_own_head(name: str, value: Any) -> bool:
    tables = isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
    return isinstance(value, dict) or (tables and name not in ROWS)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return repr(value)
