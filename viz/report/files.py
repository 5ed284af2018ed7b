"""Files that travel inside a page, and saving the page itself."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import FolderError
from cocreate.viz.report.page import Attachment


def csv_file(name: str, rows: Sequence[Mapping[Any, Any]], label: str) -> Attachment:
    """Return rows as a CSV file for a reader to save; columns are those of the first row.

    Args:
        name: Name of the file.
        rows: One mapping a row, all with the same names.
        label: What it holds.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Attachment(name, "text/csv", text.getvalue(), label)


GENERATOR = b'<meta name="generator" content="cocreate">'
"""What the head of every page of ours says."""

HEAD = 1000
"""Bytes of a file in which that is looked for."""


def check_place(path: Path, *, overwrite: bool = False) -> None:
    """Make sure that a page can be saved without losing a file that is none, before time is spent on it.

    Args:
        path: Where it is to be saved.
        overwrite: Whether any file may be replaced, rather than an older page only.

    Raises:
        FolderError: It is no name of a page, or something else is there.
    """
    if path.suffix.lower() not in {".html", ".htm"}:
        raise FolderError(
            f"{path} must end in .html, so that browsers open it: choose another name with --out."
        )
    if path.is_dir():
        raise FolderError(f"{path} is a folder: choose another place with --out.")
    if path.exists() and not overwrite and not _is_page(path):
        raise FolderError(
            f"{path} is there already, and no report: choose another place with --out, or add --overwrite."
        )


def _is_page(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return GENERATOR in file.read(HEAD)
    except OSError:
        return False


def save_page(html: str, path: Path) -> None:
    """Write a page, whole or not at all.

    Args:
        html: The page.
        path: Where; folders are made, and a file of that name is replaced.

    Raises:
        FolderError: It cannot be written there.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(html, "utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise FolderError(
            f"Cannot write {path}: {error.strerror}. Choose another place with --out."
        ) from None
