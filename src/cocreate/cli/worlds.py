"""Commands about worlds: run one, and ask what it is made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import cocreate
from cocreate.cli.shared import announce, app, tell

if TYPE_CHECKING:
    from cocreate.experiments.runs import Record
    from cocreate.experiments.set_up import SetUp
    from cocreate.model.model import CoCreationModel

Settings = Annotated[list[str] | None, typer.Option("--set", metavar="LEVER=VALUE", help="Set a lever.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--change", metavar="MONTH:LEVER=VALUE", help="Change a lever in a month of the run."),
]


@app.command()
def run(  # noqa: PLR0913, PLR0917 - an argument for each option of the command
    preset: Annotated[
        str, typer.Argument(help="A preset, or a TOML file of levers; the default world when left out.")
    ] = "",
    set_levers: Settings = None,
    change: Changes = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of all random draws.")] = 1,
    months: Annotated[int | None, typer.Option(help="Months to simulate.")] = None,
    people: Annotated[Path | None, typer.Option(help="CSV or Parquet file of people of your own.")] = None,
    ties: Annotated[Path | None, typer.Option(help="CSV or GraphML file of their ties.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to save the run in.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an older run there.")] = False,
    diaries: Annotated[
        bool | None,
        typer.Option(
            "--diaries/--no-diaries",
            help="Keep what happens to each person, for stories. Kept with --out in worlds of up to"
            " 20,000 people unless you say otherwise.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print outcomes and provenance as JSON, nothing else.")
    ] = False,
) -> None:
    """Simulate a world and tell how it ended."""
    from cocreate.experiments.presets import Preset, load_preset  # noqa: PLC0415 - late, as all below
    from cocreate.experiments.run_folder import check_writable  # noqa: PLC0415
    from cocreate.experiments.set_up import changes_from_text, set_up, settings_from_text  # noqa: PLC0415

    settings = settings_from_text(set_levers or [])
    if months is not None:
        settings["horizon"] = months
    changes = changes_from_text(change or [])
    start = set_up(load_preset(preset) if preset else Preset(), settings, changes, people=people, ties=ties)
    if out is not None:
        check_writable(out, overwrite=overwrite)
    for remark in start.remarks:
        typer.echo(remark, err=True)
    model = _simulate(start, seed, keep_diaries=_keeps_diaries(start, diaries, out))
    record = _saved(model, start, out, overwrite=overwrite)
    _tell_end(record, start, as_json=as_json)
    if out is not None:
        typer.echo(f"Saved in {out}", err=True)


def _keeps_diaries(start: SetUp, wanted: bool | None, out: Path | None) -> bool:
    from cocreate.experiments.runs import MOST_PEOPLE_WITH_DIARIES  # noqa: PLC0415

    if wanted is not None:
        return wanted
    return out is not None and start.people_count <= MOST_PEOPLE_WITH_DIARIES


def _simulate(start: SetUp, seed: int, *, keep_diaries: bool) -> CoCreationModel:
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415

    levers = start.parameters
    warm_up(announce, sectors=levers.sectors, dimensions=levers.dimensions)
    from cocreate.model.model import CoCreationModel  # noqa: PLC0415

    with announce(f"Simulating {levers.horizon} months ..."):
        model = CoCreationModel(
            levers, rng=seed, interventions=start.interventions, diaries=keep_diaries, data=start.data
        )
        model.run()
    return model


def _saved(model: CoCreationModel, start: SetUp, out: Path | None, *, overwrite: bool) -> Record:
    from cocreate.experiments.run_folder import save_run  # noqa: PLC0415
    from cocreate.experiments.runs import record_of, run_of  # noqa: PLC0415

    name, names = start.preset.name, start.names
    if out is None:
        return record_of(model, start.parameters, preset=name, names=names)
    kept = run_of(model, start.parameters, preset=name, names=names)

    def draw(folder: Path) -> None:
        from cocreate.viz.saving import save  # noqa: PLC0415
        from cocreate.viz.timeline import timeline  # noqa: PLC0415

        save(timeline(kept), folder / "timeline.png")

    with announce(f"Saving in {out} ..."):
        save_run(kept, out, overwrite=overwrite, also=draw)
    return kept


def _tell_end(record: Record, start: SetUp, *, as_json: bool) -> None:
    from cocreate.experiments.console import end_state, headline  # noqa: PLC0415
    from cocreate.experiments.run_folder import provenance  # noqa: PLC0415

    if as_json:
        typer.echo(json.dumps(provenance(record), indent=2, allow_nan=False, ensure_ascii=False))
        return
    tell(
        f"{start.preset.title}: {start.people_count:,} people, {start.parameters.regions:,} region(s), seed"
        f" {record.seed}."
    )
    tell(headline(record))
    tell(end_state(record))
    tell("Simulated: this shows how the mechanisms play out in one drawn world. It predicts no place.")


@app.command()
def levers(
    group: Annotated[str, typer.Argument(help="Only this group, such as silos or power.")] = "",
) -> None:
    """List the levers with their defaults and allowed values."""
    from cocreate.experiments.console import levers_table  # noqa: PLC0415

    tell(levers_table(group))


@app.command()
def explain(
    lever: Annotated[str, typer.Argument(help="A lever.")],
    trial: Annotated[bool, typer.Option(help="Try it out in a few small worlds.")] = True,
) -> None:
    """Tell what a lever means and what moves with it."""
    from cocreate.experiments.console import lever_lines, moves_table  # noqa: PLC0415
    from cocreate.experiments.trial import NEEDS_COMPILING, try_out  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415
    from cocreate.model.parameters import lever_named  # noqa: PLC0415

    declared = lever_named(lever)
    tell(lever_lines(declared))
    if not trial:
        return
    if lever in NEEDS_COMPILING:
        tell(f"No trial: another value of {lever} has to be compiled first. Try 'cocreate run --set'.")
        return
    warm_up(announce)
    with announce("Trying it out in a few small worlds ..."):
        moves = try_out(declared)
    tell(moves_table(declared, moves))


@app.command()
def presets() -> None:
    """List the worlds to start from."""
    from cocreate.experiments.console import presets_table  # noqa: PLC0415
    from cocreate.experiments.presets import load_preset, preset_names  # noqa: PLC0415

    tell(presets_table(load_preset(name) for name in preset_names()))


@app.command()
def outcomes() -> None:
    """List the outcomes that a run is measured by."""
    from cocreate.experiments.console import outcomes_table  # noqa: PLC0415
    from cocreate.model.outcomes import OUTCOMES  # noqa: PLC0415

    tell(outcomes_table(OUTCOMES.values()))


@app.command()
def schema(what: Annotated[str, typer.Argument(metavar="people|ties|study", help="Which file.")]) -> None:
    """Print the schema of files of your own (JSON Schema), such as editors check studies with."""
    from cocreate.experiments.schema_check import schema_text  # noqa: PLC0415

    typer.echo(schema_text(what), nl=False)


@app.command()
def story(
    folder: Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a saved run.")],
    person: Annotated[str | None, typer.Option(help="Id of a person.")] = None,
    initiative: Annotated[int | None, typer.Option(help="Number of an initiative.")] = None,
) -> None:
    """Tell what happened to a person or an initiative, as a community report."""
    from cocreate.experiments.run_folder import load_run  # noqa: PLC0415
    from cocreate.experiments.story import tell  # noqa: PLC0415

    typer.echo(tell(load_run(folder), person=person, initiative=initiative))


@app.command()
def check() -> None:
    """Compare the model's rules with exact results, and print target, value and verdict."""
    from cocreate.experiments.docking import print_checks, run_checks  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415

    warm_up(announce)
    checks = run_checks()
    print_checks(checks)
    if not all(one.passed for one in checks):
        raise typer.Exit(1)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(cocreate.__version__)
