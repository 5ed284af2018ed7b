"""The command that turns a study into a page to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cocreate.cli.shared import announce, tell
from cocreate.cli.study import OUT_STORE, Named, StoreFolder, study_app, study_named

if TYPE_CHECKING:
    from cocreate.experiments.study.results import Results
    from cocreate.experiments.study.spec import Study
    from cocreate.experiments.study.store import Store


@study_app.command()
def report(
    study: Named = "",
    store: StoreFolder = OUT_STORE,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Page to write; the name of the study and .html if left out."),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is no report, too.")
    ] = False,
) -> None:
    """Write a report on a study.

    It is one page to open in a browser, and needs no network.
    """
    from cocreate.experiments.conclusions.conclude import conclude  # noqa: PLC0415 - late, as all below
    from cocreate.experiments.study.provenance import drift, environment  # noqa: PLC0415
    from cocreate.experiments.study.results import NOT_SIMULATED  # noqa: PLC0415
    from cocreate.experiments.study.store import Store  # noqa: PLC0415
    from cocreate.experiments.study.study_folder import StudyFolder  # noqa: PLC0415
    from cocreate.viz.report.files import check_place, save_page  # noqa: PLC0415
    from cocreate.viz.report.study_page import report_study  # noqa: PLC0415

    opened = Store(store)
    asked = study_named(study, store)
    path = out if out is not None else Path(f"{asked.name}.html")
    check_place(path, overwrite=overwrite)
    with announce("Reading the runs ..."):
        results = _results(study, asked, opened)
    with announce("Working out what they say ..."):
        found = conclude(results)
    with announce("Drawing and writing ..."):
        sessions = StudyFolder(opened, results.study.name).sessions()
        page = report_study(found, sessions)
        save_page(page, path)
    tell(f"Report on {results.study.size:,} runs in {path} ({len(page) / 1e6:.1f} MB). Open it in a browser.")
    changes = drift(sessions[-1]["environment"], environment()) if sessions else []
    if changes:
        tell(f"The runs were made differently, as the page says: {'; '.join(changes)}.")
    missing = results.reasons.count(NOT_SIMULATED)
    if missing:
        how = f"cocreate study resume {results.study.name} --store {store}"
        if changes:
            how += " with what the others were made on, or with --allow-drift"
        tell(f"{missing:,} of the runs are still to be simulated, and left out: {how}")


def _results(named: str, asked: Study, store: Store) -> Results:
    """Return what a store knows of a study; what a file says on question and conclusions counts.

    A study may have been expanded since its file was written: all replicates of the store count.

    Raises:
        StudyError: The file describes other runs than those of the store.
    """
    from cocreate.experiments.study.entering import with_replicates  # noqa: PLC0415
    from cocreate.experiments.study.errors import StudyError  # noqa: PLC0415
    from cocreate.experiments.study.readers import read_results  # noqa: PLC0415
    from cocreate.experiments.study.records import StoredRecords  # noqa: PLC0415
    from cocreate.experiments.study.results import Results  # noqa: PLC0415
    from cocreate.experiments.study.study_folder import differences  # noqa: PLC0415

    kept = read_results(store, asked.name)
    if asked.replicates < kept.study.replicates:
        asked = with_replicates(asked, kept.study.replicates, store)
    other = differences(kept.study, asked)
    if other:
        raise StudyError(
            f"{named} describes other runs than the study {asked.name!r} in {store.folder}: {other[0]}."
            f" Simulate it first, or name the study itself: cocreate study report {asked.name}"
        )
    return Results(asked, StoredRecords(store, asked))
