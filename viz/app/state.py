"""Settings: the world that a visitor looks at, as data and as the query of a link."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Self
from urllib.parse import parse_qsl, urlencode

from cocreate.agents.errors import CocreateError
from cocreate.experiments.levers_file import interventions_in, levers_in
from cocreate.experiments.presets import Preset, load_preset, preset_names
from cocreate.experiments.set_up import SetUp, set_up
from cocreate.experiments.study.tasks import different, run_key
from cocreate.experiments.trial import NEEDS_COMPILING
from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.parameters import LEVERS, Parameters, Value, value_from_text

LONGEST_QUERY = 6_000
"""Characters of a query above which nobody reads on; all levers at once take about 3,500."""

MOST_CHANGES = 20
"""Changes that a run may have, those of its preset included."""

MOST_PEOPLE = 20_000
"""People of a world above which a shared server would keep everybody waiting."""

MOST_MONTHS = 600
"""Months above which it would, too."""

LARGEST_SEED = 2**31 - 1

SECOND = "b."
"""Prefix of the second world in a link that holds two."""

OTHER_ENTRIES = ("preset", "seed", "months", "at")
"""Entries of a link that are no levers and belong to its world all the same."""

PAGE_KEYS = frozenset({"lang", "outcome", "plan", "step", "curtain", "projector", "picked", "month", "world"})
"""Names in a query that belong to pages, not to worlds."""


class TooLargeError(CocreateError, ValueError):
    """A world is larger than the app simulates."""


class TooManyChangesError(CocreateError, ValueError):
    """A run has more changes than the app allows."""

    def __init__(self) -> None:
        """Name the limit and the way out."""
        super().__init__(
            f"The app allows up to {MOST_CHANGES} changes during a run, those of the preset included:"
            " leave some out, or use the command line."
        )


@dataclass(frozen=True)
class Problem:
    """Something in a link or a file that could not be used.

    Attributes:
        key: Key of the text that says so.
        values: What the text names.
        lever: Lever whose allowed values the text names; empty for none.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict, hash=False)
    lever: str = ""


