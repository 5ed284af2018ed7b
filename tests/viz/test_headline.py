"""The headline table follows the numbers, on the console and on the page."""

from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from cocreate.experiments.analysis.contrast import Difference, Verdict
from cocreate.experiments.conclusions.outcome_words import change, level, span
from cocreate.experiments.study.results import Results
from cocreate.experiments.themes import REPORTED, THEMES
from cocreate.viz.headline import HEADLINE, console_table, note, page_table, table_rows


def test_every_row_holds_the_differences_of_its_world_and_marks_those_that_stay_clear(
    differences: tuple[Difference, ...],
) -> None:
    found = {(one.arm, one.outcome): one for one in differences}
    first, *rows = table_rows(differences)
    assert first[0] == "Default world"
    worlds = [world for theme in THEMES for world in theme.worlds]
    assert [row[0].lower() for row in rows] == [world.title for world in worlds]
    for world, row in zip(worlds, rows, strict=True):
        for outcome, cell in zip(HEADLINE, row[1:], strict=True):
            one = found[world.name, outcome]
            unit = "count" if outcome == "structural_per_region" else "share"
            mark = "*" if one.verdict in (Verdict.MORE, Verdict.LESS) else ""
            assert cell == f"{change(unit, one.difference)}{mark} ({span(unit, one.low, one.high)})"
    assert any(one.p < 0.05 <= one.p_corrected for one in differences if one.outcome in HEADLINE)


def test_the_first_row_holds_the_means_of_the_default_world(
    results: Results, differences: tuple[Difference, ...]
) -> None:
    means = [float(np.mean(results.values("default", outcome))) for outcome in HEADLINE]
    units = ["count", "share", "share"]
    assert table_rows(differences)[0][1:] == tuple(map(level, units, means))


@pytest.mark.parametrize("width", [80, 120])
def test_it_fits_the_console(width: int, differences: tuple[Difference, ...]) -> None:
    out = StringIO()
    Console(file=out, width=width).print(console_table(differences))
    text = out.getvalue()
    assert max(len(line) for line in text.splitlines()) <= width
    assert "…" not in text
    for row in table_rows(differences, "\n"):
        for part in (part for cell in row for part in cell.split("\n")):
            assert part in text


def test_its_note_and_its_file_tell_of_all_comparisons(differences: tuple[Difference, ...]) -> None:
    comparisons = 2 * len(THEMES) * len(REPORTED)
    assert f"all {comparisons} comparisons" in note(differences)
    file = page_table(differences).file
    assert file is not None
    assert len(file.text.splitlines()) == 1 + comparisons
