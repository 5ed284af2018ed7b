"""Which runs are there already, in a form that stays small for millions of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from cocreate.experiments.study.store import Store
from cocreate.experiments.study.tables import open_tables
from cocreate.experiments.study.tasks import Keep

RECENT = 20_000
"""Keys that are held singly before they are sorted in among the others."""


class Keys:
    """A set of keys of runs, 16 bytes each.

    >>> keys = Keys(["0" * 32])
    >>> keys.add("f" * 32)
    >>> "f" * 32 in keys, "0" * 31 + "1" in keys, len(keys)
    (True, False, 2)
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._sorted = np.unique(np.frombuffer(bytes.fromhex("".join(keys)), "S16"))
        self._recent: set[bytes] = set()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._sorted) + len(self._recent)

    def __contains__(self, key: str) -> bool:
        """Tell whether a key is there."""
        digits = bytes.fromhex(key)
        if digits in self._recent:
            return True
        place = int(np.searchsorted(self._sorted, np.array(digits, "S16")))
        # NumPy leaves out zeros at the end when it gives one back
        return place < len(self._sorted) and bytes(self._sorted[place]) == digits.rstrip(b"\0")

    def add(self, key: str) -> None:
        """Put in a key."""
        if key in self:
            return
        self._recent.add(bytes.fromhex(key))
        if len(self._recent) >= RECENT:
            self._sorted = np.sort(np.concatenate([self._sorted, np.array(list(self._recent), "S16")]))
            self._recent.clear()

    def update(self, keys: Iterable[str]) -> None:
        """Put in several keys."""
        for key in keys:
            self.add(key)


def finished(store: Store, keep: Keep) -> Keys:
    """Return the runs of a store that need not be simulated again.

    Args:
        store: The store.
        keep: What is to be kept of a run. One of which less was kept is not finished.
    """
    with open_tables(store, keep) as connection:
        return Keys([key for (key,) in connection.execute("SELECT key FROM finished").fetchall()])


def failed(store: Store, keep: Keep) -> list[str]:
    """Return the runs of a store that failed and have no result from another time.

    Args:
        store: The store.
        keep: What is to be kept of a run. A result of which less was kept is none.
    """
    with open_tables(store, keep) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM failures").fetchall()]
