"""The demonstration: what silos, continuity and power imbalance do, one by one and together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cocreate.agents.errors import CocreateError
from cocreate.experiments.analysis.contrast import Difference
from cocreate.experiments.hypotheses.finding import Finding
from cocreate.experiments.hypotheses.in_short import in_short
from cocreate.experiments.hypotheses.interaction import INTERACTION
from cocreate.experiments.hypotheses.registry import HEADLINES
from cocreate.experiments.hypotheses.run_hypothesis import QUICK, judged_by
from cocreate.experiments.hypotheses.verdict import Standing, Verdict
from cocreate.experiments.hypotheses.words import decided_by, effect_words
from cocreate.experiments.runs import run_world
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.engine import Engine
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.progress import Progress
from cocreate.experiments.study.results import Results
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.tasks import Task
from cocreate.experiments.themes import REPORTED, THEMES, theme_study
from cocreate.experiments.words import counted, drawn_from, listed
from cocreate.model.parameters import Parameters, Value
from cocreate.viz.findings import Exhibit, Overview
from cocreate.viz.headline import console_table, differences_of, note, page_table
from cocreate.viz.report.page import Listing

if TYPE_CHECKING:
    from rich.table import Table

LIMITS = (
    "This is a simulation. It illustrates mechanisms and predicts no place. How far each lever moves is a"
    " choice, and many coefficients are assumptions; 'cocreate explain LEVER' names the source of each."
)


class DemonstrationError(CocreateError, RuntimeError):
    """No world of the demonstration could be simulated."""


@dataclass(frozen=True, eq=False)
class Demonstration:
    """What the demonstration found.

    Attributes:
        findings: Silos, continuity and power, and their interaction.
        results: Both settings of each theme and the default world.
        differences: How far these are from the default world.
    """

    findings: tuple[Finding, ...]
    results: Results
    differences: tuple[Difference, ...]


def demonstrate(
    store: Path,
    replicates: int = QUICK,
    seed: int = 1,
    *,
    draws: tuple[Mapping[str, Value], ...] | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Demonstration:
    """Simulate what is missing of the demonstration, and judge it.

    Args:
        store: Folder of runs; those which are there are not simulated again.
        replicates: Runs of each world; of the interaction's worlds, its share of it.
        seed: Seed of all studies.
        draws: Draws of uncertain levers; None for the default point.
        engine: Who simulates; this process when None.
        progress: Called with a tally as runs come.

    Raises:
        DemonstrationError: No world could be simulated.
        StudyStopped: Interrupted from the keyboard; runs so far are stored.
        CocreateError: The store is none, in use, or cannot be written.
    """
    run = partial(run_study, store=store, engine=engine, progress=progress, allow=Allow(drift=True))
    findings = judged_by(run, HEADLINES, replicates, seed, draws)
    # the findings needed all of these worlds, so that they are in the store by now
    results = run_study(theme_study(replicates, seed, draws), store, engine=engine, allow=Allow(drift=True))
    failures = results.failures
    if len(failures) == len(results.runs):
        raise DemonstrationError(f"No world could be simulated: {failures[0].failure}")
    return Demonstration(findings, results, differences_of(results))


def words(found: Demonstration) -> Iterator[str | Table]:
    """Give what the demonstration says: texts and a table for the console."""
    together = min(one.provenance.replicates for one in found.findings)
    study = found.results.study
    draws = drawn_from(len(study.draws), study.replicates) if study.draws else ""
    start = f" They start from {draws}." if draws else ""
    yield (
        "What decides whether co-created services last and spread? Four lessons, tested in pairs of simulated"
        f" worlds that differ in nothing but the levers of the lesson: {study.replicates} pairs, and"
        f" {together} for each setting of the last lesson.{start}"
    )
    for one in found.findings:
        yield "\n" + "\n".join(_verdict(one))
    yield "\nThe themes one by one, compared with the default world:"
    yield console_table(found.differences)
    yield note(found.differences)
    failed = sum(one.provenance.failures for one in found.findings)
    if failed:
        yield f"{counted(failed, 'run')} failed and are left out; the report says which."
    yield f"\n{LIMITS}"


def _verdict(one: Finding) -> list[str]:
    """Return the verdict on a lesson in a few lines, with its leading effect and that which decides it."""
    claim = one.claims[0].claim
    lines = [
        f"{one.judgement.words.upper()}: {one.title}.",
        f"{claim.says.rstrip('.')}: {effect_words(claim.outcome, one.effect)}.",
    ]
    unsettled = [
        judged.boundary.question for judged in one.boundaries if judged.standing is Standing.UNSETTLED
    ]
    if one.verdict is not Verdict.SUPPORTED:
        decider = one.deciding[0]
        lines.append(in_short(one))
        if decider.claim.says != claim.says:
            lines.append(
                f"Decided by: {decided_by(one)} {effect_words(decider.claim.outcome, decider.effect)}."
            )
    elif unsettled:
        lines.append(f"It may depend on {listed(unsettled)}: that is still unsettled.")
    if one.id == INTERACTION.id:
        lines.append(_shares(one))
    return lines


def _shares(interaction: Finding) -> str:
    """Return the Shapley shares of the themes in a sentence."""
    shares = [judged.effect.mean for judged in interaction.claims[1:]]
    named = [f"{theme.name} {share:.1f}" for theme, share in zip(THEMES, shares, strict=True)]
    total = f"{sum(shares):.1f} services that opening all three brings to a region"
    return f"Shares in the {total} (Shapley values): {listed(named)}."


def overview(found: Demonstration) -> Overview:
    """Return the figures and the table that show all themes side by side."""
    from cocreate.viz.contrasts import forest  # noqa: PLC0415 - heavy, as the next ones
    from cocreate.viz.lifelines import fate_bars, lifelines  # noqa: PLC0415
    from cocreate.viz.timeline import timeline  # noqa: PLC0415

    results = found.results
    study = results.study
    first = next(study.cells()).task
    origin = f"Study seed {study.seed}, {study.replicates} pairs of worlds."
    return Overview(
        "The themes side by side",
        (
            Exhibit(
                "contrasts",
                forest(results, THEMES, found.differences),
                "How far each theme moves each outcome",
                "Marks: differences from the default world. Lines: 95 % intervals. A filled mark stays after"
                f" Holm's correction for all {len(found.differences)} comparisons, a hollow one does not. In"
                " brackets: the mean of the default world. Less is better for the gap in fit and for"
                f" backlash. {origin}",
            ),
            Exhibit(
                "lifelines",
                lifelines(results, THEMES),
                "How long services go on",
                "Share of services still going by years since their pilot started (Kaplan-Meier estimate)."
                f" Bands: 95 % intervals, from drawing whole worlds again. {origin}",
            ),
            Exhibit(
                "fates",
                fate_bars(results, THEMES),
                "What became of the pilots",
                "Parts of a bar: shares of all pilots of a setting at the end. Whiskers: 95 % interval of the"
                f" share that ever became structural. {origin}",
            ),
            Exhibit(
                "timeline",
                timeline(run_world(Parameters.of(first.levers), first.seed)),
                "One default world, month by month",
                f"The first of {study.replicates} default worlds, seed {first.seed}{_drawn(study)}.",
                Listing(f"The command that makes this world{_drawn(study)}", command_of(first)),
            ),
        ),
        page_table(found.differences),
        tuple(REPORTED),
    )


def _drawn(study: Study) -> str:
    return ", with the first draw of the uncertain levers" if study.draws else ""


def command_of(task: Task) -> str:
    """Return the command that simulates exactly the world of a task.

    >>> command_of(Task("", 7, {"copying": 0.1 + 0.2, "inclusion": "design"}))
    'cocreate run --seed 7 --set copying=0.30000000000000004 --set inclusion=design'
    """
    levers = [f"--set {name}={value}" for name, value in task.levers.items()]
    return " ".join(["cocreate run", f"--seed {task.seed}", *levers])
