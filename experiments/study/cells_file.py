"""The runs of a study in their places, as a Parquet file to join results with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocreate.experiments.study.durable import written_whole
from cocreate.experiments.study.spec import Cell, Study
from cocreate.experiments.study.store_errors import PartError
from cocreate.model.parameters import LEVERS

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

ROWS = 16_384
"""Rows that are held until they are written together."""


class CellsFile:
    """Takes the runs of a study one by one, and holds few of them in memory."""

    def __init__(self, writer: ParquetWriter, schema: pa.Schema, factors: tuple[str, ...]) -> None:
        self._writer = writer
        self._schema = schema
        self._factors = factors
        self._cells: list[Cell] = []

    def add(self, cell: Cell) -> None:
        """Take a run."""
        self._cells.append(cell)
        if len(self._cells) >= ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what has been taken."""
        import pyarrow as pa  # noqa: PLC0415 - heavy

        columns: dict[str, Any] = {
            "key": [cell.task.key for cell in self._cells],
            "world": [cell.point.world.name for cell in self._cells],
            "point": [cell.point.number for cell in self._cells],
            "replicate": [cell.replicate for cell in self._cells],
            "seed": [cell.task.seed for cell in self._cells],
            **{name: [cell.point.factors.get(name) for cell in self._cells] for name in self._factors},
        }
        self._writer.write_table(pa.table(columns, schema=self._schema))
        self._cells.clear()


@contextmanager
def writing_cells(study: Study, path: Path) -> Iterator[CellsFile]:
    """Give a file that takes the runs of a study, and replaces an older one at the end.

    Raises:
        WriteError: It cannot be written.
    """
    from pyarrow import parquet  # noqa: PLC0415 - heavy

    factors = tuple(dict.fromkeys(name for point in study.points() for name in point.factors))
    schema = _schema(factors)
    with (
        written_whole(path) as draft,
        parquet.ParquetWriter(draft, schema, compression="zstd") as writer,
    ):
        file = CellsFile(writer, schema, factors)
        yield file
        file.flush()


def placed_runs(path: Path) -> int | None:
    """Return how many runs such a file holds; None if it is not there or damaged."""
    from pyarrow import ArrowInvalid, parquet  # noqa: PLC0415 - heavy

    try:
        rows: int = parquet.read_metadata(path).num_rows
    except (OSError, ArrowInvalid):
        return None
    return rows


def cells_table(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Return such a file as a table, as it is at this moment; a driver may replace it at any time.

    Args:
        path: The file.
        columns: Names of the columns to read; None for all.

    Raises:
        PartError: It is damaged.
    """
    from pyarrow import ArrowInvalid, parquet  # noqa: PLC0415 - heavy

    try:
        with parquet.ParquetFile(path) as file:
            return file.read(columns, use_threads=False)  # a thread at work when a command ends aborts it
    except (OSError, ArrowInvalid):
        raise _damaged(path) from None


def read_cells(path: Path, study: Study) -> list[tuple[str, int] | None]:
    """Return key and seed of each run of a study in its place, None for one that the file does not hold.

    Keys are those under which the runs were stored, whatever the model's code is by now.

    Args:
        path: The file.
        study: The study, perhaps with other replicates than in the file.

    Raises:
        PartError: The file is damaged.
    """
    table = cells_table(path, ["point", "replicate", "key", "seed"])
    runs: list[tuple[str, int] | None] = [None] * study.size
    for point, replicate, key, seed in zip(*(column.to_pylist() for column in table.columns), strict=True):
        place = point * study.replicates + replicate
        if replicate < study.replicates and place < study.size:
            runs[place] = (key, seed)
    return runs


def _damaged(path: Path) -> PartError:
    name, store = path.parent.name, path.parents[2]
    return PartError(
        f"{path} is damaged. It holds no results: 'cocreate study resume {name} --store {store}' writes it"
        " anew."
    )


def _schema(factors: tuple[str, ...]) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415 - heavy

    text: pa.DataType = pa.string()
    whole: pa.DataType = pa.int64()
    number: pa.DataType = pa.float64()
    place = [("key", text), ("world", text), ("point", whole), ("replicate", whole), ("seed", whole)]
    kinds = {name: text if LEVERS[name].choices else number for name in factors}
    return pa.schema([*place, *kinds.items()])
