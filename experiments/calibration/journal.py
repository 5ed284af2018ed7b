"""The journal of a calibration: what was simulated is never simulated again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cocreate.agents.compiled import fingerprint
from cocreate.experiments.calibration.errors import CalibrationError
from cocreate.experiments.calibration.simulator import Simulator

CHUNK = 32
"""Settings that are simulated before the journal is written: what an interrupt can cost."""


class Journal:
    """A file with a line for each setting that was simulated."""

    def __init__(self, path: Path, head: Mapping[str, object]) -> None:
        """Open a journal, or begin one.

        Args:
            path: The file.
            head: What the numbers depend on besides the setting, such as aims and seeds.

        Raises:
            CalibrationError: The file belongs to another calibration, or to another version of the model.
        """
        self._path = path
        self._known: dict[str, list[float]] = {}
        first = json.dumps({"code": fingerprint(), **head}, sort_keys=True)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(first + "\n", "utf-8")
            return
        lines = path.read_text("utf-8").splitlines(keepends=True)
        if not lines or lines[0].strip() != first:
            raise CalibrationError(
                f"{path} belongs to another calibration or another version of the model: choose another"
                " folder, or delete it to begin again."
            )
        whole = [line for line in lines[1:] if line.endswith("\n")]  # a kill can cut the last one short
        path.write_text("".join([lines[0], *whole]), "utf-8")
        for line in whole:
            entry = json.loads(line)
            self._known[entry["key"]] = [np.nan if one is None else one for one in entry["numbers"]]

    def numbers(
        self, simulator: Simulator, settings: Sequence[Mapping[str, float]], effort: int
    ) -> NDArray[np.float64]:
        """Return simulated numbers, from the journal where they are known; shape (settings, aims)."""
        keys = [json.dumps([effort, sorted(levers.items())]) for levers in settings]
        missing = [place for place, key in enumerate(keys) if key not in self._known]
        for start in range(0, len(missing), CHUNK):
            places = missing[start : start + CHUNK]
            found = simulator.numbers([settings[place] for place in places], effort)
            with self._path.open("a", encoding="utf-8") as file:
                for place, row in zip(places, found.tolist(), strict=True):
                    self._known[keys[place]] = row
                    plain = [None if np.isnan(one) else one for one in row]
                    file.write(json.dumps({"key": keys[place], "numbers": plain}) + "\n")
        return np.array([self._known[key] for key in keys])
