"""Deliberation by Friedkin and Johnsen (1990): the model's functions beside NDlib and AgentPy.

Everybody listens to the mean of whom they hear, on the same graph, from the same start, with the same
stubbornness: a meeting of fifty where all hear all, and a sparse graph of a thousand.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import median, seconds, show
from cocreate.model.voice import HEARS_ALL, deliberate, deliberate_by_voice

type Opinions = NDArray[np.float64]
type Graph = nx.Graph[int]

ROUNDS = 20
REPEATS = 5


def meeting(people: int) -> Graph:
    """Return a graph in which all hear all, themselves among them."""
    graph: Graph = nx.complete_graph(people)
    graph.add_edges_from((i, i) for i in range(people))
    return graph


def village(people: int) -> Graph:
    """Return a sparse graph: a ring with shortcuts, eight ties a person."""
    graph: Graph = nx.connected_watts_strogatz_graph(people, 8, 0.1, seed=1)
    return graph


def by_matrix(graph: Graph, start: Opinions, stubborn: Opinions, rounds: int) -> Opinions:
    """Deliberate with the model's function for any matrix of who hears whom."""
    weights = nx.to_numpy_array(graph)
    weights /= weights.sum(axis=1, keepdims=True)
    return deliberate(weights, 1.0 - stubborn, start[:, None].copy(), rounds)[:, 0]


def by_voice(graph: Graph, start: Opinions, stubborn: Opinions, rounds: int) -> Opinions:
    """Deliberate with the function that meetings use, where all hear all by voice."""
    people = len(graph)
    now = start[:, None].copy()
    voice = np.full(people, 1.0 / people)
    block = np.full(people, HEARS_ALL)
    deliberate_by_voice(now, start[:, None].copy(), voice, 1.0 - stubborn, block, 1.0, rounds)
    return now[:, 0]


def ndlib_model(graph: Graph, start: Opinions, stubborn: Opinions) -> Any:
    """Return NDlib's model, set up."""
    opinions: Any = importlib.import_module("ndlib.models.opinions")  # heavy, and not installed everywhere
    model_config: Any = importlib.import_module("ndlib.models.ModelConfig")

    model: Any = opinions.FJModel(graph)
    configuration: Any = model_config.Configuration()
    for node in graph.nodes:
        configuration.add_node_configuration("stubbornness", node, float(stubborn[node]))
    model.set_initial_status(configuration)
    model.status = {node: float(start[node]) for node in graph.nodes}
    model.initial_status = model.status.copy()
    model.iteration()  # NDlib's first one reports the start
    return model


def opinions_of_ndlib(model: Any, rounds: int) -> Opinions:
    """Iterate NDlib's model and return the opinions."""
    for _ in range(rounds):
        model.iteration(node_status=False)
    return np.array([model.status[node] for node in sorted(model.status)])


def agentpy_model(graph: Graph, start: Opinions, stubborn: Opinions) -> Any:
    """Return a model in AgentPy, set up."""
    agentpy: Any = importlib.import_module("agentpy")  # heavy, and not installed everywhere

    class Speaker(agentpy.Agent):  # type: ignore[misc]
        """Somebody with an opinion who listens."""

        def listen(self) -> None:
            heard = sum(other.opinion for other in self.heard) / len(self.heard)
            self.after = self.stubborn * self.start + (1.0 - self.stubborn) * heard

        def move(self) -> None:
            self.opinion = self.after

    class Assembly(agentpy.Model):  # type: ignore[misc]
        """All speakers, who move at the same time."""

        def setup(self) -> None:
            self.agents = agentpy.AgentList(self, len(graph), Speaker)
            for one, opinion, share in zip(self.agents, start, stubborn, strict=True):
                one.start = one.opinion = float(opinion)
                one.stubborn = float(share)
            for index, one in enumerate(self.agents):
                one.heard = [self.agents[other] for other in graph.neighbors(index)]

        def step(self) -> None:
            self.agents.listen()
            self.agents.move()

    model = Assembly()
    model.sim_setup()
    return model


def opinions_of_agentpy(model: Any, rounds: int) -> Opinions:
    """Step AgentPy's model and return the opinions."""
    for _ in range(rounds):
        model.sim_step()
    return np.array([float(one.opinion) for one in model.agents])


def _compare(name: str, graph: Graph, ours: Callable[..., Opinions]) -> None:
    rng = np.random.default_rng(1)
    start = rng.random(len(graph))
    stubborn = rng.uniform(0.05, 0.5, len(graph))
    expected = ours(graph, start, stubborn, ROUNDS)
    rivals: list[tuple[str, Callable[..., Any], Callable[[Any, int], Opinions]]] = [
        ("ndlib", ndlib_model, opinions_of_ndlib),
        ("agentpy", agentpy_model, opinions_of_agentpy),
    ]
    for library, make, run in rivals:
        found = run(make(graph, start, stubborn), ROUNDS)
        show(f"difference_from_{library}_{name}", float(np.abs(found - expected).max()))
        ratios = []
        for _ in range(REPEATS):
            model = make(graph, start, stubborn)
            theirs = seconds(lambda run=run, model=model: run(model, ROUNDS))  # type: ignore[misc]
            mine = seconds(lambda: ours(graph, start, stubborn, ROUNDS))
            ratios.append(theirs / mine)
        show(f"speedup_over_{library}_{name}", median(ratios))


def main() -> None:
    """Print agreement and speed. Building our matrix from the graph counts as our time."""
    _compare("meeting_50", meeting(50), by_voice)
    _compare("graph_1000", village(1_000), by_matrix)
