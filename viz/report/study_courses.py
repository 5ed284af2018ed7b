"""Section of a report on a study: how outcomes move from month to month."""

from __future__ import annotations

from cocreate.experiments.conclusions.conclude import Conclusions
from cocreate.experiments.conclusions.courses import Course
from cocreate.experiments.conclusions.outcome_words import level, outcome_named
from cocreate.viz.courses import YEAR, courses
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.page import Column, Section, Table, Text
from cocreate.viz.report.pictures import picture
from cocreate.viz.report.study_effects import titles_of
from cocreate.viz.report.study_worlds import changes_of

MOMENTS = 4
"""Moments of a run that the table tells: its quarters."""


def courses_section(found: Conclusions, note: str) -> Section:
    """Return the section on outcomes from month to month.

    Args:
        found: Conclusions with courses.
        note: Seed and settings, for captions.
    """
    titles, study = titles_of(found), found.results.study
    changes = {world.name: sorted({one.month for one in changes_of(study, world)}) for world in study.worlds}
    marked = "Thin upright lines: months in which levers of a world change. " if any(changes.values()) else ""
    how = (
        "Half of the runs of a world lie below its line, and eight of ten lie in the band around it."
        " Elections are not marked: each region of each run holds them in months of its own."
    )
    drawn = picture(
        courses(found.courses, titles, changes),
        "figure-courses",
        "How worlds develop",
        f"Lines: medians over the runs of a world. Bands: the middle 80 % of its runs. {marked}{note}",
        "A panel for each outcome with a line for each world; the table below holds some of the numbers.",
    )
    return Section("courses", "Month by month", (Text((how,)), drawn, _table(found.courses, titles)))


def _table(found: tuple[Course, ...], titles: dict[str, str]) -> Table:
    last = max(len(one.median) for one in found)
    ends = sorted({max(1, last * quarter // MOMENTS) for quarter in range(1, MOMENTS + 1)})
    columns = (
        Column("Outcome"),
        Column("World"),
        *(Column(f"After {end / YEAR:.3g} years", numeric=True) for end in ends),
    )
    rows = tuple(
        (outcome_named(one.outcome).meaning, titles[one.world], *(_told(one, end) for end in ends))
        for outcome in dict.fromkeys(one.outcome for one in found)
        for one in found
        if one.outcome == outcome
    )
    told = [
        {"world": one.world, "outcome": one.outcome, "month": month, "low": low, "median": mid, "high": high}
        for one in found
        for month, (low, mid, high) in enumerate(zip(one.low, one.median, one.high, strict=True))
    ]
    file = csv_file("courses.csv", told, "All months in full precision (CSV)")
    return Table("Medians over the runs of a world, with the middle 80 % of its runs", columns, rows, file)


def _told(one: Course, end: int) -> str:
    if end > len(one.median):
        return "over before"
    low, median, high = (
        level(outcome_named(one.outcome).unit, part[end - 1]) for part in (one.low, one.median, one.high)
    )
    return median if median == "unknown" else f"{median} ({low} to {high})"
