"""The verdict is made from numbers alone, and can be any of the four."""

import numpy as np
import pytest

from cocreate.experiments.hypotheses.claim import Expected
from cocreate.experiments.hypotheses.estimate import estimate
from cocreate.experiments.hypotheses.verdict import Standing, Verdict, judge, standing
from tests.hypotheses.made import claim, judged, judged_boundary, paired

CLEAR, NOTHING, WIDE = paired(1.0), paired(0.0), paired(0.3, pairs=8, noise=1.0)
OPPOSITE = paired(-1.0)


def test_a_clear_effect_on_the_expected_side_is_supported() -> None:
    found = judge([judged(CLEAR, claim())])
    assert found.verdict is Verdict.SUPPORTED
    assert found.words == "supported"


def test_an_effect_on_the_other_side_is_refuted() -> None:
    found = judge([judged(OPPOSITE, claim())])
    assert found.verdict is Verdict.REFUTED
    assert "other way" in found.reason


def test_an_effect_shown_to_be_too_small_refutes_a_claim_of_one() -> None:
    found = judge([judged(NOTHING, claim())])
    assert found.verdict is Verdict.REFUTED
    assert "too small" in found.reason


def test_a_wide_interval_is_undecided_and_says_how_many_replicates_would_settle_it() -> None:
    one = judged(WIDE, claim())
    found = judge([one])
    assert found.verdict is Verdict.UNDECIDED
    assert one.more_pairs is not None
    assert f"{one.more_pairs:,} more replicates" in found.reason


def test_it_depends_on_a_boundary_beyond_which_it_does_not_hold() -> None:
    found = judge([judged(CLEAR, claim())], [judged_boundary(NOTHING)])
    assert found.verdict is Verdict.DEPENDS
    assert found.words == "depends on the weather"


def test_it_depends_on_a_boundary_beyond_which_alone_it_holds() -> None:
    found = judge([judged(OPPOSITE, claim())], [judged_boundary(CLEAR)])
    assert found.words == "depends on the weather"


def test_only_boundaries_that_turn_the_answer_are_named() -> None:
    boundaries = [
        judged_boundary(CLEAR, question="the moon"),
        judged_boundary(OPPOSITE),
        judged_boundary(WIDE),
    ]
    assert judge([judged(CLEAR, claim())], boundaries).depends_on == "the weather"


def test_it_is_supported_where_it_also_holds_at_its_boundary() -> None:
    found = judge([judged(CLEAR, claim())], [judged_boundary(CLEAR)])
    assert found.verdict is Verdict.SUPPORTED
    assert "also holds" in found.reason
    assert "otherwise" in found.reason


def test_a_boundary_that_turns_out_as_foreseen_is_not_called_otherwise() -> None:
    found = judge([judged(CLEAR, claim())], [judged_boundary(CLEAR, Expected.MORE)])
    assert "otherwise" not in found.reason


def test_a_boundary_that_is_not_settled_is_named_as_open() -> None:
    found = judge([judged(CLEAR, claim())], [judged_boundary(WIDE)])
    assert found.verdict is Verdict.SUPPORTED
    assert "Still open, and so may matter: the weather." in found.reason


def test_it_depends_on_the_claim_where_some_hold_and_others_fail() -> None:
    found = judge([judged(CLEAR, claim()), judged(OPPOSITE, claim(says="It cures."))])
    assert found.verdict is Verdict.DEPENDS
    assert "Holds: It helps." in found.reason
    assert "It cures." in found.reason


def test_an_essential_claim_that_fails_refutes_whatever_else_holds() -> None:
    claims = [judged(CLEAR, claim()), judged(OPPOSITE, claim(essential=True)), judged(WIDE, claim())]
    assert judge(claims, [judged_boundary(CLEAR)]).verdict is Verdict.REFUTED


def test_one_open_claim_leaves_it_undecided() -> None:
    assert judge([judged(CLEAR, claim()), judged(WIDE, claim())]).verdict is Verdict.UNDECIDED


def test_no_numbers_at_all_leave_it_undecided() -> None:
    nothing = {"with": np.full(5, np.nan), "without": np.zeros(5)}
    one = judged(nothing, claim())
    assert one.standing is Standing.OPEN
    assert one.effect.dropped == 5
    assert judge([one]).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("expected", "rise", "none", "fall"),
    [
        (Expected.MORE, "holds", "fails", "fails"),
        (Expected.LESS, "fails", "fails", "holds"),
        (Expected.SAME, "fails", "holds", "fails"),
        (Expected.NOT_MORE, "fails", "holds", "holds"),
        (Expected.NOT_LESS, "holds", "holds", "fails"),
    ],
)
def test_each_expectation_holds_and_fails_where_it_says(
    expected: Expected, rise: str, none: str, fall: str
) -> None:
    for values, wanted in ((CLEAR, rise), (NOTHING, none), (OPPOSITE, fall)):
        assert judged(values, claim(expected)).standing.value == wanted


@pytest.mark.parametrize("expected", list(Expected))
def test_a_wide_interval_settles_no_expectation(expected: Expected) -> None:
    assert judged(WIDE, claim(expected)).standing is Standing.OPEN


@pytest.mark.parametrize("expected", [Expected.MORE, Expected.LESS])
def test_worlds_that_are_exactly_alike_refute_a_claim_of_an_effect(expected: Expected) -> None:
    values = paired(0.0, noise=0.0)
    assert judged(values, claim(expected)).standing is Standing.FAILS


def test_worlds_without_any_effect_are_seldom_said_to_have_one() -> None:
    """Less than 2.5 % of cases show a wrong effect; more than 20 of 400 come less than once in 200 tests."""
    draws = np.random.default_rng(5)
    wrong = 0
    for _ in range(400):
        values = {"with": draws.normal(0, 1, 30), "without": draws.normal(0, 1, 30)}
        effect = estimate({"with": 1.0, "without": -1.0}, values)
        wrong += standing(effect, Expected.MORE, 0.2) is Standing.HOLDS
    assert wrong <= 20
