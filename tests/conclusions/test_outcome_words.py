"""How numbers are written: an interval reads as what it says about zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreate.experiments.conclusions.outcome_words import change, change_in_text, span
from cocreate.experiments.hypotheses.words import with_interval

NARROW = st.floats(0.0001, 0.05)
"""Distances from zero that hundredths and points with one decimal may hide."""


@pytest.mark.parametrize("unit", ["share", "count"])
@given(near=NARROW, further=NARROW, sign=st.sampled_from([-1, 1]))
def test_an_interval_that_leaves_out_zero_does_not_read_as_if_it_touched_it(
    unit: str, near: float, further: float, sign: int
) -> None:
    low, high = sorted((sign * near, sign * (near + further)))
    measure = {"share": "trust", "count": "structural_per_region"}[unit]
    for told in (span(unit, low, high).split(" to "), with_interval(measure, low, (low, high))[1:]):
        for end in told:
            assert end[0] == ("+" if sign > 0 else told[0][0])
            assert end.strip("+-\N{MINUS SIGN}0.")


def test_an_effect_has_as_many_digits_as_the_interval_beside_it() -> None:
    assert (change("share", 0.001, (0.0004, 0.0016)), span("share", 0.0004, 0.0016)) == (
        "+0.10", "+0.04 to +0.16",
    )  # fmt: skip
    assert change_in_text("share", 0.001, (0.0004, 0.0016)) == "+0.10 percentage points"


def test_an_interval_around_zero_keeps_the_usual_digits() -> None:
    assert span("share", -0.0004, 0.0016) == "0.0 to +0.2"
    assert with_interval("trust", 0.0006, (-0.0004, 0.0016)) == ("+0.1", "-0.0", "+0.2")
