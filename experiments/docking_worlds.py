"""Worlds for checks: levers that switch off what a check is not about, and tables set by hand."""

from collections.abc import Callable, Mapping

import numpy as np

from cocreate.agents.initiative import Inclusion, State
from cocreate.model.model import CoCreationModel, Hook
from cocreate.model.parameters import Parameters, Value

QUIET: dict[str, Value] = {
    "proposal_rate": 0.0,
    "couplings": 0.0,
    "transfer_mode": "none",
    "turbulence": 0.0,
    "staff_turnover": 0.0,
    "turnover": 0.0,
    "election_cancel": 0.0,
    "training": 0.0,
    "exchange": 0.0,
    "forgetting": 0.0,
    "leaving": 0.0,
    "fatigue": 0.0,
    "follow_gain": 0.0,
    "follow_loss": 0.0,
    "community_reporting": 0.0,
    "support_infrastructure": 0.0,
    "eu_funding": 0.0,
    "award": 0.0,
    "facilitation": 0.0,
    "crowding": 0.0,
    "sector_silo": 0.0,
    "power_imbalance": 1.0,
    "local_adoption": 0.0,
    "spread_rate": 0.0,
    "lapse": 0.0,
    "national_threshold": 1.0,
    "practice_weight": 0.0,
}
"""Levers at which nothing happens by itself."""

STANDSTILL: Mapping[str, Value] = {
    f"{step}_{stage}": 0.0
    for step in ("advance", "end")
    for stage in ("proposed", "recruiting", "cocreating", "decided", "piloting")
} | {"end_structural": 0.0}
"""Levers at which no initiative moves on."""

SMALLEST: dict[str, Value] = {
    "citizens_per_region": 1,
    "professionals_per_region": 1,
    "politicians_per_region": 1,
    "organisations_per_sector": 1,
}
"""Levers of a world with as few people as there can be in a region.

Sectors and dimensions stay at their defaults here and in all checks that allow it: other numbers of them are
compiled anew.
"""


def world_with(levers: Mapping[str, Value], seed: int) -> CoCreationModel:
    """Return a model at month 0 in which nothing but the given levers is at work.

    Args:
        levers: Levers, on top of :data:`QUIET`.
        seed: Seed.
    """
    return CoCreationModel(Parameters.of({**QUIET, **levers}), rng=seed)


def tables_of_all(
    levers: Mapping[str, Value], citizens: int, professionals: int, tables: int
) -> dict[str, Value]:
    """Return levers of a world in which each region can seat all its citizens and professionals at a table.

    Args:
        levers: Further levers.
        citizens: Citizens of each region, 0 or more.
        professionals: Professionals of each region, 0 or more; at least 3 and at most 60 people in all.
        tables: Regions, each with one table.
    """
    return {
        **STANDSTILL,
        "regions": tables,
        "citizens_per_region": citizens,
        "professionals_per_region": professionals,
        "politicians_per_region": 1,
        "null_world": "yes",
        "group_size": citizens + professionals,
        "organisations_per_sector": 1,
        **levers,
    }


def convene(model: CoCreationModel) -> None:
    """Seat the citizens and professionals of each region at one table, fresh at its first meeting.

    Everybody is rested and has standing 1; the caller sets what else the check needs.

    Args:
        model: A model made with the levers of :func:`tables_of_all`.
    """
    regions = model.table("regions")
    count = len(regions)
    members = int(model.parameters.group_size)
    first = regions["first_citizen"]
    initiatives = model.table("initiatives")[:count]
    initiatives["state"] = State.COCREATING
    initiatives["inclusion"] = Inclusion.THROUGHOUT
    initiatives["region"] = np.arange(count)
    initiatives["identity"] = 65_536 * np.arange(count)
    initiatives["members"] = members
    initiatives["citizens"] = model.parameters.citizens_per_region
    initiatives["sectors"] = 1
    for name in ("piloted", "became_structural", "finished", "committed_until", "source", "champion"):
        initiatives[name] = -1
    for name in ("sessions", "opposition", "user_voice", "effective_voices", "sponsors"):
        initiatives[name] = 0
    model.table("seats")[:count] = first[:, None] + np.arange(members)
    model.table("living")[:count] = np.arange(count)
    model.table("nation")["initiatives"] = count
    model.table("nation")["active"] = count
    regions["active"] = 1
    regions["proposals"] = 1
    people = model.table("people")
    people["seats"] = np.where(people["role"] == 2, 0, 1)  # noqa: PLR2004 - politicians stay away
    people["weariness"] = 0.0
    people["authority"] = 1.0


def run_between(model: CoCreationModel, months: int, hooks: Mapping[str, Hook | Callable[..., None]]) -> None:
    """Run months with functions that set or read state after named phases.

    Args:
        model: The model.
        months: Months to run, within the horizon.
        hooks: Functions of the model by the phase after which they are called.
    """
    for phase, hook in hooks.items():
        model.add_hook(phase, hook)
    for _ in range(months):
        model.step()
