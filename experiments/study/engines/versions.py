"""Versions: whether two processes have the code that gives the same results."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

import cocreate
from cocreate.agents.compiled import fingerprint
from cocreate.experiments.study import tasks
from cocreate.experiments.study.engines.errors import OtherVersionError

PACKAGES = ("numpy", "numba", "pydantic")
"""Packages whose version can change a result."""


@cache
def code_versions() -> dict[str, str]:
    """Return what results depend on, by name: rules of the model, what is kept of a run, packages, Python."""
    return {
        "cocreate": cocreate.__version__,
        "the rules of the model": fingerprint(),
        "what is kept of a run": hashlib.sha256(Path(tasks.__file__).read_bytes()).hexdigest()[:16],
        **{name: version(name) for name in PACKAGES},
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Say what differs between two processes, in words; empty when nothing does.

    >>> differences({"numpy": "2.5.0", "numba": "0.68"}, {"numpy": "2.4.1", "numba": "0.68"})
    'numpy (here 2.5.0, there 2.4.1)'
    """
    names = [name for name in here if here[name] != there.get(name)]
    return ", ".join(f"{name} (here {here[name]}, there {there.get(name, 'missing')})" for name in names)


def check_versions(expected: Mapping[str, str]) -> None:
    """Refuse to simulate for a process with other code.

    Raises:
        OtherVersionError: Something differs.
    """
    other = differences(expected, code_versions())
    if other:
        raise OtherVersionError(f"A worker has other code: {other}. {WAY_OUT}")


WAY_OUT = "Install the same version of cocreate and its packages where the workers run, and start them again."
