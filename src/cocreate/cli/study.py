"""Commands about studies: many runs of several worlds, kept in a store."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cocreate.cli.shared import BAD_INPUT, FAULTS, STOPPED, announce, app, tell

if TYPE_CHECKING:
    from cocreate.experiments.conclusions.precision import Precise
    from cocreate.experiments.study.engines.engine import Engine
    from cocreate.experiments.study.entering import Allow
    from cocreate.experiments.study.progress import Progress, Tally
    from cocreate.experiments.study.shares import Shard
    from cocreate.experiments.study.spec import Study
    from cocreate.experiments.study.store import Store
    from cocreate.experiments.study.summary import Status

study_app = typer.Typer(
    no_args_is_help=True,
    help="Simulate studies of several worlds, and keep their results. docs/studies.md tells how to write a"
    " study; examples/ holds some.",
)
app.add_typer(study_app, name="study")

StoreFolder = Annotated[
    Path, typer.Option("--store", help="Folder of results, which several studies can share.")
]
Named = Annotated[
    str,
    typer.Argument(
        metavar="STUDY", help="Name of a study in the store, or its file; the only one there when left out."
    ),
]
NamedOrAll = Annotated[
    str,
    typer.Argument(
        metavar="STUDY", help="Name of a study in the store, or its file; all there when left out."
    ),
]
Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes on this machine; one for each processor if left out.")
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers simulate.")
]
Slurm = Annotated[
    Path | None, typer.Option(metavar="FILE", help="TOML file that says which jobs SLURM is to start.")
]
ShardText = Annotated[
    str, typer.Option("--shard", metavar="I/N", help="Simulate only share I of N, such as in a job array.")
]
TimeLimit = Annotated[
    float | None, typer.Option("--time-limit", metavar="SECONDS", help="Seconds that one run may take.")
]
AllowDrift = Annotated[
    bool, typer.Option("--allow-drift", help="Go on although study, code or packages have changed.")
]
OUT_STORE = Path("cocreate-store")


@dataclass(frozen=True)
class How:
    """Who simulates, and which share.

    Attributes:
        workers: Processes on this machine.
        scheduler: Address of a Dask scheduler.
        slurm: File that says which jobs to start.
        shard: Which share, as text.
        time_limit: Seconds that one run may take, None for what the study says.
    """

    workers: int | None = None
    scheduler: str | None = None
    slurm: Path | None = None
    shard: str = ""
    time_limit: float | None = None


@study_app.command()
def run(  # noqa: PLR0913, PLR0917 - an argument for each option of the command
    file: Annotated[Path, typer.Argument(help="TOML file of the study.")],
    store: StoreFolder = OUT_STORE,
    workers: Workers = None,
    scheduler: Scheduler = None,
    slurm: Slurm = None,
    shard: ShardText = "",
    time_limit: TimeLimit = None,
    allow_drift: AllowDrift = False,
) -> None:
    """Simulate what is missing of a study.

    A study with [conclude.precision] grows until it is as precise as it asks to be, or its budget is used up.
    """
    from cocreate.experiments.study.entering import Allow  # noqa: PLC0415 - late, as all below
    from cocreate.experiments.study.spec import Study  # noqa: PLC0415

    how = How(workers, scheduler, slurm, shard, time_limit)
    _simulate(Study.from_file(file), _store(store), how, Allow(drift=allow_drift))


@study_app.command()
def resume(  # noqa: PLR0913, PLR0917 - an argument for each option of the command
    study: Named = "",
    store: StoreFolder = OUT_STORE,
    workers: Workers = None,
    scheduler: Scheduler = None,
    slurm: Slurm = None,
    shard: ShardText = "",
    time_limit: TimeLimit = None,
    allow_drift: AllowDrift = False,
) -> None:
    """Go on with a study that was stopped."""
    from cocreate.experiments.study.entering import Allow  # noqa: PLC0415

    how = How(workers, scheduler, slurm, shard, time_limit)
    _simulate(study_named(study, store), _store(store), how, Allow(drift=allow_drift))


@study_app.command()
def retry(  # noqa: PLR0913, PLR0917 - an argument for each option of the command
    study: Named = "",
    store: StoreFolder = OUT_STORE,
    workers: Workers = None,
    scheduler: Scheduler = None,
    slurm: Slurm = None,
    shard: ShardText = "",
    time_limit: TimeLimit = None,
    failed: Annotated[bool, typer.Option("--failed", help="The same as leaving it out.")] = True,  # noqa: ARG001
    allow_drift: AllowDrift = False,
) -> None:
    """Try failed runs again.

    Runs that are missing are simulated, too.
    """
    from cocreate.experiments.study.entering import Allow  # noqa: PLC0415

    how = How(workers, scheduler, slurm, shard, time_limit)
    _simulate(study_named(study, store), _store(store), how, Allow(drift=allow_drift, retry=True))


@study_app.command()
def expand(  # noqa: PLR0913, PLR0917 - an argument for each option of the command
    replicates: Annotated[
        int, typer.Option(min=1, help="Runs at each point, those that are there included.")
    ],
    study: Named = "",
    store: StoreFolder = OUT_STORE,
    workers: Workers = None,
    scheduler: Scheduler = None,
    slurm: Slurm = None,
    shard: ShardText = "",
    time_limit: TimeLimit = None,
    allow_drift: AllowDrift = False,
) -> None:
    """Add replicates to a study.

    Those that are there stay as they are.
    """
    from cocreate.experiments.study.entering import Allow, with_replicates  # noqa: PLC0415
    from cocreate.experiments.study.errors import StudyError  # noqa: PLC0415
    from cocreate.experiments.study.study_folder import StudyFolder  # noqa: PLC0415

    found = study_named(study, store)
    present = StudyFolder(_store(store), found.name).study().replicates
    if replicates < present or (replicates == present and not shard):  # another share may have added them
        raise StudyError(
            f"The study {found.name!r} has {present} replicates already: ask for more than that with"
            " --replicates."
        )
    how = How(workers, scheduler, slurm, shard, time_limit)
    larger = with_replicates(found, replicates, _store(store))
    _simulate(larger, _store(store), how, Allow(expand=True, drift=allow_drift), grow=False)


@study_app.command()
def status(study: NamedOrAll = "", store: StoreFolder = OUT_STORE) -> None:
    """Tell how far studies are, and what failed.

    All studies of the store are told when none is named.
    """
    from cocreate.experiments.study.errors import StudyError  # noqa: PLC0415
    from cocreate.experiments.study.store_errors import StoreError, UnknownStudyError  # noqa: PLC0415
    from cocreate.experiments.study.study_folder import study_names  # noqa: PLC0415

    opened = _store(store)
    opened.check()
    names = [study_named(study, store).name] if study else study_names(opened)
    damaged: list[str] = []
    for name in names:
        try:
            _tell_status(opened, name)
        except UnknownStudyError as nothing_yet:
            tell(str(nothing_yet))
        except (StoreError, StudyError) as error:
            damaged.append(str(error))
    for one in dict.fromkeys(damaged):  # told once the other studies are, what concerns all of them once
        typer.echo(f"Error: {one}", err=True)
    if damaged:
        raise typer.Exit(BAD_INPUT)


def _tell_status(store: Store, name: str) -> None:
    """Tell how far a study is, and what failed."""
    from cocreate.experiments.study.study_words import failures_table, status_lines, worlds_table  # noqa: PLC0415
    from cocreate.experiments.study.summary import status as status_of  # noqa: PLC0415

    found = status_of(store, name)
    tell(status_lines(found))
    tell(worlds_table(found))
    if found.failures:
        tell(failures_table(found.failures))
        tell(f"Try them again: cocreate study retry {name} --store {store.folder}")
    _tell_precision(found, store)


def _tell_precision(found: Status, store: Store) -> None:
    """Tell how precise a study is, if it asks for that, and how to go on where it is not there yet."""
    asked = found.study.conclude.precision
    if asked is None:
        return
    from cocreate.experiments.conclusions.precision import precision  # noqa: PLC0415
    from cocreate.experiments.conclusions.precision_words import asked_sentence, look_sentence  # noqa: PLC0415
    from cocreate.experiments.study.readers import read_results  # noqa: PLC0415

    known = precision(read_results(store, found.study.name), asked)
    tell(f"{asked_sentence(known)} {look_sentence(known)}")
    if known.next_look is not None and not found.drivers:
        tell(f"Go on to it: cocreate study resume {found.study.name} --store {store.folder}")


@study_app.command()
def export(
    file: Annotated[Path, typer.Argument(help="File to write; its name ends in .csv or .parquet.")],
    study: Annotated[str, typer.Option(help="Name of the study; the only one there when left out.")] = "",
    store: StoreFolder = OUT_STORE,
    what: Annotated[str, typer.Option(help="results, pilots, series or failures, see above.")] = "results",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write results of a study as one table.

    Each row begins with a run: its key, world, point, replicate, seed and factors. Then come, with --what

    results: how the run ended, one row a run: failure, seconds, months, all outcomes.

    pilots: one row a pilot: mode, state, reason, months (-1 for never) and more.

    series: one row a month, from 0 on: the outcomes kept month by month.

    failures: one row a run that failed: what went wrong, and its levers.

    docs/odd.md tells what states and reasons mean; 'cocreate outcomes' lists the outcomes.
    """
    from cocreate.experiments.study.readers import export as write  # noqa: PLC0415

    rows = write(_store(store), study_named(study, store).name, file, what, overwrite=overwrite)
    typer.echo(f"{rows:,} rows in {file}", err=True)


