"""Origins: what a file that is taken home says of where it comes from, in its name and in its columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import cocreate
from cocreate.experiments.study.tasks import different
from cocreate.model.parameters import Value
from cocreate.viz.app.state import Setting, as_query, as_text

MARK = 8
"""Letters of the mark of changed settings."""


def mark(settings: Sequence[Setting]) -> str:
    """Return a short mark of settings that were changed, the same wherever and whenever they are set again.

    Args:
        settings: The worlds of a file, whatever their seeds.

    Returns:
        Hexadecimal digits; empty for one world that is as its preset has it.

    >>> mark([Setting.of("village", seed=3)]), mark([Setting.of(levers={"sector_silo": 0.2})])
    ('', 'f7ad1b2b')
    """
    usual = [replace(one, seed=Setting().seed) for one in settings]
    if usual == [Setting(usual[0].preset)]:
        return ""
    told = as_query(*((one, f"{place}.") for place, one in enumerate(usual)))
    return hashlib.sha256(told.encode()).hexdigest()[:MARK]


def file_name(settings: Sequence[Setting], name: str) -> str:
    """Return a name under which a file is saved: preset, a mark where something is changed, and seed.

    Args:
        settings: The worlds that it shows.
        name: What it is, with its ending.

    >>> file_name([Setting()], "series.csv")
    'cocreate-default-seed1-series.csv'
    >>> file_name([Setting.of(levers={"sector_silo": 0.2}, seed=7)], "series.csv")
    'cocreate-default-f7ad1b2b-seed7-series.csv'
    """
    first = settings[0]
    parts = ["cocreate", first.preset or "default", mark(settings), f"seed{first.seed}", name]
    return "-".join(filter(None, parts))


class Origin:
    """Columns that say where the rows of a table come from.

    Attributes:
        columns: ``version``; each lever that differs from the model's default in one of the worlds, by name;
            and ``changes``, where something changes during a run.
    """

    def __init__(self, settings: Sequence[Setting]) -> None:
        """Find the columns that all worlds of a table need.

        Args:
            settings: The worlds.
        """
        self._levers = sorted({name for one in settings for name in different(one.parameters)})
        self._changing = any(one.all_interventions for one in settings)
        self.columns = ["version", *self._levers, *(["changes"] if self._changing else [])]

    def of(self, setting: Setting) -> list[str]:
        """Return what stands in the columns for one world, each change as ``month:lever=value``."""
        values = [_exact(getattr(setting.parameters, name)) for name in self._levers]
        changes = " ".join(
            f"{one.month}:{one.lever}={as_text(one.value)}" for one in setting.all_interventions
        )
        return [cocreate.__version__, *values, *([changes] if self._changing else [])]


def _exact(value: Value) -> str:
    """Return a value with as many digits as it takes to read it back unchanged."""
    return repr(value) if isinstance(value, float) else str(value)
