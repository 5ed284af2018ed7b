"""Every language has every text, with the same places to fill in; and the code asks for no other."""

import ast
from pathlib import Path

import pytest

from cocreate.experiments.presets import preset_names
from cocreate.model.parameters import LEVERS
from cocreate.viz.app.controls.rows import NOT_HERE
from cocreate.viz.app.words import LANGUAGES, Words
from cocreate.viz.app.words.catalogue import texts_of
from cocreate.viz.app.words.review import faults, faults_of, main, needed_forms

APP = Path(__file__).resolve().parents[3] / "viz" / "app"
TWO = frozenset({"one", "other"})


def keys_in_code() -> list[tuple[str, str]]:
    """Return the keys that the code names outright, each with the file that does."""
    return [
        (node.args[0].value, path.name)
        for path in sorted(APP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("words")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_language_has_every_text_with_its_places_and_plural_forms(language: str) -> None:
    assert faults_of(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_has_a_label_a_meaning_and_a_name_for_each_of_its_words(language: str) -> None:
    texts = texts_of(language)
    wanted = [
        f"lever.{name}.{key}"
        for name, declared in LEVERS.items()
        if name not in NOT_HERE
        for key in ("label", "meaning", *(f"choices.{choice}" for choice in declared.choices))
    ]
    assert [key for key in wanted if key not in texts] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_preset_has_a_title_and_a_meaning(language: str) -> None:
    texts = texts_of(language)
    names = ("default", *preset_names())
    wanted = [f"preset.{name}.{key}" for name in names for key in ("title", "meaning")]
    assert [key for key in wanted if key not in texts] == []


def test_every_key_that_the_code_names_has_a_text() -> None:
    words, keys = Words("en"), keys_in_code()
    assert len(keys) > 50  # else the search has lost its way
    assert [(key, file) for key, file in keys if key not in words] == []


def test_the_review_sees_a_missing_and_a_surplus_text() -> None:
    found = faults({"a.x": "One"}, {"a.y": "Yksi"}, TWO, TWO)
    assert found == ["a.x is missing.", "a.y is in no English file."]


def test_the_review_sees_a_missing_and_an_invented_place() -> None:
    found = faults({"a.x": "{more} of {worlds}"}, {"a.x": "{more} / {maailmaa}"}, TWO, TWO)
    assert found == ["a.x lacks {worlds}.", "a.x has {maailmaa}, which nothing fills in."]


def test_the_review_sees_a_missing_plural_form() -> None:
    source = {"day.one": "{count} day", "day.other": "{count} days"}
    polish = {"day.one": "dzień", "day.few": "{count} dni", "day.other": "{count} dnia"}
    assert faults(source, polish, needed_forms("pl"), needed_forms("pl")) == ["day.many is missing."]


def test_the_review_lets_only_the_singular_do_without_the_number() -> None:
    source = {"day.one": "{count} day", "day.other": "{count} days"}
    assert faults(source, {"day.one": "en dag", "day.other": "dagar"}, TWO, TWO) == [
        "day.other lacks {count}."
    ]


def test_the_review_sees_a_sentence_left_in_english_and_an_empty_text() -> None:
    source = {"a.x": "There is no such page.", "a.y": "Pilot"}
    found = faults(source, {"a.x": "There is no such page.", "a.y": " "}, TWO, TWO)
    assert found == ["a.x is still in English.", "a.y is empty, or begins or ends with a space."]


def test_the_review_prints_what_it_finds_and_counts_the_languages_at_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {"fi": ["a.x is missing."], "sv": []}
    monkeypatch.setattr("cocreate.viz.app.words.review.faults_of", lambda language: found[language])
    assert main(["fi", "sv"]) == 1
    assert capsys.readouterr().out == "fi: 1 fault.\n  a.x is missing.\nsv: 0 faults.\n"
