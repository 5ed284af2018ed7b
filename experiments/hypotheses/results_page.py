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
from cocreate.experiments.hypotheses.words import and_more, number, places, with_interval

DOCS = Path(__file__).resolve().parents[2] / "docs"
"""Folder of the documents, in a checkout of the sources."""

type Row = Mapping[str, str]

HEAD = """\
# Results of the named experiments

Written by `make results` from [results.csv](results.csv), which holds the same numbers in full. A test
simulates a part of them again and compares. What each experiment claims and what would refute it is declared
in `experiments/hypotheses/`; how verdicts follow from numbers, in `experiments/hypotheses/verdict.py`.

**How to read them.** The model illustrates mechanisms and predicts no place. Each effect is a mean difference
between worlds that share their random draws, with an interval that covers all tests of its experiment
together in 95 % of studies. Effects on shares are in percentage points. How far "open" and "closed" lie apart
is a choice of these experiments.

**How a claim is judged.** The smallest effect that counts is a fifth of a standard deviation between runs,
unless the table of data says otherwise; there it is the column `margin`, in the unit of the outcome. A claim
of *more* holds where the whole interval lies above the margin, and fails where none of it does; *less* is the
same below. *About the same* holds where the whole interval lies within the margins, and fails where it lies
outside them. *Not more* and *not less* hold up to the margin on that side, and fail where the whole interval
lies beyond. Anything else is unsettled. So is what could not be measured in half of the replicates, and what
all replicates agree on while they are too few for that not to be chance.

**How a verdict follows.** The first of these that applies:

1. *Undecided*, where a claim on the validity of the comparison fails or is unsettled.
2. *Refuted*, where an essential claim fails.
3. *Undecided*, where an essential claim is unsettled.
4. *Depends on which of its claims is meant*, where some claims hold and others fail.
5. *Undecided*, where a claim is unsettled.
6. Where all claims hold: *depends on* each boundary at which the effect fails; *supported*, if there is none.
   Boundaries that are unsettled do not change this; the reason names them.
7. Where all claims fail: *depends on* each boundary at which the effect holds; *refuted*, if there is none.

**Settings.** Study seed {seed}; {replicates} replicates of each world (fewer, as the table says, where an
experiment has many worlds); replicate *i* starts from draw *i* of the posterior of {draws} draws. {shared}
Version {version}; fingerprints: code of the model {code}, draws {drawn}.
"""

OWN = "So each replicate has a draw of its own."
SHARED = """After the last draw they start again from the first one. Replicates of the same draw are averaged
before intervals are taken, as only draws are independent of each other."""


def page(rows: Sequence[Row]) -> str:
    """Return the page for a table of findings.

    Args:
        rows: Rows as :meth:`~cocreate.experiments.hypotheses.finding.Finding.rows` gives them, as text.
    """
    most = max(int(row["replicates"]) for row in rows)
    first = rows[0]
    head = HEAD.format(
        seed=first["seed"],
        replicates=most,
        draws=first["draws"],
        shared=OWN if most <= int(first["draws"]) else SHARED,
        version=first["version"],
        drawn=first.get("draws_fingerprint") or "unknown",
        code=first.get("code") or "unknown",
    )
    names = dict.fromkeys(row["hypothesis"] for row in rows)
    lines = [
        head,
        "## Verdicts",
        "",
        "Each verdict has beside it the claim that decides it by these rules, with its effect. Where several"
        " do, it is the first of them, and brackets say how many more there are.",
        "",
        "| | Lesson | Verdict | Decided by | Measured by | Expected | Effect |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_verdict(_rows_of(rows, name)) for name in names]
    lines += ["", "## Claims and boundaries", ""]
    lines += [
        "A boundary is a condition under which the lesson is expected to hold less, or all the same. A claim"
        " that looks at several effects, such as a peak, shows the one that it hangs on, and all of them as"
        " comparisons below it, with the names of the worlds.",
        "",
    ]
    lines += [
        "| | Claim | Measured by | Expected | Effect | Margin | Pairs | It |",
        "|---|---|---|---|---|--:|--:|---|",
    ]
    lines += [_line(row) for row in rows]
    return "\n".join(lines) + "\n"


def _rows_of(rows: Sequence[Row], hypothesis: str) -> list[Row]:
    return [row for row in rows if row["hypothesis"] == hypothesis]


def _verdict(rows: Sequence[Row]) -> str:
    """Return the line of an experiment in the table of verdicts.

    A table of an earlier version does not tell what decides: then it has the effect of the leading claim.
    """
    deciding = sorted((row for row in rows if row.get("decides")), key=lambda row: int(row["decides"]))
    first, *rest = deciding or rows[:1]
    says = f"{_says(first)}{and_more(len(rest))}" if deciding else "unknown; leading effect"
    return (
        f"| {first['hypothesis']} | {first['title']} | **{first['verdict']}** | {says}"
        f" | {MEASURES[first['outcome']].label} | {first['expected']} | {_effect(first)} |"
    )


def _says(row: Row) -> str:
    mark = "*Essential:* " if row["essential"] == "yes" else ""
    return {
        "claim": f"{mark}{row['says']}",
        "validity": f"*Validity:* {row['says']}",
        "comparison": f"*Comparison:* {row['question']}",
        "boundary": f"*Boundary:* {row['says']}",
    }[row["kind"]]


def _line(row: Row) -> str:
    label = MEASURES[row["outcome"]].label
    expected, stands = row["expected"], row["standing"]
    if row["kind"] == "boundary" and row["as_foreseen"] != "unsettled":
        stands += ", as foreseen" if row["as_foreseen"] == "holds" else ", not as foreseen"
    return (
        f"| {row['hypothesis']} | {_says(row)} | {label} | {expected} | {_effect(row)} | ±{_margin(row)}"
        f" | {row['pairs']} | {stands} |"
    )


def _margin(row: Row) -> str:
    outcome, margin = row["outcome"], float(row["margin"] or "nan")
    return number(outcome, margin, places(outcome, margin)).lstrip("+")


def _effect(row: Row) -> str:
    """Return an effect with its interval and unit, to two places after the first that counts."""
    outcome = row["outcome"]
    values = [float(row[name] or "nan") for name in ("effect", "low", "high")]
    digits = places(outcome, max(map(abs, values)))
    mean, low, high = with_interval(outcome, values[0], (values[1], values[2]), digits)
    return f"{mean}{' points' if MEASURES[outcome].in_hundredths else ''} [{low}, {high}]"


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
