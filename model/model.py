"""The model: a world, its months, and its people as Mesa agents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import mesa
import networkx as nx
import numpy as np
from mesa.datacollection import DataCollector

from cocreate.agents.citizen import Citizen
from cocreate.agents.columns import Table
from cocreate.agents.errors import CocreateError
from cocreate.agents.initiative import Initiative, State
from cocreate.agents.person import Person
from cocreate.agents.politician import Politician
from cocreate.agents.professional import Professional
from cocreate.model.council import sum_up
from cocreate.model.diary import LEVER_SET, NOBODY, Kind
from cocreate.model.events import Entry, concerning, entries
from cocreate.model.everyday import take_stock
from cocreate.model.graph import graph_of
from cocreate.model.interventions import Intervention, checked
from cocreate.model.measures import SERIES, final_outcomes, measure, yearly_rows
from cocreate.model.month import PHASES
from cocreate.model.networks import NETWORK_LEVERS, Layer, with_ties
from cocreate.model.outcomes import MONTHLY, OUTCOMES
from cocreate.model.own_data import OwnData
from cocreate.model.parameters import LEVERS, Parameters, Value
from cocreate.model.population import draw_state, draw_traits, settle_in
from cocreate.model.streams import stream_keys
from cocreate.model.world import World, empty_world, room_for_a_month, with_room

ROLES: tuple[type[Person], ...] = (Citizen, Professional, Politician)

type Hook = Callable[["CoCreationModel"], None]


class UnknownNameError(CocreateError, KeyError):
    """Something was asked for by a name that does not exist."""

    def __init__(self, what: str, name: object, allowed: Sequence[str]) -> None:
        super().__init__(f"There is no {what} {name!r}; there are {', '.join(allowed)}.")

    def __str__(self) -> str:
        """Return the message itself, which KeyError would put in quotes."""
        return str(self.args[0])


class CoCreationModel(mesa.Model[Any, Any]):
    """Co-creation of public services in a world of regions, month by month.

    Attributes:
        parameters: The levers now; interventions change them.
        interventions: Levers that change during the run.
        world: All state, as tables.
        series: Outcomes of each month so far; one row a month.

    Examples:
        >>> model = CoCreationModel(rng=1, regions=2, horizon=12)
        >>> model.run()
        >>> model.month
        12
    """

    phases: ClassVar[tuple[str, ...]] = tuple(PHASES)

    def __init__(
        self,
        parameters: Parameters | None = None,
        *,
        rng: int | None = None,
        interventions: Sequence[Intervention] = (),
        diaries: bool = False,
        data: OwnData | None = None,
        **levers: Value,
    ) -> None:
        """Draw a world.

        Args:
            parameters: Levers; the defaults when None.
            rng: Seed; None takes one from the operating system.
            interventions: Levers that change at a month.
            diaries: Whether to keep what happens to every person. What happens to initiatives, councils
                and organisations is always kept.
            data: People and ties of your own in place of drawn ones.
            levers: Single levers by name, on top of ``parameters``; this is how ``mesa.batch_run``
                passes them.

        Raises:
            ParameterError: A lever or an intervention is not allowed.
        """
        super().__init__(rng=rng)
        # mesa.batch_run hands numbers over as they come from arrays, which Parameters accepts
        self.parameters = (parameters or Parameters()).changed(levers)
        self.interventions = checked(self.parameters, interventions)
        self.seed = rng
        self._data = data
        self._hooks: dict[str, list[Hook]] = {}
        self._agents_made = False
        self._initiatives_made: list[Initiative] = []
        self._people_made: list[Person] = []
        self.world = self._draw_world(diaries=diaries)
        self._all_series = np.zeros(self.parameters.horizon, SERIES)
        self._yearly: list[Table] = []

    # --- the run --------------------------------------------------------------------------------

    @property
    def month(self) -> int:
        """Months simulated so far."""
        return self._months_done

    @property
    def series(self) -> Table:
        """Outcomes of each month so far, as a structured array with one row a month."""
        return self._all_series[: self.month]

    def step(self) -> None:
        """Simulate one month; past the horizon nothing happens any more."""
        if self.month >= self.parameters.horizon:
            self.running = False
            return
        self.world.nation["month"][0] = self.month
        self._apply_interventions()
        self.world = with_room(self.world, *room_for_a_month(self.world))
        for name, phase in PHASES.items():
            phase(self.world)
            for hook in self._hooks.get(name, ()):
                hook(self)
        measure(self.world, self._all_series, self.month)
        self._months_done += 1
        if self.month % 12 == 0 or self.month == self.parameters.horizon:
            self._yearly.append(yearly_rows(self.world))
        self.running = self.month < self.parameters.horizon

    def run(self) -> None:
        """Simulate the months that are left up to the horizon."""
        while self.month < self.parameters.horizon:
            self.step()

    def run_model(self) -> None:
        """Do the same as :meth:`run`, by Mesa's name."""
        self.run()

    def add_hook(self, after: str, hook: Hook) -> None:
        """Call a function with the model each month after a phase.

        Args:
            after: Name of a phase, see :attr:`phases`.
            hook: Function of the model. It may read and write any state.

        Raises:
            UnknownNameError: There is no phase of that name.
        """
        if after not in PHASES:
            raise UnknownNameError("phase", after, self.phases)
        self._hooks.setdefault(after, []).append(hook)

    def _draw_world(self, *, diaries: bool) -> World:
        self._months_done = 0
        levers = self.parameters
        here = (
            levers.citizens_per_region,
            levers.professionals_per_region,
            levers.politicians_per_region,
        )
        counts = np.tile(np.array(here, np.int64), (levers.regions, 1))
        if self._data is not None:
            counts = self._data.counts(levers)
        world = empty_world(levers, stream_keys(self.rng), counts)
        world.nation["diaries"][0] = diaries
        draw_traits(world)
        if self._data is not None:
            self._data.set_traits(world)
        draw_state(world)
        own_ties = None
        if self._data is not None:
            self._data.set_state(world)
            own_ties = self._data.ties()
        settle_in(world)
        world = with_ties(world, own_ties)
        for r in range(len(world.regions)):
            take_stock(world, r)
            sum_up(world, r)
        return world

    def _apply_interventions(self) -> None:
        due = {c.lever: c.value for c in self.interventions if c.month == self.month}
        if not due:
            return
        moved = {name for name, value in due.items() if getattr(self.parameters, name) != value}
        self.parameters = self.parameters.changed(due)
        self.world.levers[:] = self.parameters.record()
        if NETWORK_LEVERS & moved:
            own_ties = self._data.ties() if self._data is not None else None
            self.world = with_ties(self.world, own_ties)
        self.world = with_room(self.world, 0, len(due))
        for name, value in due.items():
            declared = LEVERS[name]
            number = declared.choices.index(str(value)) if declared.choices else float(value)
            row = int(self.world.nation["events"][0])
            place = list(LEVERS).index(name)
            self.world.events[row] = (self.month, LEVER_SET, NOBODY, NOBODY, NOBODY, place, number)
            self.world.nation["events"][0] = row + 1

    # --- outcomes -------------------------------------------------------------------------------

    def outcome(self, name: str) -> float:
        """Return an outcome as it is now; NaN where there is nothing to take it from.

        Raises:
            UnknownNameError: There is no outcome of that name.
        """
        if name not in OUTCOMES:
            raise UnknownNameError("outcome", name, tuple(OUTCOMES))
        if OUTCOMES[name].scope == "end":
            return final_outcomes(self.world)[name]
        return float(self.series[name][-1]) if self.month else float("nan")

    def outcomes(self) -> dict[str, float]:
        """Return all outcomes as they are now, by name."""
        now = self.series[-1] if self.month else None
        out = {name: float(now[name]) if now is not None else float("nan") for name in MONTHLY}
        return {**out, **final_outcomes(self.world)}

    def regional_series(self) -> Table:
        """Return outcomes of each region at the end of each year so far, and at the horizon."""
        if not self._yearly:
            return yearly_rows(self.world)[:0]
        return np.concatenate(self._yearly)

    @property
    def datacollector(self) -> DataCollector:
        """A Mesa data collector with all monthly outcomes so far, as ``mesa.batch_run`` reads it."""
        collector = DataCollector(model_reporters={name: _Reporter(name) for name in MONTHLY})
        for name in MONTHLY:
            collector.model_vars[name] = [float(value) for value in self.series[name]]
        vars(collector)["_collection_steps"] = list(range(1, self.month + 1))
        return collector

    # --- tables and events ----------------------------------------------------------------------

    def table(self, name: str) -> Table:
        """Return a live table of state, such as ``people`` or ``regions``.

        Raises:
            UnknownNameError: There is no table of that name.
        """
        if name not in World.table_names():
            raise UnknownNameError("table", name, World.table_names())
        found: Table = getattr(self.world, name)
        return found

    @property
    def initiative_rows(self) -> Table:
        """Live rows of all initiatives proposed so far."""
        return self.world.initiatives[: int(self.world.nation["initiatives"][0])]

    @property
    def event_rows(self) -> Table:
        """The log of events so far, oldest first."""
        return self.world.events[: int(self.world.nation["events"][0])]

    def diary_of_person(self, index: int) -> list[Entry]:
        """Return what happened to a person, oldest first."""
        return entries(concerning(self.event_rows, "person", index))

    def diary_of_initiative(self, index: int) -> list[Entry]:
        """Return what happened to an initiative and at its table, oldest first."""
        return entries(concerning(self.event_rows, "initiative", index))

    def events(self, *kinds: Kind) -> list[Entry]:
        """Return all events of some kinds, oldest first; of all kinds when none is named."""
        rows = self.event_rows
        return entries(rows[np.isin(rows["kind"], [int(kind) for kind in kinds])] if kinds else rows)

    # --- people and initiatives as agents -------------------------------------------------------

    @property  # type: ignore[misc]  # assigning fails here as it does in Mesa
    def agents(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """All people and initiatives as Mesa agents; made when first asked for."""
        self._make_agents()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Agents by class, as in Mesa."""
        self._make_agents()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        """Classes of agents, as in Mesa."""
        self._make_agents()
        return list(super().agent_types)

    @property
    def people(self) -> list[Person]:
        """All people as agents, in the order of the table ``people``."""
        self._make_agents()
        return list(self._people_made)

    @property
    def initiatives(self) -> list[Initiative]:
        """All initiatives so far as agents, in the order of their proposal."""
        self._make_agents()
        return list(self._initiatives_made)

    def person(self, index: int) -> Person:
        """Return a person by index in the table ``people``.

        Raises:
            UnknownNameError: There is no such person.
        """
        self._make_agents()
        if not 0 <= index < len(self._people_made):
            raise UnknownNameError("person", index, (f"persons 0 to {len(self._people_made) - 1}",))
        return self._people_made[index]

    def initiative(self, index: int) -> Initiative:
        """Return an initiative by index.

        Raises:
            UnknownNameError: There is no such initiative so far.
        """
        self._make_agents()
        count = len(self._initiatives_made)
        if not 0 <= index < count:
            there = f"initiatives 0 to {count - 1}" if count else "none so far"
            raise UnknownNameError("initiative", index, (there,))
        return self._initiatives_made[index]

    def _make_agents(self) -> None:
        if not self._agents_made:
            self._agents_made = True
            roles = self.world.people["role"].tolist()
            self._people_made = [ROLES[role](self, index) for index, role in enumerate(roles)]
        for index in range(len(self._initiatives_made), len(self.initiative_rows)):
            made: Any = self
            self._initiatives_made.append(Initiative(made, index))

    def members_of(self, initiative: int) -> list[int]:
        """Return the indices of the people at an initiative's table, or who sat there at its end."""
        count = int(self.world.initiatives["members"][initiative])
        return [int(person) for person in self.world.seats[initiative, :count]]

    def initiatives_of(self, person: int) -> list[Initiative]:
        """Return the initiatives at whose table a person sits, or sat when the table broke up."""
        count = len(self.initiative_rows)
        return [
            self.initiative(int(k)) for k in np.flatnonzero((self.world.seats[:count] == person).any(axis=1))
        ]

    def neighbours(self, person: int, layer: str | None = None) -> list[int]:
        """Return the indices of the people somebody is tied to.

        Args:
            person: Index of the person.
            layer: Name of a layer (``friends``, ``colleagues``, ``service``, ``council``,
                ``initiatives``), or None for all.

        Raises:
            UnknownNameError: There is no layer of that name.
        """
        names = [one.name.lower() for one in Layer]
        if layer is not None and layer not in names:
            raise UnknownNameError("layer", layer, names)
        first, last = self.world.tie_start[person], self.world.tie_start[person + 1]
        ties = self.world.ties[first:last]
        found: list[int] = []
        if layer != "initiatives":
            chosen = ties if layer is None else ties[ties["layer"] == Layer[layer.upper()]]
            found = [int(other) for other in chosen["other"]]
        if layer in (None, "initiatives"):
            bonds = self.world.bonds["other"][person]
            found += [int(other) for other in bonds if other >= 0]
        return list(dict.fromkeys(found))

    def graph(self, layer: str | None = None) -> nx.MultiGraph[int]:
        """Return the network of people as a networkx graph, with attributes of people and ties.

        Args:
            layer: Name of a layer, or None for all.

        Raises:
            UnknownNameError: There is no layer of that name.
        """
        names = [one.name.lower() for one in Layer]
        if layer is not None and layer not in names:
            raise UnknownNameError("layer", layer, names)
        return graph_of(self.world, layer)

    def state_of(self, initiative: int) -> State:
        """Return where an initiative stands in its life."""
        return State(int(self.world.initiatives["state"][initiative]))


class _Reporter:
    """A model reporter that can be pickled: an outcome by name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, model: CoCreationModel) -> float:
        return model.outcome(self.name)
