"""A small world that has everything, and its replay, for the tests of the app."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec

import numpy as np
import pytest

from cocreate.agents.initiative import State
from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import Parameters
from cocreate.viz.app.replay import Replay, replay_of
from cocreate.viz.app.replay_ties import close_bonds

collect_ignore_glob = [] if find_spec("solara") and find_spec("babel") else ["test_*"]
"""Without the packages of the app there is no app to test."""

LEVERS = Parameters.of({"regions": 3, "horizon": 96, "proposal_rate": 1.0, "leaving": 0.05})
CHANGE = Intervention(40, "friends", 2)


@dataclass
class Watched:
    """What a model showed at the end of each month, by position, noted while it ran.

    Attributes:
        seats: Initiative and person of each seat taken.
        states: State of each initiative.
        ties: Pairs of friends.
        bonds: Pairs whom a close bond joins.
    """

    seats: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    states: dict[int, list[int]] = field(default_factory=dict)
    ties: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    bonds: dict[int, set[tuple[int, int]]] = field(default_factory=dict)

    def look(self, model: CoCreationModel) -> None:
        """Note a month that is about to end."""
        position, rows, seats = model.month + 1, model.initiative_rows, model.world.seats
        at_work = np.flatnonzero(rows["state"] <= int(State.PILOTING))
        self.states[position] = rows["state"].tolist()
        self.seats[position] = {
            (k, person) for k in at_work.tolist() for person in seats[k, : rows["members"][k]].tolist()
        }
        self.bonds[position] = close_bonds(model.world)
        self.ties[position] = {
            (one, other) for one in range(40) for other in model.neighbours(one, "friends")
        }


@pytest.fixture(scope="session")
def watched() -> tuple[CoCreationModel, Replay, Watched]:
    """Return a finished model, its replay, and what was seen of it meanwhile."""
    model = CoCreationModel(LEVERS, rng=4, interventions=[CHANGE], diaries=True)
    seen = Watched()
    model.add_hook(model.phases[-1], seen.look)
    return model, replay_of(model), seen