@dataclass(frozen=True)
class Setting:
    """A world as a visitor set it up. Make one with :meth:`of`, which checks it.

    Attributes:
        preset: Name of the preset to start from; empty for the default world.
        levers: Levers that differ from the preset, by name.
        interventions: Levers that change during the run, besides those of the preset.
        seed: Seed of the world that is shown; worlds of an ensemble have the next ones.
        months: Months to simulate; those of the preset when None.
    """

    preset: str = ""
    levers: Mapping[str, Value] = field(default_factory=dict, hash=False)
    interventions: tuple[Intervention, ...] = ()
    seed: int = 1
    months: int | None = None

    @classmethod
    def of(
        cls,
        preset: str = "",
        levers: Mapping[str, Value] | None = None,
        interventions: Iterable[Intervention] = (),
        seed: int = 1,
        months: int | None = None,
    ) -> Self:
        """Return a setting after checking it, in the one form that equal settings share.

        Args:
            preset: Name of the preset; empty for the default world.
            levers: Levers by name; those that are as in the preset are left out.
            interventions: Levers that change during the run, in any order.
            seed: Seed, from 0 on.
            months: Months to simulate; those of the preset when None.

        Raises:
            CocreateError: The preset or a lever is unknown, or a value is not allowed.
            TooLargeError: The world is too large for the app.
            TooManyChangesError: The run has more changes than the app allows.
        """
        start = load_preset(preset).parameters if preset else Parameters()
        levers = dict(levers or {})
        horizon = levers.pop("horizon", None)
        months = int(horizon) if months is None and horizon is not None else months
        found = start.changed(levers)
        differing = {
            name: getattr(found, name) for name in LEVERS if getattr(found, name) != getattr(start, name)
        }
        ordered = tuple(sorted(interventions, key=lambda one: (one.month, one.lever)))
        if len(ordered) > MOST_CHANGES:  # told before each of them is checked
            raise TooManyChangesError
        setting = cls(preset, differing, ordered, seed, None if months == start.horizon else months)
        people = setting.set_up.people_count  # the set-up checks that all of it goes together
        if people > MOST_PEOPLE or setting.horizon > MOST_MONTHS:
            raise TooLargeError(
                f"That is a world of {people:,} people over {setting.horizon} months. The app simulates up to"
                f" {MOST_PEOPLE:,} people over {MOST_MONTHS} months: choose fewer, or use the command line."
            )
        if len(setting.set_up.interventions) > MOST_CHANGES:
            raise TooManyChangesError
        return setting

    @cached_property
    def start(self) -> Preset:
        """The preset; an empty one for the default world."""
        return load_preset(self.preset) if self.preset else Preset()

    @cached_property
    def set_up(self) -> SetUp:
        """Everything that a run starts from."""
        levers = dict(self.levers)
        if self.months is not None:
            levers["horizon"] = self.months
        return set_up(self.start, levers, self.interventions)

    @property
    def parameters(self) -> Parameters:
        """All levers at the start."""
        return self.set_up.parameters

    @property
    def all_interventions(self) -> tuple[Intervention, ...]:
        """What changes during the run, that of the preset included, in order of month and lever."""
        return tuple(sorted(self.set_up.interventions, key=lambda one: (one.month, one.lever)))

    def values_at(self, month: int = 0) -> dict[str, Value]:
        """Return the value of every lever at the start, or as it holds in a month of the run.

        Args:
            month: The month; 0 for the start, before any change.
        """
        changes = [one for one in self.all_interventions if month and one.month <= month]
        return self.parameters.model_dump() | {one.lever: one.value for one in changes}

    @property
    def horizon(self) -> int:
        """Months to simulate."""
        return self.parameters.horizon

    @property
    def baseline(self) -> Setting:
        """The same world with all levers as in its preset."""
        return replace(self, levers={}, interventions=())

    @property
    def is_baseline(self) -> bool:
        """Whether no lever differs from the preset."""
        return not self.levers and not self.interventions

    def key(self, seed: int | None = None) -> str:
        """Return a name that equal runs share, whatever they started from.

        Args:
            seed: Seed of the run; that of the setting when None.
        """
        return run_key(
            self.seed if seed is None else seed, different(self.parameters), self.all_interventions
        )

    def with_levers(self, levers: Mapping[str, Value]) -> Setting:
        """Return the setting with some levers set to other values.

        Raises:
            CocreateError: A lever is unknown, or a value is not allowed.
        """
        return self.of(self.preset, {**self.levers, **levers}, self.interventions, self.seed, self.months)

    def changed_later(self, month: int, levers: Mapping[str, Value]) -> Setting:
        """Return the setting with some levers set to other values from a month on.

        Args:
            month: First month in which they hold.
            levers: Levers by name; those that shape the world at its start are not allowed.

        Raises:
            CocreateError: A lever cannot change during a run, or a value is not allowed.
        """
        kept = [one for one in self.interventions if one.month != month or one.lever not in levers]
        added = [Intervention(month, name, value) for name, value in levers.items()]
        return self.of(self.preset, self.levers, [*kept, *added], self.seed, self.months)

    def without(self, lever: str) -> Setting:
        """Return the setting with a lever as in the preset at the start; what changes later on stays.

        Raises:
            CocreateError: The rest does not go together without it.
        """
        kept = {name: value for name, value in self.levers.items() if name != lever}
        return self.of(self.preset, kept, self.interventions, self.seed, self.months)

    def without_change(self, month: int, lever: str) -> Setting:
        """Return the setting without the change of a lever in one month; its other changes stay.

        Raises:
            CocreateError: The rest does not go together without it.
        """
        kept = [one for one in self.interventions if (one.month, one.lever) != (month, lever)]
        return self.of(self.preset, self.levers, kept, self.seed, self.months)

    def query(self, prefix: str = "") -> dict[str, str | list[str]]:
        """Return the setting as entries of a query; nothing for what is as usual.

        Args:
            prefix: Put before every name, so that a link can hold two settings.
        """
        entries: dict[str, str | list[str]] = {}
        if self.preset:
            entries[f"{prefix}preset"] = self.preset
        entries.update({f"{prefix}{name}": as_text(value) for name, value in self.levers.items()})
        if self.interventions:
            entries[f"{prefix}at"] = [
                f"{one.month}:{one.lever}={as_text(one.value)}" for one in self.interventions
            ]
        if self.seed != 1:
            entries[f"{prefix}seed"] = str(self.seed)
        if self.months is not None:
            entries[f"{prefix}months"] = str(self.months)
        return entries


def as_text(value: Value) -> str:
    """Return a lever's value as a link and a field show it.

    >>> as_text(0.30000000000000004), as_text(12), as_text("unanimity")
    ('0.3', '12', 'unanimity')
    """
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def as_query(*settings: tuple[Setting, str], **others: str) -> str:
    """Return settings, each with the prefix of its entries, and other entries as a query.

    >>> as_query((Setting.of(levers={"sector_silo": 0.2}), ""), lang="fi")
    'sector_silo=0.2&lang=fi'
    """
    entries: dict[str, str | list[str]] = {}
    for setting, prefix in settings:
        entries.update(setting.query(prefix))
    return urlencode({**entries, **others}, doseq=True, safe=":=,")


