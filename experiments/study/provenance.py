"""Provenance: on what code, packages and machine results were made."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import cocreate
from cocreate.agents.compiled import PACKAGE, fingerprint

RESULTS_DEPEND_ON = ("llvmlite", "mesa", "networkx", "numba", "numpy", "scipy")
"""Packages whose version can change a result."""

ALSO_NOTED = ("distributed", "duckdb", "matplotlib", "pandas", "pebble", "pyarrow", "salib", "statsmodels")


def environment() -> dict[str, Any]:
    """Return on what this process simulates, for JSON."""
    return {
        "cocreate": cocreate.__version__,
        "code": fingerprint(),
        **checkout(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in (*RESULTS_DEPEND_ON, *ALSO_NOTED)},
        "machine": platform.machine(),
        "platform": platform.platform(),
        "host": socket.gethostname(),
        "cores": os.cpu_count(),
    }


def drift(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return what differs between two environments that can change a result, one phrase each.

    >>> drift({"code": "1"}, {"code": "2"})
    ["the model's code is 2, was 1"]
    """
    names = {"cocreate": "cocreate", "code": "the model's code", "python": "Python", "machine": "the machine"}
    facts = [(words, before.get(name), now.get(name)) for name, words in names.items()]
    packages = [one.get("packages", {}) for one in (before, now)]
    facts += [(name, *(one.get(name) for one in packages)) for name in RESULTS_DEPEND_ON]
    return [f"{words} is {new}, was {old}" for words, old, new in facts if old != new]


def checkout() -> dict[str, Any]:
    """Return the git commit of the code and whether it was changed since; None where it is no checkout."""
    unknown: dict[str, Any] = {"commit": None, "dirty": None}
    if _git("ls-files", "--error-unmatch", "agents/compiled.py") is None:
        return unknown  # installed, perhaps inside a checkout of something else
    commit = _git("rev-parse", "HEAD")
    if commit is None:
        return unknown
    return {"commit": commit, "dirty": bool(_git("status", "--porcelain", "--untracked-files=no"))}


def _git(*arguments: str) -> str | None:
    """Return what git answers about the folder of the code; None when it cannot."""
    git = shutil.which("git")
    if git is None:
        return None
    folder = (PACKAGE / "agents").resolve().parent
    done = subprocess.run([git, "-C", folder, *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
