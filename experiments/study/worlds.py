"""Worlds of a study: named settings of the levers, on top of a preset, with what changes them."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from cocreate.experiments.presets import load_preset
from cocreate.model.interventions import Intervention, checked
from cocreate.model.parameters import Parameters, Value

FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)
"""How all parts of a study behave: they cannot be changed, and know no other names."""


class World(BaseModel):
    """One setting of the levers, simulated once in each replicate.

    Attributes:
        name: Name in code and files, unique in its study.
        label: Name in figures and text; the name when empty.
        preset: Name of a preset to start from, or path of one; empty for the default world.
        levers: Levers that differ from the preset.
        interventions: Levers that change during the run, besides those of the preset.
    """

    model_config = FROZEN

    name: str = Field(min_length=1)
    label: str = ""
    preset: str = ""
    levers: Mapping[str, Value] = Field(default_factory=dict)
    interventions: tuple[Intervention, ...] = ()

    @property
    def title(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name

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
            ParameterError: A lever is unknown or its value not allowed.
            PresetError: There is no such preset.
        """
        start = load_preset(self.preset) if self.preset else None
        of_preset = dict(start.levers or {}) if start is not None else {}
        parameters = Parameters.of({**below, **of_preset, **shared, **self.levers, **above})
        changes = (*(start.interventions if start is not None else ()), *self.interventions)
        return parameters, checked(parameters, changes)
