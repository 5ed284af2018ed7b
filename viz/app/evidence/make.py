"""Make the file of evidence: ``python -m cocreate.viz.app.evidence.make`` (some minutes on one core).

Patterns are checked anew, at the default levers. Verdicts on lessons are those of the published results,
``docs/results.csv``, whose experiments take some ten minutes on two cores.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.results_page import DOCS, read
from cocreate.experiments.patterns.check import check_patterns
from cocreate.experiments.patterns.pattern import Checked
from cocreate.experiments.patterns.registry import PATTERNS
from cocreate.viz.app.evidence import FILE, checks

RESULTS = DOCS / "results.csv"
MIXED = "depends on which of its claims"

type Row = Mapping[str, str]


def content_of(checked: Sequence[Checked], rows: Sequence[Row], now: str) -> dict[str, Any]:
    """Return what the file holds.

    Args:
        checked: Patterns with what the model made of them.
        rows: Rows of the published results: one a claim or boundary.
        now: Hash of the model and of the patterns.
    """
    return {
        "version": rows[0]["version"],
        "seed": int(rows[0]["seed"]),
        "checks": now,
        "patterns": [pattern_found(one) for one in checked],
        "verdicts": [verdict_found([row for row in rows if row["hypothesis"] == id_]) for id_ in HYPOTHESES],
    }


def pattern_found(one: Checked) -> dict[str, Any]:
    """Return what the model made of a pattern."""
    return {
        "id": one.pattern.id,
        "fitted": one.pattern.use == "fitting",
        "source": one.pattern.source,
        "agree": sum(reading.passed for reading in one.readings) if not one.failures else 0,
        "numbers": len(one.readings),
        "worlds": one.worlds,
    }


def verdict_found(rows: Sequence[Row]) -> dict[str, Any]:
    """Return what the experiments say of a lesson.

    Args:
        rows: All rows of that lesson.
    """
    first = rows[0]
    claims = [row["standing"] for row in rows if row["kind"] == "claim"]
    return {
        "id": first["hypothesis"],
        "verdict": kind_of(first["verdict"]),
        "holds": claims.count("holds"),
        "claims": len(claims),
        "replicates": int(first["replicates"]),
    }


def kind_of(verdict: str) -> str:
    """Return the kind of a verdict, whatever it depends on.

    >>> kind_of("depends on which of its claims is meant"), kind_of("depends on how alike places are")
    ('mixed', 'depends_on')
    """
    if verdict.startswith(MIXED):
        return "mixed"
    return "depends_on" if verdict.startswith("depends on") else verdict


def write(path: Path = FILE) -> None:
    """Check all patterns, take the published results, and write the file.

    Args:
        path: File to write.
    """
    checked = check_patterns(tuple(PATTERNS.values()))
    text = json.dumps(content_of(checked, read(RESULTS), checks()), indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    write()
    print(f"Evidence in {FILE}")
