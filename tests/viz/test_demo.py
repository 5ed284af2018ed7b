"""The demonstration, from simulating to the saved files."""

import json
import shlex
from pathlib import Path

import pandas as pd
import pytest
from rich.table import Table
from typer.testing import CliRunner

from cocreate.cli import BAD_INPUT, STOPPED, app
from cocreate.experiments.hypotheses.registry import HEADLINES
from cocreate.experiments.study.progress import Tally
from cocreate.experiments.study.store_errors import StudyStopped
from cocreate.experiments.themes import BASELINE, REPORTED, THEMES
from cocreate.viz.demo import Demonstration, DemonstrationError, demonstrate, overview, words
from cocreate.viz.findings import write_findings
from tests.viz.html_check import CheckedPage

SMALL = ({"regions": 2, "citizens_per_region": 30, "horizon": 48, "proposal_rate": 1.0},)
"""A draw that makes all worlds small."""

FIGURES = (
    "silos", "continuity", "power", "interaction", "interaction_shares",
    "contrasts", "lifelines", "fates", "timeline",
)  # fmt: skip
FILES = {f"{name}.{kind}" for name in FIGURES for kind in ("svg", "png")}
FILES |= {"findings.json", "findings.csv", "contrasts.csv", "report.html"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "store"


@pytest.fixture(scope="module")
def found(store: Path) -> Demonstration:
    return demonstrate(store, 5, 7, draws=SMALL)


@pytest.mark.slow
def test_it_judges_the_four_headlines_and_says_so_with_their_numbers(found: Demonstration) -> None:
    assert [one.id for one in found.findings] == [one.id for one in HEADLINES]
    said = list(words(found))
    text = "\n".join(part for part in said if isinstance(part, str))
    for one in found.findings:
        assert f"{one.judgement.words.upper()}: {one.title}." in text
        assert one.claims[0].claim.says.rstrip(".") in text
    assert "5 pairs, and 2 for each setting of the last lesson" in text
    assert "predicts no place" in text
    assert sum(isinstance(part, Table) for part in said) == 1


@pytest.mark.slow
def test_a_second_call_simulates_nothing_and_finds_the_same(found: Demonstration, store: Path) -> None:
    done: list[int] = []

    def progress(tally: Tally) -> None:
        done.append(tally.done)

    again = demonstrate(store, 5, 7, draws=SMALL, progress=progress)
    assert sum(done) == 0
    assert [one.as_json() for one in again.findings] == [one.as_json() for one in found.findings]


@pytest.mark.slow
def test_an_interrupt_costs_nothing_that_was_done(tmp_path: Path) -> None:
    seen: list[Tally] = []

    def interrupt(tally: Tally) -> None:
        if tally.done:
            raise KeyboardInterrupt

    with pytest.raises(StudyStopped):
        demonstrate(tmp_path / "store", 5, 7, draws=SMALL, progress=interrupt)
    demonstrate(tmp_path / "store", 5, 7, draws=SMALL, progress=seen.append)
    assert seen[0].present > 0


@pytest.mark.slow
def test_its_folder_holds_figures_tables_and_a_report_and_leaves_other_files(
    tmp_path: Path, found: Demonstration
) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    written = write_findings(found.findings, tmp_path, "cocreate demo --seed 7", overview(found))
    assert {path.name for path in tmp_path.iterdir()} == FILES | {"notes.txt"}
    assert {path.name for path in written} == FILES
    table = pd.read_csv(tmp_path / "contrasts.csv")
    assert len(table) == 2 * len(THEMES) * len(REPORTED)
    kept = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert [one["provenance"]["replicates"] for one in kept] == [5, 5, 5, 2]
    page = CheckedPage(written[-1].read_text("utf-8"))
    assert not page.problems
    assert "cocreate demo --seed 7" in page.text
    assert page.files["contrasts.csv"] == (tmp_path / "contrasts.csv").read_text("utf-8")
    for title in ("The themes side by side", "How long services go on", "What became of the pilots"):
        assert title in page.text


@pytest.mark.slow
def test_the_command_below_the_timeline_makes_the_world_that_it_shows(found: Demonstration) -> None:
    (shown,) = (one for one in overview(found).exhibits if one.name == "timeline")
    assert shown.again is not None
    program, *arguments = shlex.split(shown.again.text)
    assert program == "cocreate"
    done = CliRunner().invoke(app, [*arguments, "--json"])
    kept = json.loads(done.stdout)["outcomes"]
    first = found.results.of(BASELINE.name)[0].outcomes
    assert {name: first[name] for name in kept if kept[name] is not None} == {
        name: value for name, value in kept.items() if value is not None
    }
    assert "first draw of the uncertain levers" in shown.caption


def test_worlds_that_all_fail_end_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("it broke")

    monkeypatch.setattr("cocreate.experiments.study.tasks._run_within", broken)
    with pytest.raises(DemonstrationError, match="ValueError: it broke"):
        demonstrate(tmp_path / "store", 5, 7, draws=SMALL)


def test_a_file_in_the_way_of_the_folder_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", "utf-8")
    result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path / "taken")])
    assert result.exit_code == BAD_INPUT
    assert "--out" in result.output
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


def test_an_interrupt_on_the_command_line_names_the_way_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise StudyStopped("Stopped.")

    monkeypatch.setattr("cocreate.viz.demo.demonstrate", stopped)
    result = CliRunner().invoke(app, ["demo", "--out", str(tmp_path)])
    assert result.exit_code == STOPPED
    assert "the same command goes on" in result.output
