"""Entering a study into a store: is it the same as before, and on the same code and packages?"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from cocreate.experiments.study.known import Keys
from cocreate.experiments.study.provenance import drift
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import DamagedStudyError, DriftError, EditedStudyError
from cocreate.experiments.study.study_folder import SHOWN, StudyFolder, differences, study_names


@dataclass(frozen=True)
class Allow:
    """What may happen to a study that a store holds already.

    Attributes:
        expand: More replicates may be added.
        drift: The study, code, packages or machine may differ from before.
        retry: Runs that failed are simulated again.
    """

    expand: bool = False
    drift: bool = False
    retry: bool = False


def enter_study(store: Store, study: Study, now: Mapping[str, Any], allow: Allow) -> bool:
    """Keep a study in a store, or make sure that it is the one that is there.

    Args:
        store: The store, held for writing.
        study: The study. Fewer replicates than before are a part of the same study, which keeps its own.
            What changes no run, such as its question, is kept as it is now.
        now: The present :func:`~cocreate.experiments.study.provenance.environment`.
        allow: What may differ.

    Returns:
        Whether the store holds the study as it is now, rather than with more replicates.

    Raises:
        EditedStudyError: The study is not the one of its name in the store.
        DriftError: Code, packages or machine differ from the last session.
    """
    folder = StudyFolder(store, study.name)
    if not allow.drift:
        check_drift(store, study, now)
    before = _before(folder)
    if before is None:
        folder.save(study)
        return True
    if not allow.drift:
        _check_edited(store, before, study, allow)
    fewer = before.model_copy(update={"replicates": min(study.replicates, before.replicates)})
    is_part = study.replicates < before.replicates and not differences(fewer, study)
    kept = with_replicates(study, before.replicates, store) if is_part else study
    if kept != before:  # a share that changes nothing must not undo what another is just adding
        folder.save(kept)
    return not is_part


def _before(folder: StudyFolder) -> Study | None:
    """Return the study that a store holds, after putting aside a file of it that nobody can read any more."""
    if not folder.exists:
        return None
    try:
        return folder.study()
    except DamagedStudyError:
        folder.put_aside()
        return None


def with_replicates(study: Study, replicates: int, store: Store) -> Study:
    """Return a study with other replicates.

    Args:
        study: The study.
        replicates: Those that the store holds, or is to hold.
        store: The store.

    Raises:
        EditedStudyError: They are more than the study's budget.
        StudyError: They are too many, or a draw that they add makes no sense.
    """
    asked = study.conclude.precision
    if asked is not None and asked.budget < replicates:
        raise EditedStudyError(
            f"The study {study.name!r} would have {replicates} replicates in the store {store.folder}, those"
            f" included that are there, but has a budget of {asked.budget}. Raise budget in"
            f" [conclude.precision] of its file to {replicates} or more, and name that file; or give the"
            " study there another name: runs that both share are not simulated again."
        )
    return study.model_copy(update={"replicates": replicates})


def _check_edited(store: Store, before: Study, study: Study, allow: Allow) -> None:
    same_number = with_replicates(study, before.replicates, store)
    edits = differences(before, same_number)
    if edits:
        more = f"; and {len(edits) - SHOWN} more" if len(edits) > SHOWN else ""
        raise EditedStudyError(
            f"The store {store.folder} holds another study {study.name!r}: {'; '.join(edits[:SHOWN])}{more}."
            " Give the new one a name of its own (runs that both share are not simulated again), or accept"
            " the change with --allow-drift."
        )
    if study.replicates > before.replicates and not allow.expand:
        raise EditedStudyError(
            f"The study {study.name!r} has {study.replicates} replicates now, and {before.replicates} in the"
            f" store {store.folder}. 'cocreate study expand {study.name} --replicates {study.replicates}'"
            " adds the new ones."
        )


def check_whole(store: Store, kept: Study, study: Study, known: Keys, failed: Set[str]) -> None:
    """Make sure that nothing is missing of a study that the store holds with more replicates.

    Otherwise its points would be left with unequal replicates, or more would be simulated than is asked for.

    Args:
        store: The store.
        kept: The study as the store holds it.
        study: The same with fewer replicates.
        known: Runs that are finished.
        failed: Runs that failed.

    Raises:
        EditedStudyError: Runs of it are missing.
    """
    keys = (cell.task.key for cell in kept.cells())
    missing = sum(key not in known and key not in failed for key in keys)
    if missing:
        raise EditedStudyError(
            f"The study {kept.name!r} has {study.replicates} replicates now, and {kept.replicates} in the"
            f" store {store.folder}, where {missing:,} of {kept.size:,} runs are missing. 'cocreate study"
            f" resume {kept.name} --store {store.folder}' simulates these. For {study.replicates} replicates"
            " only, give the study a name of its own: runs that both share are not simulated again."
        )


def check_drift(store: Store, study: Study, now: Mapping[str, Any]) -> None:
    """Make sure that code, packages and machine are as they were when shared runs were simulated.

    The last session counts: of this study, or of any other study on the same code, since only those
    share runs.

    Raises:
        DriftError: They are not.
    """
    sessions = [
        (session["began"], session["environment"])
        for name in study_names(store)
        for session in StudyFolder(store, name).sessions()
        if name == study.name or session["environment"]["code"] == now["code"]
    ]
    if not sessions:
        return
    _, before = max(sessions, key=lambda one: one[0])
    changes = drift(before, now)
    if changes:
        raise DriftError(
            f"Results of {study.name!r} in {store.folder} were made differently: {'; '.join(changes)}."
            " Go on with what it was begun with; accept it with --allow-drift (runs of another model's code"
            " are simulated again, all others are kept as they are); or use another store (--store)."
        )
