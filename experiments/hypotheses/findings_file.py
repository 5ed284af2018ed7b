"""Findings as files: everything as JSON, claims and boundaries as CSV."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path

from cocreate.experiments.errors import FolderError
from cocreate.experiments.hypotheses.finding import Finding


def prepare_folder(folder: Path) -> None:
    """Make a folder for findings unless it is there, before time is spent on simulating them.

    Raises:
        FolderError: It cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(
            f"Cannot make {folder}: {error.strerror}. Choose another place with --out."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderError(f"{folder} is write-protected: choose another place with --out.")


def save_findings(findings: Sequence[Finding], folder: Path) -> list[Path]:
    """Write ``findings.json`` and ``findings.csv`` into an existing folder, and return their paths.

    Args:
        findings: The findings, one or more.
        folder: The folder.

    Raises:
        OSError: A file cannot be written.
    """
    as_json, as_csv = folder / "findings.json", folder / "findings.csv"
    content = [one.as_json() for one in findings]
    as_json.write_text(json.dumps(content, indent=2, allow_nan=False) + "\n", "utf-8")
    rows = [row for one in findings for row in one.rows()]
    with as_csv.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return [as_json, as_csv]
