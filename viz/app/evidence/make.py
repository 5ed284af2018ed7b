"""Make the file of evidence: ``python -m cocreate.viz.app.evidence.make`` (some minutes on one core)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cocreate.experiments.patterns.check import check_patterns
from cocreate.experiments.patterns.pattern import Checked
from cocreate.experiments.patterns.registry import PATTERNS

import cocreate
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.registry import HYPOTHESES
from cocreate.experiments.hypotheses.run_hypothesis import QUICK, run_hypotheses, usual_draws
from cocreate.viz.app.evidence import FILE
from cocreate.viz.app.precomputed import sources

SEED = 1


def content_of(checked: Sequence[Checked], findings: Sequence[Finding], model: str) -> dict[str, Any]:
    """Return what the file holds.

    Args:
        checked: Patterns with what the model made of them.
        findings: What experiments found.
        model: Hash of the model's source files.
    """
    return {
        "version": cocreate.__version__,
        "sources": model,
        "seed": SEED,
        "patterns": [
            {
                "id": one.pattern.id,
                "fitted": one.pattern.use == "fitting",
                "source": one.pattern.source,
                "agree": sum(reading.passed for reading in one.readings) if not one.failures else 0,
                "numbers": len(one.readings),
                "worlds": one.worlds,
            }
            for one in checked
        ],
        "verdicts": [
            {"id": one.id, "verdict": one.verdict.value, "replicates": one.provenance.replicates}
            for one in findings
        ],
    }


def write(path: Path = FILE, replicates: int = QUICK) -> None:
    """Check all patterns, run all experiments, and write the file.

    Args:
        path: File to write.
        replicates: Runs of each world of the experiments.
    """
    checked = check_patterns(tuple(PATTERNS.values()))
    findings = run_hypotheses(tuple(HYPOTHESES.values()), replicates, SEED, draws=usual_draws())
    text = json.dumps(content_of(checked, findings, sources()), indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    write()
    print(f"Evidence in {FILE}")
