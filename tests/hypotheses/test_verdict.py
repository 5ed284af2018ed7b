"""The verdict is made from numbers alone, and can be any of the four."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from cocreate.experiments.hypotheses.claim import Claim, Expected, peak
from cocreate.experiments.hypotheses.estimate import estimate, judged_claim
from cocreate.experiments.hypotheses.h01_infrastructure import INFRASTRUCTURE
from cocreate.experiments.hypotheses.h03_elections import ELECTIONS
from cocreate.experiments.hypotheses.h08_assets import ASSETS
from cocreate.experiments.hypotheses.verdict import (
    Effect,
    JudgedClaim,
    JudgedEffect,
    Standing,
    Verdict,
    decisive,
    judge,
    standing,
)
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
    open_ = judged_boundary(WIDE)
    for boundary in (open_, replace(open_, foreseen=Standing.FAILS)):
        found = judge([judged(CLEAR, claim())], [boundary])
        assert found.verdict is Verdict.SUPPORTED
        assert "Still unsettled, and so may matter: the weather." in found.reason
        assert "otherwise" not in found.reason


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


def test_a_verdict_names_what_decides_it() -> None:
    holds, open_ = judged(CLEAR, claim(says="holds")), judged(WIDE, claim(says="open"))
    fails, fatal = (judged(OPPOSITE, claim(says=f"fails {one}", essential=one)) for one in (False, True))
    weighty = judged(WIDE, claim(says="weighty", essential=True))
    fair = replace(open_, claim=replace(open_.claim, says="fair", validity=True))
    void = replace(fails, claim=replace(fails.claim, says="void", validity=True))
    there = [judged_boundary(WIDE), judged_boundary(OPPOSITE)]
    decided: dict[tuple[str, ...], list[JudgedClaim]] = {
        ("void",): [holds, void, fatal],
        ("fair",): [holds, fair, fatal, weighty],
        ("fails True",): [holds, fails, weighty, fatal],
        ("weighty",): [holds, fails, open_, weighty],
        ("open",): [holds, open_],
        ("fails False",): [holds, open_, fails],
        ("holds", "holds"): [holds, holds],
    }
    for says, claims in decided.items():
        assert judge(claims).decided_by == says
    assert judge([holds], there).decided_by == ("It helps there, too.",)
    assert judge([fails]).decided_by == ("fails False",)


def test_no_numbers_at_all_leave_it_undecided() -> None:
    nothing = {"with": np.full(5, np.nan), "without": np.zeros(5)}
    one = judged(nothing, claim())
    assert one.standing is Standing.UNSETTLED
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
    assert judged(WIDE, claim(expected)).standing is Standing.UNSETTLED


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


LEVELS = ("a", "b", "c", "d", "e")


def peaked(means: Sequence[float], noise: float = 0.007) -> JudgedClaim:
    """Return the claim of a peak between the ends, over 120 replicates of worlds with the means given."""
    draws = np.random.default_rng(1)
    shared = draws.normal(0, 0.02, 120)
    values = {
        name: shared + mean + draws.normal(0, noise, 120) for name, mean in zip(LEVELS, means, strict=True)
    }
    about = Claim("There is a peak.", "trust", {}, Expected.MORE, essential=True, ways=peak(LEVELS))
    return judged_claim(about, values.__getitem__, about.tests)


@pytest.mark.parametrize("means", [(0.40, 0.41, 0.44, 0.52, 0.47), (0.40, 0.42, 0.50, 0.42, 0.46)])
def test_a_peak_at_one_level_holds_though_the_mean_over_the_middle_is_below_an_end(
    means: tuple[float, ...],
) -> None:
    one = peaked(means)
    assert one.standing is Standing.HOLDS
    assert judge([one]).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("means", [(0.40, 0.42, 0.44, 0.46, 0.48), (0.48, 0.46, 0.44, 0.42, 0.40)])
def test_a_line_without_a_peak_refutes_it(means: tuple[float, ...]) -> None:
    one = peaked(means)
    assert one.standing is Standing.FAILS
    assert judge([one]).verdict is Verdict.REFUTED


def test_a_peak_hidden_in_noise_stays_open_and_says_how_many_replicates_it_needs() -> None:
    one = peaked((0.40, 0.41, 0.412, 0.413, 0.41), noise=0.03)
    assert one.standing is Standing.UNSETTLED
    assert one.more_pairs


def test_the_effect_shown_for_a_peak_is_that_of_its_best_level_above_the_higher_end() -> None:
    one = peaked((0.40, 0.41, 0.44, 0.52, 0.47))
    assert one.effect == one.ways[2][1].effect
    assert one.effect.mean == pytest.approx(0.05, abs=0.005)
    assert one.effect.tests == 6


def constant(arm: float, baseline: float, pairs: int) -> dict[str, NDArray[np.float64]]:
    return {"with": np.full(pairs, arm), "without": np.full(pairs, baseline)}


@pytest.mark.parametrize(("arm", "baseline"), [(0.0, 0.0), (1.0, 0.0), (0.1, 0.3)])
@pytest.mark.parametrize("expected", list(Expected))
def test_a_few_replicates_that_all_agree_settle_nothing(
    arm: float, baseline: float, expected: Expected
) -> None:
    few = judged(constant(arm, baseline, 7), claim(expected), tests=4)
    assert few.standing is Standing.UNSETTLED
    assert few.more_pairs == 1
    assert judged(constant(arm, baseline, 8), claim(expected), tests=4).standing is not Standing.UNSETTLED


def test_worlds_that_agree_but_for_rounding_agree() -> None:
    base = np.random.default_rng(0).normal(0.3, 0.1, 5)
    one = judged({"with": base * 3 / 3 + 0.1 - 0.1, "without": base}, claim())
    assert one.effect.deviation == 0
    assert one.standing is Standing.UNSETTLED


def test_constant_outcomes_have_no_standardised_effect() -> None:
    assert np.isnan(estimate({"with": 1.0, "without": -1.0}, constant(0.3, 0.1, 7)).standardised)


def lost(measured: int, of: int, effect: float = 1.0) -> dict[str, NDArray[np.float64]]:
    """Return worlds with a clear effect, in which only some replicates could be measured."""
    values = paired(effect, pairs=of)
    values["with"][measured:] = np.nan
    return values


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (paired(1.0, pairs=2), "Only 2 replicates were simulated; an interval needs 3."),
        (
            lost(2, 120),
            "Only 2 of 120 replicates could be measured (118 failed or had nothing to measure); an interval"
            " needs 3.",
        ),
        (
            lost(20, 120),
            "Only 20 of 120 replicates could be measured (100 failed or had nothing to measure); a claim"
            " needs half of them.",
        ),
    ],
)
def test_what_could_not_be_measured_is_open_and_said_so(
    values: dict[str, NDArray[np.float64]], why: str
) -> None:
    found = judge([judged(values, claim())])
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason == f"Unsettled: It helps. {why}"


def test_many_replicates_left_out_are_told_with_the_verdict_and_few_are_not() -> None:
    told = "10 of 120 replicates are left out, as they failed or had nothing to measure: It helps."
    assert judge([judged(lost(110, 120), claim())]).reason == f"All its claims hold. {told}"
    assert judge([judged(lost(115, 120), claim())]).reason == "All its claims hold."


def test_the_replicates_needed_allow_for_those_that_will_be_left_out() -> None:
    whole = judged(paired(0.35, pairs=12, noise=0.8), claim())
    values = {
        name: np.concatenate([found, np.full(8, np.nan)]) for name, found in
        paired(0.35, pairs=12, noise=0.8).items()
    }  # fmt: skip
    assert whole.more_pairs
    needed = (12 + whole.more_pairs) * 20 / 12
    assert judged(values, claim()).more_pairs == pytest.approx(needed - 20, abs=1)


def test_an_open_essential_claim_leaves_it_undecided_and_names_what_holds_and_fails() -> None:
    claims = [
        judged(CLEAR, claim()),
        judged(OPPOSITE, claim(says="It cures.")),
        judged(WIDE, claim(essential=True, says="It works through the weather.")),
    ]
    found = judge(claims)
    assert found.verdict is Verdict.UNDECIDED
    assert found.words == "undecided"
    for part in (
        "Holds: It helps.",
        "goes the other way: It cures.",
        "Unsettled: It works through the weather.",
    ):
        assert part in found.reason


def test_where_claims_differ_one_that_is_open_is_named() -> None:
    found = judge([judged(CLEAR, claim()), judged(OPPOSITE, claim()), judged(WIDE, claim(says="It lasts."))])
    assert found.verdict is Verdict.DEPENDS
    assert "Unsettled: It lasts." in found.reason


@pytest.mark.parametrize("essential", [True, False])
def test_a_refuted_hypothesis_names_boundaries_that_are_open(essential: bool) -> None:
    found = judge([judged(OPPOSITE, claim(essential=essential))], [judged_boundary(WIDE)])
    assert found.verdict is Verdict.REFUTED
    assert "Still unsettled, and so may matter: the weather." in found.reason


def test_a_comparison_that_is_not_fair_has_no_verdict() -> None:
    fair = replace(claim(Expected.SAME, says="Both spend as much."), validity=True)
    about = [judged(CLEAR, claim(essential=True)), judged(CLEAR, fair)]
    found = judge(about)
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason == (
        "The comparison is not a fair one, as there is a clear effect against its condition: Both spend as"
        " much."
    )


@pytest.mark.parametrize("values", [CLEAR, OPPOSITE])
def test_there_is_no_verdict_while_it_is_open_whether_a_comparison_is_fair(
    values: dict[str, NDArray[np.float64]],
) -> None:
    fair = replace(claim(Expected.SAME, says="Both spend as much."), validity=True)
    found = judge([judged(values, claim(essential=True)), judged(WIDE, fair)])
    assert found.verdict is Verdict.UNDECIDED
    assert "Unsettled: Both spend as much." in found.reason


def test_a_fair_comparison_counts_for_nothing_else() -> None:
    fair = replace(claim(Expected.SAME), validity=True)
    assert judge([judged(OPPOSITE, claim()), judged(NOTHING, fair)]).verdict is Verdict.REFUTED
    assert judge([judged(CLEAR, claim()), judged(NOTHING, fair)]).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("near", "far", "stands"),
    [
        (0.10, 0.10, "fails"),
        (-0.10, -0.10, "fails"),
        (-0.10, -0.20, "fails"),
        (-0.10, 0.00, "fails"),
        (0.00, 0.10, "holds"),
        (-0.10, 0.10, "holds"),
        (0.05, 0.20, "holds"),
    ],
)
def test_distance_fits_better_only_where_turnover_does_more_harm_far_apart(
    near: float, far: float, stands: str
) -> None:
    draws = np.random.default_rng(1)
    shared = draws.normal(0.4, 0.03, 120)
    values = {
        "near_calm": shared,
        "near_changing": shared + near + draws.normal(0, 0.005, 120),
        "far_calm": shared,
        "far_changing": shared + far + draws.normal(0, 0.005, 120),
    }
    about = next(one for one in ELECTIONS.claims if one.ways)
    assert judged_claim(about, values.__getitem__, ELECTIONS.tests).standing == stands


def test_a_clear_harm_does_not_count_as_bringing_nothing() -> None:
    alone = [one for one in ASSETS.claims if "brings nothing" in one.says]
    assert len(alone) == 2
    for one in alone:
        (baseline,) = (name for name, weight in one.weights.items() if weight < 0)
        (arm,) = (name for name, weight in one.weights.items() if weight > 0)
        values = {arm: OPPOSITE["with"], baseline: OPPOSITE["without"]}
        assert judged_claim(one, values.__getitem__, 1).standing is Standing.FAILS


def test_equal_effort_is_a_condition_of_comparing_a_group_with_events() -> None:
    (effort,) = (one for one in INFRASTRUCTURE.claims if one.outcome == "effort")
    assert effort.validity
    assert effort.expected is Expected.SAME


@pytest.mark.parametrize(
    ("draws", "stands"), [(5, Standing.UNSETTLED), (6, Standing.HOLDS), (0, Standing.HOLDS)]
)
def test_of_many_replicates_of_a_few_draws_that_all_agree_only_draws_count(
    draws: int, stands: Standing
) -> None:
    found = Effect(30, 0, 1.0, 1.0, 1.0, spread=0.5, deviation=0.0, p=0.001, tests=1, draws=draws)
    assert standing(found, Expected.MORE, 0.2) is stands


@pytest.mark.parametrize("sign", [1, -1])
def test_a_claim_with_several_effects_hangs_on_the_weakest_of_its_strongest_way(sign: int) -> None:
    def effect(mean: float, stands: Standing) -> JudgedEffect:
        low, high = sorted((sign * (mean - 0.1), sign * (mean + 0.1)))
        return JudgedEffect({}, Effect(30, 0, sign * mean, low, high, 1.0, 1.0, 0.5, 1), stands)

    holds, weak, fails = (
        effect(mean, stands)
        for mean, stands in ((2.0, Standing.HOLDS), (0.5, Standing.HOLDS), (-9.0, Standing.FAILS))
    )
    expected = Expected.MORE if sign > 0 else Expected.LESS
    assert decisive([(holds, fails), (holds, weak)], expected) is weak
    assert decisive([(weak,), (holds,)], expected) is holds


@pytest.mark.parametrize(("dropped", "told"), [(5, False), (6, True)])
def test_more_than_a_twentieth_of_all_replicates_left_out_is_told(dropped: int, told: bool) -> None:
    effect = Effect(100 - dropped, dropped, 1.0, 0.9, 1.1, spread=0.5, deviation=0.1, p=0.001, tests=1)
    reason = judge([JudgedClaim(claim(), effect, Standing.HOLDS)]).reason
    assert (f"{dropped} of 100 replicates are left out" in reason) == told
