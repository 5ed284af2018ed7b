"""Section of a report on a study: which worlds were compared, in words."""

from __future__ import annotations

from collections.abc import Mapping

from cocreate.experiments.levers_file import note_of
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import different
from cocreate.experiments.study.worlds import World
from cocreate.experiments.words import counted, drawn_from
from cocreate.model.interventions import Intervention
from cocreate.model.parameters import LEVERS, Parameters, Value
from cocreate.viz.interventions import interventions, numbered_months
from cocreate.viz.report.lever_tables import lever_words, settings_table, value_words
from cocreate.viz.report.page import Block, Column, Picture, Section, Table, Text
from cocreate.viz.report.pictures import picture

YEAR = 12


def worlds_section(study: Study) -> Section:
    """Return the section on the worlds of a study, their levers and what changes them."""
    blocks: list[Block] = [Text((_introduction(study),))]
    by_title = {world.title: _fixed(study, world) for world in study.worlds}
    table = settings_table(
        by_title, "Levers in which worlds differ from the default world, or from each other"
    )
    if table is None:
        blocks.append(Text((f"All levers are at their defaults in all worlds{_but_varied(study)}.",)))
    else:
        blocks += [table, Text((f"All other levers are at their defaults{_but_varied(study)}.",))]
    if study.design.varies:
        blocks.append(_factors(study))
    if any(changes_of(study, world) for world in study.worlds):
        blocks += [_timeline(study), changes_table(study)]
    return Section("worlds", "The worlds", tuple(blocks))


def _but_varied(study: Study) -> str:
    return ", except those that the design varies" if study.design.varies else ""


def _introduction(study: Study) -> str:
    size, horizon = resolved(study, study.worlds[0])[0].regions, resolved(study, study.worlds[0])[0].horizon
    text = (
        f"A world is a setting of the levers. This study has {counted(len(study.worlds), 'world')}; the first"
        f" has {counted(size, 'region')} and runs for {horizon:,} months."
    )
    if len(study.worlds) > 1:
        text += f" Others are compared with “{study.baseline.title}”."
    if study.draws:
        text += (
            f" Replicates start from {drawn_from(len(study.draws), study.replicates)}, that is of those that"
            " nobody knows well: one draw a replicate, the same in each world."
        )
    return text


def resolved(study: Study, world: World) -> tuple[Parameters, tuple[Intervention, ...]]:
    """Return the levers of a world at the first point of the design and the first draw, and its changes."""
    draw = study.draws[0] if study.draws else {}
    return world.resolved(draw, study.levers, next(iter(study.design.samples())))


def settings_of(study: Study, world: World) -> dict[str, Value | None]:
    """Return the levers of a world that differ from the defaults; None for those that vary between runs."""
    found: dict[str, Value | None] = dict(different(resolved(study, world)[0]))
    fixed = {**(world.start.levers or {}), **study.levers, **world.levers}
    drawn = [name for draw in study.draws or () for name in draw if name not in fixed]
    return found | dict.fromkeys([*drawn, *study.design.varies])


def _fixed(study: Study, world: World) -> dict[str, Value | None]:
    return {
        name: value for name, value in settings_of(study, world).items() if name not in study.design.varies
    }


def changes_of(study: Study, world: World) -> tuple[Intervention, ...]:
    """Return what changes the levers of a world during the run."""
    return resolved(study, world)[1]


def _factors(study: Study) -> Table:
    """Return which levers the design varies, and how far."""
    given: Mapping[str, tuple[Value, ...]] = getattr(study.design, "factors", {})
    values = {
        name: given.get(name) or tuple(dict.fromkeys(row[name] for row in study.design.samples()))
        for name in study.design.varies
    }
    kind = "Levels" if study.design.kind in ("factorial", "table") else "Range"
    rows = tuple(
        (lever_words(LEVERS[name]), value_words(LEVERS[name].default), _between(kind, values[name]))
        for name in study.design.varies
    )
    columns = Column("Lever"), Column("Default", numeric=True), Column(kind, numeric=True)
    return Table("Levers that the design varies around each world", columns, rows)


def _between(kind: str, values: tuple[Value, ...]) -> str:
    if kind == "Range" and not isinstance(values[0], str):
        return f"{value_words(values[0])} to {value_words(values[-1])}"
    return ", ".join(map(value_words, values))


def _changing(study: Study) -> dict[str, tuple[Intervention, ...]]:
    found = {world.title: changes_of(study, world) for world in study.worlds}
    return {title: changes for title, changes in found.items() if changes}


def _timeline(study: Study) -> Picture:
    months = {title: [one.month for one in changes] for title, changes in _changing(study).items()}
    horizon = max(resolved(study, world)[0].horizon for world in study.worlds)
    return picture(
        interventions(months, horizon),
        "interventions",
        "When levers change during the run",
        "Each line is a world, from the first to the last month. Numbers refer to the table below.",
        "A time line for each world with changes; the table below says the same.",
    )


def changes_table(study: Study) -> Table:
    """Return which levers change during the run in which world, when, and why if anybody said so."""
    numbers = numbered_months(
        {title: [one.month for one in found] for title, found in _changing(study).items()}
    )
    noted = any(note_of(one) for changes in _changing(study).values() for one in changes)
    rows = tuple(
        (
            str(numbers[title][one.month]),
            title,
            f"{one.month} (year {one.month // YEAR + 1})",
            lever_words(LEVERS[one.lever]),
            value_words(one.value),
            *((note_of(one),) if noted else ()),
        )
        for title, changes in _changing(study).items()
        for one in changes
    )
    columns = (
        Column("Number"),
        Column("World"),
        Column("From month"),
        Column("Lever"),
        Column("New value", True),
        *((Column("Why"),) if noted else ()),
    )
    return Table("What changes, and when; months count from 0", columns, rows, dense=True)
