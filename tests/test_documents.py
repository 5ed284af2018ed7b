"""The documents: generated parts are up to date, and what readers are told to type works."""

import ast
import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cocreate.agents.errors import CocreateError
from cocreate.agents.initiative import TRANSITIONS, Reason, State
from cocreate.cli import app
from cocreate.experiments.hypotheses.registry import HEADLINES
from cocreate.experiments.hypotheses.run_hypothesis import QUICK, study_of, usual_draws
from cocreate.experiments.odd import DOCUMENT, GENERATED, DocumentError, main, render
from cocreate.experiments.odd_formulas import FormulaError, formula, number_lines
from cocreate.experiments.odd_life import REASONS, STATES, WHY
from cocreate.experiments.themes import theme_study
from cocreate.model.diary import Kind
from cocreate.model.levers import ASSUMPTION, Lever
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import OUTCOMES
from cocreate.model.parameters import LEVERS
from cocreate.model.world import ACTORS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
GALLERY = (ROOT / "docs/figures.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def blocks(language: str, text: str = README) -> list[str]:
    """Return the fenced blocks of a language in a document, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


SHELL = [line for block in blocks("shell") for line in block.splitlines()]
FILES = re.findall(r"`(\w+\.(?:csv|toml))`:\n\n```\w+\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_the_generated_parts_of_documents_are_up_to_date(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "<!-- generated: " in text
    assert render(text) == text, f"{path.name} is stale: run 'make docs' and commit it"


def test_the_model_description_names_every_column_lever_and_outcome() -> None:
    text = DOCUMENT.read_text("utf-8")
    named = [*LEVERS, *OUTCOMES, *(column for actor in ACTORS for column in actor.columns)]
    assert not [name for name in named if f"| `{name}` |" not in text]


def test_a_changed_declaration_makes_the_model_description_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    text = DOCUMENT.read_text("utf-8")
    other = {**vars(LEVERS["turnover"]), "default": 0.123456}
    monkeypatch.setitem(LEVERS, "turnover", Lever(**other))
    assert render(text) != text
    assert "0.123456" in render(text)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- generated: nothing -->\n<!-- end -->",
        "<!-- generated: levers -->\n",
        "<!-- generated: levers -->\n<!-- generated: phases -->\n<!-- end -->",
        "<!-- generated: formula life.no_such_rule -->\n<!-- end -->",
        "<!-- generated: formula life.window_score no_such_name -->\n<!-- end -->",
        "<!-- generated: formula no_such_file.rule -->\n<!-- end -->",
        "<!-- generated: numbers sessions NO_SUCH_NUMBER -->\n<!-- end -->",
    ],
)
def test_a_wrong_marker_is_an_error_that_says_what_is_wrong(text: str) -> None:
    with pytest.raises((DocumentError, FormulaError), match=r"generate|marker") as raised:
        render(text)
    assert isinstance(raised.value, CocreateError)


def test_a_missing_document_is_an_error_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="name a document"):
        main(tmp_path / "none.md")


def test_a_document_is_rewritten_in_place_and_only_between_markers(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text("before\n<!-- generated: streams -->\nold\n<!-- end -->\nafter\n", "utf-8")
    main(path)
    text = path.read_text("utf-8")
    assert text.startswith("before\n<!-- generated: streams -->\ntopology, ")
    assert text.endswith("<!-- end -->\nafter\n")
    assert "old" not in text


def test_formulas_are_those_of_the_code() -> None:
    assert formula("person.forget") == "forget(know_how, rate) = know_how * (1.0 - rate)"
    assert formula("organisation.adopts") == "adopts(influence, threshold) = influence >= threshold"
    assert formula("person.pick_up", "cases").splitlines() == [
        "pick_up(know_how, other, rate) = know_how",
        "pick_up(know_how, other, rate) = know_how + rate * (other - know_how)",
    ]


def test_a_named_number_is_that_of_the_file_that_uses_it() -> None:
    recruitment, networks = number_lines("recruitment", "TRIES"), number_lines("networks", "TRIES")
    assert (recruitment, networks) == ("TRIES = 6", "TRIES = 16")


def test_every_state_and_reason_has_words_and_every_transition_has_reasons() -> None:
    assert set(STATES) == set(State)
    assert set(REASONS) == set(Reason)
    assert set(WHY) == {(before, after) for before in TRANSITIONS for after in TRANSITIONS[before]}


@pytest.mark.parametrize("seed", range(3))
def test_initiatives_change_state_only_for_the_reasons_in_the_table(seed: int) -> None:
    model = CoCreationModel(rng=seed, transfer_mode="both", ecosystem=0.8)
    model.run()
    histories: dict[int, list[tuple[State, Reason]]] = {}
    for entry in model.events(Kind.STATE):
        step = State(entry.detail), Reason(int(entry.value))
        histories.setdefault(entry.initiative, []).append(step)
    steps = {
        (before, after, why)
        for history in histories.values()
        for (before, _), (after, why) in pairwise(history)
    }
    assert len(steps) > 10
    assert not [step for step in steps if step[2] not in WHY.get((step[0], step[1]), ())]


def test_the_readme_has_snippets_to_run() -> None:
    assert len(blocks("python")) >= 4
    assert len(SHELL) >= 10
    assert [name for name, _ in FILES] == ["people.csv", "ties.csv", "study.toml"]


PIECES = [
    piece
    for name in ("README.md", "docs/figures.md", "docs/studies.md")
    for piece in re.findall(
        r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?",
        (ROOT / name).read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
]
"""Code of documents, piece by piece, and the output shown below; the tutorial has its own tests."""


@pytest.mark.parametrize(("snippet", "output"), PIECES, ids=range(len(PIECES)))
def test_python_snippets_run_and_print_what_stands_below_them(
    snippet: str,
    output: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(snippet, "snippet", "exec"), {"__name__": "snippet"})
    printed = capsys.readouterr().out
    assert not output or printed == output, "stale: 'make docs' writes the new output"


def test_snippets_of_the_readme_that_print_show_what_they_print() -> None:
    printing = [(code, output) for code, output in PIECES if code in README and "print(" in code]
    assert len(printing) >= 4
    assert all(output for _, output in printing)
    assert "<mesa" not in README


@pytest.mark.slow
def test_shell_snippets_of_the_readme_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in FILES:
        (tmp_path / name).write_text(content, "utf-8")
    for line in SHELL:
        program, *arguments = shlex.split(line)
        assert program == "cocreate"
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, f"{line}\n{result.output}\n{result.exception!r}"
        assert result.output.strip(), f"{line} says nothing"


def test_the_readme_counts_levers_and_assumptions() -> None:
    assumed = sum(one.source == ASSUMPTION for one in LEVERS.values())
    told = " ".join(README.split())
    assert f"Of {len(LEVERS)} levers, {assumed} are marked as assumptions." in told
    assert f"The other {len(LEVERS) - assumed} name a source" in told
    assert "two name one for their size" in told


@pytest.mark.slow
def test_the_readme_tells_how_many_worlds_the_demonstration_simulates() -> None:
    draws = usual_draws()
    studies = [theme_study(QUICK, draws=draws)]
    for share in {one.share for one in HEADLINES}:
        members = [one for one in HEADLINES if one.share == share]
        studies.append(study_of(members, max(1, round(share * QUICK)), draws=draws))
    worlds = {cell.task.key for study in studies for cell in study.cells()}
    assert f"simulates about {round(len(worlds), -2):,} worlds" in README


def test_another_lever_makes_the_counts_of_the_readme_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    another = Lever(**{**vars(LEVERS["turnover"]), "name": "another"})
    monkeypatch.setitem(LEVERS, "another", another)
    assert f"Of {len(LEVERS)} levers" in render(README)
    assert render(README) != README


def test_the_readme_names_every_extra() -> None:
    assert not [name for name in PROJECT["optional-dependencies"] if f"\n| `{name}` " not in README]


def test_documents_name_the_wheel_of_this_version() -> None:
    named = [
        name for path in DOCUMENTS for name in re.findall(r"cocreate-[\w.-]+\.whl", path.read_text("utf-8"))
    ]
    assert set(named) == {f"cocreate-{PROJECT['version']}-py3-none-any.whl"}


def figures() -> list[tuple[str, str, set[str]]]:
    """Return file, name and keywords of every function that returns a whole figure."""
    return [
        (path.name, one.name, {argument.arg for argument in one.args.kwonlyargs})
        for path in sorted((ROOT / "viz").glob("*.py"))
        for one in ast.parse(path.read_text("utf-8")).body
        if isinstance(one, ast.FunctionDef)
        and one.returns
        and ast.unparse(one.returns) == "Figure"
        and not one.name.startswith("_")
        and one.name not in {"framed", "new_figure"}  # parts of others
    ]


def test_the_gallery_names_every_figure() -> None:
    missing = [
        f"{file}: {name}"
        for file, name, _ in figures()
        if not re.search(rf"^\| `viz/{file}`: .*`{name}\(", GALLERY, re.MULTILINE)
    ]
    assert not missing


@pytest.mark.parametrize(("heading", "keyword"), [("Slides", "projector"), ("Languages", "texts")])
def test_the_gallery_tells_which_figures_are_slides_and_speak_other_languages(
    heading: str, keyword: str
) -> None:
    found = re.search(rf"\*\*{heading}\.\*\*(.*?)(?=\n- |\n\n)", GALLERY, re.DOTALL)
    one_world = GALLERY.partition("## One world")[2].partition("\n## ")[0]
    assert found
    named = set(re.findall(r"`(\w+)`", found[1])) | set(re.findall(r"`(\w+)\(", one_world))
    assert {name for _, name, keywords in figures() if keyword in keywords} == named


def test_the_page_on_hosting_names_every_variable_that_may_be_set() -> None:
    from cocreate.viz.app.pool import WORKERS_NAME  # noqa: PLC0415 - the app is not installed everywhere
    from cocreate.viz.app.serve import WISHES  # noqa: PLC0415

    text = (ROOT / "docs/hosting.md").read_text("utf-8")
    names = (*WISHES, WORKERS_NAME, "NUMBA_CACHE_DIR", "SOLARA_SESSION_SECRET_KEY")
    assert not [name for name in names if f"| `{name}` |" not in text]


def test_plural_forms_are_shown_as_they_are_in_the_polish_file() -> None:
    (shown,) = blocks("toml", (ROOT / "docs/translating.md").read_text("utf-8"))
    assert shown in (ROOT / "viz/app/words/pl.toml").read_text("utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not missing
