"""Make the file of precomputed ensembles: ``python -m cocreate.viz.app.precompute``."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cocreate.experiments.presets import preset_names
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, RunResult, Task, different, simulate_task
from cocreate.viz.app.headlines import END, HEADLINES
from cocreate.viz.app.lessons.catalogue import settings as settings_of_lessons
from cocreate.viz.app.played import DRAWN, Played, played_from
from cocreate.viz.app.precomputed import FILE, name_of, sources
from cocreate.viz.app.state import Setting
from cocreate.viz.app.worlds import KEEP, WORLDS


def settings() -> list[Setting]:
    """Return the worlds that everybody meets: presets, ends of the headline sliders, and those of lessons."""
    presets = [Setting.of(name) for name in ("", *preset_names())]
    ends = [Setting.of(levers=one.levers(Setting(), end)) for one in HEADLINES for end in (-END, END)]
    return [*presets, *ends, *settings_of_lessons()]


def write(path: Path = FILE, worlds: int = WORLDS) -> int:
    """Simulate all worlds and write the file.

    Args:
        path: File to write.
        worlds: Worlds of each setting.

    Returns:
        Number of worlds written.
    """
    found: dict[str, Played] = {}
    for setting in settings():
        for seed in range(1, worlds + 1):
            task = Task("", seed, different(setting.parameters), setting.all_interventions)
            if name_of(task) not in found:
                found[name_of(task)] = simulated(task)
    longest = max(len(one.lines) for one in found.values())
    lines = np.full((len(found), longest, len(DRAWN)), np.nan, np.float32)
    for place, one in enumerate(found.values()):
        lines[place, : len(one.lines)] = one.lines
    np.savez_compressed(
        path,
        sources=sources(),
        keys=np.array(list(found)),
        names=np.array(KEPT_OUTCOMES),
        outcomes=np.array([[one.outcomes[name] for name in KEPT_OUTCOMES] for one in found.values()]),
        lines=lines,
        times=np.array([len(one.lines) for one in found.values()]),
    )
    return len(found)


def simulated(task: Task) -> Played:
    """Return what is kept of a world."""
    result = simulate_task(task, KEEP)
    assert isinstance(result, RunResult), result
    return played_from(task.seed, result)


if __name__ == "__main__":
    print(f"{write()} worlds in {FILE}")
