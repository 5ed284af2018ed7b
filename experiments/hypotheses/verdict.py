"""Verdicts: what numbers allow to say about a claim, and claims about a hypothesis.

Verdicts are made nowhere else. This code sees intervals and expectations, nothing of worlds or levers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import inf, isnan, nan

from cocreate.experiments.analysis.interval import fewest_equal
from cocreate.experiments.hypotheses.claim import Boundary, Claim, Expected

FEWEST = 3
"""Replicates below which there is no interval."""

NOTABLE = 0.05
"""Share of replicates left out above which a verdict says so."""

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
    UNSETTLED = "unsettled"


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
        draws: Draws of uncertain levers behind the replicates, where several replicates start from the same
            draw. Then mean, interval and deviation are those of the means of draws. 0 where each replicate
            stands for itself.
        within: Standard deviation between replicates of the same draw; NaN where ``draws`` is 0.
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
    draws: int = 0
    within: float = nan

    @property
    def independent(self) -> int:
        """Independent numbers behind the interval: draws where they are repeated, else replicates."""
        return self.draws or self.pairs

    @property
    def standardised(self) -> float:
        """The mean in standard deviations between runs; NaN where runs do not differ."""
        return self.mean / self.spread if self.spread > 0 else nan

    @property
    def replicates(self) -> int:
        """All replicates, those left out included."""
        return self.pairs + self.dropped

    @property
    def measured(self) -> bool:
        """Whether enough could be measured for the effect to settle anything.

        That takes an interval, and half of the replicates: what holds in the few in which something could be
        measured need not hold in the others.
        """
        return not isnan(self.low) and self.dropped <= self.pairs


@dataclass(frozen=True)
class JudgedEffect:
    """One of the effects of a claim that has several.

    Attributes:
        weights: Weights of worlds by name.
        effect: The effect that was found.
        standing: What its interval says.
    """

    weights: Mapping[str, float] = field(hash=False)
    effect: Effect
    standing: Standing


@dataclass(frozen=True)
class JudgedClaim:
    """A claim with its numbers.

    Attributes:
        claim: The claim.
        effect: The effect that was found; of a claim with several, the one that its standing hangs on.
        standing: What the interval says, or what the intervals say together.
        more_pairs: Replicates still needed to settle it if the effect stays as it is: 0 for a settled one,
            None where none can be named.
        ways: The effects of a claim that can hold in several ways, way by way; empty for any other.
    """

    claim: Claim
    effect: Effect
    standing: Standing
    more_pairs: int | None = 0
    ways: tuple[tuple[JudgedEffect, ...], ...] = ()


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
        decided_by: What the claims or boundaries say that decide it, the one to look at first in front.
    """

    verdict: Verdict
    reason: str
    depends_on: str = ""
    decided_by: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The verdict in words, with what it depends on."""
        return f"{self.verdict} {self.depends_on}".strip()


def standing(effect: Effect, expected: Expected, smallest: float) -> Standing:
    """Return what the interval of an effect says about a claim.

    A claim holds if the whole interval is where the claim has it, and fails if the whole interval is outside.
    With a margin of ``smallest`` around zero, a whole interval inside it shows that there is about no effect:
    an equivalence test (Schuirmann 1987). Two cases leave any claim unsettled: more than half of the
    replicates could not be measured, or all have the same effect but are too few for that to be more than
    chance.

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
    too_few_to_agree = effect.deviation == 0 and effect.independent < fewest_equal(effect.tests)
    if not effect.measured or too_few_to_agree:
        return Standing.UNSETTLED
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
    return Standing.FAILS if outside[expected] else Standing.UNSETTLED


