"""On what runs were made: code, packages and machines, for the end of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cocreate.viz.report.page import Column, Note, Table

UNKNOWN = "unknown"
"""Stands for what nobody noted."""


def environment_rows(environments: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return version, code, commit, Python and platform of some environments as rows of a table.

    Args:
        environments: As :func:`~cocreate.experiments.study.provenance.environment` gives them, or parts of
            them; none where nobody noted any.
    """
    return [
        ("Version", _each("cocreate", environments)),
        ("Code of the model, fingerprint", _each("code", environments)),
        ("Commit", _listed(map(_commit, environments))),
        ("Python", _each("python", environments)),
        ("Platform", _each("platform", environments)),
    ]


def packages_table(environments: Sequence[Mapping[str, Any]]) -> Table:
    """Return the versions of packages in some environments."""
    packages = [one.get("packages", {}) for one in environments]
    names = sorted({name for one in packages for name in one})
    rows = tuple((name, _listed(one.get(name) or "not installed" for one in packages)) for name in names)
    return Table("Versions of packages", (Column("Package"), Column("Version")), rows)


def several(environments: Sequence[Mapping[str, Any]]) -> list[Note]:
    """Return a remark where runs were not all made on the same code and Python."""
    if len({(one.get("code"), one.get("python")) for one in environments}) <= 1:
        return []
    return [Note("Not all runs were made on the same code and Python: see the table.")]


def _each(name: str, environments: Sequence[Mapping[str, Any]]) -> str:
    return _listed(one.get(name, UNKNOWN) for one in environments)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(dict.fromkeys(map(str, values))) or UNKNOWN


def _commit(environment: Mapping[str, Any]) -> str:
    if not environment.get("commit"):
        return f"{UNKNOWN} (an installed package)"
    return str(environment["commit"]) + (", with changes since" if environment.get("dirty") else "")
