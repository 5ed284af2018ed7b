"""Study files: what they say, where they look for other files, how they are written, what is refused."""

import math
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cocreate.cli import app
from cocreate.experiments import Conclude, Keep, Study, World, run_in_memory
from cocreate.experiments.levers_file import note_of
from cocreate.experiments.schema_check import schema
from cocreate.experiments.study import settings as study_settings
from cocreate.experiments.study.errors import StudyError
from cocreate.experiments.study.study_folder import differences
from cocreate.experiments.study.study_schema import FILE, schema_text
from cocreate.experiments.study.tasks import KEPT_OUTCOMES
from cocreate.model.interventions import FIXED, Intervention
from cocreate.model.outcomes import MONTHLY
from cocreate.model.parameters import LEVERS, Value
from tests.strategies import lever_values

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.toml"))

SAFE = sorted(
    name
    for name in LEVERS
    if name not in {"eu_funding_start", "eu_funding_end", "null_world", "horizon"}
    and not name.endswith("_per_region")
)
"""Levers that make sense with any values of the others."""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def valid(content: dict[str, Any]) -> bool:
    validator = pytest.importorskip("jsonschema").Draft202012Validator
    return bool(validator(schema("study")).is_valid(content))


def test_there_are_examples_of_different_kinds() -> None:
    studies = [Study.from_file(path) for path in EXAMPLES]
    assert {study.design.kind for study in studies} >= {"paired", "factorial", "sobol"}
    assert any(world.interventions for study in studies for world in study.worlds)
    assert any(study.conclude.precision for study in studies)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_says_what_it_is_for_and_can_be_simulated(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# ")
    study = Study.from_file(path)
    assert study.name == path.stem
    assert study.question.endswith("?")
    assert study.conclude != Conclude() or study.design.kind == "factorial"  # which reports answer by itself
    tasks = [cell.task for cell in study.cells()]
    assert len({task.key for task in tasks}) > study.replicates
    assert valid(tomllib.loads(path.read_text("utf-8")))


def test_a_file_says_the_same_as_the_objects(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        question = "Who is heard?"
        replicates = 2
        seed = 0
        time_limit = 30
        [levers]
        regions = 2
        horizon = 24
        [[worlds]]
        name = "a"
        [[worlds]]
        name = "b"
        label = "trained"
        levers = { training = 1 }
        interventions = [{ month = 12, lever = "facilitation", value = 1, note = "a new law" }]
        [keep]
        series = ["trust"]
        """,
        "who is heard.toml",
    )
    study = Study.from_file(str(path))
    assert study == Study(
        name="who-is-heard",
        question="Who is heard?",
        replicates=2,
        seed=0,
        time_limit=30.0,
        levers={"regions": 2, "horizon": 24},
        worlds=(
            World(name="a"),
            World(
                name="b",
                label="trained",
                levers={"training": 1.0},
                interventions=(Intervention(12, "facilitation", 1.0),),
            ),
        ),
        keep=Keep(series=("trust",)),
    )
    assert len(run_in_memory(study).frame) == 4


def test_tables_and_presets_beside_a_file_become_part_of_the_study(tmp_path: Path) -> None:
    write(tmp_path, "turnover\n0.1\n0.2\n", "draws.csv")
    write(tmp_path, "award,commitment\n0.1,3\n0.2,4\n", "rows.csv")
    write(
        tmp_path,
        'title = "Our town"\n[levers]\nregions = 2\naward = 0.9\ntraining = 0.9\nfatigue = 0.9\n'
        '[[interventions]]\nmonth = 3\nlever = "mandate"\nvalue = 1.0\n',
        "town.toml",
    )
    path = write(
        tmp_path,
        'over = "draws.csv"\n[levers]\ntraining = 0.1\n[[worlds]]\nname = "town"\npreset = "town.toml"\n'
        'levers = { fatigue = 0.2 }\n[design]\nkind = "table"\nfile = "rows.csv"\n',
    )
    study = Study.from_file(path)
    before = [cell.task for cell in study.cells()]
    for name in ("draws.csv", "rows.csv", "town.toml", "mine.toml"):
        (tmp_path / name).unlink()
    again = Study.from_file(write(tmp_path, study.to_toml(), "again.toml"))
    assert again == study
    assert [cell.task for cell in again.cells()] == before
    assert study.worlds[0].title == "Our town"
    assert before[0].levers == {
        "turnover": 0.1, "award": 0.1, "commitment": 3, "training": 0.1, "fatigue": 0.2, "regions": 2,
    }  # fmt: skip
    assert [change.lever for change in before[0].interventions] == ["mandate"]


def test_draws_of_the_posterior_are_read_where_they_are_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, 'over = "posterior"\n')
    monkeypatch.setattr(study_settings, "POSTERIOR", tmp_path / "none.csv")
    with pytest.raises(StudyError, match='comes with no posterior: write over = "defaults"'):
        Study.from_file(path)
    monkeypatch.setattr(study_settings, "POSTERIOR", write(tmp_path, "fatigue\n0.5\n0.25\n", "posterior.csv"))
    assert Study.from_file(path).draws == ({"fatigue": 0.5}, {"fatigue": 0.25})
    assert Study.from_file(write(tmp_path, 'over = "defaults"\n')).draws is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[levers", "no valid TOML"),
        ("replicate = 3", "There is no entry 'replicate'. Did you mean replicates"),
        (
            "[[worlds]]\nname = 'a'\nlevers = { trainning = 1 }",
            r"worlds 1 \(a\), levers: .* Did you mean training",
        ),
        ("[design]\nkind = 'table'\nfile = 'none.csv'", "design: .*none.csv cannot be read"),
        ("[design]\nkind = 'table'\nfiles = 'none.csv'", "Did you mean file"),
        ("over = 'none.csv'", "none.csv cannot be read"),
        ("over = 3", "over: it must be 'defaults'"),
        (
            "[[worlds]]\nname = 'a'\npreset = 'none.toml'",
            r"worlds 1 \(a\), preset: .*none.toml cannot be read",
        ),
        ("[[worlds]]\nname = 'a'\npreset = 3", "preset: it must be a text"),
        ("worlds = 'a'", "worlds: it must be a list"),
        ("[worlds]\nname = 'a'", r"double brackets .* such as \[\[worlds\]\]"),
        ("horizon = 13", r"horizon is a lever: write it under \[levers\]"),
        ("name = a", r"no valid TOML.*Texts stand in quotation marks"),
        ("design = 'sobol'", "design: it must be a table"),
    ],
)
def test_a_file_that_is_not_in_order_is_refused_with_its_name_and_the_place(
    tmp_path: Path, text: str, message: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(StudyError, match=message) as raised:
        Study.from_file(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_a_file_may_begin_with_the_mark_that_some_editors_write(tmp_path: Path) -> None:
    path = tmp_path / "marked.toml"
    path.write_text("replicates = 3\n", "utf-8-sig")
    assert Study.from_file(path).replicates == 3


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"none\.toml cannot be read"):
        Study.from_file(tmp_path / "none.toml")


def some_levers() -> st.SearchStrategy[dict[str, Value]]:
    chosen = st.sets(st.sampled_from(SAFE), max_size=4).map(sorted)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: lever_values(name) for name in names}))


def worlds() -> st.SearchStrategy[tuple[World, ...]]:
    changes = st.sampled_from([name for name in SAFE if name not in FIXED]).flatmap(
        lambda name: st.builds(Intervention, st.integers(0, 99), st.just(name), lever_values(name))
    )
    one = st.builds(
        World,
        name=st.text(min_size=1),
        label=st.text(),
        preset=st.just(""),
        levers=some_levers(),
        interventions=st.lists(changes, max_size=2, unique_by=lambda one: (one.month, one.lever)).map(tuple),
    )
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda world: world.name).map(tuple)


DESIGNS: list[dict[str, Any]] = [
    {"kind": "single"},
    {"kind": "paired"},
    {"kind": "factorial", "factors": {"horizon": [100, 180], "eu_funding_end": [20, 30]}},
    {"kind": "latin_hypercube", "points": 5, "seed": 0, "factors": {"horizon": [100, 999]}},
    {"kind": "morris", "trajectories": 3, "factors": {"horizon": [100, 999], "eu_funding_end": [20, 600]}},
    {"kind": "table", "rows": [{"horizon": 180}, {"horizon": 181}]},
]


def studies() -> st.SearchStrategy[Study]:
    keep = st.builds(
        Keep, st.booleans(), st.lists(st.sampled_from(MONTHLY), max_size=2, unique=True).map(tuple)
    )
    return st.builds(
        Study,
        name=st.text("aZ0_-", min_size=1, max_size=100),
        question=st.text(),
        worlds=worlds(),
        design=st.sampled_from(DESIGNS),
        replicates=st.integers(1, 99),
        seed=st.integers(0, 2**70),
        levers=st.just({}),
        draws=st.none() | st.lists(some_levers(), min_size=1, max_size=3).map(tuple),
        outcomes=st.lists(st.sampled_from(KEPT_OUTCOMES), min_size=1, max_size=4, unique=True).map(tuple),
        keep=keep,
        time_limit=st.floats(0.001, math.inf),
        conclude=st.just(Conclude()),
    )


@given(studies())
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_study_that_is_written_reads_back_equal(tmp_path: Path, study: Study) -> None:
    text = study.to_toml()
    again = Study.from_file(write(tmp_path, text))
    assert again == study
    assert again.fingerprint == study.fingerprint
    assert again.to_toml() == text
    assert Study(**study.entries()) == study


def test_conclusions_read_back_equal(tmp_path: Path) -> None:
    studies = [Study.from_file(path) for path in EXAMPLES]
    assert {name for one in studies for name in one.conclude.model_fields_set} >= {"precision", "sensitivity"}
    for study in studies:
        assert Study.from_file(write(tmp_path, study.to_toml())) == study
        assert valid(study.entries())


def test_the_published_schema_is_up_to_date() -> None:
    assert FILE.read_text("utf-8") == schema_text(), (
        "experiments/schema/study.schema.json is stale: run 'python -m"
        " cocreate.experiments.study.study_schema' and commit it"
    )


def test_every_entry_of_the_schema_is_described_and_every_lever_and_outcome_is_in_it() -> None:
    published = schema("study")
    for part in (published, *published["$defs"].values()):
        for name, entry in part.get("properties", {}).items():
            assert entry.get("description"), f"{part.get('title')}, {name}"
    assert set(published["$defs"]["Levers"]["properties"]) == set(LEVERS)
    assert set(published["$defs"]["OutcomeName"]["enum"]) == set(KEPT_OUTCOMES)
    assert set(published["properties"]) == {*Study.model_fields, *Study.shorthands}


@pytest.mark.parametrize(
    "content",
    [
        {"replicate": 3},
        {"levers": {"trainning": 1}},
        {"levers": {"training": 2}},
        {"name": "a" * 101},
        {"keep": {"series": ["trust", "trust"]}},
        {"levers": {"decision_rule": "dice"}},
        {"outcomes": ["suport"]},
        {"design": {"kind": "sobol", "factors": {"turnovr": []}}},
        {"design": {"kind": "sobol"}},
        {"design": {"base": 8, "factors": {"turnover": []}}},
        {"design": {"kind": "table"}},
        {"worlds": [{"label": "no name"}]},
        {"worlds": [{"name": "a", "interventions": [{"month": 3, "lever": "regions", "value": 1}]}]},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(content: dict[str, Any]) -> None:
    assert not valid(content)
    with pytest.raises(StudyError):
        Study(**content)


def test_the_schema_is_printed_as_it_is_published() -> None:
    done = CliRunner().invoke(app, ["schema", "study"])
    assert done.exit_code == 0
    assert done.stdout == FILE.read_text("utf-8")


def test_why_a_lever_changes_is_kept_for_readers_and_changes_no_run(tmp_path: Path) -> None:
    text = """
    name = "cuts"
    [[worlds]]
    name = "stops"
    interventions = [{{ month = 48, lever = "facilitation", value = 0.1{note} }}]
    """
    with_one, without = tmp_path / "with.toml", tmp_path / "without.toml"
    with_one.write_text(text.format(note=', note = "it is not renewed"'), "utf-8")
    without.write_text(text.format(note=""), "utf-8")
    noted, plain = Study.from_file(with_one), Study.from_file(without)
    assert [note_of(one) for one in noted.worlds[0].interventions] == ["it is not renewed"]
    with_one.write_text(noted.to_toml(), "utf-8")
    again = Study.from_file(with_one)
    assert [note_of(one) for one in again.worlds[0].interventions] == ["it is not renewed"]
    assert [one.task.key for one in noted.cells()] == [one.task.key for one in plain.cells()]
    assert [type(one) for one in next(noted.cells()).task.interventions] == [Intervention]
    assert noted.fingerprint == plain.fingerprint
    assert differences(noted, plain) == []
    assert noted.worlds == plain.worlds


def test_a_note_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "cuts.toml"
    change = '{ month = 48, lever = "facilitation", value = 0.1, note = 3 }'
    file.write_text(f'[[worlds]]\nname = "stops"\ninterventions = [{change}]', "utf-8")
    with pytest.raises(StudyError, match="note must be a text"):
        Study.from_file(file)
