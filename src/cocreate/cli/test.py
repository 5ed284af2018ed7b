"""The command that tests lessons on co-creation in simulated worlds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cocreate.cli.shared import FAULTS, STOPPED, announce, app, tell

if TYPE_CHECKING:
    from cocreate.experiments.hypotheses.finding import Finding


@app.command("test")
def judge_lessons(  # noqa: PLR0913, PLR0917 - an argument for each option of the command
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="silos, continuity, power, interaction, H1 to H14, or all."),
    ],
    quick: Annotated[bool, typer.Option("--quick", help="A first look: fewer worlds.")] = False,
    replicates: Annotated[
        int | None, typer.Option(min=3, max=100_000, help="Worlds of each setting, instead of the usual.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the study.")] = 1,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes at work.")] = 2,
    at_defaults: Annotated[
        bool, typer.Option("--at-defaults", help="Keep uncertain levers at their defaults.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder for findings and figures.")] = Path("cocreate-tests"),
    store: Annotated[
        Path | None, typer.Option(help="Folder to keep runs in, so that a stopped test can go on.")
    ] = None,
) -> None:
    """Test lessons on co-creation: supported, refuted, it depends, or undecided."""
    from rich.console import Console  # noqa: PLC0415 - late, as all below

    from cocreate.experiments.hypotheses.findings_file import prepare_folder  # noqa: PLC0415
    from cocreate.experiments.hypotheses.registry import hypotheses_named  # noqa: PLC0415
    from cocreate.experiments.hypotheses.run_hypothesis import (  # noqa: PLC0415
        FULL,
        QUICK,
        run_hypotheses,
        usual_draws,
    )
    from cocreate.experiments.study.engines.choice import engine_from  # noqa: PLC0415
    from cocreate.experiments.study.progress import told_on  # noqa: PLC0415
    from cocreate.experiments.study.store_errors import StudyStopped  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415

    hypotheses = hypotheses_named(names)
    worlds = replicates or (QUICK if quick else FULL)
    prepare_folder(out)
    warm_up(announce)
    try:
        with told_on(Console(stderr=True)) as progress:
            findings = run_hypotheses(
                hypotheses,
                worlds,
                seed,
                draws=None if at_defaults else usual_draws(),
                store=store,
                engine=engine_from(workers=workers),
                progress=progress,
            )
    except StudyStopped as stopped:
        typer.echo(f"{stopped} The same 'cocreate test' goes on as well, and judges at the end.", err=True)
        raise typer.Exit(STOPPED) from None
    _tell(findings)
    _save(findings, out, _command(names, worlds, seed, at_defaults=at_defaults))
    if any(one.provenance.failures for one in findings):
        tell("Runs failed, and are left out: the report says how many behind each finding.")
        raise typer.Exit(FAULTS)


def _tell(findings: Sequence[Finding]) -> None:
    from cocreate.experiments.hypotheses.words import (  # noqa: PLC0415
        claims_table,
        heading,
        paragraphs,
        runs_line,
        summary_table,
        world_lines,
    )

    for one in findings:
        tell(heading(one))
        for text in (*paragraphs(one), *world_lines(one), runs_line(one)):
            tell(text)
        tell(claims_table(one))
        tell(f"{one.reason}\n")
    if len(findings) > 1:
        tell(summary_table(findings))


def _save(findings: Sequence[Finding], out: Path, command: str) -> None:
    from cocreate.viz.findings import write_findings  # noqa: PLC0415

    with announce("Drawing and writing ..."):
        files = write_findings(findings, out, command)
    tell(f"Figures, findings.json and findings.csv are in {out}. Read the report in a browser: {files[-1]}")


def _command(names: Sequence[str], replicates: int, seed: int, *, at_defaults: bool) -> str:
    """Return the command that finds the same."""
    options = f"--replicates {replicates} --seed {seed}{' --at-defaults' if at_defaults else ''}"
    return f"cocreate test {' '.join(names)} {options}"
