"""Evidence: what checks of the model found, kept so that the page About need not simulate."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cocreate.viz.app.precomputed import MODEL, sources

FILE = Path(__file__).parent / "evidence.json"


@dataclass(frozen=True)
class PatternFound:
    """What the model made of a pattern known from elsewhere.

    Attributes:
        id: Id of the pattern, such as ``V2``.
        fitted: Whether it was used to choose values of levers; it was kept back for testing otherwise.
        source: Who found it.
        agree: Numbers of it with which the model agrees.
        numbers: Numbers in all; the pattern is met when the model agrees with each.
        worlds: Simulated worlds behind them.
    """

    id: str
    fitted: bool
    source: str
    agree: int
    numbers: int
    worlds: int

    @property
    def met(self) -> bool:
        """Whether the model agrees with all of it."""
        return self.agree == self.numbers


@dataclass(frozen=True)
class VerdictFound:
    """What an experiment said about a lesson.

    Attributes:
        id: Id of the hypothesis, such as ``H1``.
        verdict: ``supported``, ``refuted``, ``depends_on`` (a condition), ``mixed`` (it depends on which of
            its claims is meant) or ``undecided``.
        holds: Claims of it that hold.
        claims: Its claims, boundaries left out.
        replicates: Runs of each of its worlds.
    """

    id: str
    verdict: str
    holds: int
    claims: int
    replicates: int


@dataclass(frozen=True)
class Evidence:
    """All that is kept.

    Attributes:
        version: Version of the program that found it.
        seed: Seed of its experiments.
        current: Whether model and patterns are still those that it was found with.
        patterns: Patterns in order.
        verdicts: Verdicts in order.
    """

    version: str
    seed: int
    current: bool
    patterns: tuple[PatternFound, ...]
    verdicts: tuple[VerdictFound, ...]


def checks() -> str:
    """Return a hash of the model and of the patterns that it is compared with."""
    return sources((*MODEL, "experiments/patterns"))


def evidence_from(content: Mapping[str, Any], now: str) -> Evidence:
    """Return evidence as a file holds it.

    Args:
        content: What :func:`cocreate.viz.app.evidence.make.content_of` wrote.
        now: What :func:`checks` returns now.
    """
    return Evidence(
        content["version"],
        content["seed"],
        content["checks"] == now,
        tuple(PatternFound(**one) for one in content["patterns"]),
        tuple(VerdictFound(**one) for one in content["verdicts"]),
    )


@cache
def evidence() -> Evidence | None:
    """Return the evidence that came with the program; None where none did."""
    if not FILE.exists():
        return None
    return evidence_from(json.loads(FILE.read_text(encoding="utf-8")), checks())
