"""Tokens: what reforms bring alone, and what they bring together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import solara

from cocreate.viz.app.adding_up import adding_up
from cocreate.viz.app.chance import Counts, counts_of
from cocreate.viz.app.ensembles import Ensembles, use_ensembles
from cocreate.viz.app.lessons.play import Play
from cocreate.viz.app.lessons.reveal import LESS, MORE, way_of
from cocreate.viz.app.parts import markup, table, tag
from cocreate.viz.app.result import words_of_progress
from cocreate.viz.app.verdicts import values_of

DIGITS = 1
"""Decimals of what reforms bring, where they add up with so many."""


@dataclass(frozen=True)
class Gains:
    """What reforms bring, compared with the usual world: means over pairs of worlds.

    Attributes:
        alone: What each brings alone.
        together: What all bring together.
        counts: In how many pairs all together bring more, or less, than the sum of each.
    """

    alone: tuple[float, ...]
    together: float
    counts: Counts

    @property
    def way(self) -> str:
        """``more`` where together they clearly bring more than the sum, ``less`` where clearly less.

        Something else where the worlds do not settle it.
        """
        return way_of(self.counts.verdict())


def gains(found: Ensembles, outcome: str) -> Gains:
    """Return what reforms bring.

    Args:
        found: The usual world, the world with all reforms, then one with each alone.
        outcome: Name of the outcome.
    """
    usual, together, *alone = (values_of(one, outcome) for one in found.played)
    apart = [one - usual for one in alone]
    counts = counts_of(np.sum(apart, axis=0), together - usual)
    return Gains(tuple(float(one.mean()) for one in apart), float((together - usual).mean()), counts)


@solara.component
def Apart(play: Play) -> None:
    """Show what each reform brings alone, where more than one was bought."""
    words, lesson, bought = play.visit.words, play.lesson, play.bought
    alone = [lesson.bought((name,), play.seed) for name in bought] if len(bought) > 1 else []
    found = use_ensembles([play.before, play.now, *alone] if alone else [])
    if not alone:
        return
    with tag("section", css="cc-card"):
        tag("h2", words("lessons.together.apart_head"))
        if found.failed or found.stale or found.value is None:
            tag("p", words(f"lessons.{'failed' if found.failed else 'preparing'}"), role="status")
            return
        if not found.done:
            tag("p", words_of_progress(words, found), css="cc-busy", role="status")
            return
        result = gains(found.value, lesson.outcome)

        summed = adding_up(sum(result.alone), result.alone, DIGITS)

        def number(value: float | Decimal) -> str:
            return words.number(float(value), summed.digits, signed=True)

        key = {MORE: "apart_more", LESS: "apart_less"}.get(result.way, "apart_same")
        tag(
            "p",
            words(
                "lessons.together.apart",
                together=number(result.together),
                sum=number(summed.total),
            ),
            " ",
            words(
                "lessons.together.apart_counts",
                more=result.counts.more,
                less=result.counts.less,
                count=result.counts.pairs,
            ),
            " ",
            tag("strong", words(f"lessons.together.{key}")),
        )
        rows = [
            [words(f"lessons.together.choices.{name}"), number(value)]
            for name, value in zip(bought, summed.parts, strict=True)
        ]
        rows.append([words("lessons.together.together"), number(result.together)])
        heads = [words("lessons.together.reform"), words("lessons.together.gain")]
        markup(table(heads, rows, words("lessons.together.apart_head")))
