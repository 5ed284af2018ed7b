"""Patterns as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cocreate.experiments.patterns.pattern import Checked, Reading

if TYPE_CHECKING:
    from rich.table import Table


def patterns_table(checked: Sequence[Checked]) -> Table:
    """Return a table of what patterns ask for, and what the model shows.

    A pattern passes when the 95 % interval of each of its numbers lies within the target.
    """
    from rich.table import Table  # noqa: PLC0415 - heavy

    title = "The model against patterns known from elsewhere"
    table = Table(title=title, box=None, title_justify="left", pad_edge=False)
    table.add_column("pattern", no_wrap=True)
    table.add_column("what", ratio=1)
    for heading in ("target", "model", "95 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for one in checked:
        pattern = one.pattern
        verdict = "passes" if one.passed else "FAILS"
        table.add_row(pattern.id, f"{pattern.title} ({pattern.use})", "", "", "", verdict)
        for reading in one.readings:
            table.add_row("", reading.name, *_numbers(reading), "yes" if reading.passed else "no")
    return table


def _numbers(reading: Reading) -> tuple[str, str, str]:
    return str(reading.target), f"{reading.value:.3f}", f"{reading.low:.3f} to {reading.high:.3f}"


def notes(checked: Sequence[Checked]) -> str:
    """Return where patterns come from and how far that is from co-creation, a paragraph each."""
    lines = [f"{one.pattern.id} {one.pattern.source}. {one.pattern.remark}" for one in checked]
    passed = sum(one.passed for one in checked)
    worlds = sum(one.worlds for one in checked)
    lines.append(
        f"{passed} of {len(checked)} patterns pass. They rest on {worlds} simulated worlds, where those that"
        " several share count each time."
    )
    failures = sum(one.failures for one in checked)
    if failures:
        lines.append(f"{failures} runs failed; patterns that rest on them do not pass.")
    return "\n".join(lines)