def _simulate(study: Study, store: Store, how: How, allow: Allow, *, grow: bool = True) -> None:
    """Take a study through an engine, with progress on the terminal, and tell how it ended.

    Args:
        study: The study.
        store: Where results are kept.
        how: Who simulates.
        allow: What may differ from before.
        grow: Whether to add replicates until the study is as precise as it asks to be.
    """
    from cocreate.experiments.study.session import how_to_go_on  # noqa: PLC0415
    from cocreate.experiments.study.shares import share_of  # noqa: PLC0415
    from cocreate.experiments.study.store_errors import StudyStopped  # noqa: PLC0415
    from cocreate.experiments.warm_up import warm_up  # noqa: PLC0415

    shard, engine = share_of(how.shard), _engine(how)
    seen: list[Tally] = []
    try:
        warm_up(announce)
        with _watched(seen) as progress:
            if study.conclude.precision and grow and shard is None:
                from cocreate.experiments.conclusions.until_precise import run_until_precise  # noqa: PLC0415

                run_until_precise(
                    study, store, engine=engine, progress=progress, time_limit=how.time_limit, allow=allow,
                    looked=_tell_look,
                )  # fmt: skip
            else:
                from cocreate.experiments.study.driver import run_study  # noqa: PLC0415

                run_study(
                    study, store, engine=engine, progress=progress, shard=shard, time_limit=how.time_limit,
                    allow=allow,
                )  # fmt: skip
    except StudyStopped as stopped:
        typer.echo(str(stopped), err=True)
        raise typer.Exit(STOPPED) from None
    except KeyboardInterrupt:  # before the session, or after it
        before = "Stopped before the first run; what was stored before is kept."
        typer.echo(how_to_go_on(store, study) if seen else before, err=True)
        raise typer.Exit(STOPPED) from None
    try:
        failed = _tell_end(study, store, seen, shard)
    except KeyboardInterrupt:
        typer.echo(
            "Stopped. What was simulated is stored: 'cocreate study status"
            f" {study.name} --store {store.folder}' tells how far it is.",
            err=True,
        )
        raise typer.Exit(STOPPED) from None
    if study.conclude.precision and grow and shard is not None:
        tell("A share adds no replicates. When all shares are done, 'cocreate study resume' does.")
    if failed:
        raise typer.Exit(FAULTS)


