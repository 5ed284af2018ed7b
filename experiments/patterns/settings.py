"""Settings that several patterns share, so that their runs are simulated once."""

from collections.abc import Mapping
from typing import Final

from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Keep
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

SEED: Final = 20_260
"""Seed of the checks. Calibration uses another: no pattern is checked on the worlds it was fitted on."""

DEFAULT = "default"

DEFAULT_WORLDS = Study(
    name="patterns-default",
    worlds=(World(name=DEFAULT, label="default world"),),
    replicates=80,
    seed=SEED,
    keep=Keep(pilots=True),
)
"""Default worlds with their pilots."""

QUICK = 24
"""Replicates of a quick check of the default worlds."""


def worlds_of(settings: Mapping[str, Mapping[str, Value]]) -> tuple[World, ...]:
    """Return worlds by name and levers."""
    return tuple(World(name=name, levers=levers) for name, levers in settings.items())
