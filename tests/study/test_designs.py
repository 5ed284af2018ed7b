"""Designs: what each visits, that every factor varies as it should, and what is refused."""

import warnings
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.experiments import Factorial, FromTable, LatinHypercube, Morris, Paired, Single, Sobol, World
from cocreate.experiments.study.designs import Sampled, points
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.factors import Factor, check_varied, factor_of
from cocreate.model.parameters import LEVERS, ParameterError

MIXED: dict[str, tuple[Any, ...]] = {
    "turnover": (0.1, 0.5),
    "decision_rule": ("majority", "unanimity", "authority"),
    "commitment": (0, 4),
}
SAMPLED = (LatinHypercube(points=40, factors=MIXED), Sobol(base=16, factors=MIXED), Morris(factors=MIXED))


def from_file(path: Path) -> FromTable:
    entries: dict[str, Any] = {"file": str(path)}
    return FromTable(**entries)


def same_bytes(one: Sampled, two: Sampled) -> bool:
    return one.matrix.tobytes() == two.matrix.tobytes() and list(one.samples()) == list(two.samples())


def test_designs_without_factors_visit_each_world_once() -> None:
    worlds = [World(name="a"), World(name="b")]
    for design in (Single(), Paired()):
        assert [(one.number, one.world.name, one.factors) for one in points(worlds, design)] == [
            (0, "a", {}),
            (1, "b", {}),
        ]


def test_a_factorial_visits_every_combination_once_and_the_last_lever_changes_fastest() -> None:
    design = Factorial(factors={"turnover": (0.1, 0.5), "decision_rule": (), "commitment": (0, 12, 24)})
    found = [tuple(one.values()) for one in design.samples()]
    assert len(found) == len(set(found)) == design.size == 2 * 4 * 3
    assert found[:3] == [(0.1, "majority", 0), (0.1, "majority", 12), (0.1, "majority", 24)]


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_factor() -> None:
    design = LatinHypercube(points=50, factors=["turnover", "sector_silo"])  # type: ignore[arg-type]
    assert design.factors == {"turnover": (0.0, 1.0), "sector_silo": (0.0, 1.0)}
    for column in design.matrix.T:
        assert sorted(np.floor(column * 50)) == list(range(50))


@pytest.mark.parametrize("design", SAMPLED, ids=lambda one: one.kind)
def test_a_sample_stays_in_its_ranges_and_reaches_every_word_and_whole_number(design: Sampled) -> None:
    samples = list(design.samples())
    assert len(samples) == design.size == len(design.matrix)
    assert all(0.1 <= float(one["turnover"]) <= 0.5 for one in samples)
    assert {one["decision_rule"] for one in samples} == set(MIXED["decision_rule"])
    whole = {one["commitment"] for one in samples}
    assert all(type(value) is int for value in whole)
    assert whole <= set(range(5))
    assert {0, 4} <= whole


@pytest.mark.parametrize("design", SAMPLED, ids=lambda one: one.kind)
def test_the_same_seed_gives_the_same_bytes_and_another_one_others(design: Sampled) -> None:
    for seed in (0, 1):
        again = [design.model_copy(update={"seed": seed}) for _ in range(2)]
        assert same_bytes(*again)
    assert not same_bytes(design, design.model_copy(update={"seed": 2}))


def test_words_and_whole_numbers_come_equally_often_in_a_latin_hypercube() -> None:
    factors = {"decision_rule": (), "commitment": (0, 9)}
    design = LatinHypercube(points=200, factors=factors)
    assert set(Counter(design.columns["decision_rule"]).values()) == {50}
    assert set(Counter(design.columns["commitment"]).values()) == {20}


@given(st.sampled_from(sorted(LEVERS)), st.sampled_from([2, 4, 6, 8]))
@settings(deadline=None, max_examples=60)
def test_every_step_of_a_trajectory_moves_its_lever_as_the_model_gets_it(name: str, levels: int) -> None:
    factor = factor_of(name, ())
    grid = np.arange(levels) / (levels - 1)
    step = levels // 2
    values = factor.on_grid(grid)
    assert all(values[place] != values[place + step] for place in range(levels - step))
    if not factor.words:
        assert (values[0], values[-1]) == (factor.low, factor.high)


