"""Worlds of a study: named settings of the levers, on top of a preset, with what changes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import Field, field_validator

from cocreate.experiments.levers_file import interventions_in, note_of, with_note
from cocreate.experiments.presets import Preset, load_preset, preset_names
from cocreate.experiments.study.base import Part
from cocreate.experiments.study.settings import Levers, lever_value
from cocreate.model.interventions import Intervention, checked
from cocreate.model.parameters import LEVERS, Parameters, Value


def is_own_preset(preset: str) -> bool:
    """Tell whether a preset is a file of the user rather than one that comes with the model."""
    return preset.endswith(".toml") and preset not in preset_names()


class World(Part):
    """One setting of the levers, simulated once in each replicate.

    Attributes:
        name: Name in code and files, unique in its study.
        label: Name in figures and text; the name when empty.
        preset: Name of a preset to start from, or path of one; empty for the default world.
        levers: Levers that differ from the preset.
        interventions: Levers that change during the run, besides those of the preset.
    """

    name: str = Field(min_length=1)
    label: str = ""
    preset: str = ""
    levers: Levers = Field(default_factory=dict)
    interventions: tuple[Intervention, ...] = ()

    @classmethod
    def place_of(cls, name: str) -> str:
        """Return where a lever belongs that stands among the entries of a world."""
        return f" {name} is a lever: write it in levers = {{ {name} = ... }}." if name in LEVERS else ""

    @field_validator("preset")
    @classmethod
    def _there_is_such_a_preset(cls, preset: str) -> str:
        if preset:
            load_preset(preset)
        return preset

    @field_validator("interventions", mode="before")
    @classmethod
    def _plain_interventions(cls, listed: Any) -> Any:
        if not isinstance(listed, tuple):
            return listed
        known = [one for one in listed if isinstance(one, Intervention)]
        if len(known) < len(listed):
            known = list(interventions_in({"interventions": list(listed)}, "this world"))
        return tuple(
            with_note(Intervention(one.month, one.lever, lever_value(one.lever, one.value)), note_of(one))
            for one in known
        )

    @property
    def title(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name

    @cached_property
    def start(self) -> Preset:
        """The preset; an empty one for the default world."""
        return load_preset(self.preset) if self.preset else Preset()

    def self_contained(self, above: Collection[str]) -> Self:
        """Return a world with what its own preset file holds in place of the file's name.

        Args:
            above: Levers that win over those of the preset.
        """
        if not is_own_preset(self.preset):
            return self
        levers = {name: value for name, value in (self.start.levers or {}).items() if name not in above}
        return type(self)(
            name=self.name,
            label=self.label or self.start.title,
            levers={**levers, **self.levers},
            interventions=(*self.start.interventions, *self.interventions),
        )

    def resolved(
        self,
        below: Mapping[str, Value],
        shared: Mapping[str, Value],
        above: Mapping[str, Value],
    ) -> tuple[Parameters, tuple[Intervention, ...]]:
        """Return all levers at the start, and what changes them.

        Later ones win: ``below``, the preset, ``shared``, this world's own levers, ``above``.

        Args:
            below: Uncertain levers, such as a draw of the posterior.
            shared: Levers that all worlds of the study share.
            above: Factors of the design.

        Raises:
            ParameterError: Levers contradict each other, or an intervention cannot happen.
        """
        of_preset = self.start.levers or {}
        parameters = Parameters.of({**below, **of_preset, **shared, **self.levers, **above})
        return parameters, checked(parameters, (*self.start.interventions, *self.interventions))
