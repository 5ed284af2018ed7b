"""Tables of a store for SQL: the files of all parts as views of DuckDB."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate.experiments.study.journal import Part
from cocreate.experiments.study.parts import TABLES, schema_of
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import StoreError
from cocreate.experiments.study.tasks import Keep

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "preserve_insertion_order": "false",
    "temp_directory": tempfile.gettempdir(),
}
"""How DuckDB works here: any order, and nothing of its own in the folder one happens to be in."""

ATTEMPTS = 5
"""How often a store is looked at anew whose files are being put together."""

ONE_OF_EACH = {
    "runs": "SELECT * FROM all_runs QUALIFY row_number() OVER (PARTITION BY key ORDER BY session) = 1",
    "failures": "SELECT * FROM all_failures ANTI JOIN finished USING (key)"
    " QUALIFY row_number() OVER (PARTITION BY key ORDER BY session DESC) = 1",
    "pilots": "SELECT DISTINCT ON (key, number) * FROM all_pilots",
    "series": "SELECT DISTINCT ON (key, outcome) * FROM all_series",
}
"""How each table is read: a run that was simulated twice, such as by two shares, counts once."""

NOTHING_MORE = Keep()
"""What every study keeps: the outcomes at the end."""


def finished_runs(keep: Keep) -> str:
    """Return a query for the keys of the runs of which everything is there that a study keeps.

    Others, such as those of a study that keeps less, are simulated again, and until then are missing.

    >>> finished_runs(Keep())
    'SELECT DISTINCT key FROM all_runs'
    >>> finished_runs(Keep(pilots=True))
    'SELECT key FROM all_runs GROUP BY key HAVING bool_or(kept_pilots IS NOT NULL)'
    """
    wanted = ["bool_or(kept_pilots IS NOT NULL)"] if keep.pilots else []
    if keep.series:
        wanted.append(
            f"list_has_all(flatten(list(kept_series)), [{', '.join(map(as_literal, keep.series))}])"
        )
    if not wanted:
        return "SELECT DISTINCT key FROM all_runs"
    return f"SELECT key FROM all_runs GROUP BY key HAVING {' AND '.join(wanted)}"


def open_tables(store: Store, keep: Keep = NOTHING_MORE) -> DuckDBPyConnection:
    """Return a connection with a view for each table of a store, and ``finished`` with keys of runs.

    Columns that only newer or older files have are empty in the others.

    Args:
        store: The store; it can be read while a driver writes.
        keep: What is kept of a run that counts as finished.

    Raises:
        PartError: A file is not as it was written.
        StoreError: It is no store.
    """
    import duckdb  # noqa: PLC0415 - heavy

    store.check()
    parts = _verified(store)
    connection = duckdb.connect(config=SETTINGS)
    for table in TABLES:
        files = [store.path(table, part.name) for part in parts if table in part.files]
        connection.register(f"no_{table}", schema_of(table).empty_table())
        source = f"SELECT * FROM no_{table}"
        if files:
            source += f" UNION ALL BY NAME SELECT * FROM {as_source(files)}"
        connection.execute(f"CREATE VIEW all_{table} AS {source}")
    for name, query in {"finished": finished_runs(keep), **ONE_OF_EACH}.items():
        connection.execute(f"CREATE VIEW {name} AS {query}")
    return connection


def _verified(store: Store) -> list[Part]:
    """Return the parts that count, all their files as they were written."""
    for _ in range(ATTEMPTS):
        with suppress(FileNotFoundError):  # put together in the meantime
            parts = store.parts()
            for part in parts:
                store.verify(part)
            return parts
    raise StoreError(f"Files of {store.folder} vanish while they are read. Try again in a minute.")


def as_source(files: Iterable[Path]) -> str:
    """Return Parquet files as a table of SQL, columns matched by name.

    >>> as_source([Path("it's/a*.parquet")])
    "read_parquet(['it''s/a[*].parquet'], union_by_name = true)"
    """
    # brackets keep letters from being taken for patterns of names
    names = ", ".join(as_literal(re.sub(r"([*?\[])", r"[\1]", str(path))) for path in files)
    return f"read_parquet([{names}], union_by_name = true)"


def copy(connection: DuckDBPyConnection, query: str, path: Path, kind: str) -> int:
    """Write what a query gives to a file, and return the number of rows.

    Args:
        connection: Where the query is asked.
        query: The query.
        path: The file.
        kind: Its kind and settings, as ``COPY`` takes them.

    Raises:
        OSError: The file cannot be written.
    """
    import duckdb  # noqa: PLC0415 - heavy

    try:
        done = connection.execute(f"COPY ({query}) TO {as_literal(path)} ({kind})").fetchone()
    except duckdb.IOException as error:
        raise OSError(str(error)) from None
    return int(done[0]) if done else 0


def as_literal(text: object) -> str:
    """Return a text as SQL writes it.

    >>> as_literal("it's")
    "'it''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"
