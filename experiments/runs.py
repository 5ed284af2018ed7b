"""A run: one world simulated to its horizon, with everything that is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

import cocreate
from cocreate.agents.citizen import Citizen
from cocreate.agents.columns import Declared, Table
from cocreate.agents.person import Person, Role
from cocreate.agents.politician import Politician
from cocreate.agents.professional import Professional
from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import FINAL, MONTHLY
from cocreate.model.parameters import Parameters
from cocreate.model.world import World

if TYPE_CHECKING:
    import pandas as pd

    from cocreate.model.own_data import OwnData

MOST_PEOPLE_WITH_DIARIES = 20_000
"""Largest world for which diaries of people are kept unless they are asked for."""


@dataclass(frozen=True)
class Names:
    """How people and regions are called in files, where that differs from their number.

    Attributes:
        people: Id of each person in the order of the table ``people``; empty for their numbers.
        regions: Label of each region; empty for their numbers, counted from 1.
        sources: Files that people and ties were read from, with the SHA-256 of each.
    """

    people: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Record:
    """Where a run comes from and how it ended.

    Attributes:
        parameters: The levers at the start.
        seed: Seed of all random draws.
        interventions: Levers that changed during the run, in order of month.
        outcomes: Every outcome at the end by name; NaN where there is nothing to take it from.
        months: Months simulated.
        diaries: Whether what happened to single people was kept.
        version: Version of cocreate that made it.
        preset: Name of the preset it started from, empty for none.
        names: How people and regions are called.
    """

    parameters: Parameters
    seed: int
    interventions: tuple[Intervention, ...]
    outcomes: dict[str, float]
    months: int
    diaries: bool
    version: str = cocreate.__version__
    preset: str = ""
    names: Names = field(default_factory=Names)

    def region_name(self, region: int) -> str:
        """Return how a region is called: its label in the user's file, or its number from 1 on."""
        return self.names.regions[region] if self.names.regions else f"{region + 1}"


@dataclass(frozen=True, eq=False, kw_only=True)
class Run(Record):
    """A run with all that is kept of it; see :class:`Record` for where it comes from.

    Attributes:
        series: Outcomes of each month: a column ``month`` from 0 on, and one for each monthly outcome.
        regional: Outcomes of regions at the end of each year: columns ``month``, ``region`` (its number,
            from 0 on) and one for each regional outcome.
        events: The log, oldest first; its columns are those of
            :class:`~cocreate.model.events.Entry`, with ``kind`` as the number of a
            :class:`~cocreate.model.diary.Kind`.
        people: One row a person at the end of the run: ``id``, ``role`` in words, ``region``, then
            state; columns of other roles are NaN, and -1 where they are whole numbers.
        initiatives: One row for each initiative ever proposed, at the end of the run.
    """

    series: pd.DataFrame
    regional: pd.DataFrame
    events: pd.DataFrame
    people: pd.DataFrame
    initiatives: pd.DataFrame


def run_world(
    parameters: Parameters,
    seed: int,
    interventions: Sequence[Intervention] = (),
    *,
    diaries: bool = False,
    data: OwnData | None = None,
) -> Run:
    """Simulate a world to its horizon.

    Args:
        parameters: The levers at the start.
        seed: Seed of all random draws, 0 or larger.
        interventions: Levers that change during the run.
        diaries: Whether to keep what happens to single people.
        data: People and ties of your own in place of drawn ones.

    Raises:
        ParameterError: An intervention is not allowed.
    """
    model = CoCreationModel(parameters, rng=seed, interventions=interventions, diaries=diaries, data=data)
    model.run()
    return run_of(model, parameters)


def record_of(
    model: CoCreationModel, parameters: Parameters, *, preset: str = "", names: Names | None = None
) -> Record:
    """Return where a model comes from and how it stands now.

    Args:
        model: A model made with a seed.
        parameters: The levers at its start, before any intervention.
        preset: Name of the preset that they come from.
        names: How people and regions are called.
    """
    assert model.seed is not None
    return Record(
        parameters=parameters,
        seed=int(model.seed),
        interventions=model.interventions,
        outcomes=_in_order(model.outcomes()),
        months=model.month,
        diaries=bool(model.world.nation["diaries"][0]),
        preset=preset,
        names=names or Names(),
    )


def run_of(
    model: CoCreationModel, parameters: Parameters, *, preset: str = "", names: Names | None = None
) -> Run:
    """Return all that is to be kept of a model as it is now; arguments as in :func:`record_of`."""
    record = record_of(model, parameters, preset=preset, names=names)
    people = people_frame(model.world)
    if record.names.people:
        people["id"] = list(record.names.people)
    return Run(
        **vars(record),
        series=_frame(model.series),
        regional=_frame(model.regional_series()),
        events=_frame(model.event_rows),
        people=people,
        initiatives=_frame(model.initiative_rows),
    )


def _in_order(outcomes: Mapping[str, float]) -> dict[str, float]:
    return {name: outcomes[name] for name in (*MONTHLY, *FINAL)}


def _frame(table: Table) -> pd.DataFrame:
    """Return a structured array as a data frame; a vector-valued column becomes one column a part."""
    import pandas as pd  # noqa: PLC0415 - heavy

    assert table.dtype.names is not None
    columns = {}
    for name in table.dtype.names:
        values = table[name]
        if values.ndim == 1:
            columns[name] = values.copy()
        else:
            columns.update({f"{name}_{part}": values[:, part].copy() for part in range(values.shape[1])})
    return pd.DataFrame(columns)


def people_frame(world: World) -> pd.DataFrame:
    """Return all people with the state of their role, one row each.

    The column ``id`` holds their number as text.
    """
    frame = _frame(world.people)
    role = frame["role"].to_numpy()
    for code, (actor, table) in enumerate(_tables_of_roles(world)):
        mine = role == code
        for name in actor.columns:
            if name in Person.columns:
                continue
            values = table[name]
            parts = {name: values} if values.ndim == 1 else _parts(name, values)
            for column, part in parts.items():
                whole = np.issubdtype(part.dtype, np.integer)
                filled = np.full(len(frame), -1, part.dtype) if whole else np.full(len(frame), np.nan)
                filled[mine] = part
                frame[column] = filled
    words = np.array([one.name.lower() for one in Role])
    frame["role"] = words[role]
    frame.insert(0, "id", [str(index) for index in range(len(frame))])
    return frame


def _tables_of_roles(world: World) -> tuple[tuple[type[Declared], Table], ...]:
    return (
        (Citizen, world.citizens),
        (Professional, world.professionals),
        (Politician, world.politicians),
    )


def _parts(name: str, values: Table) -> dict[str, Table]:
    return {f"{name}_{part}": values[:, part] for part in range(values.shape[1])}
