"""Simulate how citizens, officials and organisations co-create public services."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cocreate.experiments.presets import load_preset
    from cocreate.experiments.run_folder import load_run, save_run
    from cocreate.experiments.runs import Run, run_world
    from cocreate.model.interventions import Intervention
    from cocreate.model.model import CoCreationModel
    from cocreate.model.parameters import Parameters

__version__ = "0.1.0"

__all__ = [
    "CoCreationModel",
    "Intervention",
    "Parameters",
    "Run",
    "load_preset",
    "load_run",
    "run_world",
    "save_run",
]

_HOMES = {
    "CoCreationModel": "model.model",
    "Intervention": "model.interventions",
    "Parameters": "model.parameters",
    "Run": "experiments.runs",
    "load_preset": "experiments.presets",
    "load_run": "experiments.run_folder",
    "run_world": "experiments.runs",
    "save_run": "experiments.run_folder",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package is quick."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names, those not imported yet included."""
    return sorted({*globals(), *__all__})
