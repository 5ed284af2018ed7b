"""The posterior: settings of uncertain levers that agree with the fitting patterns, shipped as data."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

import cocreate
from cocreate.agents.compiled import fingerprint
from cocreate.experiments.calibration.errors import CalibrationError
from cocreate.experiments.calibration.matching import Fit
from cocreate.model.parameters import Parameters, Value, value_from_text

SAMPLE = Path(__file__).parent / "posterior.csv"
PROVENANCE = Path(__file__).parent / "posterior.json"


@cache
def posterior() -> tuple[Mapping[str, Value], ...]:
    """Return the posterior sample that comes with this version: one mapping of levers a draw.

    Examples:
        >>> from cocreate.experiments.study.spec import Study
        >>> study = Study(draws=posterior(), replicates=len(posterior()))

    Raises:
        CalibrationError: Its file is missing.
    """
    if not SAMPLE.exists():
        raise CalibrationError(
            f"The posterior of uncertain levers is missing: there is no file {SAMPLE}. Install cocreate"
            " again, or stay at the defaults (leave --posterior out)."
        )
    return read_posterior(SAMPLE)


def read_posterior(path: Path) -> tuple[Mapping[str, Value], ...]:
    """Return the draws of a posterior file: a column for each lever, a row for each draw.

    Raises:
        ParameterError: A column is no lever, or a value is out of its range.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: value_from_text(name, text) for name, text in row.items()} for row in csv.DictReader(file)
        ]
    for row in rows:
        Parameters.of(row)
    return tuple(MappingProxyType(row) for row in rows)


def central(fit: Fit) -> dict[str, float]:
    """Return the setting of a fit that lies nearest to the medians of all its levers."""
    middle = np.median(fit.points, axis=0)
    nearest = int(np.argmin(((fit.points - middle) ** 2).sum(axis=1)))
    return fit.settings[nearest]


def write_posterior(fit: Fit, folder: Path, how: Mapping[str, Any]) -> tuple[Path, Path]:
    """Write the sample of a fit and where it comes from.

    Args:
        fit: The fit.
        folder: An existing folder.
        how: What else is needed to make it again, such as plan and seeds.

    Returns:
        The files ``posterior.csv`` and ``posterior.json``.
    """
    sample, told = folder / SAMPLE.name, folder / PROVENANCE.name
    with sample.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([one.name for one in fit.priors])
        writer.writerows([[f"{value:.6g}" for value in row.values()] for row in fit.settings])
    text = json.dumps(provenance(fit, how), indent=2, ensure_ascii=False)
    told.write_text(text + "\n", "utf-8")
    return sample, told


def provenance(fit: Fit, how: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one needs to judge a fit and to make it again, for JSON."""
    return {
        "cocreate": cocreate.__version__,
        "code": fingerprint(),
        **how,
        "priors": {one.name: {"low": one.low, "high": one.high, "why": one.why} for one in fit.priors},
        "aims": {
            aim.name: {
                "pattern": aim.pattern,
                "low": _finite(aim.target.low),
                "high": _finite(aim.target.high),
                "tolerance": aim.tolerance,
                "median": float(np.median(fit.numbers[:, place])),
            }
            for place, aim in enumerate(fit.aims)
        },
        "settings_simulated": fit.simulated,
        "prior_not_ruled_out": list(fit.left),
        "largest_distance_in_tolerances": float(fit.distance.max()),
        "median_distance_in_tolerances": float(np.median(fit.distance)),
        "central": central(fit),
    }


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
