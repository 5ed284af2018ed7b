"""Levers and interventions: what is refused, and that every message names the way out."""

import numpy as np
import pytest

from cocreate.model.interventions import FIXED, Intervention, checked
from cocreate.model.parameters import LEVERS, ParameterError, Parameters, value_from_text

pytestmark = pytest.mark.core


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if not lever.choices])
def test_a_number_outside_its_range_is_refused_with_the_range(name: str) -> None:
    lever = LEVERS[name]
    assert lever.low is not None
    assert lever.high is not None
    for value in (lever.low - 1, lever.high + 1):
        given = int(value) if lever.whole else float(value)
        with pytest.raises(ParameterError, match=f"{name} must be a .*from {lever.low:g} to") as caught:
            Parameters.of({name: given})
        assert repr(given) in str(caught.value)


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.choices])
def test_a_word_that_is_no_choice_is_refused_with_the_choices(name: str) -> None:
    with pytest.raises(ParameterError, match=f"{name} must be one of {LEVERS[name].choices[0]}"):
        Parameters.of({name: "perhaps"})


def test_a_misspelt_lever_is_refused_with_the_nearest_right_ones() -> None:
    with pytest.raises(ParameterError, match=r"no lever 'sector_silos'.*sector_silo"):
        Parameters.of({"sector_silos": 0.5})


@pytest.mark.parametrize("value", ["0.5", None, [0.5], float("nan"), float("inf")])
def test_a_value_of_the_wrong_kind_is_refused(value: object) -> None:
    with pytest.raises(ParameterError, match="sector_silo must be a number from 0 to 1"):
        Parameters.of({"sector_silo": value})  # type: ignore[dict-item]


def test_contradictions_are_refused_with_the_way_out() -> None:
    with pytest.raises(ParameterError, match=r"eu_funding_end .* lies before eu_funding_start"):
        Parameters.of({"eu_funding_start": 50, "eu_funding_end": 40})
    nobody = dict.fromkeys(("citizens_per_region", "professionals_per_region", "politicians_per_region"), 0)
    with pytest.raises(ParameterError, match="without any people"):
        Parameters.of({**nobody, "null_world": "yes"})


def test_levers_cannot_be_assigned_and_a_changed_copy_leaves_the_first_alone() -> None:
    first = Parameters()
    second = first.changed({"turnover": 0.9})
    assert (first.turnover, second.turnover) == (LEVERS["turnover"].default, 0.9)
    with pytest.raises(ValueError, match="frozen"):
        first.turnover = 0.1


def test_numbers_from_arrays_are_taken_as_plain_numbers() -> None:
    levers = Parameters.of({"turnover": np.float64(0.25), "regions": np.int64(3)})  # type: ignore[dict-item]
    assert levers == Parameters.of({"turnover": 0.25, "regions": 3})


def test_text_becomes_a_value_of_the_levers_kind() -> None:
    assert value_from_text("turnover", "0.25") == 0.25
    assert value_from_text("regions", "3") == 3
    assert value_from_text("decision_rule", "unanimity") == "unanimity"
    for name, text in (("turnover", "much"), ("regions", "2.5")):
        with pytest.raises(ParameterError, match=f"{name} must be a .*number"):
            value_from_text(name, text)


def test_the_default_of_every_lever_is_allowed_and_reaches_the_rules() -> None:
    record = Parameters().record()
    for name, lever in LEVERS.items():
        if lever.choices:
            assert record[name][0] == lever.choices.index(str(lever.default))
        else:
            assert record[name][0] == lever.default
        assert lever.meaning
        assert lever.unit
        assert lever.source


@pytest.mark.parametrize("name", sorted(FIXED))
def test_a_lever_that_shapes_the_start_cannot_change_later(name: str) -> None:
    with pytest.raises(ParameterError, match=f"{name} shapes the world at its start"):
        checked(Parameters(), [Intervention(3, name, LEVERS[name].default)])


@pytest.mark.parametrize("month", [-1, 180, 1000])
def test_an_intervention_outside_the_run_is_refused(month: int) -> None:
    with pytest.raises(ParameterError, match="outside the months 0 to 179"):
        checked(Parameters(), [Intervention(month, "turnover", 0.5)])


def test_interventions_are_put_in_order_of_month_and_checked_together() -> None:
    late, early = Intervention(20, "turnover", 0.5), Intervention(10, "turnover", 0.6)
    assert checked(Parameters(), [late, early]) == (early, late)
    with pytest.raises(ParameterError, match="turnover must be a number"):
        checked(Parameters(), [early, Intervention(11, "turnover", 7.0)])
