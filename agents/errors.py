"""Errors that name the thing, the allowed values and the way out."""

from typing import Any


class CocreateError(Exception):
    """Base of every error that the user can mend; the command line prints it without a traceback."""


class StateError(CocreateError, ValueError):
    """A state variable was given a value outside its range."""

    def __init__(self, name: str, value: Any, low: float | None, high: float | None) -> None:
        lowest = "-inf" if low is None else f"{low:g}"
        highest = "inf" if high is None else f"{high:g}"
        super().__init__(f"{name} must lie between {lowest} and {highest}, but was given {value!r}.")
