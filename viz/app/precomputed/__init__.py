"""Precomputed ensembles: worlds that came with the program, so that the first pictures appear at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate.viz.app.played import Played

if TYPE_CHECKING:
    from cocreate.experiments.study.tasks import Task

FILE = Path(__file__).parent / "ensembles.npz"
ROOT = Path(__file__).parents[3]
MODEL = ("agents", "model")


def sources(folders: Iterable[str] = MODEL) -> str:
    """Return a hash of source files, those of the model if not told otherwise: other files, other worlds.

    Args:
        folders: Folders of the package.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).glob("*.py")):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class Precomputed:
    """Worlds from a file, by what they were made of."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Read the file's arrays.

        Args:
            content: ``keys``, ``outcomes``, ``lines``, ``times``: one row a world; ``names`` of outcomes.
        """
        self._places = {str(key): place for place, key in enumerate(content.get("keys", ()))}
        self._content = content

    def __len__(self) -> int:
        """Return the number of worlds."""
        return len(self._places)

    def get(self, task: Task) -> Played | None:
        """Return a world, None when it was not computed."""
        place = self._places.get(name_of(task))
        if place is None:
            return None
        outcomes = dict(
            zip(self._content["names"].tolist(), self._content["outcomes"][place].tolist(), strict=True)
        )
        return Played(task.seed, outcomes, self._content["lines"][place, : self._content["times"][place]])


def name_of(task: Task) -> str:
    """Return a name for a world that does not depend on the machine."""
    changes = [(one.month, one.lever, one.value) for one in task.interventions]
    text = repr((task.seed, sorted(task.levers.items()), changes))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def precomputed() -> Precomputed:
    """Return the worlds of the file; none when it belongs to another version of the model."""
    if not FILE.exists():
        return Precomputed({})
    with np.load(FILE, allow_pickle=False) as file:
        content = dict(file)
    return Precomputed(content if str(content["sources"]) == sources() else {})
