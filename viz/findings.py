"""Findings as a folder: tables, figures, and one page to read."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate.experiments.errors import FolderError
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.findings_file import save_findings
from cocreate.viz.experiment_figures import figures_of
from cocreate.viz.report.files import save_page
from cocreate.viz.report.findings_page import report_findings
from cocreate.viz.report.page import Block, Listing, Section, Table
from cocreate.viz.report.pictures import picture
from cocreate.viz.saving import save_all

if TYPE_CHECKING:
    from matplotlib.figure import Figure

REPORT = "report.html"
"""Name of the page."""


@dataclass(frozen=True, eq=False)
class Exhibit:
    """A figure that belongs to no single finding.

    Attributes:
        name: Name of its files without an ending: letters, digits and ``-``.
        figure: The figure.
        title: What to see in it.
        caption: How to read it, and where its numbers come from.
        again: How to make it again, shown below it; None for what the whole page says.
    """

    name: str
    figure: Figure
    title: str
    caption: str
    again: Listing | None = None


@dataclass(frozen=True, eq=False)
class Overview:
    """A section of the page before the findings one by one.

    Attributes:
        heading: Its heading.
        exhibits: Its figures.
        table: Its table; the file in it is saved on its own, too.
        outcomes: Names of the outcomes that it shows, which the page defines.
    """

    heading: str
    exhibits: tuple[Exhibit, ...]
    table: Table
    outcomes: tuple[str, ...] = ()


def write_findings(
    findings: Sequence[Finding], folder: Path, command: str, overview: Overview | None = None
) -> list[Path]:
    """Save findings in a folder, all files or none.

    Args:
        findings: The findings, one or more.
        folder: An existing folder; files of these names are replaced, others stay.
        command: How to find the same again.
        overview: What to show before the findings; None for nothing.

    Returns:
        The files: ``findings.json`` and ``findings.csv``, those of the overview, figures as SVG and PNG, and
        the page, which comes last.

    Raises:
        FolderError: A file cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=folder) as draft:
            written = _write(findings, Path(draft), command, overview)
            return [path.replace(folder / path.name) for path in written]
    except OSError as error:
        raise FolderError(f"{folder} could not be written: {error}.") from None


def _write(findings: Sequence[Finding], folder: Path, command: str, overview: Overview | None) -> list[Path]:
    figures = {one.id: figures_of(one) for one in findings}
    named = [pair for shown in figures.values() for pair in shown.items()]
    written = save_findings(findings, folder)
    if overview is not None:
        named += [(one.name, one.figure) for one in overview.exhibits]
        if overview.table.file is not None:
            written.append(folder / overview.table.file.name)
            written[-1].write_text(overview.table.file.text, "utf-8")
    for name, figure in named:
        written += save_all(figure, folder, name)
    sections = () if overview is None else (_section(overview),)
    also = () if overview is None else overview.outcomes
    save_page(report_findings(findings, figures, command, sections, also), folder / REPORT)
    return [*written, folder / REPORT]


def _section(overview: Overview) -> Section:
    blocks: list[Block] = []
    for one in overview.exhibits:
        words = f"{one.title}. {one.caption}"
        blocks.append(picture(one.figure, f"overview-{one.name}", one.title, one.caption, words))
        if one.again is not None:
            blocks.append(one.again)
    return Section("overview", overview.heading, (*blocks, overview.table))
