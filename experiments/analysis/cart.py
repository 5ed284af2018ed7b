"""Candidate boxes from a classification tree (Breiman et al. 1984): every node is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cocreate.experiments.analysis.boxes import Box, Flags, Limit, Side
from cocreate.experiments.analysis.extras import load

if TYPE_CHECKING:
    import pandas as pd


def cart_boxes(settings: pd.DataFrame, cases: Flags, least_mass: float) -> list[Box]:
    """Return the boxes of all nodes of a tree that tells cases from the others (scikit-learn).

    Args:
        settings: One row a point, one column a lever: numbers, or words for a choice.
        cases: Whether the row is a case of interest, shape (rows,).
        least_mass: Share of the rows that a box holds at least.

    Raises:
        MissingExtraError: The extra ``discovery`` is not installed.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    whole = tuple(str(name) for name in settings if pd.api.types.is_integer_dtype(settings[name]))
    columns: list[tuple[str, str]] = []  # lever, and the word whose presence the column says
    values = []
    for name in map(str, settings):
        if pd.api.types.is_numeric_dtype(settings[name]):
            columns.append((name, ""))
            values.append(settings[name].to_numpy(float))
            continue
        for word in sorted(settings[name].unique()):
            columns.append((name, word))
            values.append((settings[name] == word).to_numpy(float))
    fewest = max(1, int(np.ceil(least_mass * len(cases))))
    tree = load("sklearn.tree", "discovery").DecisionTreeClassifier(min_samples_leaf=fewest, random_state=0)
    nodes = tree.fit(np.stack(values, axis=1), cases).tree_
    words = {name: {word for lever, word in columns if lever == name} for name, word in columns if word}
    return [Box(_limits(path, words), whole) for path in _paths(nodes, columns)]


type Path = list[tuple[str, str, bool, float]]
"""From the root of a tree to a node: lever, word, whether to the upper side, and threshold."""


def _paths(nodes: Any, columns: list[tuple[str, str]]) -> list[Path]:
    found: list[Path] = []
    waiting: list[tuple[int, Path]] = [(0, [])]
    while waiting:
        node, path = waiting.pop()
        found.append(path)
        if nodes.children_left[node] < 0:
            continue
        (lever, word), threshold = columns[nodes.feature[node]], float(nodes.threshold[node])
        waiting.append((nodes.children_left[node], [*path, (lever, word, False, threshold)]))
        waiting.append((nodes.children_right[node], [*path, (lever, word, True, threshold)]))
    return found


def _limits(path: Path, words: dict[str, set[str]]) -> tuple[Limit, ...]:
    """Return the limits along a path, each side of each lever once, in alphabetical order of levers."""
    allowed = {name: set(all_words) for name, all_words in words.items()}
    ends: dict[tuple[str, Side], float] = {}
    for lever, word, upper, threshold in path:
        if word:
            allowed[lever] = allowed[lever] & {word} if upper else allowed[lever] - {word}
        elif upper:
            ends[lever, Side.ABOVE] = max(threshold, ends.get((lever, Side.ABOVE), -np.inf))
        else:
            # The lower side of a split holds its threshold too.
            end = float(np.nextafter(threshold, np.inf))
            ends[lever, Side.BELOW] = min(end, ends.get((lever, Side.BELOW), np.inf))
    found = [Limit(lever, side, value) for (lever, side), value in ends.items()]
    found += [
        Limit(lever, Side.AMONG, words=tuple(sorted(left)))
        for lever, left in allowed.items()
        if left != words[lever]
    ]
    return tuple(sorted(found, key=lambda limit: (limit.lever, limit.side)))
