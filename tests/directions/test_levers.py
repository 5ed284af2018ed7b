"""Every lever moves something, on common random numbers."""

import numpy as np
import pytest

from cocreate.agents.compiled import is_interpreted
from cocreate.experiments.trial import BASES
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import LEVERS, ParameterError, Parameters, Value

SEEDS = range(1, 16)

SIZES: dict[str, tuple[Value, ...]] = {
    "regions": (4, 14),
    "organisations_per_sector": (1, 6),
    "citizens_per_region": (50, 150),
    "professionals_per_region": (10, 30),
    "politicians_per_region": (2, 9),
    "friends": (0, 12),
    "colleagues": (0, 12),
    "contacts": (0, 9),
    "horizon": (60, 200),
    "deliberation_rounds": (1, 60),
    "eu_funding_start": (0, 90),
    "eu_funding_end": (13, 150),
    "sectors": (3,),
    "dimensions": (2,),
}
"""Values to try in place of the ends of the range, which would be too large, or contradict the defaults."""

PERMISSIONS = ("null_world",)
"""Levers that allow other values and do nothing themselves."""

MOVERS = [name for name in LEVERS if name not in PERMISSIONS]


def values_to_try(name: str) -> tuple[Value, ...]:
    """Return the values other than the default at which to look: the ends, or sensible sizes."""
    declared = LEVERS[name]
    if name in SIZES:
        values = SIZES[name]
    elif declared.choices:
        values = declared.choices
    else:
        assert declared.low is not None
        assert declared.high is not None
        ends = (declared.low, declared.high)
        values = tuple(int(end) for end in ends) if declared.whole else ends
    return tuple(value for value in values if value != BASES.get(name, {}).get(name, declared.default))


def seen_in(levers: dict[str, Value], seed: int) -> dict[str, bytes]:
    """Return every outcome of a run, over the months and at the end, as bytes by name."""
    model = CoCreationModel(Parameters.of(levers), rng=seed)
    model.run()
    series = {name: model.series[name].tobytes() for name in model.series.dtype.names or ()}
    return series | {name: np.float64(value).tobytes() for name, value in model.outcomes().items()}


BASE_RUNS: dict[tuple[str, int], dict[str, bytes]] = {}


def base_run(name: str, seed: int) -> dict[str, bytes]:
    """Return the run that a lever is compared with, run once for all levers that share it."""
    base = BASES.get(name, {})
    key = (repr(sorted(base.items())), seed)
    if key not in BASE_RUNS:
        BASE_RUNS[key] = seen_in(base, seed)
    return BASE_RUNS[key]


@pytest.mark.skipif(is_interpreted(), reason="takes very long without compilation")
@pytest.mark.parametrize("name", MOVERS)
def test_the_lever_moves_an_outcome_at_each_end_of_its_range(name: str) -> None:
    values = values_to_try(name)
    assert values
    for value in values:
        moved: set[str] = set()
        for seed in SEEDS:
            before = base_run(name, seed)
            after = seen_in({**BASES.get(name, {}), name: value}, seed)
            moved |= {outcome for outcome in before if before[outcome] != after[outcome]}
            if moved:
                break
        assert moved, f"{name} = {value} moves nothing in seeds {SEEDS.start} to {SEEDS.stop - 1}"


@pytest.mark.parametrize("name", MOVERS)
def test_the_value_that_is_tried_reaches_the_rules(name: str) -> None:
    base = BASES.get(name, {})
    before = Parameters.of(base).record()[name][0]
    for value in values_to_try(name):
        assert Parameters.of({**base, name: value}).record()[name][0] != before


def test_a_null_world_is_a_permission_only() -> None:
    with pytest.raises(ParameterError, match="null_world=yes"):
        Parameters.of({"citizens_per_region": 0})
    assert Parameters.of({"citizens_per_region": 0, "null_world": "yes"}).citizens_per_region == 0
    plain, permitted = seen_in({"horizon": 60}, 1), seen_in({"horizon": 60, "null_world": "yes"}, 1)
    assert plain == permitted
