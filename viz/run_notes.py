"""Footers of figures of one world: its settings, changes, seed and version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cocreate
from cocreate.experiments.runs import Record
from cocreate.model.interventions import Intervention
from cocreate.model.model import CoCreationModel
from cocreate.model.parameters import LEVERS, Parameters
from cocreate.viz.texts import ENGLISH, Texts


def record_note(run: Record, texts: Texts = ENGLISH) -> str:
    """Return the footer of a kept run."""
    origin = texts("note.world", version=run.version, seed=str(run.seed))
    if run.preset:
        origin += texts("note.preset", preset=run.preset)
    return _note(_different(run.parameters), run.interventions, origin, texts)


def model_note(model: CoCreationModel, texts: Texts = ENGLISH) -> str:
    """Return the footer of a model as it is now; levers that changed are told with their change only."""
    changed = {one.lever for one in model.interventions}
    levers = {name: value for name, value in _different(model.parameters).items() if name not in changed}
    seed = texts("note.no_seed") if model.seed is None else str(model.seed)
    origin = texts("note.world", version=cocreate.__version__, seed=seed)
    return _note(levers, model.interventions, origin, texts)


def _different(parameters: Parameters) -> dict[str, object]:
    values = parameters.model_dump()
    return {name: value for name, value in values.items() if value != LEVERS[name].default}


def _note(levers: Mapping[str, object], changes: Sequence[Intervention], origin: str, texts: Texts) -> str:
    listed = ", ".join(f"{name} {value}" for name, value in levers.items())
    lines = [listed or texts("note.defaults")]
    if changes:
        numbered = enumerate(changes_by_month(changes).items(), 1)
        lines.append(
            "; ".join(texts("note.change", number=n, month=m, change=text) for n, (m, text) in numbered)
        )
    return "\n".join([*lines, origin, texts("note.caution")])


def changes_by_month(changes: Sequence[Intervention]) -> dict[int, str]:
    """Return the levers that changed during a run in words, by the month of the change."""
    found: dict[int, list[str]] = {}
    for change in changes:
        found.setdefault(change.month, []).append(f"{change.lever} → {change.value}")
    return {month: ", ".join(changes) for month, changes in found.items()}
