"""Section of a report on a study: how long services go on, and what became of the pilots."""

from __future__ import annotations

from math import isinf, isnan

from cocreate.experiments.analysis.estimate import Estimate
from cocreate.experiments.analysis.hazard import ElectionHazard
from cocreate.experiments.analysis.lifelines import FATES
from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.durations import Duration
from cocreate.experiments.conclusions.outcome_words import number, p_value
from cocreate.experiments.words import counted
from cocreate.viz.durations import durations, fate_bars
from cocreate.viz.hazards import hazards
from cocreate.viz.report.page import Block, Column, Note, Section, Table, Text
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.study_effects import titles_of
from cocreate.viz.survival import FEWEST_AT_RISK, YEAR

YEARS = (1, 2, 5)
"""Ages at which the table tells the share of services still going."""

HOW = (
    "A service goes on as long as its pilot runs or it is a structural service. One that is still there at"
    " the end of a run is known to have lasted so far; the estimate of Kaplan and Meier (1958) allows for"
    " that. Intervals come from drawing whole runs again, since the services of one run are no strangers"
    " to each other; nor are the runs of one replicate at several points of a design, or those of one draw"
    " of uncertain levers. Where services ended in fewer than two of these, the interval is unknown: that"
    " none ended there does not say that none can.",
)


def durations_section(found: Conclusions, note: str) -> Section:
    """Return the section on the durations of services.

    Args:
        found: Conclusions with durations.
        note: Seed and settings, for captions.
    """
    titles = titles_of(found)
    lines = picture(
        durations({one.world: one.lifeline for one in found.durations}, titles),
        "figure-durations",
        "How long services go on that began as pilots",
        "Bands: 95 % intervals, from the age on at which they are known. A line stops where fewer than"
        f" {FEWEST_AT_RISK} services are observed for that long. {note}",
        "A falling line for each world; the table below tells its height after some years.",
    )
    bars = picture(
        fate_bars({one.world: one.fates for one in found.durations}, titles),
        "figure-fates",
        "What became of the pilots by the end of the runs",
        "All pilots of all runs of a world. Grey whiskers above the bars: 95 % interval of the share that"
        f" ever became structural. {note}",
        "A stacked bar for each world; the table below holds the shares.",
    )
    blocks: list[Block] = [Text(HOW), lines, _ages(found.durations, titles)]
    blocks += [bars, _fates(found.durations, titles)]
    blocks += _elections(found.durations, titles, note)
    blocks += [Note(f"{titles[one.world]}: {problem}") for one in found.durations for problem in one.problems]
    return Section("durations", "How long services go on", tuple(blocks))


def _ages(found: tuple[Duration, ...], titles: dict[str, str]) -> Table:
    columns = (
        Column("World"),
        Column("Pilots", True),
        *(Column(f"After {counted(year, 'year')}", True) for year in YEARS),
        Column("Hazard against the baseline", True),
        Column("p of the log-rank test", True),
    )
    rows = tuple(
        (
            titles[one.world],
            f"{one.lifeline.pilots:,}",
            *(_still_going(one, year) for year in YEARS),
            *_against(one),
        )
        for one in found
    )
    caption = (
        "Share of services still going, with 95 % intervals. The hazard against the baseline is above one"
        " where services end sooner; p comes from swapping whole runs within pairs, and is not corrected."
        " The pairs of a replicate, or of a draw of uncertain levers, are swapped together. Five of these or"
        " fewer cannot give a p below 0.05, whatever is in them"
    )
    return Table(caption, columns, rows)


def _still_going(one: Duration, years: int) -> str:
    line, month = one.lifeline, years * YEAR - 1  # alive[m] holds at the end of month m
    if month >= len(line.alive) or line.at_risk[month] < FEWEST_AT_RISK:
        return "too few"
    return _share(Estimate(line.alive[month], line.low[month], line.high[month]), 0)


def _share(one: Estimate, digits: int) -> str:
    """Return a share with its interval, or without one where it is unknown."""
    if isnan(one.low):
        return "unknown" if isnan(one.value) else f"{one.value:.{digits}%} (interval unknown)"
    return f"{one.value:.{digits}%} ({one.low:.{digits}%} to {one.high:.{digits}%})"


def _fates(found: tuple[Duration, ...], titles: dict[str, str]) -> Table:
    columns = (
        Column("World"),
        Column("Pilots a run", True),
        *(Column(words.capitalize(), True) for words in FATES.values()),
    )
    rows = tuple(
        (
            titles[one.world],
            f"{one.fates.pilots_per_world:.1f}",
            *(f"{one.fates.shares[name]:.0%}" for name in FATES),
        )
        for one in found
    )
    return Table("Shares of pilots by what became of them", columns, rows)


def _against(one: Duration) -> tuple[str, str]:
    if one.against_baseline is None:
        return "", ""
    found = one.against_baseline
    few = "too few pairs to tell" if found.units == found.pairs else f"too few to tell ({found.units:,})"
    ratio = "no end in the baseline" if isinf(found.hazard_ratio) else number(found.hazard_ratio)
    return ratio, few if found.too_few else p_value(found.p)


def _times(one: ElectionHazard) -> str:
    """Return how many times as likely services end in the month of an election, in words where none ended."""
    ratio = one.ratio
    if one.elsewhere.value == 0 and not isnan(one.at_election.value):
        return "no end in other months" if one.at_election.value > 0 else "no end in any month"
    if isnan(ratio.low):
        return "unknown" if isnan(ratio.value) else f"{number(ratio.value)} (interval unknown)"
    upwards = "or more" if isinf(ratio.high) else f"to {number(ratio.high)}"
    return f"{number(ratio.value)} ({number(ratio.low)} {upwards})"


def _elections(found: tuple[Duration, ...], titles: dict[str, str], note: str) -> list[Block]:
    """Return figure and table of what elections do to services; nothing where nobody asked."""
    known = {one.world: one.elections for one in found if one.elections is not None}
    if not known:
        return []
    columns = (
        Column("World"),
        Column("Ending in the month of an election", True),
        Column("Ending in another month", True),
        Column("Times as likely", True),
    )
    rows = tuple(
        (
            titles[name],
            _share(one.at_election, 1),
            _share(one.elsewhere, 1),
            _times(one),
        )
        for name, one in known.items()
    )
    drawn = picture(
        hazards(known, titles),
        "figure-elections",
        "How likely services are to end in the months around an election",
        "Marks: share of living services that end in such a month. Lines: 95 % intervals; hollow marks have"
        f" none that is known. Square: the month of the election. {note}",
        "A panel for each world; the table below compares the month of an election with all others.",
    )
    return [drawn, Table("Services that end, in months with and without an election", columns, rows)]
