"""Findings in a sentence: every verdict has one, and its numbers are those of the claims."""

from collections.abc import Sequence

import numpy as np
import pytest

from cocreate.experiments.hypotheses.claim import Claim, Expected
from cocreate.experiments.hypotheses.finding import Finding, Provenance
from cocreate.experiments.hypotheses.in_short import in_short
from cocreate.experiments.hypotheses.verdict import JudgedBoundary, JudgedClaim, judge
from tests.hypotheses.made import claim, judged, judged_boundary, paired

UP, DOWN, NONE, UNSURE = paired(1.0), paired(-1.0), paired(0.0, noise=0.05), paired(0.3, pairs=6, noise=0.6)


def short(claims: Sequence[JudgedClaim], boundaries: Sequence[JudgedBoundary] = ()) -> str:
    """Return the sentence on claims and boundaries."""
    return in_short(
        Finding(
            "H0", "It helps", "A lesson.", "a test", (), "it does not", tuple(claims), tuple(boundaries),
            judge(claims, boundaries), (), Provenance(1, 60, 0, {}, 0, "0"),
        )
    )  # fmt: skip


HOLDS, FAILS, OPEN = judged(UP, claim()), judged(DOWN, claim()), judged(UNSURE, claim())


@pytest.mark.parametrize(
    ("claims", "boundaries", "says"),
    [
        ([HOLDS], [], "The simulated worlds bear out what it claims."),
        ([HOLDS, HOLDS], [], "The simulated worlds bear out all 2 things that it claims."),
        (
            [FAILS],
            [],
            "The simulated worlds contradict it, as the effect goes the other way: “It helps.”",
        ),
        (
            [HOLDS, judged(NONE, claim(essential=True, says="It helps a lot."))],
            [],
            "The simulated worlds contradict it, as any such effect is too small to count: “It helps a lot.”",
        ),
        (
            [HOLDS, FAILS, judged(UP, claim(Expected.LESS))],
            [],
            "It is right in part: of what it claims, 1 holds and 2 fail.",
        ),
        (
            [HOLDS],
            [judged_boundary(DOWN)],
            "It holds in the usual worlds, but not in others: what matters is the weather.",
        ),
        (
            [FAILS],
            [judged_boundary(UP)],
            "It holds not in the usual worlds, but in others: what matters is the weather.",
        ),
    ],
)
def test_a_verdict_is_told_in_one_sentence(
    claims: list[JudgedClaim], boundaries: list[JudgedBoundary], says: str
) -> None:
    assert short(claims, boundaries) == says


def test_what_is_open_comes_with_the_runs_that_would_settle_it() -> None:
    said = short([HOLDS, OPEN])
    assert OPEN.more_pairs
    assert said.startswith(
        "The runs do not settle it yet: of what it claims, 1 holds and 1 is unsettled; about "
    )
    told = int(said.partition("about ")[2].partition(" more runs")[0].replace(",", ""))
    assert told == pytest.approx(OPEN.more_pairs, rel=0.05)


def test_what_more_runs_would_not_settle_is_said_so() -> None:
    edge = JudgedClaim(OPEN.claim, OPEN.effect, OPEN.standing, more_pairs=None)
    assert short([edge]).endswith(
        "1 is unsettled; an effect is so close to the smallest one that counts that more runs would hardly"
        " settle it."
    )


def test_what_could_not_be_measured_is_not_called_close_to_what_counts() -> None:
    nothing = {"with": np.full(5, np.nan), "without": np.zeros(5)}
    said = short([HOLDS, judged(nothing, claim())])
    assert said.endswith(
        "1 holds and 1 is unsettled; only 0 of 5 replicates could be measured (5 failed or had nothing to"
        " measure); an interval needs 3."
    )


def test_a_comparison_that_is_not_fair_is_told_instead_of_a_count() -> None:
    fair = Claim("As much.", "trust", HOLDS.claim.weights, Expected.SAME, validity=True)
    assert short([HOLDS, judged(UP, fair)]) == (
        "The comparison is not a fair one, as there is a clear effect against its condition: “As much.”"
    )
    assert short([HOLDS, judged(NONE, fair)]) == "The simulated worlds bear out what it claims."
