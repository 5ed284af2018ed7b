"""Docking: the model, switched to special cases by its levers alone, against results known exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cocreate.experiments.docking_check import Check, UnknownCheckError
from cocreate.experiments.docking_learning import LEARNING, learning_checks
from cocreate.experiments.docking_life import LIFE, published_life_checks
from cocreate.experiments.docking_meetings import (
    DELIBERATION,
    VOICES,
    VOTES,
    deliberation_checks,
    effective_voices_checks,
    vote_checks,
)
from cocreate.experiments.docking_null import NULL, null_checks
from cocreate.experiments.docking_spread import SPREAD, THRESHOLDS, spread_checks, threshold_checks
from cocreate.experiments.words import some_of

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["GROUPS", "Check", "UnknownCheckError", "print_checks", "run_checks"]

GROUPS: dict[str, Callable[[], list[Check]]] = {
    DELIBERATION: deliberation_checks,
    VOTES: vote_checks,
    VOICES: effective_voices_checks,
    SPREAD: spread_checks,
    LIFE: published_life_checks,
    THRESHOLDS: threshold_checks,
    LEARNING: learning_checks,
    NULL: null_checks,
}
"""Groups of checks by name."""


def run_checks(names: Iterable[str] | None = None) -> list[Check]:
    """Run groups of checks and return every comparison, in order.

    Args:
        names: Groups to run, see :data:`GROUPS`; all when None.

    Raises:
        UnknownCheckError: There is no group of that name.
    """
    chosen = list(GROUPS) if names is None else list(names)
    for name in chosen:
        if name not in GROUPS:
            raise UnknownCheckError(name, tuple(GROUPS))
    return [check for name in chosen for check in GROUPS[name]()]


def print_checks(checks: list[Check], console: Console | None = None) -> None:
    """Print comparisons as a table: target, value, tolerance, verdict.

    Args:
        checks: From :func:`run_checks`.
        console: Where to print; standard output when None.
    """
    from rich.console import Console  # noqa: PLC0415 - only when printing
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="The model against known results", box=None, title_justify="left", pad_edge=False)
    table.add_column("check", ratio=1)
    for heading in ("target", "value", "tolerance"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    before = ""
    for check in checks:
        verdict = "[green]holds[/green]" if check.passed else "[red]fails[/red]"
        numbers = (f"{number:.6g}" for number in (check.target, check.value, check.tolerance))
        if check.group != before:
            table.add_row(f"\n[bold]{check.group}[/bold]")
        table.add_row(check.name, *numbers, verdict)
        before = check.group
    console = console or Console()
    console.print(table)
    failed = sum(not check.passed for check in checks)
    console.print(f"{some_of(len(checks) - failed, len(checks), 'checks', 'hold')}.")
