"""A replay: the course of a whole run in one small text, which the browser plays without the server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np

import cocreate
from cocreate.agents.columns import Table
from cocreate.agents.errors import CocreateError
from cocreate.experiments.runs import Names
from cocreate.model.model import CoCreationModel
from cocreate.model.month import PHASES
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.replay_layout import places_of
from cocreate.viz.app.replay_log import initiatives_in, marks_in, meetings_in, stays_in
from cocreate.viz.app.replay_ties import TieRecorder

FORMAT = 1
"""Number of the layout of the text; the player refuses another one."""

SERIES = (
    "active", "pilots", "structural", "structural_ever", "partly", "pilots_ended", "structural_ended",
    "regions_reached", "adopters", "councils", "nation", "support", "effectiveness",
    "effectiveness_hard_to_reach", "trust", "trust_hard_to_reach", "know_how", "backlashes", "sessions",
    "users_voice", "hard_to_reach_voice", "participation",
)  # fmt: skip
"""Monthly outcomes that a replay holds."""

DECIMALS = 4


class ReplayError(CocreateError):
    """A replay cannot be made of this model, or a text is no replay."""


@dataclass(frozen=True, eq=False)
class Replay:
    """A run as the player shows it. A position p is the state after p months; 0 is the start.

    Attributes:
        content: Plain numbers, texts and lists, by these keys:

            - ``format``, ``version``, ``seed``, ``months``;
            - ``levers``: those that differ from the defaults; ``changes``: [month, lever, value] each;
            - ``regions``: ``names``, and ``first``, the first person of each and, last, the number of people;
            - ``people``: ``x`` and ``y`` in thousandths of the region's radius; ``role``, ``hard`` and
              ``sector``, one character a person;
            - ``ties``: for each position at which standing ties were drawn, ``from``, ``layers`` by name and
              ``roads`` between regions, as pairs (see :func:`~cocreate.viz.app.replay_ties.packed_pairs`);
            - ``bonds``: [person, other, first position, position at which it is gone] each;
            - ``initiatives``: see :func:`~cocreate.viz.app.replay_log.initiatives_in`;
            - ``stays``, ``meetings``: see the functions of the same module;
            - ``series``: one list of ``months`` values for each of :data:`SERIES`, None where there is none;
            - ``marks``: [position, kind, region, initiative, detail] each, in order.
    """

    content: Mapping[str, Any]

    def to_json(self) -> str:
        """Return the replay as compact text in ASCII."""
        return json.dumps(self.content, separators=(",", ":"), allow_nan=False)

    @property
    def months(self) -> int:
        """Months of the run."""
        return int(self.content["months"])


def replay_of(model: CoCreationModel, *, names: Names | None = None) -> Replay:
    """Run a model to its horizon and return its replay.

    Args:
        model: A model that keeps diaries and has not run yet, so that ties can be followed from the start.
        names: How people and regions are called.

    Raises:
        ReplayError: The model has no seed, keeps no diaries, or has already begun.
    """
    _check(model)
    head = _head(model)
    people = places_of(model.world)
    recorder = TieRecorder(model.world)
    model.add_hook(list(PHASES)[-1], recorder.look)
    model.run()
    log, rows, months = model.event_rows, model.initiative_rows, model.month
    size = int(model.parameters.group_size)
    return Replay(
        {
            **head,
            "months": months,
            "regions": _regions(model, names or Names()),
            "people": people,
            "ties": recorder.ties,
            "bonds": recorder.bonds_until(months),
            "initiatives": initiatives_in(log, rows, months),
            "stays": stays_in(log, months, size),
            "meetings": meetings_in(log),
            "series": {name: _rounded(model.series[name]) for name in SERIES},
            "marks": marks_in(log, rows),
        }
    )


def _check(model: CoCreationModel) -> None:
    if model.seed is None:
        raise ReplayError("A replay names its seed: make the model with a seed, such as rng=1.")
    if not model.world.nation["diaries"][0]:
        raise ReplayError("A replay shows who sits where: make the model with diaries=True.")
    if model.month > 0:
        raise ReplayError(
            f"This model has already run {model.month} months: hand over one that has just been made."
        )


def _head(model: CoCreationModel) -> dict[str, Any]:
    values = model.parameters.model_dump()
    return {
        "format": FORMAT,
        "version": cocreate.__version__,
        "seed": int(model.seed or 0),
        "levers": {name: value for name, value in values.items() if value != LEVERS[name].default},
        "changes": [[change.month, change.lever, change.value] for change in model.interventions],
    }


def _regions(model: CoCreationModel, names: Names) -> dict[str, Any]:
    regions = model.world.regions
    called = list(names.regions) or [f"{number + 1}" for number in range(len(regions))]
    return {"names": called, "first": [*regions["first_citizen"].tolist(), len(model.world.people)]}


def _rounded(values: Table) -> list[float | int | None]:
    rounded = np.asarray(values, float).round(DECIMALS).tolist()
    return [None if isnan(value) else int(value) if value.is_integer() else value for value in rounded]