def standing_together(ways: Sequence[Sequence[Standing]]) -> Standing:
    """Return what the standings of several effects say about a claim that can hold in several ways.

    It holds where all effects of one way are as expected, and fails where each way has one that is not.
    As all intervals of a hypothesis hold together, no further correction is needed.

    Args:
        ways: Standings of the effects of each way, one or more.

    >>> holds, fails, unsure = Standing
    >>> for ways in ([(holds, holds), (fails, unsure)], [(holds, fails)], [(holds, fails), (holds, unsure)]):
    ...     print(standing_together(ways))
    holds
    fails
    unsettled
    """
    if any(all(one is Standing.HOLDS for one in way) for way in ways):
        return Standing.HOLDS
    ruled_out = all(any(one is Standing.FAILS for one in way) for way in ways)
    return Standing.FAILS if ruled_out else Standing.UNSETTLED


def decisive(ways: Sequence[Sequence[JudgedEffect]], expected: Expected) -> JudgedEffect:
    """Return the effect that a claim with several hangs on: the weakest one of its strongest way.

    Args:
        ways: Its effects, way by way.
        expected: What each is expected to be: more or less.
    """
    rank = {Standing.FAILS: 0, Standing.UNSETTLED: 1, Standing.HOLDS: 2}
    sign = -1 if expected is Expected.LESS else 1

    def strength(one: JudgedEffect) -> tuple[int, float]:
        size = sign * one.effect.mean
        return rank[one.standing], -inf if isnan(size) else size

    return max((min(way, key=strength) for way in ways), key=strength)


def judge(claims: Sequence[JudgedClaim], boundaries: Sequence[JudgedBoundary] = ()) -> Judgement:
    """Return the verdict on a hypothesis.

    In this order: a claim on the validity of the comparison that fails, or is unsettled, leaves it undecided.
    An essential claim that fails refutes it, and one that is unsettled leaves it undecided. Claims of which
    some hold and others fail make it depend on the claim. An unsettled claim leaves it undecided. Where all
    claims hold, it depends on each boundary at which it fails, and is supported if there is none. Where all
    fail, it depends on each boundary at which it holds, and is refuted if there is none.

    Args:
        claims: Its claims, one or more.
        boundaries: Its boundaries.
    """
    void = [one for one in claims if one.claim.validity and one.standing is Standing.FAILS]
    found = _void(void) if void else _judged(claims, boundaries)
    notes = [found.reason, *(_left_out(one) for one in claims if _lost_many(one.effect))]
    return replace(found, reason=" ".join(notes))


def _judged(claims: Sequence[JudgedClaim], boundaries: Sequence[JudgedBoundary]) -> Judgement:
    holding, failing, unsettled = (_of(claims, one) for one in Standing)
    fatal = [one for one in failing if one.claim.essential]
    if fatal and not any(one.claim.validity for one in unsettled):
        reasons = [*map(failure, fatal), *_unsettled(boundaries)]
        return Judgement(Verdict.REFUTED, " ".join(reasons), decided_by=_says(fatal))
    reasons = [
        *(f"Holds: {one.claim.says}" for one in holding),
        *map(failure, failing),
        *_undecided(unsettled),
    ]
    mixed = bool(holding and failing)
    if any(one.claim.essential or one.claim.validity or not mixed for one in unsettled):
        return Judgement(Verdict.UNDECIDED, " ".join(reasons), decided_by=_says(_weightiest(unsettled)))
    if mixed:
        return Judgement(Verdict.DEPENDS, " ".join(reasons), "which of its claims is meant", _says(failing))
    at_home = Standing.HOLDS if holding else Standing.FAILS
    turned = [one for one in boundaries if one.standing not in (at_home, Standing.UNSETTLED)]
    if turned:
        questions = " and on ".join(one.boundary.question for one in turned)
        verb = "not hold" if holding else "hold"
        there = tuple(one.boundary.claim.says for one in turned)
        return Judgement(Verdict.DEPENDS, f"It does {verb} there: {_there(turned)}", questions, there)
    if failing:
        reasons = [*map(failure, failing), *_unsettled(boundaries)]
        return Judgement(Verdict.REFUTED, " ".join(reasons), decided_by=_says(failing))
    return Judgement(Verdict.SUPPORTED, _confirmed(boundaries), decided_by=_says(holding))