@given(st.sampled_from(sorted(LEVERS)), st.lists(st.floats(0, 1), min_size=1, max_size=20))
@settings(deadline=None, max_examples=60)
def test_a_share_of_a_range_is_always_a_value_that_the_lever_takes(name: str, shares: list[float]) -> None:
    factor = factor_of(name, ())
    for value in (*factor.spread(np.array(shares)), *factor.on_grid(np.array(shares))):
        declared = LEVERS[name]
        if declared.choices:
            assert value in declared.choices
        else:
            assert declared.low is not None
            assert declared.high is not None
            assert declared.low <= float(value) <= declared.high
            assert isinstance(value, int) == declared.whole


def test_a_sobol_design_has_the_blocks_that_salib_analyses() -> None:
    design = Sobol(base=8, second_order=True, factors={"turnover": (), "sector_silo": ()})
    assert design.block == 6
    assert design.size == 48
    indices: Any = import_module("SALib.analyze.sobol")
    total = design.matrix @ np.array([1.0, 0.0]) + 0.001 * design.matrix[:, 1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eight blocks are few, and SALib says so in NumPy's words
        found = indices.analyze(design.problem, total, calc_second_order=True, seed=1)
    assert found["ST"][0] > 0.5 > found["ST"][1]


def test_a_trajectory_changes_one_factor_at_a_time_by_more_than_half_its_range() -> None:
    design = Morris(trajectories=5, factors=MIXED)
    for start in range(0, design.size, design.block):
        moves = np.abs(np.diff(design.matrix[start : start + design.block], axis=0))
        assert ((moves > 0).sum(axis=1) == 1).all()
        assert ((moves > 0).sum(axis=0) == 1).all()
        assert np.allclose(moves[moves > 0], 2 / 3)


def test_a_table_is_visited_row_by_row_and_read_from_csv_and_parquet_alike(tmp_path: Path) -> None:
    import pandas as pd  # noqa: PLC0415 - heavy

    rows: Any = [
        {"commitment": 12, "decision_rule": "unanimity"},
        {"commitment": 0, "decision_rule": "majority"},
    ]
    frame = pd.DataFrame(rows)
    frame["_note"] = ["one", "two"]
    frame.to_csv(tmp_path / "rows.csv", index=False)
    frame.astype({"commitment": float}).to_parquet(tmp_path / "rows.parquet")
    inline = FromTable(rows=rows)
    assert list(inline.samples()) == rows
    for ending in ("csv", "parquet"):
        read = from_file(tmp_path / f"rows.{ending}")
        assert read == inline
        assert type(next(read.samples())["commitment"]) is int


def test_numbers_of_numpy_are_taken_and_whole_ones_stand_for_any() -> None:
    entries: dict[str, Any] = {
        "points": np.int64(10),
        "factors": {"turnover": (np.int64(0), np.float64(0.5)), "commitment": (np.int32(0), 12)},
    }
    design = LatinHypercube(**entries)
    assert design.factors == {"turnover": (0.0, 0.5), "commitment": (0, 12)}
    assert type(design.points) is int


SHARES = [name for name, one in LEVERS.items() if one.low == 0 and one.high == 1 and not one.whole][:10]

BAD: list[tuple[type[Any], dict[str, Any], str]] = [
    (Factorial, {"factors": {}}, "varies nothing"),
    (Factorial, {"factors": {"turnover": (0.1,)}}, "one level only"),
    (Factorial, {"factors": {"turnover": (0.1, 0.1)}}, "same level twice"),
    (Factorial, {"factors": {"turnover": ()}}, r"needs its levels, such as turnover = \[0, 1\]"),
    (Factorial, {"factors": {"turnover": 0.1}}, "list of values in brackets"),
    (Factorial, {"factors": {"turnovr": (0, 1)}}, "Did you mean turnover"),
    (Factorial, {"factors": 3}, "must be a table"),
    (Factorial, {"factors": dict.fromkeys(SHARES, (0.1, 0.2, 0.3, 0.4))}, "1,048,576 points"),
    (LatinHypercube, {"factors": {"turnover": (0.5, 0.1)}}, "must be smaller"),
    (LatinHypercube, {"factors": {"turnover": (0.5, 0.5)}}, "must be smaller"),
    (LatinHypercube, {"factors": {"turnover": (0, 2)}}, "from 0 to 1, but was given 2"),
    (LatinHypercube, {"factors": {"turnover": (0, 0.5, 1)}}, r"3 value\(s\)"),
    (LatinHypercube, {"factors": {"commitment": (0, 1.5)}}, "whole number"),
    (LatinHypercube, {"factors": {"decision_rule": ("majority",)}}, "one level only"),
    (LatinHypercube, {"factors": {"turnover": (False, True)}}, "but was given False"),
    (LatinHypercube, {"points": 1, "factors": {"turnover": ()}}, "points: it must be at least 2"),
    (LatinHypercube, {"points": 10**9, "factors": {"turnover": ()}}, "1,000,000,000 points"),
    (Sobol, {"base": 100, "factors": {"turnover": ()}}, "take 64 or 128"),
    (Sobol, {"base": 2**30, "factors": {"turnover": ()}}, "more than the 1,000,000 allowed"),
    (Sobol, {"second_order": 1, "factors": {"turnover": ()}}, "true or false"),
    (Morris, {"levels": 5, "factors": {"turnover": ()}}, "take 6"),
    (Morris, {}, "factors: it is needed"),
    (FromTable, {"rows": []}, "must not be empty"),
    (FromTable, {"rows": [{}]}, "set no lever"),
    (FromTable, {"rows": [{"turnover": 0.1}, {"training": 0.1}]}, "Row 2 and row 1 set other levers"),
    (FromTable, {"rows": [{"turnover": 0.1}, {"turnover": 0.1}]}, "would not vary"),
    (FromTable, {"file": "none.csv", "rows": []}, "leave one of them out"),
    (FromTable, {"file": "none.csv"}, "cannot be read"),
    (FromTable, {"file": "none.txt"}, "must end in"),
    (FromTable, {"file": 3}, "must be a text"),
    (Paired, {"base_line": "a"}, "Did you mean baseline"),
]


@pytest.mark.parametrize(("design", "entries", "message"), BAD)
def test_an_impossible_design_is_refused_in_words(
    design: type[Any], entries: dict[str, Any], message: str
) -> None:
    with pytest.raises(StudyError, match=message) as raised:
        design(**entries)
    assert "pydantic" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("turnovr\n0.1\n", "Did you mean turnover"),
        ("turnover,training\n0.1,\n", "line 2: training is empty"),
        ("turnover\n0.1\n7\n", "line 3: turnover must be a number from 0 to 1"),
        ("turnover\nmuch\n", "line 2: turnover must be"),
        ("commitment\n1.5\n", "whole number"),
        ("_note\nx\n", "no column of a lever"),
        ("turnover\n", "is empty"),
    ],
)
def test_a_table_that_is_not_in_order_is_told_where(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(StudyError, match=message) as raised:
        from_file(path)
    assert "rows.csv" in str(raised.value)


def test_a_factor_that_has_one_value_at_all_points_is_named() -> None:
    with pytest.raises(StudyError, match="turnover and commitment would not vary"):
        check_varied(
            [{"turnover": 0.1, "training": value, "commitment": 3} for value in (0, 1)],
            ["turnover", "training", "commitment"],
        )


def refusal(seed: int) -> str:
    try:
        LatinHypercube(points=2, seed=seed, factors={"commitment": (0, 2), "turnover": (0, 1)})
    except StudyError as error:
        return str(error)
    return ""


def test_a_sample_in_which_a_whole_number_stays_the_same_is_refused() -> None:
    # Of two points, one in each half, one pair in nine has the middle number twice: (8/9)**200 = 6e-11.
    refusals = [refusal(seed) for seed in range(200)]
    assert "" in refusals
    assert any(text.startswith("commitment would not vary in this design") for text in refusals)
    assert not any("turnover" in text for text in refusals)


def test_a_factor_of_an_unknown_lever_is_refused() -> None:
    with pytest.raises(ParameterError, match="Did you mean training"):
        factor_of("trainning", (0, 1))
    assert factor_of("training", (0, 1)) == Factor("training", 0, 1)
