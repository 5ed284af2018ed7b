"""Errors of pydantic in words: where a study is wrong, what is there, and what would be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cocreate.experiments.errors import nearest

KINDS = {
    "bool_type": "true or false",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "a text",
    "tuple_type": "a list",
    "mapping_type": "a table",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "dataclass_exact_type": "a table",
    "finite_number": "a finite number",
}
"""What was wanted, by pydantic's name of the error."""

BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "larger than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "smaller than"),
}

FIXED = {
    "missing": "it is needed, but missing.",
    "string_too_short": "it must not be empty.",
    "too_short": "it must not be empty.",
    "union_tag_not_found": "it needs an entry {discriminator} that says which one it is.",
}


def in_words(error: ValidationError, entries: Mapping[str, Any]) -> str:
    """Return the first error as a sentence that begins with its place.

    Args:
        error: What pydantic found.
        entries: What it looked at.
    """
    first = error.errors(include_url=False)[0]
    place = _place(first["loc"], entries)
    return f"{place}: {_sentence(first)}" if place else _sentence(first)


def _place(location: Sequence[int | str], entries: Mapping[str, Any]) -> str:
    """Return the entry that is wrong, lists counted from 1: ``worlds 2 (closed), levers``."""
    steps: list[str] = []
    value: Any = entries
    for step in location:
        if isinstance(step, int):
            value = value[step] if isinstance(value, Sequence) and step < len(value) else None
            name = value.get("name") if isinstance(value, Mapping) else None
            steps[-1] += f" {step + 1}" + (f" ({name})" if isinstance(name, str) else "")
        elif steps and isinstance(value, Mapping) and value.get("kind") == step and step not in value:
            continue  # the kind of a design is a step of pydantic's, and none of the file
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
            steps.append(step)
    return ", ".join(steps)


def _sentence(problem: ErrorDetails) -> str:
    kind, context, given = problem["type"], problem.get("ctx", {}), problem["input"]
    if kind == "value_error":
        return str(context["error"])
    if kind in KINDS:
        return f"it must be {KINDS[kind]}, but is {_short(given)}.{_brackets(kind, given, problem['loc'])}"
    if kind in BOUNDS:
        key, words = BOUNDS[kind]
        return f"it must be {words} {context[key]:g}, but is {given!r}."
    if kind in {"literal_error", "union_tag_invalid"}:
        allowed = str(context.get("expected", context.get("expected_tags")))
        names = [name.strip("'") for name in allowed.replace(" or ", ", ").split(", ")]
        wrong = context.get("tag", given)
        return f"it must be one of {', '.join(names)}, but is {wrong!r}.{nearest(str(wrong), names)}"
    return FIXED.get(kind, "it is not allowed: {msg}.").format(msg=problem["msg"], **context)


def _brackets(kind: str, given: object, location: Sequence[int | str]) -> str:
    """Return how a file says a list of tables, where there is a single table in its place."""
    if kind != "tuple_type" or not isinstance(given, Mapping):
        return ""
    return f" A file has double brackets above each table of a list, such as [[{location[-1]}]]."


def _short(value: object, most: int = 60) -> str:
    text = repr(value)
    return text if len(text) <= most else f"{text[:most]}…"