@dataclass(frozen=True)
class Reading:
    """What was found in a query.

    Attributes:
        setting: The world, with everything left out that could not be used.
        problems: What was left out, and why.
    """

    setting: Setting
    problems: tuple[Problem, ...] = ()


def read_query(query: str, prefix: str = "", first: Setting | None = None) -> Reading:
    """Return the world that a query describes; what makes no sense is told and left out.

    Args:
        query: Query of a link, without the question mark, by whomever.
        prefix: Prefix of the entries that count; others are left alone.
        first: World whose seed and months this one takes over, to be compared with it; None for its own.
    """
    if len(query) > LONGEST_QUERY:
        return Reading(Setting(), () if prefix else (Problem("problem.too_long"),))  # told once is enough
    pairs = parse_qsl(query, keep_blank_values=True)
    reader = _Reader(first)
    for name, text in pairs:
        if prefix and name.startswith(prefix):
            reader.take(name.removeprefix(prefix), text)
        elif not prefix and name not in PAGE_KEYS and "." not in name:
            reader.take(name, text)
    return reader.reading()


def read_levers_file(text: str) -> Reading:
    """Return the world that a file of levers describes, or a preset; nonsense is told, not raised.

    Args:
        text: The file, TOML by whomever.
    """
    try:
        content = tomllib.loads(text)
        if not content.keys() & {"levers", "interventions"}:
            return Reading(Setting(), (Problem("problem.bad_file"),))
        levers = levers_in(content, "file")
        changes = interventions_in(content, "file")
    except (tomllib.TOMLDecodeError, CocreateError, ValueError, RecursionError):
        return Reading(Setting(), (Problem("problem.bad_file"),))
    try:
        return Reading(Setting.of(levers=levers, interventions=changes))
    except TooLargeError:
        return Reading(Setting(), (too_large(),))
    except TooManyChangesError:
        return Reading(Setting(), (Problem("explore.too_many", {"most": f"{MOST_CHANGES}"}),))
    except (CocreateError, TypeError, ValueError):
        return Reading(Setting(), _problems_of(levers, changes) or (Problem("problem.bad_file"),))


def _problems_of(levers: Mapping[str, Value], changes: Iterable[Intervention]) -> tuple[Problem, ...]:
    """Return what cannot be used of levers and changes that stood in a file, each taken by itself."""
    reader = _Reader(None)
    for name, value in levers.items():
        reader.take_lever(name, f"{value}")
    horizon = int(reader.levers.get("horizon", Setting().horizon))
    for one in changes:
        reader.take_change(f"{one.month}:{one.lever}={one.value}", horizon)
    return tuple(reader.problems)


def too_large() -> Problem:
    """Return what is said of a world that is too large."""
    return Problem("problem.too_large", {"most": f"{MOST_PEOPLE}", "months": f"{MOST_MONTHS}"})


