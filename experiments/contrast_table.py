"""The table of a contrast as files, with where its numbers come from."""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cocreate
from cocreate.agents.compiled import fingerprint
from cocreate.experiments.analysis.contrast import Difference
from cocreate.experiments.analysis.interval import CONFIDENCE
from cocreate.experiments.replicates import Study
from cocreate.model.outcomes import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "scipy")


def as_frame(differences: Sequence[Difference]) -> pd.DataFrame:
    """Return differences as a table: their attributes, and the verdict in words."""
    import pandas as pd  # noqa: PLC0415 - heavy

    return pd.DataFrame([{**asdict(one), "verdict": str(one.verdict)} for one in differences])


def worlds_frame(study: Study) -> pd.DataFrame:
    """Return all outcomes of all worlds: one row a world, failures with their reason and no outcomes."""
    import pandas as pd  # noqa: PLC0415 - heavy

    rows = [
        {"arm": one.arm, "replicate": one.number, "seed": one.seed, "failure": one.failure, **one.outcomes}
        for one in study.replicates
    ]
    columns = ["arm", "replicate", "seed", "failure", *OUTCOMES]
    frame = pd.DataFrame(rows)
    return frame.reindex(columns=columns + [name for name in frame.columns if name not in columns])


def provenance(study: Study) -> dict[str, Any]:
    """Return what one needs to make the numbers again, for JSON."""
    return {
        "cocreate": cocreate.__version__,
        "code": fingerprint(),
        "study_seed": study.seed,
        "replicates": study.count,
        "seeds": [one.seed for one in study.of(study.arms[0].name)],
        "confidence": CONFIDENCE,
        "arms": {arm.name: {"label": arm.label, "levers": dict(arm.levers)} for arm in study.arms},
        "levers": study.parameters.model_dump(),
        "failures": [
            {"arm": one.arm, "replicate": one.number, "seed": one.seed, "failure": one.failure}
            for one in study.failures
        ],
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def save_tables(study: Study, differences: Sequence[Difference], folder: Path) -> list[Path]:
    """Save a contrast and its worlds as files.

    Args:
        study: All worlds.
        differences: What is to be reported of them.
        folder: An existing folder.

    Returns:
        The files: ``contrasts.csv``, ``contrasts.parquet``, ``worlds.parquet``, ``provenance.json``.

    Raises:
        OSError: A file cannot be written.
    """
    frame = as_frame(differences)
    paths = [folder / f"contrasts.{kind}" for kind in ("csv", "parquet")]
    paths += [folder / "worlds.parquet", folder / "provenance.json"]
    frame.to_csv(paths[0], index=False, lineterminator="\n")
    frame.to_parquet(paths[1], index=False)
    worlds_frame(study).to_parquet(paths[2], index=False)
    text = json.dumps(provenance(study), indent=2, ensure_ascii=False)
    paths[3].write_text(text + "\n", "utf-8")
    return paths
