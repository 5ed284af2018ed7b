"""Sections of a report on a study: how far its worlds differ, and where they end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from math import isnan

from cocreate.experiments.analysis.contrast import Difference, Verdict
from cocreate.experiments.analysis.correction import Correction
from cocreate.experiments.analysis.interval import FEWEST
from cocreate.experiments.analysis.power import Outlook, outlook
from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.levels import Level
from cocreate.experiments.conclusions.outcome_words import (
    change,
    change_in_text,
    level,
    number,
    outcome_named,
    p_value,
    span,
    unit_of_change,
)
from cocreate.experiments.conclusions.points import blocks_of
from cocreate.experiments.study.spec import Study
from cocreate.experiments.words import some_of
from cocreate.viz.effects import effects
from cocreate.viz.levels import MOST_DOTS
from cocreate.viz.levels import levels as levels_figure
from cocreate.viz.report.badges import DIFFERENCES
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.outcome_definitions import DIRECTIONS
from cocreate.viz.report.page import Answer, Cell, Column, Picture, Section, Table, Text
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.study_precision import precision_words

CORRECTIONS = {
    Correction.HOLM: "corrected by Holm's method, which keeps the chance of even one false alarm at 5 %",
    Correction.BH: "corrected by the method of Benjamini and Hochberg, which keeps the share of false alarms"
    " among the alarms at 5 %",
}


def effects_section(found: Conclusions, note: str) -> Section:
    """Return the section on differences from the baseline.

    Args:
        found: Conclusions with differences.
        note: Seed and settings, for captions.
    """
    titles = titles_of(found)
    baseline = found.results.study.baseline.title
    how = (
        f"Each world is compared with “{baseline}” in pairs of runs that share their seed. p-values are"
        f" {CORRECTIONS[found.correction]}, over all {len(found.differences)} comparisons."
        f"{draws_words(one.draws for one in found.differences)}"
    )
    return Section(
        "effects",
        f"How worlds differ from “{baseline}”",
        (
            Text((how, *precision_words(found.precision, titles))),
            _picture(found, titles, note),
            _table(found, titles),
        ),
        short="How worlds differ",
    )


def draws_words(numbers: Iterable[int]) -> str:
    """Return that draws count, not runs, with a space before; nothing where no draw is repeated.

    Args:
        numbers: Draws behind each interval, 0 where none is repeated.
    """
    draws = max(numbers, default=0)
    if not draws:
        return ""
    return (
        f" Runs that start from the same of {draws:,} draws of uncertain levers are averaged first, as only"
        " draws are independent of each other."
    )


def titles_of(found: Conclusions) -> dict[str, str]:
    """Return what worlds are called in text by their name."""
    return {world.name: world.title for world in found.results.study.worlds}


def effect_answers(found: Conclusions, most: int = 8) -> list[Answer]:
    """Return the clearest differences in a sentence each, those that hold after correction first.

    Args:
        found: Conclusions.
        most: Answers at most; the table has all.
    """
    titles = titles_of(found)
    sure = {Verdict.MORE: 0, Verdict.LESS: 0, Verdict.PERHAPS_MORE: 1, Verdict.PERHAPS_LESS: 1}
    ranked = sorted(found.differences, key=lambda one: (sure.get(one.verdict, 2), -abs(_size(one))))
    clear = [one for one in ranked if one.verdict in sure]
    return [_answer(one, titles) for one in clear[:most]]


def _size(one: Difference) -> float:
    return 0.0 if isnan(one.effect) else one.effect


def _answer(one: Difference, titles: Mapping[str, str]) -> Answer:
    declared = outcome_named(one.outcome)
    unit = declared.unit
    worth = DIRECTIONS[declared.better]
    return Answer(
        DIFFERENCES[one.verdict],
        f"In “{titles[one.arm]}”, {declared.meaning}: {level(unit, one.mean_arm)} instead of"
        f" {level(unit, one.mean_baseline)} in “{titles[one.baseline]}”.",
        f"Difference {change_in_text(unit, one.difference, (one.low, one.high))}, 95 % interval"
        f" {span(unit, one.low, one.high)}; p {p_value(one.p_corrected)} after correction; {one.pairs:,}"
        f" pairs.{worth}",
        "effects",
    )


def _picture(found: Conclusions, titles: Mapping[str, str], note: str) -> Picture:
    clear = sum(map(_clear, found.differences))
    title = f"{some_of(clear, len(found.differences), 'differences', 'hold')} after correction"
    return picture(
        effects(found.differences, titles),
        "figure-effects",
        title,
        "Marks: mean difference between runs in pairs. Lines: 95 % intervals. A filled mark stays after"
        f" correction for all comparisons, a hollow one does not. {note}",
        f"{title}. The table below holds all numbers.",
    )


def _table(found: Conclusions, titles: Mapping[str, str]) -> Table:
    one_arm = len({one.arm for one in found.differences}) == 1
    columns = (
        Column("Outcome" if one_arm else "World and outcome"), Column("Difference", True),
        Column("95 % interval", True), Column("p, corrected", True), Column("Says"),
        Column("World's mean", True), Column("Baseline", True), Column("In standard deviations", True),
        Column("Pairs", True), Column("More replicates to settle it", True),
    )  # fmt: skip
    outlooks = [outlook(one, max(1, len(found.differences))) for one in found.differences]
    rows = tuple(
        _row(one, ahead, "" if one_arm else f"{titles[one.arm]}: ")
        for one, ahead in zip(found.differences, outlooks, strict=True)
    )
    told = [
        {
            **asdict(one),
            "verdict": str(one.verdict),
            "correction": str(found.correction),
            "more_replicates_to_settle": 0 if _clear(one) else ahead.for_interval,
            "more_replicates_for_power": ahead.for_power,
            "smallest_effect_seen": ahead.smallest_effect,
        }
        for one, ahead in zip(found.differences, outlooks, strict=True)
    ]
    file = csv_file("effects.csv", told, "All differences in full precision (CSV)")
    of = f" of “{titles[found.differences[0].arm]}”" if one_arm else ""
    caption = (
        f"Differences{of} from the baseline. The last column says of those that do not hold after correction"
        " how many more replicates would move the interval away from zero if the effect stays as it is,"
        " allowing for all comparisons"
    )
    return Table(caption, columns, rows, file, dense=True)


def _row(one: Difference, ahead: Outlook, world: str) -> tuple[Cell, ...]:
    declared = outcome_named(one.outcome)
    unit = declared.unit
    return (
        f"{world}{declared.meaning} ({unit_of_change(unit)})",
        change(unit, one.difference, (one.low, one.high)),
        span(unit, one.low, one.high),
        p_value(one.p_corrected),
        DIFFERENCES[one.verdict],
        level(unit, one.mean_arm),
        level(unit, one.mean_baseline),
        number(one.effect),
        f"{one.pairs:,}" + (f" ({one.dropped:,} dropped)" if one.dropped else ""),
        "settled" if _clear(one) else needed(ahead),
    )


def _clear(one: Difference) -> bool:
    """Return whether a difference holds after correction, and so is settled.

    Holm's method and that of Benjamini and Hochberg let one hold whose interval would touch zero if the error
    level were shared out evenly, as it is for how many replicates others need.
    """
    return one.verdict in (Verdict.MORE, Verdict.LESS)


def needed(ahead: Outlook) -> str:
    """Return how many more replicates would settle a difference, as text for a table."""
    if ahead.settled:
        return "settled"
    if ahead.independent < FEWEST:
        if ahead.draws:
            return "too few draws"
        return "too few measured" if ahead.dropped else "too few replicates"
    return "none would" if ahead.for_interval is None else f"{ahead.for_interval:,}"


def levels_section(found: Conclusions, note: str) -> Section:
    """Return the section on where the runs of each world end.

    Args:
        found: Conclusions.
        note: Seed and settings, for captions.
    """
    titles = titles_of(found)
    drawn = picture(
        levels_figure(found.levels, titles),
        "figure-levels",
        "Where the runs of each world end, run by run",
        f"{_dots(found.levels)} Diamonds: the mean of all. Black lines: 95 % interval of the mean."
        f"{interval_words(found.results.study)} {note}",
        "Dots for runs and a diamond for the mean of each world and outcome; the table below holds all"
        " numbers.",
    )
    return Section("levels", "Where each world ends", (drawn, _levels_table(found.levels, titles)))


def _dots(found: Sequence[Level]) -> str:
    """Return what the dots of a figure of levels are."""
    most = max(one.runs for one in found)
    if most <= MOST_DOTS:
        return "Dots: single runs."
    return f"Dots: {MOST_DOTS} of {most:,} runs, at even distances in order of size."


def interval_words(study: Study) -> str:
    """Return what intervals of means over points tell, with a space before; nothing for a single point."""
    if study.design.size == 1:
        return ""
    single = study.replicates == 1
    if blocks_of(study.design) is None:
        few = " With one replicate they are unknown." if single else ""
        return f" Intervals come from replicates, each averaged over the points, which share its seed.{few}"
    parts = {"sobol": "blocks of points", "morris": "trajectories"}.get(study.design.kind, "points")
    few = " With one replicate they leave out what all points share by chance." if single else ""
    return (
        f" Intervals also tell what another sample would change: {parts} and replicates both count as drawn"
        f" by chance.{few}"
    )


def _levels_table(found: Sequence[Level], titles: Mapping[str, str]) -> Table:
    columns = (
        Column("World"), Column("Outcome"), Column("Mean", True), Column("95 % interval", True),
        Column("Standard deviation between runs", True), Column("Runs", True),
    )  # fmt: skip
    rows = []
    for one in found:
        unit = outcome_named(one.outcome).unit
        interval = "unknown" if isnan(one.low) else f"{level(unit, one.low)} to {level(unit, one.high)}"
        runs = f"{one.runs:,}" + (f" ({one.missing:,} without a value)" if one.missing else "")
        rows.append(
            (
                titles[one.world],
                outcome_named(one.outcome).meaning,
                level(unit, one.mean),
                interval,
                level(unit, one.deviation),
                runs,
            )
        )
    told = [
        {
            name: getattr(one, name)
            for name in ("world", "outcome", "runs", "missing", "mean", "low", "high", "deviation")
        }
        for one in found
    ]
    file = csv_file("levels.csv", told, "All means in full precision (CSV)")
    return Table("Outcomes at the end of the runs", columns, tuple(rows), file, dense=True)
