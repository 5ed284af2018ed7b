"""The reference of studies: its files are studies, and it leaves out no entry and no command."""

import re
from pathlib import Path
from typing import get_args

import pytest
import typer
from pydantic import BaseModel

from cocreate import experiments
from cocreate.cli.study import study_app
from cocreate.experiments import Conclude, Study, World
from cocreate.experiments.study.conclude import Contrasts, Discovery, Precision, Sensitivity, Survival
from cocreate.experiments.study.designs import Design
from cocreate.experiments.study.tasks import Keep
from cocreate.viz.report import study_runs

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "studies.md").read_text("utf-8")
FILES = re.findall(r"^```toml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
DESIGNS: tuple[type[BaseModel], ...] = get_args(get_args(Design.__value__)[0])
PARTS: tuple[type[BaseModel], ...] = (
    Study, World, Conclude, Contrasts, Discovery, Precision, Sensitivity, Survival, *DESIGNS,
)  # fmt: skip


def study_in(text: str, folder: Path) -> Study:
    """Return the study that a block of the reference describes."""
    path = folder / "block.toml"
    path.write_text(text, "utf-8")
    return Study.from_file(path)


@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
def test_each_file_in_the_reference_is_a_study(text: str, tmp_path: Path) -> None:
    assert study_in(text, tmp_path).size > 0


def test_every_design_but_the_plainest_has_a_file_in_the_reference(tmp_path: Path) -> None:
    shown = {study_in(text, tmp_path).design.kind for text in FILES}
    known = {design.model_fields["kind"].default for design in DESIGNS}
    assert known - shown == {"single"}
    assert "`single`" in TEXT


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.__name__)
def test_every_design_has_words_in_reports_and_a_public_name(design: type[BaseModel]) -> None:
    kind = design.model_fields["kind"].default
    assert kind in study_runs.DESIGNS, f"DESIGNS of viz/report/study_runs.py has no words for {kind!r}"
    assert design.__name__ in dir(experiments), f"experiments/__init__.py does not name {design.__name__}"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_the_reference_names_every_entry_of_a_part(part: type[BaseModel]) -> None:
    hidden = {"name", "kind"}  # the study's own name is in its table, a kind in the files
    entries = [name for name in part.model_fields if name not in hidden]
    assert not [name for name in entries if f"`{name}`" not in TEXT and not re.search(rf"\b{name} = ", TEXT)]


def test_the_reference_names_what_is_kept_besides_outcomes() -> None:
    assert not [name for name in vars(Keep()) if f"`{name}" not in TEXT]


def test_the_table_of_entries_gives_their_defaults() -> None:
    table = dict(re.findall(r"^\| `(\w+)` +\|.*\| ([^|]+?) +\|$", TEXT, re.MULTILINE))
    usual = Study()
    assert table["replicates"] == str(usual.replicates)
    assert table["seed"] == str(usual.seed)
    assert table["design"] == f"`{usual.design.kind}`"
    assert len(usual.outcomes) == 10
    assert table["outcomes"] == "ten usual ones"


def test_the_reference_lists_exactly_the_commands_there_are() -> None:
    listed = re.findall(r"^\| `cocreate study (\w+)`", TEXT, re.MULTILINE)
    command = typer.main.get_command(study_app)
    assert sorted(listed) == sorted(command.commands)  # type: ignore[attr-defined]  # it is a group
