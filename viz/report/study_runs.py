"""Sections of a report on a study: what was run, what failed, and how to run it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cocreate.experiments.study.provenance import drift
from cocreate.experiments.study.results import Results, WorldRun
from cocreate.experiments.study.spec import Study
from cocreate.experiments.words import counted
from cocreate.viz.report.environments import environment_rows, packages_table, several
from cocreate.viz.report.files import csv_file
from cocreate.viz.report.page import Attachment, Block, Column, Listing, Note, Section, Table, Text

MOST_REASONS = 10
"""Kinds of failures that are listed."""

DESIGNS = {
    "single": "every world as it is",
    "paired": "every world as it is, in pairs with the baseline that share their seed",
    "factorial": "every combination of the levels of some levers",
    "latin_hypercube": "a Latin hypercube: points that cover the ranges of some levers evenly",
    "sobol": "a Sobol design: points from which shares of variance can be told",
    "morris": "a Morris design: paths that change one lever at a time",
    "table": "settings from a table",
}
"""What designs are, by kind."""


def runs_section(results: Results) -> Section:
    """Return the section on what was run and what failed."""
    study = results.study
    failures = results.failures
    columns = (
        Column("World"),
        Column("Runs", True),
        Column("Finished", True),
        Column("Failed or missing", True),
    )
    rows = []
    for world in study.worlds:
        runs = results.of(world.name)
        lost = sum(bool(one.failure) for one in runs)
        rows.append((world.title, f"{len(runs):,}", f"{len(runs) - lost:,}", f"{lost:,}"))
    blocks: list[Block] = [Text((_design(study),)), Table("Runs of each world", columns, tuple(rows))]
    if failures:
        blocks += _failures(failures, study.size)
    else:
        blocks.append(Text(("All runs reached the end of their time.",)))
    return Section("runs", "What was run", tuple(blocks))


def _design(study: Study) -> str:
    text = f"The design is {DESIGNS[study.design.kind]}."
    if study.design.varies:
        text += f" It has {study.design.size:,} points around each world."
    return (
        f"{text} {counted(study.replicates, 'run', digits=True)} of each, {study.size:,} in all. The seeds of"
        f" the runs derive from the study's seed {study.seed}: run number i has the same seed everywhere."
    )


def _failures(failures: Sequence[WorldRun], runs: int) -> list[Block]:
    """Return what is to be said about runs that did not reach their end."""
    reasons = Counter(one.failure for one in failures)
    first = {one.failure: one for one in reversed(failures)}
    share = len(failures) / runs
    rows = tuple(
        (reason, f"{count:,}", str(first[reason].number), str(first[reason].seed))
        for reason, count in reasons.most_common(MOST_REASONS)
    )
    columns = (
        Column("Reason"),
        Column("Runs", True),
        Column("First replicate", True),
        Column("Its seed", True),
    )
    told = [{"replicate": one.number, "seed": one.seed, "failure": one.failure} for one in failures]
    file = csv_file("failures.csv", told, "All failures (CSV)")
    warning = (
        f"{len(failures):,} of {runs:,} runs ({share:.1%}) did not reach their end and were left out. If what"
        " makes runs fail also moves outcomes, the rest is not a fair sample."
    )
    return [Note(warning), Table("Why runs failed, most common first", columns, rows, file)]


def origin_section(
    results: Results, sessions: Sequence[Mapping[str, Any]], now: Mapping[str, Any]
) -> Section:
    """Return the section on where the numbers come from and how to make them again.

    Args:
        results: The runs.
        sessions: What a store notes of each session of a driver; empty for runs in memory.
        now: Environment of this process: for want of sessions, and to tell what has changed since the last.
    """
    study = results.study
    environments = [one["environment"] for one in sessions] or [now]
    toml = study.to_toml()
    name = f"{study.name}.toml"
    again = (
        f"To run it again, save the study file below and say: cocreate study run {name}. The same version,"
        " code and seed give the same numbers, on any number of workers."
    )
    blocks: list[Block] = [Text((again,)), _facts(study, sessions, environments)]
    blocks += several(environments)
    changes = drift(environments[-1], now)
    if changes:
        blocks.append(
            Note(
                f"This page was written on something else than the runs were made on: {'; '.join(changes)}."
                " The numbers are those of the runs as they were stored."
            )
        )
    file = Attachment(name, "application/toml", toml, f"Save {name}")
    blocks += [packages_table(environments), Listing(f"The study file, {name}", toml, file)]
    return Section("origin", "Where this comes from, and how to run it again", tuple(blocks), short="Origin")


def _facts(
    study: Study, sessions: Sequence[Mapping[str, Any]], environments: Sequence[Mapping[str, Any]]
) -> Table:
    rows = [
        ("Study", f"{study.name}, fingerprint {study.fingerprint}"),
        ("Seed of the study", str(study.seed)),
        *environment_rows(environments),
    ]
    if sessions:
        processor = sum(float(one.get("processor_seconds", 0)) for one in sessions)
        wall = sum(float(one.get("wall_seconds", 0)) for one in sessions)
        rows += [
            ("Sessions of work", f"{len(sessions):,}"),
            ("Processor time of the runs", _duration(processor)),
            ("Time on the clock", _duration(wall)),
        ]
    return Table("Provenance", (Column("What"), Column("Value")), tuple(rows))


def _duration(seconds: float) -> str:
    """Return a duration in words.

    >>> _duration(4.25), _duration(75), _duration(7300)
    ('4.2 seconds', '1 min 15 s', '2 h 1 min')
    """
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds:.1f} seconds"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"  # noqa: PLR2004
