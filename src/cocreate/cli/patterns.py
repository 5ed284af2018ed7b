"""Commands about patterns: check the model against them, and fit it to them again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cocreate.cli.shared import announce, app, tell

Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes on this machine; one for each processor if left out.")
]


@app.command()
def patterns(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Patterns, such as V2.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer worlds, and wider intervals.")] = False,
    over: Annotated[
        bool, typer.Option("--posterior", help="Over the posterior of uncertain levers, not at the defaults.")
    ] = False,
    workers: Workers = None,
) -> None:
    """Compare the model with patterns known from elsewhere, which it can fail."""
    from cocreate.experiments.calibration.posterior import posterior  # noqa: PLC0415 - late, as all below
    from cocreate.experiments.patterns.check import check_patterns  # noqa: PLC0415
    from cocreate.experiments.patterns.registry import chosen  # noqa: PLC0415
    from cocreate.experiments.patterns.table import notes, patterns_table  # noqa: PLC0415
    from cocreate.experiments.study.engines.choice import engine_from  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415

    wanted = chosen(ids or [])
    warm_up(announce)
    draws = posterior() if over else None
    with announce("Simulating the worlds of the patterns ..."):
        checked = check_patterns(wanted, engine_from(workers), quick=quick, draws=draws)
    tell(patterns_table(checked))
    tell(notes(checked))


@app.command()
def calibrate(
    out: Annotated[
        Path, typer.Option(help="Folder for the journal and the posterior; gone on with if there.")
    ],
    quick: Annotated[bool, typer.Option("--quick", help="A few settings only, to try it out.")] = False,
    abc: Annotated[
        int, typer.Option(min=0, metavar="POPULATIONS", help="Use pyABC for so many populations instead.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the worlds that settings are tried on.")] = 7,
    workers: Workers = None,
) -> None:
    """Fit the uncertain levers to the patterns, and write the posterior."""
    from cocreate.experiments.calibration.calibrate import calibrated  # noqa: PLC0415 - late, as all below
    from cocreate.experiments.run_folder import check_writable  # noqa: PLC0415
    from cocreate.experiments.study.engines.choice import engine_from  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415

    check_writable(out, overwrite=True)
    warm_up(announce)
    say: Callable[[str], None] = typer.echo
    sample, told = calibrated(out, engine_from(workers), quick=quick, populations=abc, seed=seed, say=say)
    tell(f"Posterior in {sample}, and where it comes from in {told}.")
