"""What a visitor takes home: the page in one file, and the numbers."""

import csv
import io
import json
import re
from html import escape

import numpy as np
import pytest

import cocreate
from cocreate.experiments.study.tasks import KEPT_OUTCOMES, different
from cocreate.model.model import CoCreationModel
from cocreate.model.outcomes import MONTHLY
from cocreate.model.parameters import LEVERS as DECLARED
from cocreate.viz.app import files
from cocreate.viz.app.ensembles import Ensembles
from cocreate.viz.app.export import page_of, series_csv
from cocreate.viz.app.files import page_file, worlds_file, worlds_of
from cocreate.viz.app.origin import file_name
from cocreate.viz.app.played import Played
from cocreate.viz.app.player import PARTS, player_labels
from cocreate.viz.app.replay import Replay
from cocreate.viz.app.state import SECOND, Setting, as_query, read_query
from cocreate.viz.app.words import Words, texts_of
from cocreate.viz.app.worlds import worlds
from tests.viz.app.conftest import LEVERS, Watched

type Seen = tuple[CoCreationModel, Replay, Watched]
WORDS = Words("en", strict=True)
CHOOSING = Replay({"changes": [[40, "decision_rule", "unanimity"], [40, "friends", 2]]})
"""As much of a replay as says that a lever changes to a choice."""


def test_the_numbers_are_those_of_a_run_of_the_same_seed() -> None:
    model = CoCreationModel(LEVERS, rng=4)
    model.run()
    levers = {"regions": 3, "horizon": 96, "proposal_rate": 1.0, "leaving": 0.05}
    rows = list(csv.DictReader(io.StringIO(series_csv(model, Setting.of(levers=levers, seed=4)))))
    assert list(rows[0]) == ["seed", "version", *sorted(levers), "month", *MONTHLY]
    assert all(float(row[name]) == value for row in rows for name, value in levers.items())
    assert {(row["seed"], row["version"]) for row in rows} == {("4", cocreate.__version__)}
    assert [int(row["month"]) for row in rows] == list(range(model.parameters.horizon))
    for name in MONTHLY:
        read = [float(row[name]) if row[name] else np.nan for row in rows]
        assert np.array_equal(read, model.series[name], equal_nan=True)
    assert "nan" not in {value for row in rows for value in row.values()}


def test_rows_of_worlds_say_what_was_changed_in_which_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    played = tuple(
        Played(seed, dict.fromkeys(KEPT_OUTCOMES, 0.1 + 0.2), np.zeros((1, 1), np.float32)) for seed in (7, 8)
    )
    monkeypatch.setattr(
        files, "together", lambda settings, _gone: iter([Ensembles(tuple(settings), (played, played))])
    )
    query = "seed=7&mandate=0.123456789012&b.sector_silo=0.2&b.at=24:commitment=12&b.at=36:friends=2"
    rows = list(csv.DictReader(io.StringIO(worlds_file(read_query(query), query).decode())))
    assert list(rows[0]) == [
        "setting", "seed", "version", "mandate", "sector_silo", "changes", *KEPT_OUTCOMES
    ]  # fmt: skip
    usual = {name: repr(DECLARED[name].default) for name in ("mandate", "sector_silo")}
    told = [(row["setting"], row["seed"], row["mandate"], row["sector_silo"], row["changes"]) for row in rows]
    later = "24:commitment=12 36:friends=2"
    assert told == [
        ("first", "7", "0.123456789012", usual["sector_silo"], ""),
        ("first", "8", "0.123456789012", usual["sector_silo"], ""),
        ("second", "7", usual["mandate"], "0.2", later),
        ("second", "8", usual["mandate"], "0.2", later),
    ]
    assert {float(row[name]) for row in rows for name in KEPT_OUTCOMES} == {0.1 + 0.2}


def test_no_lever_is_called_like_an_outcome() -> None:
    assert not {"setting", "seed", "version", "changes", "month", *MONTHLY, *KEPT_OUTCOMES} & set(DECLARED)


def name_of(name: str, query: str) -> str:
    return file_name(worlds_of(name, query), name)


def test_the_name_of_a_file_tells_changed_worlds_from_the_usual_one_and_from_each_other() -> None:
    assert name_of("series.csv", "preset=village&seed=3") == "cocreate-village-seed3-series.csv"
    assert name_of("worlds.csv", "") == "cocreate-default-seed1-worlds.csv"
    five = "b.sector_silo=0.2&b.communication_channels=0.8&b.political_silo=0.1&b.commitment=24"
    queries = ["", "sector_silo=0.2", "sector_silo=0.3", "months=60", "at=24:commitment=12", five]
    queries += [f"mandate=0.5&{five}", "b.preset=village"]
    assert len({name_of("worlds.csv", query) for query in queries}) == len(queries)


