"""What all parts of a study share: they check themselves, cannot be changed, and explain their errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from cocreate.experiments.errors import nearest
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.wording import in_words

FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)
"""How all parts of a study behave: they cannot be changed, and know no other names."""


class Part(BaseModel):
    """A part of a study.

    Lists may stand for tuples, and NumPy's numbers for plain ones; nothing else is converted.

    Raises:
        StudyError: An entry is unknown, of the wrong type or out of range.
    """

    model_config = FROZEN
    shorthands: ClassVar[tuple[str, ...]] = ()
    """Entries that stand for others, besides the fields."""

    def __init__(self, /, **entries: Any) -> None:
        try:
            super().__init__(**entries)
        except ValidationError as error:
            raise StudyError(in_words(error, entries)) from None

    # Without it, pydantic would call __init__ for parts inside parts, and lose the place of an error.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @model_validator(mode="before")
    @classmethod
    def _plain_and_known(cls, entries: Any) -> Any:
        if not isinstance(entries, Mapping):
            return entries
        known = (*cls.model_fields, *cls.shorthands)
        for name in entries:
            if name not in known:
                hint = cls.place_of(str(name)) or nearest(str(name), known)
                raise StudyError(f"There is no entry {name!r}.{hint} Allowed are {', '.join(known)}.")
        return {name: _plain(value) for name, value in cls.spelled_out(dict(entries)).items()}

    @classmethod
    def spelled_out(cls, entries: dict[str, Any]) -> dict[str, Any]:
        """Return entries with what their :attr:`shorthands` stand for."""
        return entries

    @classmethod
    def place_of(cls, name: str) -> str:  # noqa: ARG003 - parts that know other places use it
        """Return where an entry belongs that does not belong here, as a sentence; empty if unknown."""
        return ""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """Return a copy with some entries changed, checked like a new one.

        Args:
            update: Entries with other values.
            deep: Makes no difference, since nothing inside can change.
        """
        entries = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self)(**{**entries, **(update or {})})


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    return tuple(value) if isinstance(value, list) else value
