"""Badges: judgements as a sign and words."""

from __future__ import annotations

from cocreate.experiments.analysis import contrast
from cocreate.experiments.hypotheses.verdict import Judgement, Standing, Verdict
from cocreate.viz.report.page import Badge, Tone

VERDICTS = {
    Verdict.SUPPORTED: ("✓", Tone.YES),
    Verdict.REFUTED: ("✕", Tone.NO),
    Verdict.DEPENDS: ("◐", Tone.MIXED),
    Verdict.UNDECIDED: ("?", Tone.OPEN),
}
"""Sign and look of verdicts on hypotheses."""

STANDINGS = {
    Standing.HOLDS: Badge("✓", "holds", Tone.YES),
    Standing.FAILS: Badge("✕", "fails", Tone.NO),
    Standing.UNSETTLED: Badge("?", "unsettled", Tone.OPEN),
}
"""Badges of single claims."""

DIFFERENCES = {
    contrast.Verdict.MORE: Badge("▲", "more", Tone.MORE),
    contrast.Verdict.LESS: Badge("▼", "less", Tone.LESS),
    contrast.Verdict.PERHAPS_MORE: Badge("△", "perhaps more", Tone.OPEN),
    contrast.Verdict.PERHAPS_LESS: Badge("▽", "perhaps less", Tone.OPEN),
    contrast.Verdict.NONE: Badge("○", "no difference seen", Tone.OPEN),
    contrast.Verdict.SAME: Badge("=", "exactly the same", Tone.OPEN),
    contrast.Verdict.UNKNOWN: Badge("?", "too few worlds", Tone.OPEN),
}
"""Badges of differences between two worlds."""


def verdict_badge(judgement: Judgement, *, short: bool = False) -> Badge:
    """Return the badge of a verdict.

    Args:
        judgement: The verdict.
        short: Whether to leave out what it depends on.
    """
    sign, tone = VERDICTS[judgement.verdict]
    words = "it depends" if judgement.verdict is Verdict.DEPENDS else str(judgement.verdict)
    return Badge(sign, words if short else judgement.words, tone)


FOUND = Badge("●", "found", Tone.YES)
UNSURE = Badge("◐", "not yet firm", Tone.MIXED)
NOTHING = Badge("○", "nothing found", Tone.OPEN)
TOO_FEW = Badge("?", "too few runs", Tone.OPEN)
NOT_TESTED = Badge("–", "not tested", Tone.OPEN)  # noqa: RUF001 - a dash
"""Badges of answers that are no verdicts."""
