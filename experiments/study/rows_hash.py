"""A hash of all results of a study, to tell whether two ways of computing them agree in every bit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import RunFailure, RunResult


def rows_hash(study: Study, records: Mapping[str, RunResult | RunFailure]) -> str:
    """Return a hash of the records of a study in the order of its runs.

    Times are left out, and so is where an error was raised; runs without a record count as such.

    Args:
        study: The study.
        records: Its records by key.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for cell in study.cells():
        digest.update(f"{cell.point.number} {cell.replicate} {cell.task.key} ".encode())
        digest.update(_content(records.get(cell.task.key)))
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
