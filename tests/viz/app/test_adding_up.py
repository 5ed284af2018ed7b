"""Adding up: parts that are written sum to the whole that is written, and none is far from what it is."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from cocreate.viz.app.adding_up import adding_up
from cocreate.viz.app.verdicts import gaps_adding_up


@pytest.mark.parametrize("count", range(1, 7))
def test_whatever_the_parts_are_they_add_up_and_stay_within_a_step(count: int) -> None:
    for values in np.random.default_rng(count).normal(size=(200, count)).tolist():
        found = adding_up(sum(values), values, 1)
        assert sum(found.parts) == found.total
        assert found.digits in (1, 2)
        step = Decimal(1).scaleb(-found.digits)
        assert all(abs(Decimal(one) - told) < step for one, told in zip(values, found.parts, strict=True))
        assert abs(Decimal(sum(values)) - found.total) <= step / 2


def test_one_more_decimal_is_written_only_where_it_is_needed() -> None:
    assert adding_up(1.7, [0.4, 0.3, 1.0], 1).digits == 1
    assert adding_up(1.8, [0.441, 0.339, 1.02], 1).digits == 2


def test_a_part_that_is_nothing_is_written_as_nothing() -> None:
    found = adding_up(1.0, [1 / 3, 0.0, 1 / 3, 1 / 3, 0.0], 2)
    assert [str(found.parts[place]) for place in (1, 4)] == ["0.000", "0.000"]


def test_gaps_between_shares_add_up_in_points() -> None:
    total, parts, digits = gaps_adding_up("trust", 0.0288, [0.0144, 0.0144])
    assert [total, *parts] == pytest.approx([0.0288, 0.0144, 0.0144])
    assert digits == 2  # 2.9 points would not be 1.4 and 1.4


def test_gaps_of_numbers_have_the_decimals_of_the_one_that_needs_most() -> None:
    assert gaps_adding_up("structural_per_region", 2.0, [1.75, 0.25])[2] == 2
    assert gaps_adding_up("structural_per_region", 2.0, [1.0, 1.0])[2] == 0
