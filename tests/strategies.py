"""Hypothesis strategies for levers and for small worlds, drawn from the declarations of the levers."""

from typing import Any

from hypothesis import strategies as st

from cocreate.model.parameters import LEVERS, Parameters, Value

SMALL: dict[str, tuple[int, int]] = {
    "regions": (1, 4),
    "organisations_per_sector": (1, 3),
    "citizens_per_region": (1, 15),
    "professionals_per_region": (1, 8),
    "politicians_per_region": (1, 4),
    "friends": (0, 8),
    "colleagues": (0, 8),
    "contacts": (0, 5),
    "deliberation_rounds": (1, 20),
    "group_size": (3, 20),
    "eu_funding_start": (0, 12),
    "eu_funding_end": (12, 48),
}
"""Ranges that keep worlds small and short; other levers take their whole range."""

APART = frozenset({"horizon", "null_world", "sectors", "dimensions"})
"""Levers that the caller sets, or that stay at their defaults: other numbers of sectors and dimensions are
compiled anew, which takes most of a minute each."""


def lever_values(name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for the values of one lever, its ends included."""
    declared = LEVERS[name]
    if declared.choices:
        return st.sampled_from(declared.choices)
    low, high = SMALL.get(name, (declared.low, declared.high))
    assert low is not None
    assert high is not None
    if declared.whole:
        return st.integers(int(low), int(high))
    return st.floats(low, high)


@st.composite
def levers(draw: st.DrawFn, horizon: int = 24) -> dict[str, Value]:
    """Return levers of a small world by name.

    The sizes and the pace of life are always drawn, so that much happens; of the others, some.
    """
    lively: dict[str, Value] = {
        "proposal_rate": draw(st.floats(0.5, 5.0)),
        "admin_capacity": draw(st.floats(3.0, 20.0)),
        "term_length": draw(st.integers(6, 24)),
        "project_length": draw(st.integers(3, 24)),
    }
    for step, low in (("advance", 0.1), ("end", 0.0)):
        for stage in ("proposed", "recruiting", "cocreating", "decided", "piloting"):
            lively[f"{step}_{stage}"] = draw(st.floats(low, 0.6))
    sizes = {name: draw(lever_values(name)) for name in SMALL}
    names = sorted(set(LEVERS) - set(lively) - set(sizes) - APART)
    chosen = draw(st.sets(st.sampled_from(names), max_size=12))
    some = {name: draw(lever_values(name)) for name in sorted(chosen)}
    return {**lively, **sizes, **some, "horizon": horizon}


def parameters(horizon: int = 24) -> st.SearchStrategy[Parameters]:
    """Return a strategy for the parameters of small worlds."""
    return levers(horizon).map(Parameters.of)


def seeds() -> st.SearchStrategy[int]:
    """Return a strategy for seeds, 0 included."""
    return st.integers(0, 2**31 - 1)
