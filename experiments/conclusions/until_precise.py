"""Studies in a store that grow by themselves, until their differences are known well enough."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cocreate.experiments.conclusions.precision import Precise, first_look, precision
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.engine import Engine, InProcess
from cocreate.experiments.study.entering import Allow, with_replicates
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.progress import Progress
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.session import how_to_go_on
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.store_errors import DamagedStudyError, StudyStopped
from cocreate.experiments.study.study_folder import StudyFolder


def run_until_precise(
    study: Study,
    store: Store | Path | str,
    *,
    engine: Engine | None = None,
    progress: Progress | None = None,
    time_limit: float | None = None,
    allow: Allow = Allow(),  # noqa: B008 - it cannot be changed
    looked: Callable[[Precise], None] = lambda _: None,
) -> Results:
    """Simulate a study with more and more replicates, until it is as precise as it asks to be.

    It begins with the replicates of the study, those that the store holds or those of the first look,
    whichever are most. After each look it goes on to the next one, until all differences from the baseline
    are known to within the half width that the study asks for, or its budget is used up. What an interrupt
    leaves is gone on with by the next call, which comes to the same end.

    Args:
        study: A study with ``[conclude.precision]``.
        store: Folder to keep results in; the study that it holds grows.
        engine: Who simulates; this process when None.
        progress: Called with a tally of the runs up to the next look.
        time_limit: Seconds that one run may take this time, in place of what the study says.
        allow: What may happen if the store holds the study already; growing is allowed anyway.
        looked: Called with what is known after each look.

    Returns:
        The results of all replicates, the study among them with the number that it came to.

    Raises:
        StudyError: The study does not say how precise it is to be.
        StudyStopped: Interrupted from the keyboard, with all runs written that had come in.
        StoreBusyError, EditedStudyError, DriftError, PartError, WriteError: As for
            :func:`~cocreate.experiments.study.driver.run_study`.
    """
    asked = study.conclude.precision
    if asked is None:
        raise StudyError(
            f"The study {study.name!r} does not say how precise it is to be: give it [conclude.precision]."
        )
    store = store if isinstance(store, Store) else Store(store)
    allow = replace(allow, expand=True)
    replicates = max(first_look(asked), study.replicates, _stored(store, study.name))
    try:
        with engine or InProcess() as workers:
            while True:
                larger = with_replicates(study, replicates, store)
                results = run_study(
                    larger, store, engine=workers, progress=progress, time_limit=time_limit, allow=allow
                )
                found = precision(results, asked)
                looked(found)
                if found.next_look is None:
                    return results
                replicates, allow = found.next_look, replace(allow, retry=False)
    except KeyboardInterrupt:  # between two looks; run_study has its own
        raise StudyStopped(how_to_go_on(store, study)) from None


def _stored(store: Store, name: str) -> int:
    """Return the replicates that a store holds of a study, 0 for none or where it cannot say any more."""
    folder = StudyFolder(store, name)
    with suppress(DamagedStudyError):
        return folder.study().replicates if folder.exists else 0
    return 0
