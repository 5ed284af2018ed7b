"""A study as data: worlds, design, replicates, what to keep and what to conclude."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from cocreate.experiments.levers_file import note_of, with_note
from cocreate.experiments.study.base import Part
from cocreate.experiments.study.checks import check_conclusions, check_settings, check_worlds
from cocreate.experiments.study.conclude import Conclude, OutcomeName, known_outcome
from cocreate.experiments.study.designs import Design, Paired, Point, points
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.seeds import replicate_seed
from cocreate.experiments.study.settings import Levers, draws_over
from cocreate.experiments.study.study_file import as_toml, entries_from_file
from cocreate.experiments.study.tasks import Keep, Task, different, run_key
from cocreate.experiments.study.worlds import World
from cocreate.model.interventions import Intervention
from cocreate.model.outcomes import MONTHLY
from cocreate.model.parameters import LEVERS, Value

USUAL_OUTCOMES = (
    "structural_per_region", "share_structural", "share_lasting", "regions_reached", "councils",
    "effectiveness", "effectiveness_gap", "mean_users_voice", "trust", "backlashes_per_region",
)  # fmt: skip
"""Outcomes that are reported unless a study names others."""

LONGEST_NAME = 100
"""Letters that the name of a study may have: it names files, and file systems allow 255 bytes."""

MOST_RUNS = 20_000_000
"""Runs that a study may have."""

_seed = lru_cache(maxsize=2**16)(replicate_seed)


@dataclass(frozen=True)
class Cell:
    """One run in its place in a study.

    Attributes:
        point: Point of the design.
        replicate: Number of the replicate, from 0 on; equal numbers share their seed at every point.
        task: The run. Two cells can share one.
    """

    point: Point
    replicate: int
    task: Task


class Study(Part):
    """What to simulate, how often, and what to learn from it.

    Attributes:
        name: Name in files: letters, digits, ``-`` and ``_``, at most 100 of them.
        question: What it is to answer, in a sentence.
        worlds: The worlds.
        design: Which points around these worlds it visits.
        replicates: Runs at each point.
        seed: Seed from which those of the runs derive.
        levers: Levers that all worlds share.
        draws: Uncertain levers: replicate ``i`` starts from draw ``i`` (again from the first one after the
            last), in every world alike. None for the defaults. In their place, ``over`` can say
            ``"posterior"``, or name a CSV or Parquet file with a column for each lever.
        outcomes: Outcomes to report.
        keep: What is kept of a run besides its outcomes.
        time_limit: Seconds that a run may take.
        conclude: What to conclude.

    Raises:
        StudyError: Something is misspelt, not allowed, or does not fit the rest.
    """

    name: str = "study"
    question: str = ""
    worlds: tuple[World, ...] = (World(name="default", label="default world"),)
    design: Design = Field(default_factory=Paired)
    replicates: int = Field(default=20, ge=1)
    seed: int = Field(default=1, ge=0)
    levers: Levers = Field(default_factory=dict)
    draws: tuple[Levers, ...] | None = None
    outcomes: tuple[OutcomeName, ...] = USUAL_OUTCOMES
    keep: Keep = Keep()
    time_limit: float = Field(default=math.inf, gt=0)
    conclude: Conclude = Conclude()

    shorthands = ("over",)

    @classmethod
    def spelled_out(cls, entries: dict[str, Any]) -> dict[str, Any]:
        """Return entries with the draws that ``over`` stands for."""
        if "over" not in entries:
            return entries
        over = entries.pop("over")
        if "draws" in entries:
            raise StudyError("There are both 'over' and 'draws': leave one of them out.")
        return {**entries, "draws": draws_over(over)}

    @classmethod
    def place_of(cls, name: str) -> str:
        """Return where a lever belongs that stands among the entries of the study."""
        return (
            f" {name} is a lever: write it under [levers], or among those of a world."
            if name in LEVERS
            else ""
        )

    @field_validator("name")
    @classmethod
    def _name_of_files(cls, name: str) -> str:
        if not name or not all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in name):
            raise StudyError(f"it must consist of letters, digits, - and _, but is {name!r}.")
        if len(name) > LONGEST_NAME:
            raise StudyError(
                f"it must have at most {LONGEST_NAME} letters, since files are called by it, but has"
                f' {len(name)}: give the study a shorter name (name = "...").'
            )
        return name

    @field_validator("keep", mode="before")
    @classmethod
    def _keep_of_entries(cls, keep: Any) -> Any:
        return Keep(**_KeepEntries(**keep).model_dump()) if isinstance(keep, Mapping) else keep

    @field_validator("keep")
    @classmethod
    def _monthly_series_once(cls, keep: Keep) -> Keep:
        for name in keep.series:
            known_outcome(name, MONTHLY)
        if len(set(keep.series)) < len(keep.series):
            raise StudyError(f"series names the same outcome twice: {', '.join(keep.series)}.")
        return keep

    @field_validator("outcomes")
    @classmethod
    def _some_outcomes_once(cls, outcomes: tuple[str, ...]) -> tuple[str, ...]:
        if not outcomes:
            raise StudyError("it must name at least one outcome; leave the entry out for the usual ones.")
        if len(set(outcomes)) < len(outcomes):
            raise StudyError(f"it names the same outcome twice: {', '.join(outcomes)}.")
        return outcomes

    @field_validator("draws")
    @classmethod
    def _some_draws(cls, draws: tuple[Mapping[str, Value], ...] | None) -> Any:
        if draws is not None and not draws:
            raise StudyError("it must hold at least one draw; leave the entry out for the defaults.")
        return draws

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_worlds(self.worlds, self.design, self.levers)
        check_conclusions(
            self.conclude,
            self.design,
            len(self.worlds),
            pilots=self.keep.pilots,
            replicates=self.replicates,
        )
        if self.size > MOST_RUNS:
            raise StudyError(
                f"replicates: the study would have {self.size:,} runs, more than the {MOST_RUNS:,} allowed;"
                " take fewer replicates or points."
            )
        check_settings(self.worlds, self.design, self.levers, self._draws_used)
        return self

    @classmethod
    def from_file(cls, file: str | Path) -> Self:
        """Return the study that a TOML file describes.

        Tables and presets of your own are looked for beside the file. What they hold becomes part of the
        study, so that it stays the same when they change.

        Raises:
            StudyError: The file cannot be read or is not in order; the message names file and place.
        """
        path = Path(file)
        entries = entries_from_file(path)
        try:
            study = cls(**entries)
        except StudyError as error:
            raise StudyError(f"{path}: {error}") from None
        above = {*study.levers, *study.design.varies}
        return study.model_copy(update={"worlds": [world.self_contained(above) for world in study.worlds]})

    @property
    def baseline(self) -> World:
        """The world that others are compared with: the first one, unless the design names another."""
        wanted = self.design.baseline if isinstance(self.design, Paired) else ""
        return next((world for world in self.worlds if world.name == wanted), self.worlds[0])

    @property
    def size(self) -> int:
        """Number of runs."""
        return len(self.worlds) * self.design.size * self.replicates

    def entries(self) -> dict[str, Any]:
        """Return what differs from the defaults, as plain data that makes an equal study.

        Returns:
            Entries as in a file: tables are dictionaries, lists are lists. Name, replicates and seed are
            always among them.
        """
        found = self.model_dump(exclude_defaults=True)
        if "design" in found:
            found["design"] = {"kind": self.design.kind, **found["design"]}
        for world, told in zip(self.worlds, found.get("worlds", ()), strict=False):
            for change, entry in zip(world.interventions, told.get("interventions", ()), strict=False):
                entry.update({"note": note_of(change)} if note_of(change) else {})
        first = {"name": self.name, "replicates": self.replicates, "seed": self.seed}
        plain: dict[str, Any] = _lists({**first, **found})
        return plain

    def to_toml(self) -> str:
        """Return the study as a TOML file that reads back equal."""
        return as_toml(self.entries())

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that change with whatever changes in the study."""
        content = json.dumps(_lists(self.model_dump()))
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def points(self) -> Iterator[Point]:
        """Give the points of the design in order."""
        return points(self.worlds, self.design)

    def cells(self) -> Iterator[Cell]:
        """Give every run of the study: all replicates of a point, then the next point."""
        draws = self._draws_used or ({},)
        for point in self.points():
            settings = [self._settings(point, draw) for draw in draws]
            for replicate in range(self.replicates):
                levers, changes = settings[replicate % len(settings)]
                seed = _seed(self.seed, replicate)
                yield Cell(point, replicate, Task(run_key(seed, levers, changes), seed, levers, changes))

    @property
    def _draws_used(self) -> tuple[Mapping[str, Value], ...] | None:
        return None if self.draws is None else self.draws[: self.replicates]

    def _settings(
        self, point: Point, draw: Mapping[str, Value]
    ) -> tuple[dict[str, Value], tuple[Intervention, ...]]:
        parameters, changes = point.world.resolved(draw, self.levers, point.factors)
        return different(parameters), tuple(with_note(one, "") for one in changes)


class _KeepEntries(Part):
    pilots: bool = False
    series: tuple[str, ...] = ()


def _lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lists(one) for name, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else value
