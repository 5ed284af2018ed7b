"""Set-up of a run: a preset, levers and changes as they are typed, and people of your own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cocreate.experiments.errors import DataError
from cocreate.experiments.people_file import OwnPeople, check_levers, read_people
from cocreate.experiments.presets import Preset
from cocreate.experiments.runs import Names
from cocreate.experiments.tabular import digest_of
from cocreate.experiments.ties_file import read_ties
from cocreate.experiments.words import listed
from cocreate.model.interventions import Intervention, checked
from cocreate.model.own_data import OwnData
from cocreate.model.parameters import ParameterError, Parameters, Value, value_from_text


@dataclass(frozen=True)
class SetUp:
    """Everything that a run starts from, checked.

    Attributes:
        parameters: The levers at the start.
        interventions: Levers that change during the run.
        preset: The preset it started from.
        data: People and ties of your own, or None.
        names: How people and regions are called.
        remarks: What the user should know, one sentence each.
    """

    parameters: Parameters
    interventions: tuple[Intervention, ...]
    preset: Preset
    data: OwnData | None = None
    names: Names = field(default_factory=Names)
    remarks: tuple[str, ...] = ()

    @property
    def people_count(self) -> int:
        """People in the world."""
        if self.data is not None:
            return len(self.data.role)
        levers = self.parameters
        here = levers.citizens_per_region + levers.professionals_per_region + levers.politicians_per_region
        return levers.regions * here


def settings_from_text(texts: Sequence[str]) -> dict[str, Value]:
    """Return levers from texts such as ``sector_silo=0.4``.

    >>> settings_from_text(["sector_silo=0.4", "decision_rule=unanimity"])
    {'sector_silo': 0.4, 'decision_rule': 'unanimity'}

    Raises:
        ParameterError: A text has no equals sign, or names an unknown lever, or one twice.
    """
    settings: dict[str, Value] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ParameterError(f"--set needs lever=value, such as sector_silo=0.4, but was given {text!r}.")
        name = name.strip()
        if name in settings:
            raise ParameterError(f"{name} is set twice: keep one of them.")
        settings[name] = value_from_text(name, value.strip())
    return settings


def changes_from_text(texts: Sequence[str]) -> tuple[Intervention, ...]:
    """Return interventions from texts such as ``60:sector_silo=0.4``.

    >>> changes_from_text(["60:sector_silo=0.4"])
    (Intervention(month=60, lever='sector_silo', value=0.4),)

    Raises:
        ParameterError: A text is not of that form, or names an unknown lever.
    """
    changes = []
    for text in texts:
        month, colon, rest = text.partition(":")
        name, equals, value = rest.partition("=")
        if not colon or not equals or not month.strip().lstrip("-").isdecimal():
            raise ParameterError(
                f"--change needs MONTH:lever=value, such as 60:sector_silo=0.4, but was given {text!r}."
            )
        name = name.strip()
        changes.append(Intervention(int(month), name, value_from_text(name, value.strip())))
    return tuple(changes)


def set_up(
    preset: Preset,
    settings: Mapping[str, Value],
    changes: Sequence[Intervention] = (),
    *,
    people: Path | None = None,
    ties: Path | None = None,
) -> SetUp:
    """Return everything that a run starts from, after checking that it goes together.

    Args:
        preset: The preset to start from.
        settings: Levers that differ from it.
        changes: Levers that change during the run, besides those of the preset.
        people: File of people, or None to draw them.
        ties: File of ties, or None to draw them; only with ``people``.

    Raises:
        CocreateError: Something is not allowed, or does not go together; the message says what.
    """
    parameters = preset.parameters.changed(settings)
    of_preset = [change for change in preset.interventions if change.month < parameters.horizon]
    left_out = len(preset.interventions) - len(of_preset)
    remarks = []
    if left_out:
        remarks.append(
            f"{left_out} of the preset's changes come after month {parameters.horizon - 1}: left out."
        )
    interventions = checked(parameters, (*of_preset, *changes))
    start = SetUp(parameters, interventions, preset, remarks=tuple(remarks))
    if ties is not None and people is None:
        raise DataError(["--ties needs --people, the file of the people whom the ties join."])
    if people is None:
        return start
    check_levers(settings)
    return _with_people(start, people, ties)


def _with_people(start: SetUp, people: Path, ties: Path | None) -> SetUp:
    own = read_people(people, start.parameters)
    data = own.data
    sources = {people.name: digest_of(people)}
    remarks = [*start.remarks, *_remarks(own)]
    if ties is not None:
        read = read_ties(ties, own)
        data = replace(data, tie_ends=read.ends)
        sources[ties.name] = digest_of(ties)
        if read.empty:
            remarks.append(f"No ties in {listed(list(read.empty))}: nobody is tied there.")
    else:
        remarks.append("Ties are drawn, as there is no --ties.")
    return replace(
        start,
        parameters=start.parameters.changed({"regions": len(own.regions)}),
        data=data,
        names=Names(own.ids, own.regions, sources),
        remarks=tuple(remarks),
    )


def _remarks(own: OwnPeople) -> list[str]:
    remarks = [f"Read {len(own.ids):,} people in {len(own.regions)} regions."]
    if own.drawn:
        remarks.append(f"Drawn at random, as the file does not have them: {', '.join(own.drawn)}.")
    if own.partly_drawn:
        remarks.append(f"Drawn where the cell is empty: {', '.join(own.partly_drawn)}.")
    return remarks
