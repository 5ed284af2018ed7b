"""Checking patterns: simulate their worlds, read the numbers off, compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from cocreate.experiments.patterns.evidence import Evidence
from cocreate.experiments.patterns.pattern import Checked, Pattern
from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Batch, RunFailure, RunResult
from cocreate.model.parameters import Value

type Progress = Callable[[int, int], None]
"""Called with the runs that are done and all runs."""

BATCH = 4
"""Runs of a batch: about a fifth of a second of work."""


def check_patterns(
    patterns: Sequence[Pattern],
    engine: Engine | None = None,
    *,
    quick: bool = False,
    draws: tuple[Mapping[str, Value], ...] | None = None,
    progress: Progress | None = None,
) -> tuple[Checked, ...]:
    """Simulate the worlds of patterns and compare what they show with what is known.

    Args:
        patterns: The patterns.
        engine: Who simulates; this process when None.
        quick: Whether to simulate fewer worlds, for wider intervals.
        draws: Uncertain levers, such as the posterior: replicate ``i`` starts from draw ``i``. None for the
            defaults.
        progress: Called after each batch.

    Returns:
        The patterns with their numbers, in the order given.
    """
    studies: dict[str, Study] = {}
    for pattern in patterns:
        count = pattern.quick if quick else pattern.study.replicates
        change = {"replicates": count, "draws": draws}
        studies[pattern.study.name] = pattern.study.model_copy(update=change)
    found = simulate(tuple(studies.values()), engine or InProcess(), progress)
    evidence = {name: gather(study, found) for name, study in studies.items()}
    return tuple(_checked(pattern, evidence[pattern.study.name]) for pattern in patterns)


def _checked(pattern: Pattern, evidence: Evidence) -> Checked:
    runs = [one for world in evidence.runs.values() for one in world]
    return Checked(pattern, pattern.measure(evidence), len(runs), sum(one is None for one in runs))


def simulate(
    studies: Sequence[Study], engine: Engine, progress: Progress | None = None
) -> dict[str, RunResult | RunFailure]:
    """Simulate all runs of some studies and return their records by key."""
    waiting = {study.name: {cell.task.key: cell.task for cell in study.cells()} for study in studies}
    total = sum(len(tasks) for tasks in waiting.values())

    def batches() -> Iterator[Batch]:
        for study in studies:
            tasks = tuple(waiting[study.name].values())
            for start in range(0, len(tasks), BATCH):
                yield Batch(tasks[start : start + BATCH], study.keep, study.time_limit)

    records: dict[str, RunResult | RunFailure] = {}
    for batch in engine.records(batches()):
        records.update({one.key: one for one in batch})
        if progress is not None:
            progress(len(records), total)
    return records


def gather(study: Study, records: Mapping[str, RunResult | RunFailure]) -> Evidence:
    """Return the runs of a study by world, in order of replicate."""
    runs: dict[str, list[RunResult | None]] = {world.name: [] for world in study.worlds}
    for cell in study.cells():
        record = records.get(cell.task.key)
        runs[cell.point.world.name].append(record if isinstance(record, RunResult) else None)
    return Evidence(study, runs)
