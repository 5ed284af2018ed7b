"""Measures: the month's row in the time series, yearly rows of regions, and outcomes at the end."""

import numpy as np

from cocreate.agents.columns import Table
from cocreate.agents.compiled import compiled, part
from cocreate.agents.initiative import ELECTION, ENDED
from cocreate.model.networks import COLLEAGUES
from cocreate.model.outcomes import FINAL, MONTHLY, REGIONAL
from cocreate.model.services import measure_fit
from cocreate.model.world import World

SERIES = np.dtype([("month", "i8"), *((name, "f8") for name in MONTHLY)])
YEARLY = np.dtype([("month", "i8"), ("region", "i8"), *((name, "f8") for name in REGIONAL)])
FIT_MONTHS = 6
"""Months after which fit is measured again in a region where no service changed."""


@compiled
def measure(world: World, series: Table, row: int) -> None:
    """Write the month's measures into a row of the series."""
    refresh_fit(world)
    nation = world.nation[0]
    series["month"][row] = nation["month"]
    series["initiatives"][row] = nation["initiatives"]
    series["pilots"][row] = nation["pilots"]
    series["structural_ever"][row] = nation["structural_ever"]
    series["partly"][row] = nation["partly"]
    series["pilots_ended"][row] = nation["pilots_ended"]
    series["structural_ended"][row] = nation["structural_ended"]
    series["nation"][row] = nation["adopted"]
    series["backlashes"][row] = nation["backlashes"]
    series["acceptance"][row] = nation["acceptances"] / max(1, nation["invitations"])
    series["community"][row] = mean_community(world)
    measure_sessions(world, series, row)
    measure_regions(world, series, row)
    measure_reach(world, series, row)


@part
def refresh_fit(world: World) -> None:
    """Measure fit where a service changed, and everywhere twice a year."""
    month = world.nation["month"][0]
    for r in range(len(world.regions)):
        if world.regions["stale"][r] == 1 or (month + r) % FIT_MONTHS == 0:
            measure_fit(world, r)


@part
def mean_community(world: World) -> float:
    """Return the mean strength of community in living initiatives, 0 where there are none."""
    active = world.nation["active"][0]
    total = 0.0
    for slot in range(active):
        total += world.initiatives["community"][world.living[slot]]
    return total / max(1, active)


@part
def measure_sessions(world: World, series: Table, row: int) -> None:
    """Write means over the month's sessions; there is none where no session was held."""
    held = world.nation["sessions"][0]
    over = float(held) if held > 0 else np.nan
    series["sessions"][row] = held
    series["users_voice"][row] = world.nation["users_voice"][0] / over
    series["hard_to_reach_voice"][row] = world.nation["hard_voice"][0] / over
    series["users_influence"][row] = world.nation["shared"][0] / over
    series["voice_gini"][row] = world.nation["gini"][0] / over
    series["effective_voices"][row] = world.nation["effective"][0] / over


@part
def measure_regions(world: World, series: Table, row: int) -> None:
    """Write means over regions: what concerns citizens weighs by citizens, the rest by region."""
    region = world.regions
    regions = len(region)
    citizens = 0.0
    for r in range(regions):
        weight = float(region["first_professional"][r] - region["first_citizen"][r])
        citizens += weight
        series["effectiveness"][row] += weight * region["effectiveness"][r]
        series["effectiveness_hard_to_reach"][row] += weight * region["effectiveness_hard_to_reach"][r]
        series["trust"][row] += weight * region["trust"][r]
        series["trust_hard_to_reach"][row] += weight * region["trust_hard_to_reach"][r]
        series["weariness"][row] += weight * region["weariness"][r]
        series["engaged"][row] += weight * region["engaged"][r]
        series["active"][row] += region["active"][r]
        series["structural"][row] += region["structural"][r]
        series["adopters"][row] += region["adopters"][r] / regions
        series["councils"][row] += region["adopted"][r] / regions
        series["support"][row] += region["support"][r] / regions
        series["know_how"][row] += region["know_how"][r] / regions
        series["openness"][row] += region["openness"][r] / regions
        series["lobbying"][row] += region["lobbying"][r] / regions
        series["infrastructure"][row] += region["infrastructure"][r] / regions
        series["effort"][row] += region["effort"][r] / len(world.people)
        series["participation"][row] += region["participants"][r]
    over = max(1.0, citizens)
    series["effectiveness"][row] /= over
    series["effectiveness_hard_to_reach"][row] /= over
    series["trust"][row] /= over
    series["trust_hard_to_reach"][row] /= over
    series["weariness"][row] /= over
    series["engaged"][row] /= over
    series["participation"][row] /= over
    gap = series["effectiveness"][row] - series["effectiveness_hard_to_reach"][row]
    series["effectiveness_gap"][row] = gap


@part
def measure_reach(world: World, series: Table, row: int) -> None:
    """Write the share of regions reached, and the way by which a service first took root."""
    own = 0
    copied = 0
    adapted = 0
    for r in range(len(world.regions)):
        way = world.regions["reached"][r]
        own += way == 1
        copied += way == 2  # noqa: PLR2004 - codes of the column
        adapted += way == 3  # noqa: PLR2004
    regions = len(world.regions)
    series["regions_reached"][row] = (own + copied + adapted) / regions
    series["reached_own"][row] = own / regions
    series["reached_copied"][row] = copied / regions
    series["reached_adapted"][row] = adapted / regions


