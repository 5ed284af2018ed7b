"""The command that writes reports: from a store to a page, by name or by file."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cocreate.cli import BAD_INPUT, app
from cocreate.experiments.study import provenance, tasks
from cocreate.experiments.study.driver import run_study
from cocreate.experiments.study.engines.engine import InProcess
from cocreate.experiments.study.entering import Allow
from cocreate.experiments.study.spec import Study
from cocreate.experiments.study.store import Store
from cocreate.experiments.study.worlds import World
from tests.viz.html_check import CheckedPage, words_of

pytestmark = pytest.mark.slow

STUDY = Study(
    name="small",
    question="What do closed silos do?",
    worlds=(World(name="default"), World(name="closed", levers={"sector_silo": 0.95})),
    levers={"regions": 1, "horizon": 24},
    outcomes=("trust",),
    replicates=3,
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with a small study in it."""
    folder = tmp_path_factory.mktemp("store")
    run_study(STUDY, Store(folder), engine=InProcess())
    return folder


def call(*arguments: object, code: int = 0) -> str:
    """Run the command and return what it printed."""
    done = CliRunner().invoke(app, ["study", "report", *map(str, arguments)])
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return words_of(done.output)


def test_a_study_in_a_store_becomes_a_page(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "pages" / "small.html"
    said = call("small", "--store", store, "--out", file)
    assert "Report on 6 runs" in said
    page = CheckedPage(file.read_text("utf-8"))
    assert page.problems == []
    text = words_of(page.text)
    assert "What do closed silos do?" in text
    assert "Sessions of work" in text


def test_a_file_can_ask_another_question_of_the_same_runs(store: Path, tmp_path: Path) -> None:
    asked = STUDY.model_copy(update={"question": "And their openness?", "outcomes": ("openness",)})
    file = tmp_path / "small.toml"
    file.write_text(asked.to_toml(), "utf-8")
    call(file, "--store", store, "--out", tmp_path / "page.html")
    text = words_of((tmp_path / "page.html").read_text("utf-8"))
    assert "And their openness?" in text
    assert "mean openness of officials" in text


def test_a_file_of_other_runs_is_refused_with_what_differs(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(STUDY.model_copy(update={"seed": 2}).to_toml(), "utf-8")
    said = call(file, "--store", store, "--out", tmp_path / "page.html", code=BAD_INPUT)
    assert "seed is 2, was 1" in said
    assert "cocreate study report small" in said
    assert not (tmp_path / "page.html").exists()


def test_a_file_reports_all_replicates_of_a_study_that_has_grown_since(tmp_path: Path) -> None:
    two = STUDY.model_copy(update={"replicates": 2})
    run_study(two, tmp_path / "store")
    run_study(STUDY, tmp_path / "store", allow=Allow(expand=True))
    file = tmp_path / "small.toml"
    file.write_text(two.to_toml(), "utf-8")
    assert "Report on 6 runs" in call(file, "--store", tmp_path / "store", "--out", tmp_path / "page.html")


def test_no_file_is_replaced_that_is_no_report(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(STUDY.to_toml(), "utf-8")
    assert "must end in .html" in call(file, "--store", store, "--out", file, code=BAD_INPUT)
    page = tmp_path / "page.html"
    page.write_text("<p>notes</p>", "utf-8")
    assert "add --overwrite" in call("small", "--store", store, "--out", page, code=BAD_INPUT)
    assert (Study.from_file(file), page.read_text("utf-8")) == (STUDY, "<p>notes</p>")
    call("small", "--store", store, "--out", page, "--overwrite")
    assert "Report on 6 runs" in call("small", "--store", store, "--out", page)  # a report may be replaced


def test_runs_of_another_model_s_code_are_reported_and_said_to_be_so(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in (tasks, provenance):
        monkeypatch.setattr(part, "fingerprint", lambda: "another model")
    said = call("small", "--store", store, "--out", tmp_path / "page.html")
    assert "The runs were made differently, as the page says: the model's code is another model, was" in said
    assert "still to be simulated" not in said
    text = words_of((tmp_path / "page.html").read_text("utf-8"))
    assert "All runs reached the end of their time." in text
    assert "the model's code is another model, was" in text.replace("&#39;", "'")


def test_an_unknown_study_is_named_with_those_there_are(store: Path) -> None:
    assert "It holds small" in call("smal", "--store", store, code=BAD_INPUT)


def test_a_place_that_cannot_be_written_is_named(store: Path, tmp_path: Path) -> None:
    (tmp_path / "taken.html").mkdir()
    assert "--out" in call("small", "--store", store, "--out", tmp_path / "taken.html", code=BAD_INPUT)