def test_files_of_one_world_share_their_mark_wherever_they_are_taken_from() -> None:
    explored = name_of("worlds.csv", "sector_silo=0.2&mandate=0.5")
    assert explored == name_of(
        "worlds.csv", "b.mandate=0.5&b.sector_silo=0.2"
    )  # the start, and the same world
    assert explored.removesuffix("worlds.csv") == name_of(
        "series.csv", "sector_silo=0.2&mandate=0.5"
    ).removesuffix("series.csv")
    assert explored.replace("seed1", "seed9") == name_of("worlds.csv", "seed=9&sector_silo=0.2&mandate=0.5")


def test_a_page_says_where_it_comes_from(watched: Seen) -> None:
    page = page_of(watched[1], WORDS)
    for said in ("Seed 4", "cocreate 0.1.0", "months: 96", "proposal_rate 1.0", "month 40: friends = 2"):
        assert said in page


def test_a_page_plays_its_world_beside_the_first_one_in_grey_and_tells_the_levers_of_both() -> None:
    first, second = (Setting.of("village", levers, months=2) for levers in ({}, {"training": 0.5}))
    query = as_query((first, ""), (second, SECOND))
    page = page_file(read_query(query), query).decode()
    values = json.loads(page.partition('id="values">')[2].partition("</script>")[0])
    levers, others = (json.loads(values[name])["levers"] for name in ("replay", "other"))
    assert (levers, others) == (different(second.parameters), different(first.parameters))
    named = WORDS("player.export.levers", levers=", ".join(f"{name} {one}" for name, one in others.items()))
    assert escape(WORDS("player.export.other_levers", levers=named)) in page
    assert json.loads(values["other"])["seed"] == json.loads(values["replay"])["seed"] == 1
    alone = page_file(read_query("preset=village&months=2"), "preset=village&months=2").decode()
    assert '"other":""' in alone


def test_a_page_names_nothing_that_it_would_have_to_load(watched: Seen) -> None:
    page = page_of(watched[1], WORDS, other=watched[1])
    assert "default-src 'none'" in page
    named = set(re.findall(r"\b(?:https?:)?//[a-z][\w.-]+\.[a-z]{2,}[^\s\"']*", page))
    assert named == {"http://www.w3.org/2000/svg"}  # the name of a language, not an address
    assert not re.search(r"<(link|img|iframe|script[^>]+src)|@import|url\(", page)


def test_a_caption_cannot_bring_code_into_a_page(watched: Seen) -> None:
    page = page_of(watched[1], WORDS, caption="</script><script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_player_asks_for_no_text_that_is_not_there(watched: Seen) -> None:
    labels = player_labels(WORDS, [watched[1], CHOOSING])
    code = "\n".join(path.read_text("utf-8") for path in PARTS.glob("*.js"))
    asked = set(re.findall(r'\bsay\("([a-z_.]+)"', code)) | set(re.findall(r'more\("([a-z_]+)"', code))
    assert len(asked) > 40
    assert asked <= set(labels)
    for stem in re.findall(r"\bsay\(`([a-z_.]+)\$\{", code) + re.findall(r"labels\[`([a-z_.]+)\$\{", code):
        assert any(key.startswith(stem) for key in labels), stem


def test_every_text_of_the_player_is_used(watched: Seen) -> None:
    code = "\n".join(path.read_text("utf-8") for path in PARTS.glob("*.js"))
    quoted = set(re.findall(r'"([a-z_.]+)"', code))
    stems = tuple(re.findall(r"[`(]([a-z_]+\.)\$\{", code))
    for key in player_labels(WORDS, [watched[1], CHOOSING]):
        if not key.startswith(("export.", "card.", "month.", "sector.")) and key != "locale":
            assert key in quoted or key.startswith(stems), key


def test_a_page_names_the_preset_that_its_visitor_started_from() -> None:
    assert Setting.of("village").key() == Setting.of(levers=Setting.of("village").start.levers).key()
    shared = worlds().replay(Setting.of("village", months=2))
    assert "preset" not in shared.content
    note = WORDS("player.export.preset", preset="village")
    assert note in page_of(shared, WORDS, preset="village")
    assert note not in page_of(shared, WORDS)
    assert note in page_file(read_query("preset=village&months=2"), "preset=village&months=2").decode()


def test_choices_that_levers_change_to_are_named_in_the_language() -> None:
    labels = player_labels(Words("fi", strict=True), [CHOOSING])
    assert labels["choice.decision_rule.unanimity"] == texts_of("fi")["lever.decision_rule.choices.unanimity"]
    assert [key for key in labels if key.startswith("choice.")] == ["choice.decision_rule.unanimity"]


def test_levers_that_change_are_named_in_the_language(watched: Seen) -> None:
    labels = player_labels(WORDS, [watched[1]])
    assert labels["lever.friends"] == texts_of("en")["lever.friends.label"]
