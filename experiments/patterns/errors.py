"""Errors of asking for patterns."""

from collections.abc import Sequence

from cocreate.agents.errors import CocreateError
from cocreate.experiments.errors import nearest


class UnknownPatternError(CocreateError, KeyError):
    """A pattern was asked for by an id that does not exist."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        hint = nearest(name.upper(), known)
        super().__init__(f"There is no pattern {name!r}.{hint} There are {', '.join(known)}.")

    def __str__(self) -> str:
        """Return the message itself, which KeyError would put in quotes."""
        return str(self.args[0])
