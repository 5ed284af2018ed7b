"""The JSON Schema of study files, written from the declarations of studies, levers and outcomes.

``python -m cocreate.experiments.study.study_schema`` rewrites the published file.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

from cocreate.experiments.schema_check import FOLDER
from cocreate.experiments.study.base import Part
from cocreate.experiments.study.spec import LONGEST_NAME, Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, Keep
from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.levers import Lever
from cocreate.model.outcomes import MONTHLY
from cocreate.model.parameters import LEVERS

FILE = FOLDER / "study.schema.json"

type Schema = dict[str, Any]

ONLY_IN_FILES: dict[str, Schema] = {
    "Study": {
        "over": {
            "type": "string",
            "default": "defaults",
            "description": "Which settings of the uncertain levers replicates start from: 'defaults',"
            " 'posterior', or a CSV or Parquet file beside this one with a column for each lever.",
        }
    },
    "FromTable": {
        "file": {
            "type": "string",
            "description": "A CSV or Parquet file beside this one, with a column for each lever and a row for"
            " each point.",
        }
    },
    "Intervention": {
        "note": {"type": "string", "description": "Why, for readers: reports show it, no run depends on it."}
    },
}


def study_schema() -> Schema:
    """Return the schema of study files (JSON Schema, draft 2020-12)."""
    raw = Study.model_json_schema()
    definitions: dict[str, Schema] = raw.pop("$defs")
    definitions |= _of_levers() | _of_outcomes()
    known = {declared.__name__: declared for declared in (*_parts(Part), Keep, Intervention)}
    for name, schema in [("Study", raw), *definitions.items()]:
        if name in known:
            _describe(schema, known[name])
            schema["properties"] |= ONLY_IN_FILES.get(name, {})
    definitions["FromTable"]["required"] = ["kind"]
    definitions["FromTable"]["oneOf"] = [{"required": ["rows"]}, {"required": ["file"]}]
    definitions["Intervention"]["properties"]["lever"]["enum"] = [n for n in LEVERS if n not in FIXED]
    definitions["Keep"]["properties"]["series"]["items"] = {"enum": list(MONTHLY)}
    raw["properties"]["name"] |= {"pattern": "^[A-Za-z0-9_-]+$", "maxLength": LONGEST_NAME}
    definitions["Keep"]["properties"]["series"]["uniqueItems"] = True
    for name in ("worlds", "keep", "time_limit", "conclude"):  # nothing that a file could say as well
        del raw["properties"][name]["default"]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A study"}
    tidied: Schema = _tidied({**raw, **head, "$defs": dict(sorted(definitions.items()))})
    return tidied


def _parts(part: type[Part]) -> Iterator[type[Part]]:
    yield part
    for below in part.__subclasses__():
        yield from _parts(below)


def _describe(schema: Schema, declared: type[object]) -> None:
    """Take descriptions from the docstring of a class and of those it inherits from."""
    schema["description"] = _plain((inspect.getdoc(declared) or "").partition("\n\n")[0])
    words: dict[str, str] = {}
    for one in reversed(declared.__mro__[:-1]):
        words |= _attributes(one.__doc__ or "")
    for name, entry in schema["properties"].items():
        if name in words:
            entry["description"] = words[name]
    if "kind" in schema["properties"]:
        schema["required"] = ["kind", *schema.get("required", [])]


def _attributes(text: str) -> dict[str, str]:
    """Return what a docstring says of each attribute."""
    section = inspect.cleandoc(text).partition("Attributes:\n")[2].partition("\n\n")[0]
    found = re.findall(r"^    (\w+): (.*(?:\n      .*)*)", section, re.MULTILINE)
    return {name: _plain(words) for name, words in found}


def _plain(text: str) -> str:
    return re.sub(r":\w+:`~?([^`]+)`", r"\1", " ".join(text.split())).replace("``", "'")


def _of_levers() -> dict[str, Schema]:
    """Return schemas of levers with one value, with a range, and with levels."""
    values = {name: _value(declared) for name, declared in LEVERS.items()}
    several = {
        name: {
            "type": "array",
            "items": {key: value[key] for key in ("type", "enum", "minimum", "maximum") if key in value},
            "description": value["description"],
        }
        for name, value in values.items()
    }
    named = {"type": "array", "items": {"enum": list(LEVERS)}, "minItems": 1}
    table = {"type": "object", "properties": several, "additionalProperties": False, "minProperties": 1}
    return {
        "Levers": {
            "type": "object",
            "properties": values,
            "additionalProperties": False,
            "description": "Levers by name.",
        },
        "Ranges": {
            "anyOf": [table, named],
            "description": "Levers with their smallest and largest value, or some words of a choice; an empty"
            " list, or a list of names in place of the table, stands for all that is allowed.",
        },
        "Levels": {"anyOf": [table, named], "description": "Levers with all values that they take."},
    }


def _value(declared: Lever) -> Schema:
    words = {"description": f"{declared.meaning} ({declared.unit}).", "default": declared.default}
    if declared.choices:
        return {"type": "string", "enum": list(declared.choices), **words}
    kind = "integer" if declared.whole else "number"
    return {"type": kind, "minimum": declared.low, "maximum": declared.high, **words}


def _of_outcomes() -> dict[str, Schema]:
    return {"OutcomeName": {"enum": list(KEPT_OUTCOMES), "description": "Name of an outcome."}}


def _tidied(value: Any) -> Any:
    """Return a schema without the titles, null values and wrappers that say nothing to a reader."""
    if isinstance(value, list):
        return [_tidied(one) for one in value]
    if not isinstance(value, dict):
        return value
    if {"type": "null"} in value.get("anyOf", []):
        rest = {key: one for key, one in value.items() if key not in {"anyOf", "default", "title"}}
        return _tidied({**value["anyOf"][0], **rest})
    kept = {key: one for key, one in value.items() if key != "discriminator"}
    if "properties" in kept:
        kept["properties"] = {
            name: {key: part for key, part in one.items() if key != "title"}
            for name, one in kept["properties"].items()
        }
    return {key: _tidied(one) for key, one in kept.items()}


def schema_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(study_schema(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def main() -> None:
    """Rewrite the published file."""
    FILE.write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    main()