def _says(claims: Sequence[JudgedClaim]) -> tuple[str, ...]:
    return tuple(one.claim.says for one in claims)


def _weightiest(claims: Sequence[JudgedClaim]) -> list[JudgedClaim]:
    """Return those of some claims that weigh most: on validity, else essential, else all of them."""
    validity = [one for one in claims if one.claim.validity]
    essential = [one for one in claims if one.claim.essential]
    return validity or essential or list(claims)


def _of(claims: Sequence[JudgedClaim], stands: Standing) -> list[JudgedClaim]:
    """Return the claims that hold, fail or are unsettled; those on validity only where unsettled."""
    known = stands is not Standing.UNSETTLED
    return [one for one in claims if one.standing is stands and not (known and one.claim.validity)]


def _void(conditions: Sequence[JudgedClaim]) -> Judgement:
    """Return the verdict where the comparison is not a fair one: none."""
    reasons = " ".join(f"{unfair(one)}: {one.claim.says}" for one in conditions)
    return Judgement(Verdict.UNDECIDED, reasons, decided_by=_says(conditions))


def unfair(one: JudgedClaim) -> str:
    """Return in words that a condition of the comparison fails."""
    return f"The comparison is not a fair one, as {how_it_fails(one)} against its condition"


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
    reasons = [CONFIRMED]
    settled = [one for one in boundaries if one.standing is not Standing.UNSETTLED]
    if settled:
        reasons.append(f"It also holds at its boundary: {_there(settled)}")
    if any(one.foreseen is Standing.FAILS for one in settled):
        reasons.append("The lesson would have this otherwise.")
    return " ".join([*reasons, *_unsettled(boundaries)])


def _unsettled(boundaries: Sequence[JudgedBoundary]) -> list[str]:
    """Return in a sentence what is unsettled at boundaries, if anything is."""
    questions = [one.boundary.question for one in boundaries if one.standing is Standing.UNSETTLED]
    return [f"Still unsettled, and so may matter: {'; '.join(questions)}."] if questions else []


def unmeasured(effect: Effect) -> str:
    """Return in words why an effect cannot settle anything; empty where enough could be measured."""
    if effect.measured:
        return ""
    if not effect.dropped:
        return f"only {_replicates(effect.pairs)} simulated; an interval needs {FEWEST}"
    missing = f"{effect.dropped:,} failed or had nothing to measure"
    need = f"an interval needs {FEWEST}" if isnan(effect.low) else "a claim needs half of them"
    return (
        f"only {effect.pairs:,} of {_replicates(effect.replicates, 'could be')} measured ({missing}); {need}"
    )


def _replicates(number: int, verb: str = "") -> str:
    one = number == 1
    return f"{number:,} replicate{'' if one else 's'} {verb or ('was' if one else 'were')}"


def _lost_many(effect: Effect) -> bool:
    return effect.measured and effect.dropped > NOTABLE * effect.replicates


def _left_out(one: JudgedClaim) -> str:
    effect = one.effect
    return (
        f"{effect.dropped:,} of {effect.replicates:,} replicates are left out, as they failed or had nothing"
        f" to measure: {one.claim.says}"
    )


def _undecided(claims: Sequence[JudgedClaim]) -> list[str]:
    """Return in sentences which claims are unsettled, and what would settle them."""
    named = []
    for one in claims:
        lack = unmeasured(one.effect)
        named.append(f"Unsettled: {one.claim.says}" + (f" {lack[0].upper()}{lack[1:]}." if lack else ""))
    needed = [one.more_pairs for one in claims if one.effect.measured]
    if any(more is None for more in needed):
        which = "more runs of the same draws" if any(one.effect.draws for one in claims) else "more runs"
        named.append(f"The effect is too close to the smallest one that counts to settle it by {which}.")
    elif needed:
        most = max(more for more in needed if more is not None)
        named.append(f"About {most:,} more replicates would settle it.")
    return named
