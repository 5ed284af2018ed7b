"""Studies as data: runs share their random numbers, and what does not fit together is refused."""

import pickle
from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np
import pytest

import cocreate.experiments as public
from cocreate.experiments import (
    Conclude,
    Contrasts,
    Factorial,
    Keep,
    LatinHypercube,
    Paired,
    Precision,
    Sobol,
    Study,
    Survival,
    World,
)
from cocreate.experiments.study.errors import StudyError
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import Parameters, Value

FACTORS_2: Mapping[str, tuple[Value, ...]] = {"award": (0.1, 0.5), "fatigue": (0.1, 0.5)}
FACTORS: Mapping[str, tuple[Value, ...]] = {"turnover": (0.1, 0.5)}


def test_points_share_their_seeds_replicate_by_replicate() -> None:
    study = Study(worlds=(World(name="a"), World(name="b", levers={"training": 1.0})), replicates=3, seed=4)
    seeds: dict[str, list[int]] = {}
    for cell in study.cells():
        seeds.setdefault(cell.point.world.name, []).append(cell.task.seed)
    assert seeds["a"] == seeds["b"]
    assert len(set(seeds["a"])) == 3


def test_more_replicates_leave_the_first_runs_as_they_were() -> None:
    few = Study(design=Factorial(factors=FACTORS), replicates=2)
    more = few.model_copy(update={"replicates": 4})
    keys = {(cell.point.number, cell.replicate): cell.task.key for cell in more.cells()}
    assert all(keys[cell.point.number, cell.replicate] == cell.task.key for cell in few.cells())
    assert (few.size, more.size) == (4, 8)
    assert len(keys) == 8


def test_levers_win_in_the_order_draw_preset_shared_world_factor() -> None:
    names = ("citizens_per_region", "turnover", "training", "sector_silo", "award")
    draw = dict.fromkeys(names[1:], 0.11) | {"citizens_per_region": 11}
    world = World(name="w", preset="city", levers={"sector_silo": 0.44})
    study = Study(
        worlds=(world,),
        design=Factorial(factors={"award": (0.55, 0.66)}),
        levers={"training": 0.33, "sector_silo": 0.33},
        draws=(draw,),
        replicates=1,
    )
    city = world.start.levers or {}
    assert "citizens_per_region" in city
    levers = next(study.cells()).task.levers
    assert levers["citizens_per_region"] == city["citizens_per_region"]
    assert [levers[name] for name in names[1:]] == [0.11, 0.33, 0.44, 0.55]


def test_replicates_start_from_one_draw_after_the_other_and_then_again() -> None:
    study = Study(draws=({"turnover": 0.1}, {"turnover": 0.2}), replicates=5)
    assert [cell.task.levers["turnover"] for cell in study.cells()] == [0.1, 0.2, 0.1, 0.2, 0.1]


def test_interventions_of_preset_and_world_are_in_the_task_in_order_of_month() -> None:
    changes = (Intervention(30, "training", 1), Intervention(3, "award", 1))
    world = World(name="w", preset="probation_reversal", interventions=changes)
    found = next(Study(worlds=(world,), replicates=1).cells()).task.interventions
    assert [one.month for one in found] == sorted(one.month for one in found)
    assert len(found) == len(world.start.interventions) + 2


def test_whole_numbers_and_those_of_numpy_give_the_same_runs_and_the_same_study() -> None:
    plain = Study(worlds=(World(name="w", levers={"turnover": 1.0, "commitment": 3}),), seed=0, replicates=2)
    others: dict[str, Any] = {"turnover": np.int64(1), "commitment": np.int32(3)}
    same = Study(
        worlds=[World(name="w", levers=others)],  # type: ignore[arg-type] # lists are taken as well
        seed=np.int64(0),  # type: ignore[arg-type]
        replicates=np.int16(2),  # type: ignore[arg-type]
    )
    assert same == plain
    assert same.fingerprint == plain.fingerprint
    assert [cell.task for cell in same.cells()] == [cell.task for cell in plain.cells()]


