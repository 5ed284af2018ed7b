"""A hash of all results of a study, to tell whether two ways of computing them agree in every bit."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cocreate.experiments.study.results import Results

if TYPE_CHECKING:
    import pandas as pd


def rows_hash(results: Results) -> str:
    """Return a hash of the results of a study in the order of its runs.

    It covers outcomes, reasons of failures, and the pilots and series that the study keeps. Times are left
    out, and so is where an error was raised.

    Args:
        results: All runs, wherever they come from.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    digest.update(" ".join(key for key, _ in results.runs).encode())
    digest.update("\n".join(results.reasons).encode())
    digest.update(results.outcomes.tobytes())
    if results.study.keep.pilots:
        digest.update(_content(results.pilots))
    if results.study.keep.series:
        digest.update(_content(results.series))
    return digest.hexdigest()


def _content(frame: pd.DataFrame) -> bytes:
    columns = (frame[name] for name in frame.columns)
    return b" ".join(
        column.to_numpy().tobytes() if column.dtype.kind in "if" else "\n".join(column).encode()
        for column in columns
    )
