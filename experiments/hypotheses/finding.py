"""Findings: what an experiment found, as data that tables, figures and reports read."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cocreate.experiments.hypotheses.claim import Claim
from cocreate.experiments.hypotheses.verdict import (
    Effect,
    JudgedBoundary,
    JudgedClaim,
    Judgement,
    Standing,
    Verdict,
)


@dataclass(frozen=True)
class WorldMean:
    """The mean of an outcome over the runs of a world, for figures.

    Attributes:
        world: Name of the world in its experiment.
        label: Its name in figures and text.
        outcome: Name of the measure.
        runs: Runs in which it could be measured.
        mean: Mean over them, or over draws of uncertain levers where these are repeated; NaN for none.
        low: Lower end of its 95 % interval, not corrected.
        high: Upper end.
    """

    world: str
    label: str
    outcome: str
    runs: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Provenance:
    """Where the numbers of a finding come from.

    Attributes:
        seed: Seed of the study.
        replicates: Runs of each world.
        failures: Runs that did not reach their horizon.
        settings: Levers that differ from the defaults, by the title of each world.
        draws: Draws of uncertain levers that replicates start from; 0 for the default point.
        version: Version of the package.
        changes: Levers that change during the run, as words, by the title of each world that has such.
        drawn: Names of the levers that draws set, unless a world sets them itself.
        draws_fingerprint: Short hash of the draws; empty where there are none.
        environments: On what code, packages and machines the runs were simulated; none if nobody noted it.
    """

    seed: int
    replicates: int
    failures: int
    settings: Mapping[str, Mapping[str, Any]] = field(hash=False)
    draws: int
    version: str
    changes: Mapping[str, str] = field(default_factory=dict, hash=False)
    drawn: tuple[str, ...] = ()
    draws_fingerprint: str = ""
    environments: tuple[Mapping[str, Any], ...] = field(default=(), hash=False)

    @property
    def code(self) -> str:
        """Fingerprint of the model's code, empty if nobody noted it."""
        return ", ".join(dict.fromkeys(str(one["code"]) for one in self.environments))


@dataclass(frozen=True)
class Decider:
    """A claim that a verdict hangs on, with its numbers.

    Attributes:
        kind: ``claim``, ``validity`` or ``boundary``.
        claim: The claim; of a boundary, the effect of the hypothesis there.
        effect: What was found.
        standing: What that says.
    """

    kind: str
    claim: Claim
    effect: Effect
    standing: Standing


@dataclass(frozen=True)
class Finding:
    """What an experiment found about a hypothesis.

    Attributes:
        id: Id of the hypothesis, such as ``H1``.
        title: The hypothesis in a phrase.
        lesson: The lesson behind it in a sentence.
        source: Where the lesson comes from.
        levers: Levers that it moves.
        refuted_if: What would refute it, in words.
        claims: Its claims with their numbers, the leading one first.
        boundaries: Its boundaries with theirs.
        judgement: Verdict and reason.
        worlds: Means of the outcomes that its figure shows.
        provenance: Where the numbers come from.
    """

    id: str
    title: str
    lesson: str
    source: str
    levers: tuple[str, ...]
    refuted_if: str
    claims: tuple[JudgedClaim, ...]
    boundaries: tuple[JudgedBoundary, ...]
    judgement: Judgement
    worlds: tuple[WorldMean, ...]
    provenance: Provenance

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.judgement.verdict

    @property
    def reason(self) -> str:
        """Why, in words."""
        return self.judgement.reason

    @property
    def outcome(self) -> str:
        """The outcome of the leading claim."""
        return self.claims[0].claim.outcome

    @property
    def deciding(self) -> tuple[Decider, ...]:
        """What decides the verdict, the one to look at first in front."""
        deciders = [Decider(_kind(one), one.claim, one.effect, one.standing) for one in self.claims]
        deciders += [
            Decider("boundary", one.boundary.claim, one.effect, one.standing) for one in self.boundaries
        ]
        by_words = {one.claim.says: one for one in deciders}
        return tuple(by_words[says] for says in self.judgement.decided_by)

    @property
    def effect(self) -> Effect:
        """The effect of the leading claim."""
        return self.claims[0].effect

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data for JSON; NaN becomes None."""
        plain = dataclasses.asdict(dataclasses.replace(self, worlds=()))
        plain["verdict_in_words"] = self.judgement.words
        plain["worlds"] = [dataclasses.asdict(one) for one in self.worlds]
        cleaned: dict[str, Any] = _without_nan(plain)
        return cleaned

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each claim and each boundary, for tables, with all that a verdict is derived from.

        ``smallest`` is the smallest effect that counts in standard deviations between runs, ``margin`` the
        same in the unit of the outcome: what ``low`` and ``high`` are held against. ``as_foreseen`` tells
        whether what the hypothesis foresees at a boundary holds there.

        Below a claim that has several effects there is a row for each of them, with the worlds compared under
        ``question``; the row of the claim has the numbers of the one that it hangs on. ``decides`` numbers
        the claims and boundaries that the verdict hangs on, from 1 for the one to look at first; it is empty
        for the others.
        """
        head = {"hypothesis": self.id, "title": self.title, "verdict": self.judgement.words}
        decides = {says: place for place, says in enumerate(self.judgement.decided_by, start=1)}
        told: list[tuple[str, Claim, Effect, Standing, str, JudgedBoundary | None]] = []
        for one in self.claims:
            told.append((_kind(one), one.claim, one.effect, one.standing, "", None))
            told += [
                ("comparison", one.claim, part.effect, part.standing, compared(part.weights), None)
                for way in one.ways
                for part in way
            ]
        for there in self.boundaries:
            about = there.boundary
            told.append(("boundary", about.claim, there.effect, there.standing, about.question, there))
        return [
            {
                **head,
                "kind": kind,
                "says": claim.says,
                "question": question,
                "outcome": claim.outcome,
                "expected": claim.expected.value,
                "essential": "yes" if claim.essential else "no",
                "standing": stands.value,
                "decides": "" if kind == "comparison" else decides.get(claim.says, ""),
                "foreseen": bound.boundary.foreseen.value if bound else "",
                "as_foreseen": bound.foreseen.value if bound else "",
                "effect": effect.mean,
                "low": effect.low,
                "high": effect.high,
                "smallest": claim.smallest,
                "margin": claim.smallest * effect.spread,
                "standardised": effect.standardised,
                "p_corrected": effect.p,
                "tests": effect.tests,
                "pairs": effect.pairs,
                "independent": effect.independent,
                "dropped": effect.dropped,
                "seed": self.provenance.seed,
                "replicates": self.provenance.replicates,
                "draws": self.provenance.draws,
                "draws_fingerprint": self.provenance.draws_fingerprint,
                "version": self.provenance.version,
                "code": self.provenance.code,
            }
            for kind, claim, effect, stands, question, bound in told
        ]


def _kind(one: JudgedClaim) -> str:
    return "validity" if one.claim.validity else "claim"


def compared(weights: Mapping[str, float]) -> str:
    """Return which worlds an effect compares.

    >>> compared({"middle": 1.0, "fast": -1.0}), compared({"far": 1.0, "near": -2.5})
    ('middle - fast', 'far - 2.5 near')
    """
    words = ""
    for world, weight in weights.items():
        sign = " - " if weight < 0 else " + " if words else ""
        size = "" if abs(weight) == 1 else f"{abs(weight):.3g} "
        words += f"{sign}{size}{world}"
    return words.strip()


def _without_nan(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _without_nan(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(one) for one in value]
    if isinstance(value, float) and math.isnan(value):
        return None
    return value