def test_an_intervention_with_a_number_of_numpy_gives_the_same_runs() -> None:
    numbers: list[Any] = [1.0, np.int64(1)]
    one, two = (
        Study(worlds=(World(name="w", interventions=(Intervention(3, "training", value),)),), replicates=1)
        for value in numbers
    )
    assert next(one.cells()).task == next(two.cells()).task


def test_a_fingerprint_changes_with_anything_but_the_order_of_levers() -> None:
    study = Study(
        levers={"turnover": 0.1, "training": 0.2}, design=LatinHypercube(points=40, factors=FACTORS_2)
    )
    assert (
        Study(levers={"training": 0.2, "turnover": 0.1}, design=study.design).fingerprint == study.fingerprint
    )
    turned = LatinHypercube(
        points=40, factors={name: FACTORS_2[name] for name in sorted(FACTORS_2, reverse=True)}
    )
    changed: list[dict[str, Any]] = [
        {"name": "x"},
        {"question": "?"},
        {"seed": 2},
        {"replicates": 3},
        {"levers": {"turnover": 0.1}},
        {"draws": ({"award": 0.1},)},
        {"design": turned},
        {"outcomes": ("trust",)},
        {"keep": Keep(pilots=True)},
        {"time_limit": 3.0},
        {"conclude": {"discovery": {"outcome": "trust", "threshold": 0.5}}},
    ]
    prints = {study.model_copy(update=one).fingerprint for one in changed}
    assert len(prints | {study.fingerprint}) == len(changed) + 1


def test_a_study_can_be_sent_to_another_process() -> None:
    study = Study(design=Sobol(base=4, factors=FACTORS), levers={"training": 0.1})
    sent = pickle.loads(pickle.dumps(study))
    assert sent == study
    assert list(sent.cells()) == list(study.cells())


def test_a_changed_copy_is_checked_like_a_new_study() -> None:
    with pytest.raises(StudyError, match="replicates: it must be at least 1"):
        Study().model_copy(update={"replicates": 0})
    design = LatinHypercube(points=4, factors=FACTORS)
    assert len(list(design.model_copy(update={"points": 6}).samples())) == 6


def test_planning_a_very_large_study_begins_at_once() -> None:
    study = Study(design=LatinHypercube(points=10_000, factors=FACTORS), replicates=2_000)
    assert study.size == 20_000_000
    assert [cell.replicate for cell in islice(study.cells(), 3)] == [0, 1, 2]


def test_the_baseline_is_the_first_world_unless_the_design_names_one() -> None:
    worlds = (World(name="a"), World(name="b"))
    assert Study(worlds=worlds).baseline.name == "a"
    assert Study(worlds=worlds, design=Paired(baseline="b")).baseline.name == "b"


def test_every_public_name_is_found_and_others_are_not() -> None:
    assert all(getattr(public, name).__name__ == name for name in public.__all__)
    assert set(public.__all__) <= set(dir(public))
    with pytest.raises(AttributeError, match="Studdy"):
        _ = public.Studdy


def world(**entries: Any) -> dict[str, Any]:
    return {"worlds": [{"name": "a"}, {"name": "b", **entries}]}


PAIRS = {"worlds": [{"name": "a"}, {"name": "b"}]}
GRID = {
    "kind": "factorial",
    "factors": {"sector_silo": [0.1, 0.5, 0.9], "power_imbalance": [0.0, 1.5, 3.0]},
}
PRECISION = {"outcome": "trust", "half_width": 0.1, "budget": 5}

PRESET_CHANGE = {"month": 18, "lever": "eu_funding", "value": 0.5}
"""A lever that the preset probation_reversal changes in this month, too."""

