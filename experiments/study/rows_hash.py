"""A hash of all results of a study, to tell whether two ways of computing them agree in every bit."""

from __future__ import annotations

import hashlib

from cocreate.experiments.study.results import Results
from cocreate.experiments.study.tasks import RunFailure, RunResult


def rows_hash(results: Results) -> str:
    """Return a hash of the results of a study in the order of its runs.

    Times are left out, and so is where an error was raised; runs without a result count as such.

    Args:
        results: All runs, wherever they come from.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for (key, _), record in zip(results.runs, results.records(), strict=True):
        digest.update(f" {key} ".encode())
        digest.update(_content(record))
    return digest.hexdigest()


def _content(record: RunResult | RunFailure | None) -> bytes:
    if record is None:
        return b"missing"
    if isinstance(record, RunFailure):
        return f"{record.type} {record.message}".encode()
    arrays = (record.outcomes, record.pilots, record.series)
    return b" ".join(
        [str(record.months).encode(), *(b"none" if one is None else one.tobytes() for one in arrays)]
    )
