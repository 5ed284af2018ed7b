"""Problems in words: what could not be used, what is allowed instead, and where to find it."""

from __future__ import annotations

from cocreate.model.parameters import LEVERS
from cocreate.viz.app.controls.rows import allowed_text
from cocreate.viz.app.state import Problem
from cocreate.viz.app.words import Words


def problem_text(words: Words, problem: Problem) -> str:
    """Return what is said of a problem in the visitor's language.

    Args:
        words: Words of the visitor's language.
        problem: The problem.
    """
    allowed = {"allowed": allowed_text(words, LEVERS[problem.lever])} if problem.lever else {}
    return words(problem.key, page=words("common.to_about"), **allowed, **problem.values)
