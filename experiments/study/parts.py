"""Parts: records of runs as Arrow tables, one for each kind of thing that is kept.

``runs`` holds the end state of each run, ``failures`` why there is none, ``pilots`` a row for each pilot and
``series`` a row for each monthly outcome of a run. All are tied by the key of the run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PILOT, RunFailure, RunResult, Task

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("runs", "failures", "pilots", "series")
"""The tables of a store."""


@dataclass(frozen=True)
class Origin:
    """Where records come from.

    Attributes:
        session: The session of the driver.
        code: Hash of the model's code.
        series: Names of the monthly outcomes that are kept, in the order of the records' columns.
    """

    session: str
    code: str
    series: tuple[str, ...] = ()


type Ended = tuple[Task, RunResult]
type Failed = tuple[Task, RunFailure]


def schema_of(table: str) -> pa.Schema:
    """Return the columns of a table of the store."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    text: pa.DataType = pa.string()
    number: pa.DataType = pa.float64()
    whole: pa.DataType = pa.int64()
    origin: list[tuple[str, pa.DataType]] = [
        ("seed", whole),
        ("seconds", number),
        ("code", text),
        ("session", text),
    ]
    columns: dict[str, list[tuple[str, pa.DataType]]] = {
        "runs": [
            *origin,
            ("months", whole),
            ("kept_pilots", whole),
            ("kept_series", pa.list_(text)),
            *((name, number) for name in KEPT_OUTCOMES),
        ],
        "failures": [
            *origin,
            *((name, text) for name in ("type", "message", "traceback", "levers", "interventions")),
        ],
        "pilots": [
            ("number", whole),
            *((name, whole if PILOT[name].kind == "i" else number) for name in PILOT.names or ()),
        ],
        "series": [("outcome", text), ("values", pa.list_(number))],
    }
    return pa.schema([("key", text), *columns[table]])


def runs_table(ended: Sequence[Ended], origin: Origin) -> pa.Table:
    """Return end states as a table; ``kept_pilots`` counts pilots and is null where none were to be kept."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    records = [record for _, record in ended]
    outcomes = np.stack([record.outcomes for record in records])
    columns: dict[str, Any] = {
        "key": [record.key for record in records],
        "seed": [task.seed for task, _ in ended],
        "seconds": [record.seconds for record in records],
        "code": [origin.code] * len(records),
        "session": [origin.session] * len(records),
        "months": [record.months for record in records],
        "kept_pilots": [None if record.pilots is None else len(record.pilots) for record in records],
        "kept_series": [list(origin.series) if record.series is not None else [] for record in records],
        **{name: outcomes[:, place] for place, name in enumerate(KEPT_OUTCOMES)},
    }
    return pa.table(columns, schema=schema_of("runs"))


def failures_table(failed: Sequence[Failed], origin: Origin) -> pa.Table:
    """Return failures as a table, with all that is needed to simulate such a run again alone."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    rows = [
        {
            **asdict(record),
            "seed": task.seed,
            "code": origin.code,
            "session": origin.session,
            "levers": json.dumps(dict(task.levers)),
            "interventions": json.dumps([asdict(one) for one in task.interventions]),
        }
        for task, record in failed
    ]
    return pa.Table.from_pylist(rows, schema=schema_of("failures"))


def pilots_table(ended: Sequence[Ended], _: Origin) -> pa.Table:
    """Return the pilots of all runs that kept them."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    kept = [(record.key, record.pilots) for _, record in ended if record.pilots is not None]
    rows = np.concatenate([np.zeros(0, PILOT), *(pilots for _, pilots in kept)])
    columns: dict[str, Any] = {
        "key": [key for key, pilots in kept for _ in pilots],
        "number": [number for _, pilots in kept for number in range(len(pilots))],
        **{name: rows[name] for name in PILOT.names or ()},
    }
    return pa.table(columns, schema=schema_of("pilots"))


def series_table(ended: Sequence[Ended], origin: Origin) -> pa.Table:
    """Return the monthly outcomes of all runs that kept them, one row for each run and outcome."""
    import pyarrow as pa  # noqa: PLC0415 - heavy

    rows = [
        {"key": record.key, "outcome": name, "values": record.series[:, place]}
        for _, record in ended
        if record.series is not None
        for place, name in enumerate(origin.series)
    ]
    return pa.Table.from_pylist(rows, schema=schema_of("series"))


def tables_of(ended: Sequence[Ended], failed: Sequence[Failed], origin: Origin) -> dict[str, pa.Table]:
    """Return records as tables by name; those without rows are left out."""
    of_ended: dict[str, Callable[[Sequence[Ended], Origin], pa.Table]] = {
        "runs": runs_table,
        "pilots": pilots_table,
        "series": series_table,
    }
    tables = {name: make(ended, origin) for name, make in of_ended.items()} if ended else {}
    if failed:
        tables["failures"] = failures_table(failed, origin)
    return {name: table for name, table in tables.items() if table.num_rows}
