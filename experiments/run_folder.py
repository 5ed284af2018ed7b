"""Saved runs: a folder of Parquet, TOML and JSON, written whole or not at all."""

from __future__ import annotations

import json
import math
import os
import platform
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocreate.agents.compiled import fingerprint
from cocreate.experiments.errors import FolderError
from cocreate.experiments.levers_file import interventions_in, levers_as_toml, levers_in, read_toml
from cocreate.experiments.runs import Names, Record, Run
from cocreate.model.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""Version of the folder's layout."""

TABLES = ("series", "regional", "events", "people", "initiatives")
PROVENANCE = "run.json"
LEVERS_FILE = "levers.toml"


def check_writable(folder: Path, *, overwrite: bool = False) -> None:
    """Make sure that a run can be saved, before time is spent on simulating it.

    Raises:
        FolderError: The folder is in the way, or its parent cannot be written.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderError(f"{folder} is no folder: choose another place with --out.")
    if folder.is_dir() and any(folder.iterdir()):
        if not overwrite:
            raise FolderError(f"{folder} is not empty: choose another folder, or add --overwrite.")
        if not (folder / PROVENANCE).is_file():
            raise FolderError(f"{folder} holds something else than a run, so it is not overwritten.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        trial = _sibling(folder, "trial")
        trial.mkdir()
        trial.rmdir()
    except OSError as error:
        raise FolderError(
            f"Cannot write in {folder.parent}: {error.strerror}. Choose another place with --out."
        ) from None
    if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
        raise FolderError(f"{folder} is write-protected: choose another place with --out.")


def _sibling(folder: Path, purpose: str) -> Path:
    return folder.with_name(f".{folder.name}.{purpose}-{secrets.token_hex(4)}")


@contextmanager
def written_whole(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a temporary folder to write in, which takes its place only when all went well.

    Raises:
        FolderError: See :func:`check_writable`; or writing fails, such as on a full disk.
    """
    folder = folder.absolute()
    check_writable(folder, overwrite=overwrite)
    draft = _sibling(folder, "draft")
    try:
        draft.mkdir()
        yield draft
        _put_in_place(draft, folder)
    except OSError as error:
        raise FolderError(f"{folder} could not be written: {error}.") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put_in_place(draft: Path, folder: Path) -> None:
    if not folder.exists():
        draft.rename(folder)
        return
    old = _sibling(folder, "old")
    folder.rename(old)
    try:
        draft.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def save_run(
    run: Run,
    folder: Path,
    *,
    overwrite: bool = False,
    also: Callable[[Path], None] | None = None,
) -> None:
    """Save a run in a folder.

    Args:
        run: The run.
        folder: Where to; made if need be.
        overwrite: Whether an older run there may be replaced.
        also: Writes more files into the folder it is given, such as a figure.

    Raises:
        FolderError: The folder cannot be written or is in the way; nothing half-written is left.
    """
    import pyarrow as pa  # noqa: PLC0415 - heavy
    from pyarrow import parquet  # noqa: PLC0415

    with written_whole(folder, overwrite=overwrite) as draft:
        for name in TABLES:
            frame: pd.DataFrame = getattr(run, name)
            table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
            parquet.write_table(table, draft / f"{name}.parquet", compression="zstd")
        levers = levers_as_toml(run.parameters, run.interventions)
        (draft / LEVERS_FILE).write_text(levers, "utf-8")
        text = json.dumps(provenance(run), indent=2, allow_nan=False, ensure_ascii=False)
        (draft / PROVENANCE).write_text(text + "\n", "utf-8")
        if also is not None:
            also(draft)


def provenance(run: Record) -> dict[str, Any]:
    """Return where a run comes from and how it ended, for JSON; an outcome without a value is None."""
    return {
        "format": FORMAT,
        "cocreate": run.version,
        "preset": run.preset,
        "seed": run.seed,
        "months": run.months,
        "diaries": run.diaries,
        "outcomes": {name: number(value) for name, value in run.outcomes.items()},
        "levers": run.parameters.model_dump(),
        "interventions": [
            {"month": change.month, "lever": change.lever, "value": change.value}
            for change in run.interventions
        ],
        "regions": list(run.names.regions),
        "files": dict(run.names.sources),
        "code": fingerprint(),
        "made_with": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("mesa", "numba", "numpy")},
        },
    }


def number(value: float) -> float | None:
    """Return a number as JSON can hold it: None for one that is not finite.

    >>> number(0.5), number(float("nan"))
    (0.5, None)
    """
    return float(value) if math.isfinite(value) else None


def load_run(folder: Path) -> Run:
    """Load a run from the folder it was saved in.

    Raises:
        FolderError: The folder holds no run, or one that this version cannot read.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    known = _read_provenance(folder)
    try:
        tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
        content = read_toml(folder / LEVERS_FILE)
        people = tuple(str(one) for one in tables["people"]["id"])
        return Run(
            parameters=Parameters.of(levers_in(content, LEVERS_FILE)),
            seed=int(known["seed"]),
            interventions=interventions_in(content, LEVERS_FILE),
            outcomes={
                name: float("nan") if value is None else float(value)
                for name, value in known["outcomes"].items()
            },
            months=int(known["months"]),
            diaries=bool(known["diaries"]),
            version=str(known["cocreate"]),
            preset=str(known["preset"]),
            names=Names(people, tuple(known["regions"]), dict(known["files"])),
            **tables,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FolderError(
            f"{folder} holds a run that cannot be read ({error}): make it again with 'cocreate run'."
        ) from None


def _read_provenance(folder: Path) -> dict[str, Any]:
    if not (folder / PROVENANCE).is_file():
        raise FolderError(
            f"{folder} is no saved run: it has no {PROVENANCE}. 'cocreate run --out FOLDER' makes one."
        )
    try:
        known = json.loads((folder / PROVENANCE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FolderError(f"{folder / PROVENANCE} cannot be read: {error}.") from None
    if not isinstance(known, dict) or known.get("format") != FORMAT:
        raise FolderError(
            f"{folder} holds no run in format {FORMAT}, the one this version reads: make it again with"
            " 'cocreate run'."
        )
    return known
