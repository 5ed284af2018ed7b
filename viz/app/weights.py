"""Weights: how many bytes of memory something takes, so that what is kept stays within bounds."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from cocreate.model.model import CoCreationModel

PLAIN = frozenset({int, float, str, bool, type(None)})
"""Types of what holds nothing else."""


def bytes_of(thing: object) -> int:
    """Return how many bytes a thing takes at most, with what its arrays, mappings, lists and tuples hold.

    What stands in several places counts in each, small numbers too: it may be half as much.

    >>> bytes_of([np.zeros(1000)]) // 100
    80
    """
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if isinstance(thing, Mapping):
        return sys.getsizeof(thing) + bytes_of([*thing.keys(), *thing.values()])
    if not isinstance(thing, list | tuple):
        return sys.getsizeof(thing)
    weigh = sys.getsizeof if PLAIN.issuperset(map(type, thing)) else bytes_of  # most lists are long and plain
    return sys.getsizeof(thing) + sum(map(weigh, thing))


def bytes_of_model(model: CoCreationModel) -> int:
    """Return how many bytes the tables and the series of a model take, which is nearly all of it."""
    tables = [model.table(name) for name in model.world.table_names()]
    return bytes_of([*tables, model.series, model.regional_series()])
