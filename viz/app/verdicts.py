"""Verdicts: what two ensembles on common random numbers say, in a sentence, with an honest word on chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreate.experiments.analysis.contrast import Verdict
from cocreate.experiments.conclusions.outcome_words import IN_HUNDREDTHS, outcome_named
from cocreate.viz.app.adding_up import adding_up
from cocreate.viz.app.chance import ROUNDING, Counts, counts_of
from cocreate.viz.app.played import Played
from cocreate.viz.app.words import Words

OFFERED = (
    "structural_per_region", "share_structural", "share_lasting", "regions_reached", "councils",
    "effectiveness", "effectiveness_gap", "trust", "trust_hard_to_reach", "mean_users_voice",
    "backlashes_per_region",
)  # fmt: skip
"""Outcomes that a visitor can choose from, the most asked for first."""

FINE = 0.1
"""Below this, a share or a number is written with a decimal more."""

MOST_DIGITS = 9
"""Decimals of a value on an axis."""

CHANCE = {
    Verdict.MORE: "clear",
    Verdict.LESS: "clear",
    Verdict.PERHAPS_MORE: "hint",
    Verdict.PERHAPS_LESS: "hint",
    Verdict.NONE: "noise",
    Verdict.SAME: "same",
    Verdict.UNKNOWN: "too_few",
}
"""Ends of the keys of what is said of chance."""


@dataclass(frozen=True)
class Compared:
    """One outcome in two ensembles.

    Attributes:
        outcome: Name of the outcome.
        counts: In how many pairs of worlds it went which way.
        before: Median over the worlds of the first; NaN where nothing could be measured.
        now: The same over the second.
        spread: Standard deviation between the worlds of the first; NaN with fewer than two.
        p_corrected: ``counts.p`` after correction over outcomes that are looked at together; None for one
            that is looked at alone.
    """

    outcome: str
    counts: Counts
    before: float
    now: float
    spread: float
    p_corrected: float | None = None

    @property
    def gap(self) -> float:
        """The second middle less the first, as sentence and picture show them; NaN without any."""
        return self.now - self.before

    @property
    def verdict(self) -> Verdict:
        """What the counts allow to say."""
        return self.counts.verdict(self.p_corrected)


def values_of(played: Sequence[Played], outcome: str) -> NDArray[np.float64]:
    """Return an outcome of each world in order, shape (worlds,); NaN where there is none."""
    return np.array([one.outcomes[outcome] for one in played], float)


def compared(before: Sequence[Played], now: Sequence[Played], outcome: str) -> Compared:
    """Compare one outcome in as many pairs of worlds as there are on both sides.

    Args:
        before: Worlds of the first ensemble, in order of their seeds.
        now: Worlds of the second one with the same seeds.
        outcome: Name of the outcome.
    """
    pairs = min(len(before), len(now))
    one, two = values_of(before[:pairs], outcome), values_of(now[:pairs], outcome)
    known = ~(np.isnan(one) | np.isnan(two))
    first, second = (float(np.median(values[known])) if known.any() else math.nan for values in (one, two))
    spread = float(one[known].std(ddof=1)) if known.sum() > 1 else math.nan
    return Compared(outcome, counts_of(one, two), first, second, spread)


def sentence(words: Words, found: Compared) -> str:
    """Return what the worlds say, such as "Permanent services: higher in 16 of 20 worlds, lower in 2".

    Where some worlds had nothing to measure, a second sentence counts them.
    """
    counts, label = found.counts, words(f"outcome.{found.outcome}.label")
    if counts.pairs == 0:
        return words("verdict.nothing", outcome=label)
    if counts.more == counts.less == 0:
        said = words("verdict.alike", outcome=label, count=counts.pairs)
    else:
        key = "verdict.higher" if counts.more >= counts.less else "verdict.lower"
        said = words(key, outcome=label, more=counts.more, less=counts.less, count=counts.pairs)
    return f"{said} {left_out(words, found)}".rstrip()


def left_out(words: Words, found: Compared) -> str:
    """Return in how many worlds there was nothing to measure, nothing where there was in all or in none."""
    if not found.counts.pairs or not found.counts.dropped:
        return ""
    return words("verdict.left_out", count=found.counts.dropped)


def typical(words: Words, found: Compared) -> str:
    """Return the medians in a sentence."""
    if found.counts.pairs == 0:
        return ""
    before, now = (number_text(words, found.outcome, one) for one in (found.before, found.now))
    if before == now and found.before != found.now:
        before, now = (
            number_text(words, found.outcome, one, finer=True) for one in (found.before, found.now)
        )
    key = "verdict.typical_measured" if found.counts.dropped else "verdict.typical"
    return words(key, before=before, now=now)


def on_chance(words: Words, found: Compared) -> str:
    """Return whether the gap between the two may be chance, judged by the counts of the sentence alone."""
    return words(f"verdict.{CHANCE[found.verdict]}")


def gap_text(words: Words, outcome: str, gap: float, digits: int | None = None) -> str:
    """Return a gap with its sign in the visitor's language; gaps between shares are written in points.

    Args:
        words: Words of the visitor's language.
        outcome: Name of the outcome.
        gap: The gap.
        digits: Decimals; as many as suit it where it stands alone, when None.
    """
    if math.isnan(gap):
        return words("verdict.none")
    digits = gap_digits(outcome, [gap]) if digits is None else digits
    if outcome_named(outcome).unit in IN_HUNDREDTHS:
        return words("verdict.points", value=words.number(100 * gap, digits, signed=True))
    return words.number(gap, digits, signed=True)


def gap_digits(outcome: str, gaps: Sequence[float]) -> int:
    """Return the decimals with which all of some gaps of an outcome can be written.

    Args:
        outcome: Name of the outcome.
        gaps: One or more gaps.
    """
    return 1 if outcome_named(outcome).unit in IN_HUNDREDTHS else max(_digits(one) for one in gaps)


def gaps_adding_up(outcome: str, total: float, parts: Sequence[float]) -> tuple[float, list[float], int]:
    """Return a gap and its parts, rounded so that they add up as they are shown, and the decimals to show.

    Args:
        outcome: Name of the outcome.
        total: The gap.
        parts: Its parts; they sum to it.
    """
    scale = 100 if outcome_named(outcome).unit in IN_HUNDREDTHS else 1
    digits = gap_digits(outcome, [total, *parts])
    found = adding_up(scale * total, [scale * one for one in parts], digits)
    return float(found.total) / scale, [float(one) / scale for one in found.parts], found.digits


def number_text(
    words: Words, outcome: str, value: float, *, finer: bool = False, step: float | None = None
) -> str:
    """Return a value of an outcome in the visitor's language.

    Args:
        words: Words of the visitor's language.
        outcome: Name of the outcome.
        value: The value.
        finer: Whether it gets a decimal more than usual.
        step: Distance of values on an axis, which get the decimals that this needs and leave words of
            their unit to :func:`axis_name`; None for a value that stands alone.
    """
    if math.isnan(value):
        return words("verdict.none")
    unit = outcome_named(outcome).unit
    if unit in ("share", "flag"):
        digits = (1 if 0 < abs(value) < FINE else 0) + finer
        return words.percent(value, digits if step is None else digits_of(100 * step))
    if unit == "difference":
        if step is not None:
            return words.number(100 * value, digits_of(100 * step))
        return words("verdict.points", value=words.number(100 * value, 1 + finer))
    return words.number(value, _digits(value) + finer if step is None else digits_of(step))


def _digits(value: float) -> int:
    """Return the decimals of a number that stands alone: none for a whole one, otherwise one.

    Two where one would hide it or move it by its half: with ten regions, counts per region lie 0.1 apart and
    the middle of two of them halfway, so that "0.3" would stand beside a line that ends at 0.25.
    """
    if value == round(value):
        return 0
    tenths = abs(10 * value) % 1
    return 2 if abs(value) < FINE - ROUNDING or abs(tenths - 0.5) < ROUNDING else 1


def axis_name(words: Words, outcome: str, between: str = " ") -> str:
    """Return what an axis shows, with the unit where its values are written without.

    Args:
        words: Words of the visitor's language.
        outcome: Name of the outcome.
        between: What parts the unit from the name.
    """
    label = words(f"outcome.{outcome}.label")
    if outcome_named(outcome).unit != "difference":
        return label
    return f"{label}{between}({words('verdict.points', value='').strip()})"


def digits_of(step: float) -> int:
    """Return the decimals that a step needs: 1 for 2.5, 0 for 20."""
    return next(
        (digits for digits in range(MOST_DIGITS) if math.isclose(round(step, digits), step)), MOST_DIGITS
    )


def values_table(
    words: Words, ensembles: Mapping[str, Sequence[Played]], outcome: str
) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows of a table with one row a world.

    Args:
        words: Words of the visitor's language.
        ensembles: Worlds by what their column is called.
        outcome: Name of the outcome.
    """
    heads = [words("verdict.world"), *ensembles]
    worlds = min(len(one) for one in ensembles.values())
    rows = [
        [str(next(iter(ensembles.values()))[place].seed)]
        + [number_text(words, outcome, one[place].outcomes[outcome]) for one in ensembles.values()]
        for place in range(worlds)
    ]
    return heads, rows
