"""Sentences and tables of findings: they follow the numbers, whatever these are."""

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from cocreate.experiments.analysis.contrast import Difference, compare_pairs
from cocreate.experiments.replicates import Arm
from cocreate.experiments.themes import REPORTED, THEMES
from cocreate.viz.findings import opening, summary, theme_table, worlds
from cocreate.viz.numbers import change, interval, level

ARM = Arm("silos_opened", "open silos")
BASE = np.array([0.20, 0.30, 0.25, 0.22, 0.28, 0.26])


def shifted(by: float, outcome: str = "share_structural", noise: float = 0.01) -> Difference:
    """Return a difference whose worlds move by about as much as asked for."""
    wobble = noise * np.array([-1.0, 1.0, -0.5, 0.5, -1.0, 1.0])
    return compare_pairs(BASE, BASE + by + wobble, (ARM.name, "default", outcome))


def test_a_clear_gain_is_called_a_larger_share_with_its_numbers() -> None:
    text = opening(shifted(0.1))
    assert text == (
        "a larger share of pilots became structural than in the default world: 35.2 % instead of 25.2 %"
        f" (+10.0 points, 95 % interval {change('trust', shifted(0.1).low)} to"
        f" {change('trust', shifted(0.1).high)}; more in 6 of 6 worlds)"
    )


def test_a_clear_loss_is_called_a_smaller_share() -> None:
    text = opening(shifted(-0.1))
    assert text.startswith("a smaller share of pilots became structural")
    assert "less in 6 of 6 worlds" in text


def test_a_difference_within_the_noise_is_not_claimed() -> None:
    text = opening(shifted(0.001, noise=0.05))
    assert text.startswith("no difference from the default world can be seen")
    assert "larger" not in text
    assert "smaller" not in text


def test_equal_worlds_are_called_the_same_and_too_few_are_called_too_few() -> None:
    same = compare_pairs(BASE, BASE, (ARM.name, "default", "share_structural"))
    assert opening(same).startswith("exactly the same share")
    single = compare_pairs(BASE[:1], BASE[:1] + 1, (ARM.name, "default", "share_structural"))
    assert opening(single).startswith("too few worlds")


def test_a_summary_sorts_outcomes_by_what_can_be_said_of_them() -> None:
    found = [
        shifted(0.1),
        shifted(0.1, "trust"),
        shifted(-0.1, "backlashes_per_region"),
        shifted(0.001, "councils", noise=0.05),
        compare_pairs(BASE, BASE - 9, ("other arm", "default", "effectiveness")),
    ]
    text = summary(ARM, found)
    assert text.startswith("With open silos, a larger share")
    assert text.endswith(
        "More: trust of citizens; less: backlash events per region; no difference can be seen in councils"
        " that adopted the principles."
    )


def test_ties_and_dropped_worlds_are_named() -> None:
    one = compare_pairs(np.array([0.1, 0.2, 0.3, np.nan]), np.array([0.2, 0.1, 0.3, 0.4]))
    assert worlds(one) == "more in 1 of 3 worlds, equal in 1, 1 without a value"


@pytest.mark.parametrize("width", [80, 120])
def test_a_table_shows_every_outcome_with_both_intervals_and_fits_the_console(
    width: int, differences: tuple[Difference, ...]
) -> None:
    out = StringIO()
    Console(file=out, width=width).print(theme_table(THEMES[0], differences, width))
    text = out.getvalue()
    assert max(len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    for one in differences:
        if one.arm in {arm.name for arm in THEMES[0].arms}:
            for part in interval(one).split(" ", 1):
                assert part in text
    assert text.split().count("trust") == sum("trust" in label for label in REPORTED.values())


def test_numbers_are_written_with_their_sign_and_never_as_minus_zero() -> None:
    assert change("trust", -0.0001) == "0.0"
    assert change("trust", -0.05) == "\N{MINUS SIGN}5.0"
    assert change("backlashes_per_region", 0.004) == "0.00"
    assert level("backlashes_per_region", 1.0) == "1.00"
    assert change("trust", float("nan")) == "unknown"
