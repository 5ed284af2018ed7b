"""Verdicts: what numbers allow to say about a claim, and claims about a hypothesis.

Verdicts are made nowhere else. This code sees intervals and expectations, nothing of worlds or levers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected

CONFIRMED = "All its claims hold."
"""Reason of a supported hypothesis without boundaries."""


class Verdict(StrEnum):
    """What an experiment says about a hypothesis."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    DEPENDS = "depends on"
    UNDECIDED = "undecided"


class Standing(StrEnum):
    """What an interval says about one claim."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


@dataclass(frozen=True)
class Effect:
    """An effect with its uncertainty, in the unit of its outcome.

    Attributes:
        pairs: Replicates in which all worlds of the claim could be measured.
        dropped: Replicates left out.
        mean: Mean effect; NaN without replicates.
        low: Lower end of its interval, corrected for the number of tests; NaN with too few replicates.
        high: Upper end.
        spread: Root mean square of the standard deviations between runs in the worlds of the claim.
        deviation: Standard deviation of the effect between replicates.
        p: Two-sided p of the t-test against zero, corrected for the number of tests.
        tests: Tests that interval and p are corrected for.
    """

    pairs: int
    dropped: int
    mean: float
    low: float
    high: float
    spread: float
    deviation: float
    p: float
    tests: int

    @property
    def standardised(self) -> float:
        """The mean in standard deviations between runs; NaN where runs do not differ."""
        return self.mean / self.spread if self.spread > 0 else float("nan")


@dataclass(frozen=True)
class JudgedClaim:
    """A claim with its numbers.

    Attributes:
        claim: The claim.
        effect: The effect that was found.
        standing: What the interval says.
        more_pairs: Replicates still needed to settle it if the effect stays as it is: 0 for a settled one,
            None where none can be named.
    """

    claim: Claim
    effect: Effect
    standing: Standing
    more_pairs: int | None = 0


@dataclass(frozen=True)
class JudgedBoundary:
    """A boundary with its numbers.

    Attributes:
        boundary: The boundary.
        effect: The effect under its condition.
        standing: Whether the hypothesis holds there as it does elsewhere.
        foreseen: Whether what the hypothesis says about this condition holds.
    """

    boundary: Boundary
    effect: Effect
    standing: Standing
    foreseen: Standing


@dataclass(frozen=True)
class Judgement:
    """A verdict, and why.

    Attributes:
        verdict: The verdict.
        reason: Why, in one or more sentences.
        depends_on: What it depends on, empty unless it depends.
    """

    verdict: Verdict
    reason: str
    depends_on: str = ""

    @property
    def words(self) -> str:
        """The verdict in words, with what it depends on."""
        return f"{self.verdict} {self.depends_on}".strip()


def standing(effect: Effect, expected: Expected, smallest: float) -> Standing:
    """Return what the interval of an effect says about a claim.

    A claim holds if the whole interval is where the claim has it, and fails if the whole interval is outside.
    With a margin of ``smallest`` around zero, a whole interval inside it shows that there is about no effect:
    an equivalence test (Schuirmann 1987).

    Args:
        effect: The effect.
        expected: What the claim expects.
        smallest: Smallest effect that counts, in standard deviations between runs.

    >>> found = Effect(30, 0, 2.0, 1.0, 3.0, spread=1.0, deviation=1.0, p=0.001, tests=1)
    >>> [standing(found, one, 0.2).value for one in Expected]
    ['holds', 'fails', 'fails', 'fails', 'holds']
    """
    margin = smallest * effect.spread
    low, high = effect.low, effect.high
    if low != low:  # noqa: PLR0124 - too few replicates: NaN
        return Standing.OPEN
    inside = {
        Expected.MORE: low > margin,
        Expected.LESS: high < -margin,
        Expected.SAME: low >= -margin and high <= margin,
        Expected.NOT_MORE: high <= margin,
        Expected.NOT_LESS: low >= -margin,
    }
    outside = {
        Expected.MORE: high <= margin,
        Expected.LESS: low >= -margin,
        Expected.SAME: low > margin or high < -margin,
        Expected.NOT_MORE: low > margin,
        Expected.NOT_LESS: high < -margin,
    }
    if inside[expected]:
        return Standing.HOLDS
    return Standing.FAILS if outside[expected] else Standing.OPEN


def judge(claims: Sequence[JudgedClaim], boundaries: Sequence[JudgedBoundary] = ()) -> Judgement:
    """Return the verdict on a hypothesis.

    In this order: an essential claim that fails refutes it. Claims of which some hold and others fail make it
    depend on the claim. An open claim leaves it undecided. Where all claims hold, it depends on each boundary
    at which it fails, and is supported if there is none. Where all fail, it depends on each boundary at which
    it holds, and is refuted if there is none.

    Args:
        claims: Its claims, one or more.
        boundaries: Its boundaries.
    """
    fatal = [one for one in claims if one.claim.essential and one.standing is Standing.FAILS]
    if fatal:
        return Judgement(Verdict.REFUTED, " ".join(map(failure, fatal)))
    holding = [one for one in claims if one.standing is Standing.HOLDS]
    failing = [one for one in claims if one.standing is Standing.FAILS]
    if holding and failing:
        kept = " ".join(f"Holds: {one.claim.says}" for one in holding)
        return Judgement(
            Verdict.DEPENDS, f"{kept} {' '.join(map(failure, failing))}", "which of its claims is meant"
        )
    if len(holding) + len(failing) < len(claims):
        still_open = _open([one for one in claims if one.standing is Standing.OPEN])
        return Judgement(Verdict.UNDECIDED, " ".join([*map(failure, failing), still_open]))
    at_home = Standing.HOLDS if holding else Standing.FAILS
    turned = [one for one in boundaries if one.standing not in (at_home, Standing.OPEN)]
    if turned:
        questions = " and on ".join(one.boundary.question for one in turned)
        verb = "not hold" if holding else "hold"
        return Judgement(Verdict.DEPENDS, f"It does {verb} there: {_there(turned)}", questions)
    if failing:
        return Judgement(Verdict.REFUTED, " ".join(map(failure, failing)))
    return Judgement(Verdict.SUPPORTED, _confirmed(boundaries))


def failure(one: JudgedClaim) -> str:
    """Return in a sentence how a claim fails."""
    return f"Fails, as {how_it_fails(one)}: {one.claim.says}"


def how_it_fails(one: JudgedClaim) -> str:
    """Return what is there in place of what a failing claim expects."""
    effect, expected = one.effect, one.claim.expected
    against = effect.high < 0 if expected is Expected.MORE else effect.low > 0
    if expected in (Expected.MORE, Expected.LESS) and not against:
        return "any such effect is too small to count"
    return "there is a clear effect" if expected is Expected.SAME else "the effect goes the other way"


def _there(turned: Sequence[JudgedBoundary]) -> str:
    return " ".join(one.boundary.claim.says for one in turned)


def _confirmed(boundaries: Sequence[JudgedBoundary]) -> str:
    reason = CONFIRMED
    settled = [one for one in boundaries if one.standing is not Standing.OPEN]
    unsettled = [one.boundary.question for one in boundaries if one.standing is Standing.OPEN]
    if settled:
        reason += f" It also holds at its boundary: {_there(settled)}"
    if any(one.foreseen is Standing.FAILS for one in settled):
        reason += " The lesson would have this otherwise."
    if unsettled:
        reason += f" Still open, and so may matter: {'; '.join(unsettled)}."
    return reason


def _open(claims: Sequence[JudgedClaim]) -> str:
    named = " ".join(f"Open: {one.claim.says}" for one in claims)
    needed = [one.more_pairs for one in claims]
    if any(more is None for more in needed):
        return f"{named} The effect is too close to the smallest one that counts to settle it by more runs."
    most = max((more for more in needed if more is not None), default=0)
    return f"{named} About {most:,} more replicates would settle it."
