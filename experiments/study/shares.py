"""Shares: a study's runs divided among drivers, each with every n-th of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import index

from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.spec import Cell, Study

type Shard = tuple[int, int]
"""Number of a share of the runs, from 1 on, and how many shares there are."""


def share_of(text: str) -> Shard | None:
    """Return the share that a text names; None for all runs, which no text stands for.

    Raises:
        StudyError: It names none.

    >>> share_of("3/20"), share_of("")
    ((3, 20), None)
    """
    if not text:
        return None
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    try:
        return checked_share((int(found[1]), int(found[2])) if found else None)
    except StudyError:
        raise StudyError(
            f"--shard must be I/N, such as 1/4 to 4/4 for four shares, but was given {text!r}."
        ) from None


def checked_share(shard: object) -> Shard:
    """Return a share as two whole numbers after checking it.

    Raises:
        StudyError: It is no such share.

    >>> checked_share((3, 20))
    (3, 20)
    """
    try:
        number, shares = (index(one) for one in shard)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        number, shares = 0, 0
    if not 1 <= number <= shares:
        raise StudyError(
            "shard must be two whole numbers, that of the share and how many there are, such as (1, 4) to"
            f" (4, 4) for four shares, but was given {shard!r}."
        )
    return number, shares


def cells_of(study: Study, shard: Shard | None) -> Iterator[Cell]:
    """Give the cells of a share: every n-th one, so that each world has its part in every share.

    Args:
        study: The study.
        shard: The share; None for all cells.
    """
    if shard is None:
        return study.cells()
    number, shares = shard
    return islice(study.cells(), number - 1, None, shares)