BAD: list[tuple[dict[str, Any], str]] = [
    ({"wrlds": 3}, "no entry 'wrlds'. Did you mean worlds"),
    ({"name": "a b"}, "name: it must consist of letters"),
    ({"name": ""}, "name: it must consist of letters"),
    (
        {"name": "a" * 101},
        "name: it must have at most 100 letters, .* has 101: give the study a shorter name",
    ),
    ({"horizon": 13}, r"no entry 'horizon'. horizon is a lever: write it under \[levers\]"),
    (world(horizon=13), r"horizon is a lever: write it in levers = \{ horizon = ... \}"),
    ({"question": 3}, "question: it must be a text, but is 3"),
    ({"seed": True}, "seed: it must be a whole number, but is True"),
    ({"seed": -1}, "seed: it must be at least 0"),
    ({"replicates": 0}, "replicates: it must be at least 1"),
    ({"replicates": 2.5}, "replicates: it must be a whole number"),
    ({"replicates": 10**9}, "1,000,000,000 runs, more than the 20,000,000"),
    ({"time_limit": 0}, "time_limit: it must be larger than 0"),
    ({"worlds": []}, "worlds: there are none"),
    ({"worlds": 3}, "worlds: it must be a list"),
    ({"worlds": [3]}, "worlds 1: it must be a table"),
    ({"worlds": [{}]}, "worlds 1, name: it is needed"),
    ({"worlds": [{"name": ""}]}, "name: it must not be empty"),
    ({"worlds": [{"name": "a"}, {"name": "a"}]}, "two are called 'a'"),
    (world(lever={}), r"worlds 2 \(b\): There is no entry 'lever'. Did you mean levers"),
    (world(levers={"sector_sillo": 1}), r"worlds 2 \(b\), levers: .* Did you mean sector_silo"),
    (world(levers={"sector_silo": True}), "a number from 0 to 1, but was given True"),
    (world(levers={"sector_silo": float("nan")}), "a number from 0 to 1, but was given nan"),
    (world(levers={"commitment": 1.0}), "a whole number from 0 to 120"),
    (world(levers={"decision_rule": "dice"}), "one of majority"),
    (world(levers={3: 1}), "name of a lever must be a text"),
    (world(levers={"eu_funding_end": 3}), "world 'b': eu_funding_end"),
    (world(preset="vilage"), r"worlds 2 \(b\), preset: .* Did you mean village"),
    (world(interventions=3), "interventions: it must be a list"),
    (world(interventions=[{"month": 3}]), "intervention 1 lacks lever and value"),
    (world(interventions=[{"month": 3, "lever": "training", "value": 2}]), "from 0 to 1, but was given 2"),
    (world(interventions=[{"month": 999, "lever": "training", "value": 1}]), "outside the months 0 to 179"),
    (world(interventions=[{"month": 9, "lever": "regions", "value": 1}]), "cannot change in month 9"),
    (
        world(interventions=[{"month": 9, "lever": "training", "value": one} for one in (0.1, 0.2)]),
        "world 'b', interventions: training changes twice in month 9, and only one",
    ),
    (
        world(preset="probation_reversal", interventions=[PRESET_CHANGE]),
        r"changes twice in month .* \(those of its preset 'probation_reversal' count as well\)",
    ),
    ({"levers": 3}, "levers: it must be a table"),
    ({"draws": []}, "draws: it must hold at least one draw"),
    ({"draws": [{"turnover": 0.1}, {"turnover": 2}]}, "draws 2: turnover must be"),
    ({"draws": [{}, {"eu_funding_end": 3}]}, "world 'default', draw 2: eu_funding_end"),
    ({"over": "posteriro"}, "Did you mean posterior"),
    ({"over": "none.csv"}, "cannot be read"),
    ({"over": "defaults", "draws": []}, "leave one of them out"),
    ({"outcomes": ["suport"]}, "outcomes 1: .* Did you mean support"),
    ({"outcomes": []}, "at least one outcome"),
    ({"outcomes": ["trust", "trust"]}, "same outcome twice"),
    ({"keep": {"pilot": True}}, "keep: There is no entry 'pilot'. Did you mean pilots"),
    ({"keep": {"series": ["trst"]}}, "keep: .* Did you mean trust"),
    ({"keep": {"series": ["trust", "trust"]}}, "keep: series names the same outcome twice: trust, trust"),
    ({"keep": {"series": ["share_lasting"]}}, "keep: There is no outcome here 'share_lasting'"),
    ({"design": {}}, "design: it needs an entry 'kind'"),
    ({"design": {"kind": "sobl"}}, "'sobl'. Did you mean sobol"),
    (
        {"design": {"kind": "sobol", "base": "x", "factors": FACTORS}},
        "design, base: it must be a whole number",
    ),
    ({"design": {"kind": "paired", "baseline": "defalt"}}, "no world 'defalt'. Did you mean default"),
    (
        {"levers": {"turnover": 0.3}, "design": {"kind": "factorial", "factors": FACTORS}},
        "turnover is varied here, but set in levers",
    ),
    (
        {**world(levers={"turnover": 0.3}), "design": {"kind": "factorial", "factors": FACTORS}},
        "turnover is varied here, but set in world 'b'",
    ),
    (
        {
            **world(interventions=[{"month": 0, "lever": "turnover", "value": 0.3}]),
            "design": {"kind": "factorial", "factors": FACTORS},
        },
        "world 'b', interventions: turnover is varied by the design, but changes in month 0",
    ),
    (
        {"design": {"kind": "table", "rows": [{"eu_funding_end": 60}, {"eu_funding_end": 3}]}},
        r"world 'default', point 2 \(eu_funding_end = 3\)",
    ),
    ({"conclude": {"contrast": {}}}, "Did you mean contrasts"),
    ({"conclude": {"contrasts": {"correction": "holmes"}}, **PAIRS}, "Did you mean holm"),
    ({"conclude": {"contrasts": {}}}, "conclude, contrasts: it needs a design of kind 'paired', and two"),
    (
        {"conclude": {"precision": {**PRECISION, "outcome": "x"}}, **PAIRS},
        "precision, outcome: .* no outcome 'x'",
    ),
    ({"conclude": {"precision": PRECISION}, **PAIRS}, "at least the 20 replicates to begin with, but is 5"),
    (
        {"conclude": {"precision": PRECISION}, "replicates": 2},
        "precision: it needs a design of kind 'paired'",
    ),
    ({"conclude": {"sensitivity": {}}}, "sensitivity: it needs a design of kind 'sobol' or 'morris'"),
    ({"conclude": {"discovery": {"outcome": "trust", "threshold": 1}}}, "a design that varies factors"),
    (
        {"conclude": {"discovery": {"outcome": "trust", "threshold": 1}}, "design": GRID},
        "discovery: it needs 40 points or more, .* but the design has 9. Take a design of kind 'latin_hyp",
    ),
    ({"conclude": {"survival": {}}}, "write pilots = true"),
]


@pytest.mark.parametrize(("entries", "message"), BAD)
def test_what_does_not_fit_is_refused_in_one_line_that_names_the_place(
    entries: dict[str, Any], message: str
) -> None:
    with pytest.raises(StudyError, match=message) as raised:
        Study(**entries)
    assert "\n" not in str(raised.value)
    assert "pydantic" not in str(raised.value)


def test_conclusions_that_fit_are_taken() -> None:
    study = Study(
        worlds=(World(name="a"), World(name="b")),
        keep=Keep(pilots=True),
        conclude=Conclude(
            contrasts=Contrasts(),
            survival=Survival(window=6),
            precision=Precision(outcome="trust", half_width=0.1, budget=20),
        ),
    )
    assert study.conclude.contrasts is not None
    assert study.conclude.contrasts.correction == "holm"
    assert study.conclude.precision is not None
    assert study.conclude.precision.budget == 20
    assert study.conclude.sensitivity is None


def test_planned_levers_are_those_that_differ_from_the_defaults() -> None:
    usual = Parameters()
    study = Study(levers={"turnover": usual.turnover, "training": 0.9}, replicates=1)
    assert next(study.cells()).task.levers == {"training": 0.9}