@contextmanager
def _watched(seen: list[Tally]) -> Iterator[Progress]:
    """Show progress on the terminal, and note the tally of each session."""
    from rich.console import Console  # noqa: PLC0415

    from cocreate.experiments.study.progress import told_on  # noqa: PLC0415

    with told_on(Console(stderr=True)) as show, _stopping_when_time_is_up():

        def progress(tally: Tally) -> None:
            if not seen or seen[-1] is not tally:
                seen.append(tally)
            show(tally)

        yield progress


def _tell_look(found: Precise) -> None:
    from cocreate.experiments.conclusions.precision_words import look_sentence  # noqa: PLC0415

    typer.echo(look_sentence(found), err=True)


def _tell_end(study: Study, store: Store, seen: Sequence[Tally], shard: Shard | None) -> bool:
    """Tell how a study ended; return whether runs of it failed, or of the share that was asked for."""
    from cocreate.experiments.conclusions.stored_levels import stored_levels  # noqa: PLC0415
    from cocreate.experiments.study.progress import together  # noqa: PLC0415
    from cocreate.experiments.study.study_words import failures_table, means_table, session_line  # noqa: PLC0415
    from cocreate.experiments.study.summary import status as status_of  # noqa: PLC0415

    found = status_of(store, study.name)
    tell(session_line(together(seen)))
    if found.study.replicates > study.replicates and study.conclude.precision is None:
        tell(
            f"The store holds {found.study.replicates} replicates of this study, more than the"
            f" {study.replicates} asked for: all {found.study.replicates} are shown. For {study.replicates}"
            " only, give the study a name of its own; runs that both share are not simulated again."
        )
    tell(means_table(stored_levels(store, study.name, study.outcomes)))
    options = f"--store {store.folder}"
    if found.failures:
        tell(failures_table(found.failures))
        tell(f"Try them again: cocreate study retry {study.name} {options}")
    tell(f"As a page to read: cocreate study report {study.name} {options}")
    tell(f"As one table: cocreate study export FILE.csv --study {study.name} {options}")
    return bool(found.failures) and (shard is None or _fails_in(study, store, shard))