class _Reader:
    """Gathers the entries of a query one by one."""

    def __init__(self, first: Setting | None) -> None:
        self.first = first
        self.preset = ""
        self.levers: dict[str, Value] = {}
        self.changes: list[str] = []
        self.seed = 1
        self.months: int | None = None
        self.problems: list[Problem] = []

    def take(self, name: str, text: str) -> None:
        """Read one entry."""
        if name == "preset":
            self._take_preset(text)
        elif name == "seed":
            self.seed = self._whole(name, text, LARGEST_SEED) or self.seed
        elif name in ("months", "horizon"):
            self.months = self._whole("months", text, MOST_MONTHS) or self.months
        elif name == "at":
            self.changes.append(text)  # checked once all levers and the months are known
        elif name in NEEDS_COMPILING:
            self._refuse("problem.fixed_here", name=name)
        else:
            self.take_lever(name, text, OTHER_ENTRIES)

    def reading(self) -> Reading:
        """Return what can be used of it all."""
        try:
            setting = self._start(self.levers)
        except TooLargeError:
            self.problems.append(too_large())
            setting = self._start()
        except CocreateError:
            self._refuse("problem.contradiction")
            setting = self._start()
        else:
            setting = self._with_changes(setting)
        return Reading(setting, tuple(self.problems))

    def _start(self, levers: Mapping[str, Value] | None = None) -> Setting:
        """Return the world before any change; the starting world itself without levers."""
        if self.first is not None:
            return Setting.of(self.preset, levers, (), self.first.seed, self.first.horizon)
        return (
            Setting.of(self.preset)
            if levers is None
            else Setting.of(self.preset, levers, (), self.seed, self.months)
        )

    def _with_changes(self, setting: Setting) -> Setting:
        """Return a world with all changes that go together in it."""
        found = [(text, self.take_change(text, setting.horizon)) for text in self.changes]
        changes = [(text, change) for text, change in found if change is not None]
        try:
            return _changed(
                setting, [change for _, change in changes]
            )  # those of a month may need each other
        except CocreateError:
            for text, change in changes:
                try:
                    setting = _changed(setting, [*setting.interventions, change])
                except TooManyChangesError:
                    self._refuse("problem.too_many", most=f"{MOST_CHANGES}")
                    break
                except CocreateError:
                    self._refuse("problem.change_clash", text=shortened(text))
        return setting

    def _take_preset(self, text: str) -> None:
        if text in preset_names():
            self.preset = text
        elif text:
            known = ", ".join(preset_names())
            self._refuse("problem.unknown_preset", name=shortened(text), known=known)

    def _whole(self, name: str, text: str, most: int) -> int | None:
        if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and 1 <= int(text) <= most:
            return int(text)
        self._refuse("problem.not_whole", name=name, text=shortened(text), most=str(most))
        return None

    def take_lever(self, name: str, text: str, others: Iterable[str] = ()) -> None:
        """Read the value of one lever.

        Args:
            name: What the lever is said to be called.
            text: Its value.
            others: Names that could be meant as well if there is no such lever.
        """
        if name not in LEVERS:
            self._refuse_name(name, (*LEVERS, *others))
            return
        try:
            self.levers[name] = _value(name, text)
        except CocreateError:
            self._refuse("problem.bad_value", lever=name, name=name, text=shortened(text))

    def take_change(self, text: str, horizon: int) -> Intervention | None:
        """Return a change of a run of so many months; tell it and return None where it makes no sense."""
        month, _, rest = text.partition(":")
        name, equals, value = rest.partition("=")
        said = shortened(text)
        if not equals or not month.isdecimal():
            self._refuse("problem.bad_change", text=said)
        elif name not in LEVERS:
            self._refuse_name(name, LEVERS)
        elif name in FIXED:
            self._refuse("problem.change_fixed", text=said, name=name)
        elif len(month) > len(str(MOST_MONTHS)) or int(month) >= horizon:
            self._refuse("problem.change_late", text=said, last=f"{horizon - 1}")
        else:
            try:
                return Intervention(int(month), name, _value(name, value))
            except CocreateError:
                self._refuse("problem.change_value", lever=name, text=said, name=name)
        return None

    def _refuse_name(self, name: str, known: Iterable[str]) -> None:
        """Tell that there is nothing of a name, and which names come near."""
        near = get_close_matches(name, [one for one in known if one not in NEEDS_COMPILING])
        if near:
            self._refuse("problem.unknown_near", name=shortened(name), near=", ".join(near))
        else:
            self._refuse("problem.unknown_entry", name=shortened(name))

    def _refuse(self, key: str, lever: str = "", **values: str) -> None:
        self.problems.append(Problem(key, values, lever))


def _changed(setting: Setting, changes: Iterable[Intervention]) -> Setting:
    """Return a setting with other changes during the run."""
    return Setting.of(setting.preset, setting.levers, changes, setting.seed, setting.months)


def _value(name: str, text: str) -> Value:
    """Return the value that a text gives a lever.

    Raises:
        CocreateError: The value is not allowed, whatever else is set.
    """
    value = value_from_text(name, text)
    Parameters.of({name: value, **_companions(name, value)})
    return value


def _companions(name: str, value: Value) -> dict[str, Value]:
    """Return what has to be set with a lever so that only its own range decides whether it is allowed."""
    if name == "eu_funding_start":
        return {"eu_funding_end": int(LEVERS["eu_funding_end"].high or 0)}
    if name == "eu_funding_end":
        return {"eu_funding_start": 0}
    return {"null_world": "yes"} if name.endswith("_per_region") and value == 0 else {}


def shortened(text: str, longest: int = 40) -> str:
    """Return a text that is fit to be shown back to whoever wrote it."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return printable if len(printable) <= longest else printable[: longest - 1] + "…"
