"""Voice at tables: who would be heard how much, were all who sit there to meet now."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.initiative import CONSULTED
from cocreate.agents.person import CITIZEN
from cocreate.model.model import CoCreationModel
from cocreate.model.sessions import CONSULTED_VOICE
from cocreate.model.voice import voice_exponent

FEWEST = 3
"""People that make a table whose voices are worth a curve."""


def voices_at(model: CoCreationModel, initiative: int) -> NDArray[np.float64]:
    """Return the shares of voice of the people on record at a table, by the rule of the model's meetings.

    Facilitation, authority and the levers count as they are now, so a table that broke up long ago is heard
    as if it met again today.

    Args:
        model: The model.
        initiative: Number of the initiative.

    Returns:
        Shape (people,), the least heard first; they sum to one.
    """
    world = model.world
    people = world.people[model.members_of(initiative)]
    row = world.initiatives[initiative]
    lever = world.levers[0]
    practised = float(world.regions["practice_months"][row["region"]] / lever["transfer_pace"])
    even = float(lever["facilitation"]) * min(1.0, practised)
    exponent = voice_exponent(float(lever["power_imbalance"]), even, float(lever["crowding"]), len(people))
    weights = people["authority"] ** exponent
    if row["inclusion"] == CONSULTED and row["sessions"] > 0:
        weights = np.where(people["role"] == CITIZEN, CONSULTED_VOICE * weights, weights)
    return np.asarray(np.sort(weights / weights.sum()), np.float64)


def all_voices(model: CoCreationModel) -> list[NDArray[np.float64]]:
    """Return the voices of each table that ever met and has at least :data:`FEWEST` people on record."""
    rows = model.initiative_rows
    met = np.flatnonzero((rows["sessions"] > 0) & (rows["members"] >= FEWEST))
    return [voices_at(model, int(number)) for number in met]


def lorenz(voice: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the part of all voice that the least heard have, from nobody to everybody.

    Lorenz (1905), "Methods of measuring the concentration of wealth".

    Args:
        voice: Shares of voice, the smallest first.

    >>> lorenz(np.array([0.25, 0.75])).tolist()
    [0.0, 0.25, 1.0]
    """
    return np.concatenate([[0.0], np.cumsum(voice)])


def gini(voice: NDArray[np.float64]) -> float:
    """Return the Gini coefficient: twice the area between the curve of :func:`lorenz` and equality.

    >>> gini(np.array([0.25, 0.25, 0.25, 0.25])), gini(np.array([0.0, 1.0]))
    (0.0, 0.5)
    """
    curve = lorenz(voice)
    return float(1.0 - (curve[:-1] + curve[1:]).sum() / len(voice))


def median_curve(found: list[NDArray[np.float64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the median over tables of the curves, at every hundredth of the people.

    Args:
        found: Voices of tables, one or more.

    Returns:
        Shares of people and of voice, both from 0 to 1.
    """
    at = np.linspace(0.0, 1.0, 101)
    curves = [np.interp(at, np.linspace(0.0, 1.0, len(voice) + 1), lorenz(voice)) for voice in found]
    return at, np.asarray(np.median(curves, axis=0))
