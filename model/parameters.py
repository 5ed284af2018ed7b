"""The frozen object that holds the values of all levers, and what it checks."""

import difflib
from collections.abc import Mapping
from typing import Any, Self

import numpy as np
from pydantic import ValidationError, model_validator

from cocreate.agents.columns import Table
from cocreate.agents.errors import CocreateError
from cocreate.model.levers import Lever, read_lever
from cocreate.model.policy_levers import PolicyLevers
from cocreate.model.process_levers import ProcessLevers
from cocreate.model.world_levers import WorldLevers

type Value = float | int | str
"""What a lever can be set to."""


class ParameterError(CocreateError, ValueError):
    """A lever is unknown, of the wrong type or out of range, or levers contradict each other."""


class Parameters(ProcessLevers, WorldLevers, PolicyLevers):
    """The levers of a world. Frozen: make another with :meth:`changed`.

    Raises:
        ParameterError: From :meth:`of` and :meth:`changed`, for a name or value that is not allowed.
    """

    @model_validator(mode="before")
    @classmethod
    def _plain_numbers(cls, values: Any) -> Any:
        if not isinstance(values, Mapping):
            return values
        return {k: v.item() if isinstance(v, np.generic) else v for k, v in values.items()}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.eu_funding_end < self.eu_funding_start:
            raise ValueError(
                f"eu_funding_end ({self.eu_funding_end}) lies before eu_funding_start"
                f" ({self.eu_funding_start}): set both, or set eu_funding to 0 for no programme."
            )
        counts = {
            "citizens_per_region": self.citizens_per_region,
            "professionals_per_region": self.professionals_per_region,
            "politicians_per_region": self.politicians_per_region,
        }
        missing = [name for name, count in counts.items() if count == 0]
        if missing and self.null_world == "no":
            raise ValueError(
                f"{' and '.join(missing)} is 0: a world needs citizens, professionals and politicians."
                " Set it to at least 1, or null_world=yes to study a world without them."
            )
        if sum(counts.values()) == 0:
            raise ValueError("A world without any people cannot be simulated.")
        return self

    @classmethod
    def of(cls, values: Mapping[str, Value] | None = None) -> Self:
        """Return the levers of a world: the defaults, with the given ones set.

        Args:
            values: Levers by name.

        Raises:
            ParameterError: For an unknown name (with the nearest right one), or a value that is of
                the wrong type, out of range, or contradicts another.
        """
        values = dict(values or {})
        for name in values:
            lever_named(name)
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            raise ParameterError(_in_words(error)) from None

    def changed(self, values: Mapping[str, Value]) -> Self:
        """Return a copy with some levers set to other values."""
        return self.of({**self.model_dump(), **values})

    def record(self) -> Table:
        """Return the levers as a table of one row, as the compiled rules read them.

        Choices become their place in the list of allowed words.
        """
        table = np.zeros(1, np.dtype([(name, "f8") for name in LEVERS]))
        for name, declared in LEVERS.items():
            value = getattr(self, name)
            table[name][0] = declared.choices.index(value) if declared.choices else value
        return table


LEVERS: dict[str, Lever] = {name: read_lever(name, f) for name, f in Parameters.model_fields.items()}
"""Every lever's declaration by name, in the order of declaration."""


def lever_named(name: str) -> Lever:
    """Return the declaration of a lever.

    Raises:
        ParameterError: There is no lever of that name; the message offers the nearest ones.
    """
    if name in LEVERS:
        return LEVERS[name]
    near = difflib.get_close_matches(name, LEVERS, n=3, cutoff=0.5)
    hint = f" Did you mean {', or '.join(near)}?" if near else ""
    raise ParameterError(f"There is no lever {name!r}.{hint} 'cocreate levers' lists them all.")


def value_from_text(name: str, text: str) -> Value:
    """Return the value that a text such as ``0.4`` or ``unanimity`` gives a lever.

    Raises:
        ParameterError: The lever is unknown, or the text is no value of its kind.
    """
    declared = lever_named(name)
    if declared.choices:
        return text
    try:
        return int(text) if declared.whole else float(text)
    except ValueError:
        raise ParameterError(f"{name} must be {declared.allowed}, but was given {text!r}.") from None


def _in_words(error: ValidationError) -> str:
    sentences = []
    for problem in error.errors():
        if problem["loc"]:
            name = str(problem["loc"][0])
            allowed = lever_named(name).allowed
            sentences.append(f"{name} must be {allowed}, but was given {problem['input']!r}.")
        else:
            sentences.append(str(problem.get("ctx", {}).get("error", problem["msg"])))
    return " ".join(sentences)
