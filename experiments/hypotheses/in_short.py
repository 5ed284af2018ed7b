"""Findings in a sentence: for readers who have time for no more."""

from __future__ import annotations

from collections.abc import Sequence

from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.verdict import (
    JudgedClaim,
    Standing,
    Verdict,
    how_it_fails,
    unfair,
    unmeasured,
)
from cocreate.experiments.words import listed


def in_short(finding: Finding) -> str:
    """Return a verdict and its reason in one sentence; which claim does what is left to tables.

    Args:
        finding: The finding.
    """
    void = [one for one in finding.claims if one.claim.validity and one.standing is Standing.FAILS]
    if void:
        return f"{unfair(void[0])}: “{void[0].claim.says}”"
    claims = [one for one in finding.claims if not one.claim.validity or one.standing is Standing.UNSETTLED]
    by_standing = {standing: [one for one in claims if one.standing is standing] for standing in Standing}
    failing = by_standing[Standing.FAILS]
    if finding.verdict is Verdict.SUPPORTED:
        return f"The simulated worlds bear out {_all_of(len(claims))}."
    if finding.verdict is Verdict.REFUTED:
        worst = next((one for one in failing if one.claim.essential), failing[0])
        return f"The simulated worlds contradict it, as {how_it_fails(worst)}: “{worst.claim.says}”"
    counts = listed([_count(ones, standing) for standing, ones in by_standing.items() if ones])
    if finding.verdict is Verdict.UNDECIDED:
        return f"The runs do not settle it yet: of what it claims, {counts}; {_way_out(finding.claims)}."
    if failing and by_standing[Standing.HOLDS]:
        return f"It is right in part: of what it claims, {counts}."
    usual = "not in the usual worlds, but in others" if failing else "in the usual worlds, but not in others"
    return f"It holds {usual}: what matters is {finding.judgement.depends_on}."


def _all_of(claims: int) -> str:
    return "what it claims" if claims == 1 else f"all {claims} things that it claims"


def _count(ones: Sequence[JudgedClaim], standing: Standing) -> str:
    number = len(ones)
    if standing is Standing.UNSETTLED:
        return f"{number} {'is' if number == 1 else 'are'} unsettled"
    verb = {Standing.HOLDS: "hold", Standing.FAILS: "fail"}[standing]
    return f"{number} {verb}{'s' if number == 1 else ''}"


def _way_out(claims: Sequence[JudgedClaim]) -> str:
    unsettled = [one for one in claims if one.standing is Standing.UNSETTLED]
    lacks = [unmeasured(one.effect) for one in unsettled if not one.effect.measured]
    if lacks:
        return f"{'of one, ' if len(unsettled) > 1 else ''}{lacks[0]}"
    needed = [one.more_pairs for one in unsettled]
    known = [more for more in needed if more is not None]
    if len(known) < len(needed):
        return "an effect is so close to the smallest one that counts that more runs would hardly settle it"
    more = float(f"{max(known, default=0):.2g}")
    return f"about {more:,.0f} more runs of each world would settle it"
