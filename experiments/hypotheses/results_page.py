"""The page of results: docs/results.md, written from the table of findings beside it.

``python -m cocreate.experiments.hypotheses.results_page FOLDER`` takes the findings that
``cocreate test all --out FOLDER`` has left there.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cocreate.experiments.hypotheses.measures import MEASURES
from cocreate.experiments.hypotheses.words import number

DOCS = Path(__file__).resolve().parents[2] / "docs"
"""Folder of the documents, in a checkout of the sources."""

type Row = Mapping[str, str]

SMALL = 0.1
"""Numbers below this get a third digit."""

HEAD = """\
# Results of the named experiments

Written by `make results` from [results.csv](results.csv), which holds the same numbers in full. A test
simulates a part of them again and compares. What each experiment claims and what would refute it is declared
in `experiments/hypotheses/`; how verdicts follow from numbers, in `experiments/hypotheses/verdict.py`.

**How to read them.** The model illustrates mechanisms and predicts no place. Each effect is a mean difference
between worlds that share their random draws, with an interval that covers all tests of its experiment
together in 95 % of studies. A claim holds where the whole interval lies on its side, beyond a fifth of a
standard deviation between worlds; it fails where the interval shows the contrary, or nothing of that size.
Effects on shares are in percentage points. How far "open" and "closed" lie apart is a choice of these
experiments.

**Settings.** Study seed {seed}; {replicates} replicates of each world (fewer, as the table says, where an
experiment has many worlds); replicate *i* starts from draw *i* of the posterior of {draws} draws, and again
from the first one after the last. Version {version}.
"""


def page(rows: Sequence[Row]) -> str:
    """Return the page for a table of findings.

    Args:
        rows: Rows as :meth:`~cocreate.experiments.hypotheses.finding.Finding.rows` gives them, as text.
    """
    most = max(int(row["replicates"]) for row in rows)
    first = rows[0]
    head = HEAD.format(seed=first["seed"], replicates=most, draws=first["draws"], version=first["version"])
    leading = [_rows_of(rows, name)[0] for name in dict.fromkeys(row["hypothesis"] for row in rows)]
    lines = [
        head,
        "## Verdicts",
        "",
        "| | Lesson | Measured by | Leading effect | Verdict |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['hypothesis']} | {row['title']} | {MEASURES[row['outcome']].label} | {_effect(row)}"
        f" | **{row['verdict']}** |"
        for row in leading
    ]
    lines += ["", "## Claims and boundaries", ""]
    lines += [
        "A boundary is a condition under which the lesson is expected to hold less, or all the same. A claim"
        " that looks at several effects, such as a peak, shows the one that it hangs on, and all of them as"
        " comparisons below it, with the names of the worlds.",
        "",
    ]
    lines += ["| | Claim | Measured by | Effect | Pairs | It |", "|---|---|---|---|--:|---|"]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


def _rows_of(rows: Sequence[Row], hypothesis: str) -> list[Row]:
    return [row for row in rows if row["hypothesis"] == hypothesis]


def _line(row: Row) -> str:
    says = {
        "claim": row["says"],
        "comparison": f"*Comparison:* {row['question']}",
        "boundary": f"*Boundary:* {row['says']}",
    }[row["kind"]]
    label = MEASURES[row["outcome"]].label
    return f"| {row['hypothesis']} | {says} | {label} | {_effect(row)} | {row['pairs']} | {row['standing']} |"


def _effect(row: Row) -> str:
    """Return an effect with its interval and unit, to two places after the first that counts."""
    outcome = row["outcome"]
    values = [float(row[name] or "nan") for name in ("effect", "low", "high")]
    is_share = MEASURES[outcome].unit == "share"
    digits = 1 if is_share else 3 if max(map(abs, values)) < SMALL else 2
    mean, low, high = (number(outcome, value, digits) for value in values)
    return f"{mean}{' points' if is_share else ''} [{low}, {high}]"


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table of findings."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, docs: Path = DOCS) -> None:
    """Take the findings in a folder over into the documents.

    Args:
        folder: Folder that ``cocreate test all`` has written.
        docs: Folder of the documents.
    """
    shutil.copyfile(folder / "findings.csv", docs / "results.csv")
    (docs / "results.md").write_text(page(read(docs / "results.csv")), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
