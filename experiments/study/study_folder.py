"""What a store holds of a study: the study as data, its runs in their places, and who worked on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from cocreate.experiments.errors import nearest
from cocreate.experiments.study.durable import explained, read_json, write_json, written_whole
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import DamagedStudyError, UnknownStudyError

SHOWN = 5
"""Differences between two studies that are told at once."""

NO_CHANGE = re.compile(r"^(name|question|outcomes|conclude|time_limit|worlds/\d+/label)(/|$)")
"""Entries of a study that change none of its runs."""


class StudyFolder:
    """The folder of a study in a store.

    Attributes:
        folder: Where it is.
        name: Name of the study.
    """

    def __init__(self, store: Store, name: str) -> None:
        self.store = store
        self.name = name
        self.folder = store.studies / name

    @property
    def cells(self) -> Path:
        """Parquet file of the runs in their places."""
        return self.folder / "cells.parquet"

    @property
    def exists(self) -> bool:
        """Whether the store knows the study."""
        return self.file.is_file()

    @property
    def file(self) -> Path:
        """The study as a file that can be run again anywhere."""
        return self.folder / "study.toml"

    def save(self, study: Study) -> None:
        """Keep the study as data.

        Raises:
            WriteError: It cannot be written.
        """
        with explained(self.store.folder):
            (self.folder / "sessions").mkdir(parents=True, exist_ok=True)
        with written_whole(self.file) as draft:
            draft.write_text(study.to_toml(), "utf-8")

    def put_aside(self) -> None:
        """Make room for the study where its file is damaged; what is left of that may still be of use.

        Raises:
            WriteError: The folder cannot be written.
        """
        with explained(self.folder), suppress(FileNotFoundError):  # another share was first
            self.file.replace(self.folder / "damaged.toml")

    def study(self) -> Study:
        """Return the study as it was kept.

        Raises:
            UnknownStudyError: The store does not know it.
            DamagedStudyError: Its file is not as it was written.
        """
        self.store.check()
        if not self.exists:
            known = study_names(self.store)
            raise UnknownStudyError(
                f"The store {self.store.folder} holds no study {self.name!r}.{nearest(self.name, known)}"
                f" It holds {', '.join(known) or 'none'}."
            )
        try:
            return Study.from_file(self.file)
        except StudyError as error:
            raise DamagedStudyError(
                f"The store cannot say any more what the study {self.name!r} consists of: {error} Restore"
                " that file from a copy, or run the study's own file again ('cocreate study run FILE --store"
                f" {self.store.folder}'): runs that are stored are not simulated again."
            ) from None

    def sessions(self) -> list[dict[str, Any]]:
        """Return what is known of each session of a driver, in order of time."""
        return [read_json(path) for path in sorted((self.folder / "sessions").glob("*.json"))]

    def save_session(self, session: dict[str, Any]) -> None:
        """Keep what is known of a session.

        Raises:
            WriteError: It cannot be written.
        """
        write_json(self.folder / "sessions" / f"{session['session']}.json", session)


def study_names(store: Store) -> list[str]:
    """Return the names of the studies that a store holds."""
    return sorted(path.parent.name for path in store.studies.glob("*/study.toml"))


def differences(before: Study, now: Study) -> list[str]:
    """Return in which entries that matter for its runs a study differs, one phrase each."""
    old, new = (dict(_entries("", study.model_dump())) for study in (before, now))
    names = [name for name in {**old, **new} if not NO_CHANGE.match(name)]
    nothing = "not there"
    return [
        f"{_place(name)} is {new.get(name, nothing)}, was {old.get(name, nothing)}"
        for name in names
        if old.get(name, nothing) != new.get(name, nothing)
    ]


def _place(path: str) -> str:
    """Return where an entry stands in words, lists counted from 1.

    >>> _place("worlds/1/levers/sector_silo")
    'worlds 2, levers, sector_silo'
    """
    return re.sub(r"/(\d+)", lambda found: f" {int(found[1]) + 1}", path).replace("/", ", ")


def _entries(name: str, value: Any) -> list[tuple[str, Any]]:
    """Return the single values of nested data, by their path."""
    if not value or not isinstance(value, Mapping | list | tuple):
        return [(name, value)]
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    return [one for key, part in items for one in _entries(f"{name}/{key}".lstrip("/"), part)]
