"""Hypotheses: a lesson with its levers, worlds, claims and boundaries, as data."""

from __future__ import annotations

from dataclasses import dataclass

from cocreate.experiments.hypotheses.claim import Boundary, Claim
from cocreate.experiments.study.worlds import World

COSIE = "CoSIE policy brief on co-creation (Horizon 2020 grant 770492)"
"""Source of most lessons."""


@dataclass(frozen=True)
class Axis:
    """Worlds that differ by the level of one lever, which a figure draws as lines.

    Attributes:
        label: Name of the axis, with unit.
        levels: Levels from left to right.
        lines: Names of worlds by the label of their line, in the order of the levels.
        outcome: Name of the measure drawn.
    """

    label: str
    levels: tuple[float, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    outcome: str


@dataclass(frozen=True)
class Hypothesis:
    """A lesson, made precise enough to be refuted.

    Attributes:
        id: Short name, such as ``H1``.
        name: Name in one word or two, for commands and files.
        title: The hypothesis in a phrase.
        lesson: The lesson in a sentence.
        source: Where the lesson comes from.
        levers: Levers that it moves, the leading one first.
        worlds: Its worlds.
        claims: What it expects, the leading claim first. All have to hold.
        refuted_if: What would refute it, in words.
        boundaries: Conditions under which the effect may be another one.
        axis: Levels to draw as lines, None for a row for each world.
        share: Share of the replicates asked for that it simulates, for experiments with many worlds.
    """

    id: str
    name: str
    title: str
    lesson: str
    source: str
    levers: tuple[str, ...]
    worlds: tuple[World, ...]
    claims: tuple[Claim, ...]
    refuted_if: str
    boundaries: tuple[Boundary, ...] = ()
    axis: Axis | None = None
    share: float = 1.0

    @property
    def tests(self) -> int:
        """Tests that its intervals are corrected for."""
        about = (*self.claims, *(one.claim for one in self.boundaries))
        return sum(claim.tests for claim in about)
