"""NDlib, AgentPy and the model agree on what deliberation does."""

from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.against_others import (
    Graph,
    Opinions,
    agentpy_model,
    by_matrix,
    by_voice,
    meeting,
    ndlib_model,
    opinions_of_agentpy,
    opinions_of_ndlib,
    village,
)

PEOPLE = 12
RNG = np.random.default_rng(4)
START = RNG.random(PEOPLE)
STUBBORN = RNG.uniform(0.05, 0.5, PEOPLE)


@pytest.mark.slow
@pytest.mark.parametrize(("graph", "ours"), [(meeting(PEOPLE), by_voice), (village(PEOPLE), by_matrix)])
def test_ndlib_and_agentpy_reach_the_same_opinions_on_the_same_graph(
    graph: Graph, ours: Callable[..., Opinions]
) -> None:
    expected = ours(graph, START, STUBBORN, 9)
    assert np.abs(expected - START).max() > 0.1
    ndlib = pytest.importorskip("ndlib.models.opinions")
    assert ndlib is not None
    assert np.allclose(opinions_of_ndlib(ndlib_model(graph, START, STUBBORN), 9), expected, atol=1e-9)
    pytest.importorskip("agentpy")
    assert np.allclose(opinions_of_agentpy(agentpy_model(graph, START, STUBBORN), 9), expected, atol=1e-9)
