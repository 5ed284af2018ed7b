"""Errors of reading and writing worlds, runs and people of your own."""

import difflib
from collections.abc import Sequence

from cocreate.agents.errors import CocreateError


class FolderError(CocreateError, OSError):
    """A folder cannot be written, is in the way, or holds no run."""


class PresetError(CocreateError, ValueError):
    """There is no such preset, or a file of levers is not in order."""


class DataError(CocreateError, ValueError):
    """People or ties of your own are not as the schema says.

    Attributes:
        problems: What is wrong, one sentence each; at most :data:`MOST_PROBLEMS` of them.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


class StoryError(CocreateError, LookupError):
    """There is nobody and nothing of that name in the run, or it was saved without diaries."""


MOST_PROBLEMS = 10
"""Problems of a file that are told at once."""


def nearest(name: str, known: Sequence[str]) -> str:
    """Return a hint at the names that come nearest, or an empty text.

    >>> nearest("vilage", ["village", "city"])
    ' Did you mean village?'
    """
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f" Did you mean {', or '.join(near)}?" if near else ""
