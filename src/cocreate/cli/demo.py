"""The command that shows what the model is for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cocreate.cli.shared import STOPPED, announce, app, tell

if TYPE_CHECKING:
    from cocreate.viz.demo import Demonstration


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for report, figures and runs.")] = Path("cocreate-demo"),
    replicates: Annotated[int, typer.Option(min=5, max=10_000, help="Worlds of each setting.")] = 45,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the study.")] = 1,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes at work.")] = 2,
) -> None:
    """Show what silos, continuity and power imbalance do, one by one and together."""
    from cocreate.experiments.hypotheses.findings_file import prepare_folder  # noqa: PLC0415 - late
    from cocreate.experiments.study.store_errors import StudyStopped  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415
    from cocreate.viz.demo import overview, words  # noqa: PLC0415
    from cocreate.viz.findings import write_findings  # noqa: PLC0415

    prepare_folder(out)
    warm_up(announce)
    try:
        found = _found(out / "store", replicates, seed, workers)
        for part in words(found):
            tell(part)
        with announce("Drawing and writing ..."):
            command = f"cocreate demo --replicates {replicates} --seed {seed}"
            files = write_findings(found.findings, out, command, overview(found))
    except (StudyStopped, KeyboardInterrupt):
        typer.echo(f"Stopped. What was simulated is in {out / 'store'}: the same command goes on.", err=True)
        raise typer.Exit(STOPPED) from None
    tell(f"\nFigures, tables and all runs are in {out}. Read the report in a browser: {files[-1]}")


def _found(store: Path, replicates: int, seed: int, workers: int) -> Demonstration:
    from rich.console import Console  # noqa: PLC0415

    from cocreate.experiments.hypotheses.run_hypothesis import usual_draws  # noqa: PLC0415
    from cocreate.experiments.study.engines.choice import engine_from  # noqa: PLC0415
    from cocreate.experiments.study.progress import told_on  # noqa: PLC0415
    from cocreate.viz.demo import demonstrate  # noqa: PLC0415

    with told_on(Console(stderr=True)) as progress:
        return demonstrate(
            store,
            replicates,
            seed,
            draws=usual_draws(),
            engine=engine_from(workers=workers),
            progress=progress,
        )
