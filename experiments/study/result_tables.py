"""Results of a study as tables: runs, pilots and months for pandas, all outcomes for xarray."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, PER_REGION, PILOT, RunFailure, RunResult
from cocreate.model.outcomes import OUTCOMES

type Records = Iterable[RunResult | RunFailure | None]
"""The record of every run of a study in its place, None for a missing one."""


def run_frame(
    study: Study, seeds: Sequence[int], reasons: Sequence[str], outcomes: NDArray[np.float64]
) -> pd.DataFrame:
    """Return one row a run: its place, seed, failure, factors and outcomes.

    Args:
        study: The study.
        seeds: Seed of each run.
        reasons: Why each run has no result, empty for those that have one.
        outcomes: Shape (runs, kept outcomes).
    """
    places = place_frame(study)
    at = places["point"].to_numpy() % study.design.size
    places["seed"] = np.array(seeds, np.int64)
    places["failure"] = list(reasons)
    factors = factor_frame(study).iloc[at].reset_index(drop=True)
    return pd.concat([places, factors, pd.DataFrame(outcomes, columns=list(KEPT_OUTCOMES))], axis=1)


def place_frame(study: Study) -> pd.DataFrame:
    """Return ``world``, ``point`` and ``replicate`` of each run of a study."""
    points = len(study.worlds) * study.design.size
    names = [world.name for world in study.worlds]
    return pd.DataFrame(
        {
            "world": np.repeat(np.array(names, object), study.design.size * study.replicates),
            "point": np.repeat(np.arange(points), study.replicates),
            "replicate": np.tile(np.arange(study.replicates), points),
        }
    )


def factor_frame(study: Study) -> pd.DataFrame:
    """Return the factors of the design, one row a point of one world."""
    design = study.design
    return pd.DataFrame(list(design.samples()), columns=list(design.varies), index=range(design.size))


def pilot_frame(study: Study, records: Records) -> pd.DataFrame:
    """Return one row a pilot.

    Args:
        study: The study.
        records: Its records.

    Raises:
        StudyError: The study does not keep pilots.
    """
    if not study.keep.pilots:
        raise StudyError("No pilots were kept: set keep=Keep(pilots=True), or pilots = true in [keep].")
    empty = np.zeros(0, PILOT)
    kept = [one.pilots if isinstance(one, RunResult) and one.pilots is not None else empty for one in records]
    places = _repeated(study, np.array([len(rows) for rows in kept]))
    return pd.concat([places, pd.DataFrame(np.concatenate(kept))], axis=1)


def series_frame(study: Study, records: Records) -> pd.DataFrame:
    """Return one row a month of each run.

    Args:
        study: The study.
        records: Its records.

    Raises:
        StudyError: The study does not keep series.
    """
    names = list(study.keep.series)
    if not names:
        raise StudyError(
            'No series were kept: set keep=Keep(series=("trust",)), or series = ["trust"] in [keep].'
        )
    empty = np.zeros((0, len(names)))
    kept = [one.series if isinstance(one, RunResult) and one.series is not None else empty for one in records]
    lengths = np.array([len(rows) for rows in kept])
    places = _repeated(study, lengths)
    places["month"] = np.concatenate([np.arange(length) for length in lengths])
    return pd.concat([places, pd.DataFrame(np.concatenate(kept), columns=names)], axis=1)


def _repeated(study: Study, times: NDArray[np.int64]) -> pd.DataFrame:
    places = place_frame(study)
    return places.iloc[np.repeat(np.arange(len(places)), times)].reset_index(drop=True)


def dataset(study: Study, outcomes: NDArray[np.float64]) -> xr.Dataset:
    """Return all outcomes over worlds, points and replicates.

    Args:
        study: The study.
        outcomes: Shape (runs, kept outcomes).
    """
    shape = (len(study.worlds), study.design.size, study.replicates)
    names = ("world", "point", "replicate")
    found = xr.Dataset(
        {
            name: (names, outcomes[:, column].reshape(shape), _attributes(name))
            for column, name in enumerate(KEPT_OUTCOMES)
        },
        coords={
            "world": [world.name for world in study.worlds],
            "replicate": np.arange(study.replicates),
            **{name: ("point", list(column)) for name, column in factor_frame(study).items()},
        },
        attrs={"study": study.name, "question": study.question, "seed": study.seed},
    )
    return found if study.design.varies else found.squeeze("point")


def _attributes(name: str) -> dict[str, str]:
    declared = OUTCOMES[PER_REGION.get(name, name)]
    if name in PER_REGION:
        return {"long_name": f"{declared.meaning}, per region", "units": f"{declared.unit} per region"}
    return {"long_name": declared.meaning, "units": declared.unit}
