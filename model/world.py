"""The world: all tables of a run in one tuple, as the compiled phases of a month read and write them."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.citizen import Citizen
from cocreate.agents.columns import Declared, Sizes, Table
from cocreate.agents.initiative import Initiative
from cocreate.agents.organisation import Organisation
from cocreate.agents.person import Person
from cocreate.agents.politician import Politician
from cocreate.agents.professional import Professional
from cocreate.agents.region import Nation, Region, Service
from cocreate.model.handle import Handle
from cocreate.model.parameters import Parameters

BONDS = 6
"""Ties made in initiatives that a person can keep at a time; the weakest gives way."""

SPONSORS = 3
"""Politicians who can stand behind an initiative."""

ACTORS: tuple[type[Declared], ...] = (
    Person,
    Citizen,
    Professional,
    Politician,
    Initiative,
    Organisation,
    Region,
    Service,
    Nation,
)
"""Every class that declares a table, for documents and checks."""

BOND = np.dtype(
    [("other", "i4", (BONDS,)), ("month", "i4", (BONDS,)), ("strength", "f8", (BONDS,))], align=True
)
TIE = np.dtype([("other", "i4"), ("layer", "i4")])
EVENT = np.dtype(
    [("month", "i4"), ("kind", "i4"), ("person", "i4"), ("initiative", "i4"), ("region", "i4"),
     ("detail", "i4"), ("value", "f8")], align=True
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class World(Handle):
    """All state of a run.

    Attributes:
        people: One row a person, sorted by region, and by role within a region.
        citizens, professionals, politicians: One row for each person of that role.
        tie_start: Where each person's ties begin in ``ties``; shape (people + 1,).
        ties: Standing ties in both directions: the other person and the layer.
        bonds: Ties made at tables, BONDS places a person; ``other`` is -1 in an empty place.
        initiatives: One row for each initiative ever proposed, and free rows.
        seats: People at each table; shape (rows of initiatives, group_size).
        sponsors: Politicians behind each initiative, -1 where none; shape (rows, SPONSORS).
        living: Rows of initiatives that have not ended; the first ``nation["active"]`` count.
        services: One row for each sector of each region.
        organisations: One row for each organisation, sorted by region.
        regions: One row a region.
        road_start, roads: Regions that hear of each other, as ``tie_start`` and the other's row.
        nation: One row: the national government, and the counters of the run.
        levers: One row: the parameters now.
        streams: Keys of the random streams.
        events: The log; the first ``nation["events"]`` rows count.
    """

    people: Table
    citizens: Table
    professionals: Table
    politicians: Table
    tie_start: NDArray[np.int64]
    ties: Table
    bonds: Table
    initiatives: Table
    seats: NDArray[np.int32]
    sponsors: NDArray[np.int32]
    living: NDArray[np.int64]
    services: Table
    organisations: Table
    regions: Table
    road_start: NDArray[np.int64]
    roads: NDArray[np.int64]
    nation: Table
    levers: Table
    streams: NDArray[np.int64]
    events: Table

    def __post_init__(self) -> None:
        """Write the directory that compiled code reads."""
        Handle.__init__(self)

    @classmethod
    def table_names(cls) -> tuple[str, ...]:
        """Return the names of all tables."""
        return tuple(f.name for f in fields(cls))


def sizes_of(parameters: Parameters) -> Sizes:
    """Return the lengths of vector-valued columns."""
    return {"dimensions": parameters.dimensions, "sectors": parameters.sectors}


def empty_world(parameters: Parameters, streams: NDArray[np.int64], counts: NDArray[np.int64]) -> World:
    """Allocate the tables of a world and lay out who lives where.

    Args:
        parameters: The levers.
        streams: Keys from :func:`~cocreate.model.streams.stream_keys`.
        counts: Citizens, professionals and politicians of each region; shape (regions, 3).
    """
    sizes = sizes_of(parameters)
    regions = len(counts)
    totals = counts.sum(axis=0)
    organisations = parameters.sectors * parameters.organisations_per_sector
    rows = 8 * regions + 64
    world = World(
        people=Person.allocate(int(totals.sum()), sizes),
        citizens=Citizen.allocate(int(totals[0]), sizes),
        professionals=Professional.allocate(int(totals[1]), sizes),
        politicians=Politician.allocate(int(totals[2]), sizes),
        tie_start=np.zeros(int(totals.sum()) + 1, np.int64),
        ties=np.zeros(0, TIE),
        bonds=np.zeros(int(totals.sum()), BOND),
        initiatives=Initiative.allocate(rows, sizes),
        seats=np.full((rows, parameters.group_size), -1, np.int32),
        sponsors=np.full((rows, SPONSORS), -1, np.int32),
        living=np.zeros(rows, np.int64),
        services=Service.allocate(regions * parameters.sectors, sizes),
        organisations=Organisation.allocate(regions * organisations, sizes),
        regions=Region.allocate(regions, sizes),
        road_start=np.zeros(regions + 1, np.int64),
        roads=np.zeros(0, np.int64),
        nation=Nation.allocate(1, sizes),
        levers=parameters.record(),
        streams=streams,
        events=np.zeros(1024, EVENT),
    )
    _lay_out(world, counts, organisations)
    return world


def _lay_out(world: World, counts: NDArray[np.int64], organisations: int) -> None:
    ends = np.cumsum(counts.sum(axis=1))
    starts = ends - counts.sum(axis=1)
    region = world.regions
    region["first_citizen"] = starts
    region["first_professional"] = starts + counts[:, 0]
    region["first_politician"] = starts + counts[:, 0] + counts[:, 1]
    region["last_person"] = ends
    region["first_organisation"] = np.arange(len(counts)) * organisations
    region["last_organisation"] = region["first_organisation"] + organisations
    role = np.repeat(np.tile([0, 1, 2], len(counts)), counts.ravel())
    world.people["role"] = role
    world.people["region"] = np.repeat(np.arange(len(counts)), counts.sum(axis=1))
    for code in range(3):
        mine = role == code
        world.people["role_row"][mine] = np.arange(int(mine.sum()))
    world.people["initiative"] = -1
    world.bonds["other"] = -1


def room_for_a_month(world: World) -> tuple[int, int]:
    """Return how many initiatives and events a month can add at most."""
    regions = len(world.regions)
    initiatives = 2 * regions + len(world.people) // 250 + regions
    tables = int(world.nation["active"][0]) + initiatives
    events = (
        (41 + world.seats.shape[1]) * tables
        + 8 * regions
        + len(world.organisations)
        + len(world.politicians)
        + 16
    )
    if world.nation["diaries"][0]:
        events += tables * (14 * (world.seats.shape[1] + 1) + 40) + 6 * len(world.people)
    return initiatives, events


def with_room(world: World, new_initiatives: int, new_events: int) -> World:
    """Return the world with room for so many more initiatives and events; the rest is shared."""
    rows = int(world.nation["initiatives"][0]) + new_initiatives
    if rows > len(world.initiatives):
        rows = max(rows, 2 * len(world.initiatives))
        world = replace(
            world,
            initiatives=_grown(world.initiatives, rows, 0),
            seats=_grown(world.seats, rows, -1),
            sponsors=_grown(world.sponsors, rows, -1),
            living=_grown(world.living, rows, 0),
        )
    logged = int(world.nation["events"][0]) + new_events
    if logged > len(world.events):
        world = replace(world, events=_grown(world.events, max(logged, 2 * len(world.events)), 0))
    return world


def _grown[A: NDArray[np.generic]](array: A, rows: int, fill: int) -> A:
    larger = np.empty((rows, *array.shape[1:]), array.dtype)
    larger[: len(array)] = array
    larger[len(array) :] = np.zeros(1, array.dtype)[0] if array.dtype.names else fill
    return larger  # type: ignore[return-value]
