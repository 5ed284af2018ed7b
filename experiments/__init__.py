"""Which worlds are run, how they are run, where results are kept and how they are analysed."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cocreate.experiments.conclusions.until_precise import run_until_precise
    from cocreate.experiments.study.conclude import (
        Conclude,
        Contrasts,
        Discovery,
        Precision,
        Sensitivity,
        Survival,
    )
    from cocreate.experiments.study.designs import (
        Factorial,
        FromTable,
        LatinHypercube,
        Morris,
        Paired,
        Single,
        Sobol,
    )
    from cocreate.experiments.study.driver import run_in_memory, run_study
    from cocreate.experiments.study.readers import connect, read_frame, read_results
    from cocreate.experiments.study.results import Results
    from cocreate.experiments.study.settings import draws_over, settings_from_file
    from cocreate.experiments.study.spec import Study
    from cocreate.experiments.study.tasks import Keep
    from cocreate.experiments.study.worlds import World

__all__ = [
    "Conclude",
    "Contrasts",
    "Discovery",
    "Factorial",
    "FromTable",
    "Keep",
    "LatinHypercube",
    "Morris",
    "Paired",
    "Precision",
    "Results",
    "Sensitivity",
    "Single",
    "Sobol",
    "Study",
    "Survival",
    "World",
    "connect",
    "draws_over",
    "read_frame",
    "read_results",
    "run_in_memory",
    "run_study",
    "run_until_precise",
    "settings_from_file",
]

_HOMES = {
    **dict.fromkeys(
        ("Conclude", "Contrasts", "Discovery", "Precision", "Sensitivity", "Survival"), "conclude"
    ),
    **dict.fromkeys(
        ("Factorial", "FromTable", "LatinHypercube", "Morris", "Paired", "Single", "Sobol"), "designs"
    ),
    **dict.fromkeys(("connect", "read_frame", "read_results"), "readers"),
    **dict.fromkeys(("draws_over", "settings_from_file"), "settings"),
    **dict.fromkeys(("run_in_memory", "run_study"), "driver"),
    "Keep": "tasks",
    "Results": "results",
    "Study": "spec",
    "World": "worlds",
}
"""Modules of public names, in the folder of studies."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that importing the package is quick."""
    if name == "run_until_precise":
        return import_module(f"{__name__}.conclusions.until_precise").run_until_precise
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.study.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names, those not imported yet included."""
    return sorted({*globals(), *__all__})