def _fails_in(study: Study, store: Store, shard: Shard) -> bool:
    """Tell whether runs of a share failed."""
    from cocreate.experiments.study.known import Keys, failed  # noqa: PLC0415
    from cocreate.experiments.study.shares import cells_of  # noqa: PLC0415

    known = Keys(failed(store, study.keep))
    return any(cell.task.key in known for cell in cells_of(study, shard))


@contextmanager
def _stopping_when_time_is_up() -> Iterator[None]:
    """Take the signal by which job queues announce the end of a job's time for an interrupt."""

    def interrupt(number: int, frame: object) -> NoReturn:  # noqa: ARG001 - what Python hands to a handler
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _store(folder: Path) -> Store:
    from cocreate.experiments.study.store import Store  # noqa: PLC0415

    return Store(folder)


def study_named(named: str, folder: Path) -> Study:
    """Return the study of a file, of a name in the store, or the only one there."""
    from cocreate.experiments.study.spec import Study  # noqa: PLC0415
    from cocreate.experiments.study.store_errors import UnknownStudyError  # noqa: PLC0415
    from cocreate.experiments.study.study_folder import StudyFolder, study_names  # noqa: PLC0415

    if named.endswith(".toml"):
        return Study.from_file(named)
    store = _store(folder)
    store.check()
    names = study_names(store)
    if not named and len(names) != 1:
        raise UnknownStudyError(
            f"The store {folder} holds {len(names)} studies ({', '.join(names) or 'none'}): name one of them."
        )
    return StudyFolder(store, named or names[0]).study()


def _engine(how: How) -> Engine:
    from cocreate.experiments.study.engines.choice import engine_from  # noqa: PLC0415

    return engine_from(workers=how.workers, scheduler=how.scheduler, slurm=how.slurm)
