"""The demonstration: what silos, continuity and power imbalance do in paired worlds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate.experiments.analysis.contrast import Difference, contrast
from cocreate.experiments.analysis.interval import FEWEST
from cocreate.experiments.errors import FolderError
from cocreate.experiments.replicates import DesignError, Study, run_study
from cocreate.experiments.themes import BASELINE, REPORTED, THEMES, all_arms
from cocreate.experiments.warm_up import warm_up
from cocreate.model.parameters import Parameters
from cocreate.viz.findings import summary, theme_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from rich.console import Console

LIMITS = (
    "Limits: this is a simulation. It illustrates mechanisms and predicts no place. How far each lever"
    " moves is a choice of this demonstration, and many coefficients are assumptions; 'cocreate explain"
    " LEVER' names the source of each."
)


def run_demo(
    out: Path,
    replicates: int = 40,
    console: Console | None = None,
    *,
    seed: int = 1,
    workers: int = 2,
    parameters: Parameters | None = None,
) -> None:
    """Simulate the three headline contrasts, say what they show, and save the table and the figures.

    Args:
        out: Folder to save in; made if need be. Files of an earlier demonstration are replaced.
        replicates: Worlds of each setting, at least 2.
        console: Where to print; the terminal when None.
        seed: Seed of the study.
        workers: Processes.
        parameters: Levers of the default world; the defaults when None.

    Raises:
        FolderError: The folder cannot be written.
        DesignError: Too few replicates, or no world could be simulated.
    """
    from rich.console import Console  # noqa: PLC0415

    console = console or Console()
    if replicates < FEWEST:
        raise DesignError(
            f"The demonstration needs at least {FEWEST} worlds of each setting, but was given {replicates}."
        )
    _make_folder(out)
    shared = parameters or Parameters()
    warm_up(console.status, sectors=shared.sectors, dimensions=shared.dimensions)
    study = _simulate(replicates, seed, workers, shared, console)
    differences = contrast(
        study, BASELINE.name, [arm.name for arm in all_arms() if arm is not BASELINE], list(REPORTED)
    )
    if all(one.pairs == 0 for one in differences):
        raise DesignError(f"No world could be simulated: {study.failures[0].failure}")
    _say(study, differences, console)
    with console.status("Drawing and saving ..."):
        saved = save_all(study, differences, out)
    _name_files(saved, console)
    console.print(f"\n{LIMITS}", highlight=False)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out):
            pass
    except OSError as error:
        raise FolderError(
            f"Cannot write in {out}: {error.strerror}. Choose another place with --out."
        ) from None


def _simulate(replicates: int, seed: int, workers: int, parameters: Parameters, console: Console) -> Study:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    arms = all_arms()
    console.print(
        f"Simulating {replicates} worlds in each of {len(arms)} settings: the default world, and silos,"
        " continuity and power imbalance each moved both ways. World number i shares its seed in all"
        f" settings (common random numbers). Study seed: {seed}.",
        highlight=False,
    )
    columns = TextColumn("Worlds"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Worlds", total=replicates * len(arms))
        return run_study(
            arms,
            replicates,
            seed,
            parameters=parameters,
            workers=workers,
            progress=lambda done, _: bar.update(task, completed=done),
        )


def _say(study: Study, differences: Sequence[Difference], console: Console) -> None:
    for theme in THEMES:
        console.print()
        console.print(theme_table(theme, differences, console.width))
        for arm in theme.arms:
            console.print(f"{summary(arm, differences)}\n", highlight=False)
    console.print(
        "Each cell: mean difference from the default world with its 95 % interval, in percentage points or"
        f" in numbers per region; * holds after Holm's correction for all {len(differences)} comparisons."
        " Worlds: those in which the difference has this sign.",
        highlight=False,
    )
    if study.failures:
        first = study.failures[0]
        console.print(
            f"{len(study.failures)} worlds failed and were left out, the first of them {first.arm} number"
            f" {first.number} (seed {first.seed}): {first.failure}",
            highlight=False,
        )


def figures(study: Study, differences: Sequence[Difference]) -> dict[str, tuple[str, Figure]]:
    """Return the figures of the demonstration: what each shows, and the figure, by file name."""
    from cocreate.experiments.replicates import replicate_seed  # noqa: PLC0415
    from cocreate.experiments.runs import run_world  # noqa: PLC0415
    from cocreate.viz.contrasts import forest  # noqa: PLC0415 - heavy
    from cocreate.viz.lifelines import fate_bars, lifelines  # noqa: PLC0415
    from cocreate.viz.timeline import timeline  # noqa: PLC0415

    first = run_world(study.parameters, replicate_seed(study.seed, 0))
    return {
        "contrasts": ("differences with their intervals", forest(study, THEMES, differences)),
        "lifelines": ("how long services go on", lifelines(study, THEMES)),
        "fates": ("what became of the pilots", fate_bars(study, THEMES)),
        "timeline": ("one default world, month by month", timeline(first)),
    }


def save_all(study: Study, differences: Sequence[Difference], out: Path) -> dict[str, str]:
    """Save tables and figures in a folder, all of them or none.

    Returns:
        What each file holds, by its path.

    Raises:
        FolderError: A file cannot be written.
    """
    from cocreate.experiments.contrast_table import save_tables  # noqa: PLC0415 - heavy
    from cocreate.viz.theme import save  # noqa: PLC0415

    held = dict.fromkeys(("contrasts.csv", "contrasts.parquet"), "the table above")
    held |= {"worlds.parquet": "all outcomes of every world", "provenance.json": "seeds, levers, versions"}
    try:
        with tempfile.TemporaryDirectory(dir=out) as draft:
            written = save_tables(study, differences, Path(draft))
            for name, (what, figure) in figures(study, differences).items():
                paths = save(figure, Path(draft), name)
                held |= {path.name: f"figure: {what}" for path in paths}
                written += paths
            for path in written:
                path.replace(out / path.name)
    except OSError as error:
        raise FolderError(f"{out} could not be written: {error}.") from None
    return {str(out / path.name): held[path.name] for path in written}


def _name_files(saved: dict[str, str], console: Console) -> None:
    from rich.table import Table  # noqa: PLC0415

    files: dict[str, list[str]] = {}
    for path, what in saved.items():
        files.setdefault(what, []).append(Path(path).name)
    table = Table.grid(padding=(0, 2))
    for what, names in files.items():
        table.add_row("", ", ".join(names), what)
    console.print(f"\nSaved in {Path(next(iter(saved))).parent}:", highlight=False, soft_wrap=True)
    console.print(table)
