"""Settings of levers in studies: checked one by one, and read from tables, one row a setting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator

from cocreate.experiments.errors import DataError, nearest
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.tabular import read_rows
from cocreate.model.levers import Lever
from cocreate.model.parameters import ParameterError, Value, lever_named, value_from_text

POSTERIOR = Path(__file__).parents[1] / "calibration" / "posterior.csv"
"""Draws of the uncertain levers that agree with what is known of real places, where they are shipped."""


def lever_value(name: str, value: object) -> Value:
    """Return a value as the lever takes it, after checking it.

    Whole numbers are accepted where any number is meant, and NumPy's numbers everywhere.

    Examples:
        >>> lever_value("sector_silo", 1), lever_value("commitment", 12)
        (1.0, 12)

    Raises:
        ParameterError: The lever is unknown, or the value of the wrong type or out of range.
    """
    declared = lever_named(name)
    plain = value.item() if isinstance(value, np.generic) else value
    if declared.choices:
        if isinstance(plain, str) and plain in declared.choices:
            return plain
    elif isinstance(plain, int) and not isinstance(plain, bool) and _inside(declared, plain):
        return plain if declared.whole else float(plain)
    elif isinstance(plain, float) and not declared.whole and _inside(declared, plain):
        return plain
    raise ParameterError(f"{name} must be {declared.allowed}, but was given {plain!r}.")


def _inside(declared: Lever, value: float) -> bool:
    assert declared.low is not None
    assert declared.high is not None
    return declared.low <= value <= declared.high


def checked_levers(levers: Any) -> dict[str, Value]:
    """Return levers in order of their names, after checking each on its own.

    Raises:
        StudyError: This is no table.
        ParameterError: A lever is unknown or its value not allowed.
    """
    if not isinstance(levers, Mapping):
        raise StudyError(f"it must be a table, one lever a line, but is {levers!r}.")
    for name in levers:
        if not isinstance(name, str):
            raise StudyError(f"the name of a lever must be a text, but is {name!r}.")
    return {name: lever_value(name, levers[name]) for name in sorted(levers)}


type Levers = Annotated[Mapping[str, Value], BeforeValidator(checked_levers)]
"""Levers by name, in order of the names."""


def draws_over(over: object) -> tuple[dict[str, Value], ...] | None:
    """Return the draws of uncertain levers that a name stands for.

    Args:
        over: ``"defaults"``, ``"posterior"``, or the path of a CSV or Parquet file.

    Returns:
        One setting a draw; None for the defaults.

    Raises:
        StudyError: There are no such draws, or the file is not in order.
    """
    if over == "defaults":
        return None
    if over == "posterior":
        if not POSTERIOR.exists():
            raise StudyError('over: This version comes with no posterior: write over = "defaults".')
        return settings_from_file(POSTERIOR)
    if isinstance(over, str) and over.lower().endswith((".csv", ".parquet")):
        return settings_from_file(over)
    raise StudyError(
        "over: it must be 'defaults', 'posterior', or a file whose name ends in .csv or .parquet, but is"
        f" {over!r}.{nearest(str(over), ('defaults', 'posterior'))}"
    )


def draws_fingerprint(draws: Sequence[Mapping[str, Value]]) -> str:
    """Return a short hash of draws and their order, by which others can tell whether theirs are the same.

    >>> draws_fingerprint([{"copying": 0.5, "fatigue": 1.0}]) == draws_fingerprint([{"copying": 0.5}])
    False
    """
    content = json.dumps([sorted(draw.items()) for draw in draws], allow_nan=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def settings_from_file(file: str | Path) -> tuple[dict[str, Value], ...]:
    """Return the settings in a CSV or Parquet file: a column for each lever, a row for each setting.

    Args:
        file: The file; columns whose names start with an underscore are left out.

    Raises:
        StudyError: The file cannot be read, a column is no lever, or a value is missing or not allowed.
    """
    if not isinstance(file, str | Path):
        raise StudyError(f"The name of a file must be a text, but is {file!r}.")
    path = Path(file)
    try:
        table = read_rows(path)
        names = [name for name in table.columns if not name.startswith("_")]
        for name in names:
            lever_named(name)
    except DataError as error:
        raise StudyError(str(error)) from None
    except ParameterError as error:
        raise StudyError(f"{path.name}: {error}") from None
    if not names:
        raise StudyError(f"{path.name} has no column of a lever: name at least one in its first row.")
    settings = []
    for row in table.rows:
        for name in names:
            if name not in row.cells:
                raise StudyError(f"{path.name}, {row.place}: {name} is empty, but needed: fill it in.")
        try:
            settings.append({name: _from_cell(name, row.cells[name]) for name in names})
        except ParameterError as error:
            raise StudyError(f"{path.name}, {row.place}: {error}") from None
    return tuple(settings)


def _from_cell(name: str, cell: object) -> Value:
    value = value_from_text(name, cell) if isinstance(cell, str) else cell
    if isinstance(value, float) and value.is_integer() and lever_named(name).whole:
        value = int(value)  # a column of whole numbers with a gap anywhere is stored as one of floats
    return lever_value(name, value)