def yearly_rows(world: World) -> Table:
    """Return one row for each region with its outcomes now."""
    rows = np.zeros(len(world.regions), YEARLY)
    rows["month"] = world.nation["month"][0]
    rows["region"] = np.arange(len(rows))
    for name in REGIONAL:
        rows[name] = world.regions[name]
    return rows


def final_outcomes(world: World) -> dict[str, float]:
    """Return the outcomes that are worked out at the end; NaN where there is nothing to take them from.

    A share of pilots counts the pilots whose fate is known: structural at some time, partly continued,
    or ended.
    """
    rows = world.initiatives[: int(world.nation["initiatives"][0])]
    nation = world.nation[0]
    known = float(nation["structural_ever"] + nation["partly"] + nation["pilots_ended"])
    out = {
        "share_structural": _ratio(nation["structural_ever"], known),
        "share_partly": _ratio(nation["partly"], known),
        "share_ended": _ratio(nation["pilots_ended"], known),
        "share_lasting": _ratio(
            nation["structural_ever"] - nation["structural_ended"], nation["structural_ever"]
        ),
        "decision_success": _ratio(nation["agreements"], nation["votes"]),
    }
    out.update(_initiative_outcomes(world, rows))
    out.update(_election_outcomes(rows))
    out.update(silo_measures(world))
    return {name: out[name] for name in FINAL}


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")


def _mean(values: Table, weights: Table | None = None) -> float:
    if len(values) == 0 or (weights is not None and weights.sum() == 0):
        return float("nan")
    return float(np.average(values, weights=weights))


def _initiative_outcomes(world: World, rows: Table) -> dict[str, float]:
    met = rows[rows["sessions"] > 0]
    piloted = rows[rows["piloted"] >= 0]
    decided = piloted[piloted["sessions"] > 0]
    held = met["sessions"]
    bits = np.array([int(mask).bit_count() for mask in piloted["sectors"]])
    return {
        "acceptability": _mean(decided["acceptability"]),
        "equity_spread": _mean(decided["equity_spread"]),
        "result": _mean(piloted["result"]),
        "mean_users_voice": _mean(met["user_voice"], held),
        "mean_hard_to_reach_voice": _mean(met["hard_to_reach_voice"], held),
        "mean_voice_gini": _mean(met["voice_gini"], held),
        "mean_effective_voices": _mean(met["effective_voices"], held),
        "users_seats": _ratio(met["citizens"].sum(), met["members"].sum()),
        "group_filled": _mean(met["joined"] / world.seats.shape[1]),
        "sectors_joined": _mean(bits),
    }


def _election_outcomes(rows: Table) -> dict[str, float]:
    """Return the part of elections in the ends of pilots and services, and their hazard."""
    ended = rows[(rows["piloted"] >= 0) & (rows["state"] == ENDED)]
    by_election = ended["reason"] == ELECTION
    return {
        "share_ended_by_election": _ratio(by_election.sum(), len(ended)),
        "election_hazard": _ratio(by_election.sum(), rows["elections"].sum()),
    }


def silo_measures(world: World) -> dict[str, float]:
    """Return how professionals' ties, bonds included, cross sectors, and how many ties people have.

    The E-I index is (E - I) / (E + I) with E ties across sectors and I inside (Krackhardt and Stern 1988);
    modularity is that of the division by region and sector (Newman and Girvan 2004).
    """
    people = len(world.people)
    start = np.repeat(np.arange(people), np.diff(world.tie_start))
    colleagues = world.ties["layer"] == COLLEAGUES
    bond_start = np.repeat(np.arange(people), world.bonds["other"].shape[1])
    bond_end = world.bonds["other"].ravel()
    months = world.nation["month"][0] - world.bonds["month"].ravel()
    kept = 1.0 - 0.7 * world.regions["infrastructure"][world.people["region"][bond_start]]
    decay = 1.0 - world.levers["tie_decay"][0] * kept
    alive = (bond_end >= 0) & (world.bonds["strength"].ravel() * decay**months > 0.1)  # noqa: PLR2004
    one = np.concatenate([start[colleagues], bond_start[alive]])
    two = np.concatenate([world.ties["other"][colleagues], bond_end[alive]]).astype(np.int64)
    role = world.people["role"]
    both = (role[one] == 1) & (role[two] == 1)
    one, two = one[both], two[both]
    rows = world.people["role_row"]
    block = np.full(people, -1, np.int64)
    professionals = role == 1
    sectors = len(world.services) // len(world.regions)
    sector = world.professionals["sector"][rows[professionals]]
    block[professionals] = world.people["region"][professionals] * sectors + sector
    outside = block[one] != block[two]
    degrees = np.bincount(block[one], minlength=len(world.services)).astype(float)
    ends = float(len(one))
    modularity = (1.0 - outside.mean()) - float(((degrees / ends) ** 2).sum()) if ends else np.nan
    return {
        "cross_sector_index": _ratio(2.0 * outside.sum() - ends, ends),
        "sector_modularity": float(modularity),
        "ties_per_person": (len(world.ties) + int(alive.sum())) / people,
        "bonds_per_person": int(alive.sum()) / people,
    }
