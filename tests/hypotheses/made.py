"""Made-up numbers and small worlds, so that verdicts can be tested without long runs."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.hypotheses.claim import SMALLEST, Boundary, Claim, Expected, difference
from cocreate.experiments.hypotheses.estimate import judged_claim
from cocreate.experiments.hypotheses.hypothesis import Hypothesis
from cocreate.experiments.hypotheses.verdict import JudgedBoundary, JudgedClaim, standing
from cocreate.experiments.study.worlds import World
from cocreate.model.parameters import Value

SMALL: dict[str, Value] = {"regions": 2, "horizon": 60, "proposal_rate": 1.0}
"""Levers of worlds that take a few milliseconds and still see pilots and elections."""


def paired(
    effect: float, pairs: int = 60, noise: float = 0.3, seed: int = 0
) -> dict[str, NDArray[np.float64]]:
    """Return an outcome of spread one in the worlds ``without`` and ``with``, with the mean effect given."""
    draws = np.random.default_rng(seed)
    shared = draws.normal(0, 1, pairs)
    shift = draws.normal(0, noise, pairs)
    return {"without": shared, "with": shared + effect + shift - shift.mean()}


def claim(expected: Expected = Expected.MORE, *, essential: bool = False, says: str = "It helps.") -> Claim:
    """Return a claim on the difference between the worlds of :func:`paired`."""
    return Claim(says, "trust", difference("with", "without"), expected, essential)


def judged(values: Mapping[str, NDArray[np.float64]], about: Claim, tests: int = 1) -> JudgedClaim:
    """Return a claim with the numbers of made-up worlds."""
    return judged_claim(about, values.__getitem__, tests)


def judged_boundary(
    values: Mapping[str, NDArray[np.float64]],
    foreseen: Expected = Expected.SAME,
    question: str = "the weather",
) -> JudgedBoundary:
    """Return a boundary with the numbers of made-up worlds."""
    one = judged(values, claim(says="It helps there, too."))
    boundary = Boundary(question, one.claim, foreseen)
    return JudgedBoundary(boundary, one.effect, one.standing, standing(one.effect, foreseen, SMALLEST))


def hypothesis(
    worlds: Sequence[World], claims: Sequence[Claim], boundaries: Sequence[Boundary] = ()
) -> Hypothesis:
    """Return a hypothesis about small worlds."""
    return Hypothesis(
        id="made",
        name="made",
        title="Something makes a difference",
        lesson="A lesson made up for a test.",
        source="a test",
        levers=("legal_anchor",),
        worlds=tuple(worlds),
        claims=tuple(claims),
        refuted_if="it makes none",
        boundaries=tuple(boundaries),
    )
